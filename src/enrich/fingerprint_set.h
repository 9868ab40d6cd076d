// SPDX-License-Identifier: Apache-2.0
//
// A set of 64-bit numbers that are random already, in an open table of bare numbers: 8 bytes a
// slot, at most four of five slots taken, one cache line touched as a rule.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "base/huge_pages.h"

namespace tally {

// Not thread-safe.
class FingerprintSet {
 public:
  // Grows up to `most_slots`, a power of two of at least 16.
  explicit FingerprintSet(std::size_t most_slots) : most_slots_(most_slots) {}

  // True when `value`, which is not 0, was not there before. Not to be called when full.
  bool insert(std::uint64_t value);
  void look_ahead(std::uint64_t value) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[value & (slots_.size() - 1)], 1);
  }
  bool full() const { return crowded(most_slots_); }
  std::size_t slots() const { return slots_.size(); }
  // All that it holds, and 0 for each free slot.
  std::span<const std::uint64_t> values() const { return slots_; }
  // Gives the memory back too.
  void clear();

 private:
  bool crowded(std::size_t slots) const { return (size_ + 1) * 5 > slots * 4; }
  void grow();

  const std::size_t most_slots_;
  LargeTable<std::uint64_t> slots_;  // 0: free
  std::size_t size_ = 0;
};

}  // namespace tally
