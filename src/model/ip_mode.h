// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "base/address.h"

namespace tally {

// What is kept, or told, of an address: nothing, its network, all of it.
enum class IpMode : std::uint8_t { none, truncated, full };
inline constexpr std::array<std::string_view, 3> kIpModeNames = {"none", "truncated", "full"};
constexpr std::string_view to_text(IpMode v) { return kIpModeNames[static_cast<std::size_t>(v)]; }

// The part of an address that a mode lets through; unknown when that is nothing.
inline Address part_of(const Address& address, IpMode mode) {
  if (mode == IpMode::none || !address.known()) return {};
  return mode == IpMode::full ? address : address.truncated();
}

}  // namespace tally
