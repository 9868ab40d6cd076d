// SPDX-License-Identifier: Apache-2.0
#include "pipeline/waiting_beacons.h"

#include <set>

#include "journal/format.h"

namespace tally {

WaitingBeacons::Dropped WaitingBeacons::settle(
    LandingClicks& clicks, UnixMillis through,
    const std::function<void(const LandingView&)>& each) {
  Dropped dropped;
  std::set<ShardId> held_up;
  std::vector<LandingView> waiting;
  for (LandingView& beacon : beacons_) {
    const ShardId shard{beacon.key.node, beacon.key.epoch, beacon.key.shard};
    if (held_up.contains(shard)) {
      waiting.push_back(beacon);
      continue;
    }
    switch (clicks.take(beacon)) {
      case LandingClicks::Verdict::viewed:
        each(beacon);
        break;
      case LandingClicks::Verdict::repeated:
        ++dropped.repeated;
        break;
      case LandingClicks::Verdict::unknown:
        if (through >= beacon.viewed + kPatience) {
          ++dropped.unknown;
        } else {
          held_up.insert(shard);
          waiting.push_back(beacon);
        }
        break;
    }
  }
  beacons_ = std::move(waiting);
  return dropped;
}

}  // namespace tally
