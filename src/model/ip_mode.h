// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>

namespace tally {

// What is kept, or told, of an address: nothing, its network, all of it.
enum class IpMode : std::uint8_t { none, truncated, full };

}  // namespace tally
