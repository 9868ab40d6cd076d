// SPDX-License-Identifier: Apache-2.0
//
// The room that all logs of a data folder may take together (journal.max_bytes).
//
// Space is taken when a segment is opened, with all that is reserved for it, and given back when
// the segment is closed shorter or its file is gone. A batch is never refused half way: one that is
// longer than what its segment reserved is counted after it was written, so the bound can be passed
// by one batch of each writer.
//
// The journal of raw hits leaves some room free for the enriched log. Without that a journal that
// has filled everything could never be enriched, and so never be freed.
//
// Threads: any.
#pragma once

#include <atomic>
#include <cstdint>

#include "base/result.h"

namespace tally {

class LogSpace {
 public:
  // `reserved` is what take_leaving_reserve() leaves free.
  LogSpace(std::uint64_t max_bytes, std::uint64_t reserved)
      : max_(max_bytes), reserved_(reserved) {}

  // Takes `bytes`; ErrorCode::unavailable when they are not free.
  Result<void> take(std::uint64_t bytes) { return take_up_to(max_, bytes); }
  Result<void> take_leaving_reserve(std::uint64_t bytes) {
    return take_up_to(max_ - reserved_, bytes);
  }
  // Of what is there already: cannot be refused.
  void add(std::uint64_t bytes) { used_.fetch_add(bytes, std::memory_order_relaxed); }
  void give_back(std::uint64_t bytes) { used_.fetch_sub(bytes, std::memory_order_relaxed); }

  std::uint64_t used() const { return used_.load(std::memory_order_relaxed); }
  std::uint64_t max() const { return max_; }
  // The journal will soon be refused: what nobody needs should go.
  bool is_tight() const { return used() + 2 * reserved_ > max_; }

 private:
  Result<void> take_up_to(std::uint64_t bound, std::uint64_t bytes);

  const std::uint64_t max_;
  const std::uint64_t reserved_;
  std::atomic<std::uint64_t> used_{0};
};

}  // namespace tally
