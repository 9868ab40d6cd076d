// SPDX-License-Identifier: Apache-2.0
#include "pipeline/held_hits.h"

#include <algorithm>

namespace tally {
namespace {

constexpr std::size_t kBlock = 256 << 10;

}  // namespace

void HeldHits::push(std::uint64_t n, UnixMillis order, std::string_view payload) {
  if (blocks_.empty() ||
      blocks_.back().bytes.size() + payload.size() > blocks_.back().bytes.capacity()) {
    if (!blocks_.empty() && blocks_.back().held == 0) blocks_.pop_back();
    blocks_.emplace_back().bytes.reserve(std::max(kBlock, payload.size()));
  }
  Block& block = blocks_.back();
  const std::size_t at = block.bytes.size();
  block.bytes += payload;
  ++block.held;
  hits_.push_back({n, order, std::string_view(block.bytes).substr(at)});
}

void HeldHits::pop() {
  hits_.pop_front();
  if (--blocks_.front().held > 0) return;
  if (blocks_.size() > 1)
    blocks_.pop_front();
  else
    blocks_.front().bytes.clear();
}

}  // namespace tally
