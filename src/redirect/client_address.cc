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
