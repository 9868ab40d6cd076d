// SPDX-License-Identifier: Apache-2.0
#include "base/checksum.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace tally {

std::uint32_t record_checksum(std::uint64_t seed, std::uint64_t n, std::string_view payload) {
  const std::uint64_t place = seed ^ (n * 0x9e3779b97f4a7c15ULL) ^ (payload.size() << 40);
  const std::uint64_t hash = XXH3_64bits_withSeed(payload.data(), payload.size(), place);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32));
}

}  // namespace tally
