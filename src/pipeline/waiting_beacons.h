// SPDX-License-Identifier: Apache-2.0
//
// Beacons on their way to be landing views.
//
// Hits are enriched in the order of receipt, which is that of edge threads' turns, so a beacon can
// stand some milliseconds before its click. It is waited for, kPatience long, and what its shard
// has received behind it waits with it: a shard's views come in the order of their numbers. The
// shipper counts views by ranges of numbers (ship_state.h), and those of two batches must not
// overlap.
//
// Not thread-safe.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "base/clock.h"
#include "model/landing_view.h"
#include "pipeline/landing_clicks.h"

namespace tally {

class WaitingBeacons {
 public:
  static constexpr UnixMillis kPatience = kMillisPerSecond;

  // A beacon as a view of which key, click, viewed and the screen are known. Those of a shard come
  // in the order of their numbers.
  void add(const LandingView& beacon) { beacons_.push_back(beacon); }

  struct Dropped {
    std::uint64_t unknown = 0;   // no click that was shown a page of late has that id
    std::uint64_t repeated = 0;  // its click has a view
  };
  // All that was received up to `through` is in `clicks`. Calls each(view) for the beacons that are
  // to be believed by now, and forgets these and those that are not.
  Dropped settle(LandingClicks& clicks, UnixMillis through,
                 const std::function<void(const LandingView&)>& each);

  bool empty() const { return beacons_.empty(); }

 private:
  std::vector<LandingView> beacons_;
};

}  // namespace tally
