// SPDX-License-Identifier: Apache-2.0
#include "enrich/seen_filter.h"

#include <bit>

#include "base/check.h"

namespace tally {
namespace {

// Ten bits a value, rounded from the best seven: each costs time, the last ones gain little.
constexpr int kBits = 6;

// Calls each(word, mask) for the bits of a value: nine bits of its product name one of 512.
template <class Each>
void for_bits(std::uint64_t value, Each each) {
  std::uint64_t rest = value * 0x9e3779b97f4a7c15ULL;
  for (int i = 0; i < kBits; ++i, rest >>= 9)
    each((rest >> 6) & 7, std::uint64_t{1} << (rest & 63));
}

}  // namespace

SeenFilter::SeenFilter(std::size_t bytes) : blocks_(bytes / sizeof(Block)) {
  CHECK(std::has_single_bit(blocks_.size()));
}

void SeenFilter::add(std::uint64_t value) {
  ++added_;
  Block& block = blocks_[block_of(value)];
  for_bits(value, [&](std::uint64_t word, std::uint64_t mask) { block.words[word] |= mask; });
}

bool SeenFilter::may_hold(std::uint64_t value) const {
  const Block& block = blocks_[block_of(value)];
  std::uint64_t missing = 0;
  for_bits(value,
           [&](std::uint64_t word, std::uint64_t mask) { missing |= mask & ~block.words[word]; });
  return missing == 0;
}

}  // namespace tally
