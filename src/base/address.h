// SPDX-License-Identifier: Apache-2.0
//
// Internet addresses and blocks of them.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tally {

// What an IPv4 address begins with when it is written as an IPv6 one.
inline constexpr std::array<unsigned char, 12> kMappedPrefix = {0, 0, 0, 0, 0,    0,
                                                                0, 0, 0, 0, 0xff, 0xff};

// An IPv6 address, or an IPv4 one mapped into ::ffff:0:0/96. All zero: unknown.
struct Address {
  std::array<unsigned char, 16> bytes{};

  bool known() const { return bytes != std::array<unsigned char, 16>{}; }
  bool is_v4() const;
  // "203.0.113.42" or RFC 5952 text; "" when unknown.
  std::string text() const;
  static std::optional<Address> parse(std::string_view text);
  // Only the network's part: IPv4 /24, IPv6 /48.
  Address truncated() const;
  friend bool operator==(const Address&, const Address&) = default;
};

// A block of addresses, like 10.0.0.0/8 or 2001:db8::/32. IPv4 is kept as mapped IPv6.
struct Network {
  Address base;
  int bits = 128;

  static Result<Network> parse(std::string_view text);
  bool contains(const Address& address) const;
};

}  // namespace tally
