// SPDX-License-Identifier: Apache-2.0
#include "base/address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <span>

#include "base/text.h"

namespace tally {
bool Address::is_v4() const {
  return std::ranges::equal(kMappedPrefix, std::span(bytes).first<12>());
}

std::string Address::text() const {
  if (!known()) return {};
  char buffer[INET6_ADDRSTRLEN] = {};
  if (is_v4()) {
    ::inet_ntop(AF_INET, bytes.data() + 12, buffer, sizeof buffer);
  } else {
    ::inet_ntop(AF_INET6, bytes.data(), buffer, sizeof buffer);
  }
  return buffer;
}

std::optional<Address> Address::parse(std::string_view text) {
  char buffer[INET6_ADDRSTRLEN] = {};
  if (text.empty() || text.size() >= sizeof buffer || text.contains('\0')) return std::nullopt;
  std::ranges::copy(text, buffer);
  Address out;
  if (::inet_pton(AF_INET6, buffer, out.bytes.data()) == 1) return out;
  if (::inet_pton(AF_INET, buffer, out.bytes.data() + 12) != 1) return std::nullopt;
  std::ranges::copy(kMappedPrefix, out.bytes.begin());
  return out;
}

Address Address::truncated() const {
  Address out = *this;
  const auto host = is_v4() ? out.bytes.begin() + 15 : out.bytes.begin() + 6;
  std::fill(host, out.bytes.end(), static_cast<unsigned char>(0));
  return out;
}

Result<Network> Network::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto base = Address::parse(text.substr(0, slash));
  const auto refuse = [&] {
    return fail(ErrorCode::invalid, "'" + std::string(text) + "' is not a network",
                "write it like 10.0.0.0/8 or 2001:db8::/32");
  };
  if (!base) return refuse();
  const int offset = base->is_v4() ? 96 : 0;
  Network out{*base, 128};
  if (slash != std::string_view::npos) {
    const auto bits = parse_number<unsigned>(text.substr(slash + 1));
    if (!bits || *bits > static_cast<unsigned>(128 - offset)) return refuse();
    out.bits = static_cast<int>(*bits) + offset;
  }
  return out;
}

bool Network::contains(const Address& address) const {
  for (int bit = 0; bit < bits; bit += 8) {
    const auto i = static_cast<std::size_t>(bit / 8);
    const int rest = std::min(8, bits - bit);
    const auto mask = static_cast<unsigned char>(0xff << (8 - rest));
    if ((address.bytes[i] & mask) != (base.bytes[i] & mask)) return false;
  }
  return true;
}

}  // namespace tally
