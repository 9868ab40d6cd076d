// SPDX-License-Identifier: Apache-2.0
#include "pipeline/waiting_beacons.h"

#include <gtest/gtest.h>

#include "pipeline/landing_fixture.h"

namespace tally {
namespace {

constexpr UnixMillis kPatience = WaitingBeacons::kPatience;

class WaitingBeaconsTest : public ::testing::Test {
 protected:
  void shown(const ClickKey& key) { clicks_.note(landing_click(key)); }
  void beacon(const ClickKey& key, const ClickKey& click, UnixMillis viewed = kNoon) {
    LandingView view;
    view.key = key;
    view.click = click;
    view.viewed = viewed;
    beacons_.add(view);
  }
  // The views of it, as shard and number of their beacons.
  using Places = std::vector<std::pair<std::uint16_t, std::uint64_t>>;
  Places settle(UnixMillis through = kNoon) {
    Places out;
    const auto dropped = beacons_.settle(clicks_, through, [&](const LandingView& view) {
      out.emplace_back(view.key.shard, view.key.n);
    });
    unknown_ += dropped.unknown;
    repeated_ += dropped.repeated;
    return out;
  }

  LandingClicks clicks_;
  WaitingBeacons beacons_;
  std::uint64_t unknown_ = 0, repeated_ = 0;
};

constexpr ClickKey kFirst{1, 2, 2, 10}, kSecond{1, 2, 0, 11}, kElsewhere{1, 2, 1, 4};

TEST_F(WaitingBeaconsTest, ABeaconWaitsForItsClickAndTheNextOfItsShardForIt) {
  shown(kSecond);
  shown(kElsewhere);
  beacon({1, 2, 1, 7}, kFirst);  // its click stands on another thread, a moment later
  beacon({1, 2, 0, 12}, kSecond);
  beacon({1, 2, 1, 8}, kElsewhere);
  EXPECT_EQ(settle(), (Places{{0, 12}})) << "8 must not pass 7";
  EXPECT_EQ(settle(kNoon + kPatience - 1), Places{});
  shown(kFirst);
  EXPECT_EQ(settle(kNoon + kPatience - 1), (Places{{1, 7}, {1, 8}}));
  EXPECT_TRUE(beacons_.empty());
  EXPECT_EQ(unknown_ + repeated_, 0u);
}

TEST_F(WaitingBeaconsTest, OneWhoseClickDoesNotComeHoldsUpTheOthersNoLonger) {
  shown(kElsewhere);
  beacon({1, 2, 1, 7}, kFirst, kNoon);
  beacon({1, 2, 1, 8}, kElsewhere, kNoon + 900);
  EXPECT_EQ(settle(kNoon + 900), Places{});
  EXPECT_EQ(settle(kNoon + kPatience), (Places{{1, 8}}));
  EXPECT_EQ(unknown_, 1u);
}

TEST_F(WaitingBeaconsTest, EachStartIsAShardOfItsOwn) {
  shown(kElsewhere);
  beacon({1, 2, 1, 7}, kFirst);
  beacon({1, 3, 1, 1}, kElsewhere);
  EXPECT_EQ(settle(), (Places{{1, 1}}));
}

TEST_F(WaitingBeaconsTest, ARepeatedOneIsCountedWhenItsTurnComes) {
  shown(kElsewhere);
  beacon({1, 2, 1, 7}, kElsewhere);
  beacon({1, 2, 1, 8}, kElsewhere);
  EXPECT_EQ(settle(), (Places{{1, 7}}));
  EXPECT_EQ(repeated_, 1u);
  EXPECT_TRUE(beacons_.empty());
}

}  // namespace
}  // namespace tally
