// SPDX-License-Identifier: Apache-2.0
#include "redirect/proxy_protocol.h"

#include <algorithm>
#include <vector>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::string_view kText = "PROXY ";
constexpr std::string_view kBinary{"\r\n\r\n\0\r\nQUIT\n", 12};
constexpr std::size_t kLongestText = 107;
constexpr std::size_t kBinaryHead = 16;

constexpr ProxyHeader kBad{ProxyHeader::State::bad, 0, std::nullopt};

bool may_become(std::string_view bytes, std::string_view wanted) {
  return bytes.substr(0, wanted.size()) == wanted.substr(0, bytes.size());
}

ProxyHeader parse_text(std::string_view bytes) {
  const auto end = bytes.substr(0, kLongestText).find("\r\n");
  if (end == std::string_view::npos) return bytes.size() >= kLongestText ? kBad : ProxyHeader{};
  ProxyHeader out{ProxyHeader::State::complete, end + 2, std::nullopt};
  const auto parts = split(bytes.substr(0, end), ' ');
  if (parts[1] == "UNKNOWN") return out;
  const bool v4 = parts[1] == "TCP4";
  if ((!v4 && parts[1] != "TCP6") || parts.size() != 6) return kBad;
  const auto client = Address::parse(parts[2]);
  const auto server = Address::parse(parts[3]);
  if (!client || !server || parts[2].contains(':') == v4 || parts[3].contains(':') == v4)
    return kBad;
  if (!parse_number<std::uint16_t>(parts[4]) || !parse_number<std::uint16_t>(parts[5])) return kBad;
  out.client = *client;
  return out;
}

std::size_t byte(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

ProxyHeader parse_binary(std::string_view bytes) {
  if (bytes.size() < kBinaryHead) return {};
  const std::size_t command = byte(bytes, 12);
  const std::size_t family = byte(bytes, 13);
  const std::size_t length = byte(bytes, 14) << 8 | byte(bytes, 15);
  if (command != 0x20 && command != 0x21) return kBad;
  if (kBinaryHead + length > kMaxProxyHeader) return kBad;
  if (bytes.size() < kBinaryHead + length) return {};
  ProxyHeader out{ProxyHeader::State::complete, kBinaryHead + length, std::nullopt};
  if (command == 0x20) return out;
  const char* const source = bytes.data() + kBinaryHead;
  Address client;
  if (family == 0x11) {
    if (length < 12) return kBad;
    client.bytes[10] = client.bytes[11] = 0xff;
    std::copy_n(source, 4, client.bytes.begin() + 12);
  } else if (family == 0x21) {
    if (length < 36) return kBad;
    std::copy_n(source, 16, client.bytes.begin());
  } else {
    return out;  // a Unix socket, a datagram: nobody we could name
  }
  out.client = client;
  return out;
}

}  // namespace

ProxyHeader parse_proxy_header(std::string_view bytes) {
  if (bytes.starts_with(kText)) return parse_text(bytes);
  if (bytes.starts_with(kBinary)) return parse_binary(bytes);
  return may_become(bytes, kText) || may_become(bytes, kBinary) ? ProxyHeader{} : kBad;
}

}  // namespace tally
