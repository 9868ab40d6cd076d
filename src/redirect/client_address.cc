// SPDX-License-Identifier: Apache-2.0
#include "redirect/client_address.h"

#include <algorithm>
#include <ranges>

#include "base/text.h"

namespace tally {
namespace {

// One element of X-Forwarded-For: an address, perhaps with a port, perhaps in brackets.
std::optional<Address> parse_forwarded(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) {
    const auto close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    return Address::parse(text.substr(1, close - 1));
  }
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  return Address::parse(text);
}

}  // namespace

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

bool TrustedProxies::trusts(const Address& address) const {
  return std::ranges::any_of(networks_, [&](const Network& n) { return n.contains(address); });
}

Address TrustedProxies::client(const Address& peer, const RequestHead& head) const {
  if (networks_.empty() || !trusts(peer)) return peer;
  Address client = peer;
  for (const auto& [name, value] : std::views::reverse(head.all_fields())) {
    if (!equals_ignoring_case(name, "x-forwarded-for")) continue;
    std::string_view rest = value;
    for (;;) {
      const auto comma = rest.rfind(',');
      const auto hop =
          parse_forwarded(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
      if (!hop) return client;
      client = *hop;
      if (!trusts(client)) return client;
      if (comma == std::string_view::npos) break;
      rest = rest.substr(0, comma);
    }
  }
  return client;
}

}  // namespace tally
