// SPDX-License-Identifier: Apache-2.0
//
// Which clicks were shown a landing page lately, and which of them have been viewed already?
//
// A beacon only names its click. This knows the rest: that there is such a click, that it was shown
// a page, whose it is and when it came. A beacon is believed once, within kWindow of its click;
// what names another click, an older one or none is not.
//
// A shard's clicks come by their number, so the clicks of the window are one sorted queue a shard:
// 48 bytes a click, at most kMost of them (48 MB), beyond which the oldest are forgotten early.
// After a restart both kinds of note() learn it again from the enriched log, so a repeated beacon
// is known for one even then.
//
// Not thread-safe.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>

#include "base/clock.h"
#include "journal/format.h"
#include "model/click.h"
#include "model/erasure.h"
#include "model/landing_view.h"

namespace tally {

class LandingClicks {
 public:
  static constexpr UnixMillis kWindow = 10 * kMillisPerMinute;
  static constexpr std::size_t kMost = 1'000'000;

  explicit LandingClicks(std::size_t most = kMost) : most_(most) {}

  // A click that was enriched. One without a visitor is not to be recorded beyond what it is.
  void note(const Click& click);
  // A view that was taken before.
  void note(const LandingView& view);

  enum class Verdict : std::uint8_t { viewed, unknown, repeated };
  // Whether the beacon of `view`, of which key, click, viewed and the screen are known, is to be
  // believed. If so the click is viewed from now on, and the rest of `view` is filled in.
  Verdict take(LandingView& view);

  // These clicks are erased: what is still told of them is not to be believed.
  void forget(const Erasure& what);

  std::size_t size() const { return size_; }

 private:
  struct Entry {
    std::uint64_t n = 0;
    UnixMillis time = 0;
    WorkspaceId workspace;
    LinkId link;
    std::uint64_t visitor = 0;
    bool viewed = false;
  };
  Entry* find(const ClickKey& click);
  void forget_before(UnixMillis time);

  const std::size_t most_;
  std::map<ShardId, std::deque<Entry>> shards_;
  std::size_t size_ = 0;
};

}  // namespace tally
