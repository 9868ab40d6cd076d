// SPDX-License-Identifier: Apache-2.0
#include "enrich/fingerprint_set.h"

#include <algorithm>

#include "base/check.h"

namespace tally {
namespace {

constexpr std::size_t kFirstSlots = 1024;

}  // namespace

bool FingerprintSet::insert(std::uint64_t value) {
  if (crowded(slots_.size())) grow();
  const std::size_t mask = slots_.size() - 1;
  for (std::size_t i = value & mask;; i = (i + 1) & mask) {
    if (slots_[i] == value) return false;
    if (slots_[i] == 0) {
      slots_[i] = value;
      ++size_;
      return true;
    }
  }
}

void FingerprintSet::grow() {
  CHECK(slots_.size() < most_slots_);
  LargeTable<std::uint64_t> old(slots_.empty() ? std::min(kFirstSlots, most_slots_)
                                                : slots_.size() * 2);
  old.swap(slots_);
  size_ = 0;
  for (const std::uint64_t value : old)
    if (value != 0) insert(value);
}

void FingerprintSet::clear() {
  slots_ = {};
  size_ = 0;
}

}  // namespace tally
