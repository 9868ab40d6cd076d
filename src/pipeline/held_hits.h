// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace tally {

// A hit that has been read and not yet enriched.
struct HeldHit {
  std::uint64_t n = 0;
  UnixMillis order = 0;  // its receive time, but never before that of the hit in front of it
  std::string_view payload;
};

// Such hits of one shard, in the order of their numbers. Payloads lie in blocks of many, because
// allocating and freeing each by itself took a tenth of what enriching it does.
class HeldHits {
 public:
  bool empty() const { return hits_.empty(); }
  std::size_t size() const { return hits_.size(); }
  const HeldHit& operator[](std::size_t i) const { return hits_[i]; }

  std::size_t blocks() const { return blocks_.size(); }

  // Keeps a copy of `payload`.
  void push(std::uint64_t n, UnixMillis order, std::string_view payload);
  // Lets go of the first.
  void pop();

 private:
  struct Block {
    std::string bytes;     // never grows past what was reserved: views of it stay
    std::size_t held = 0;  // hits
  };
  std::deque<HeldHit> hits_;
  std::deque<Block> blocks_;  // in the order of their hits
};

}  // namespace tally
