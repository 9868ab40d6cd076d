// SPDX-License-Identifier: Apache-2.0
//
// What a large set may hold: "no" is certain, "perhaps" is wrong for about two in a hundred while
// the filter has ten bits for each value.
//
// A Bloom filter in blocks of one cache line, so that an answer costs one access to memory instead
// of one for each bit (Putze, Sanders, Singler: "Cache-, Hash- and Space-Efficient Bloom Filters",
// 2007). Its size is fixed: with more values than it was made for it says "perhaps" more often.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "base/huge_pages.h"

namespace tally {

// Not thread-safe. Values are random numbers.
class SeenFilter {
 public:
  // `bytes` is a power of two, of 64 at least.
  explicit SeenFilter(std::size_t bytes);

  void add(std::uint64_t value);
  // It has as many values as it is good for; what is added twice counts twice.
  bool full() const { return added_ * 10 > blocks_.size() * sizeof(Block) * 8; }
  bool may_hold(std::uint64_t value) const;
  void look_ahead(std::uint64_t value) const { __builtin_prefetch(&blocks_[block_of(value)], 1); }

 private:
  struct alignas(64) Block {
    std::array<std::uint64_t, 8> words{};
  };
  std::size_t block_of(std::uint64_t value) const { return value & (blocks_.size() - 1); }

  LargeTable<Block> blocks_;
  std::size_t added_ = 0;
};

}  // namespace tally
