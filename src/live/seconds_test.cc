// SPDX-License-Identifier: Apache-2.0
#include "live/seconds.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

namespace tally {
namespace {

using Told = std::vector<std::pair<UnixMillis, SecondCounts>>;

Click hit(UnixMillis time, Traffic traffic, Outcome outcome = Outcome::redirected,
          bool first = false) {
  Click click;
  click.time = time;
  click.traffic = traffic;
  click.outcome = outcome;
  click.first = first;
  return click;
}

Told told(Seconds& seconds, UnixMillis through) {
  Told out;
  seconds.tell(through, [&](UnixMillis second, const SecondCounts& counts) {
    out.emplace_back(second, counts);
  });
  return out;
}

TEST(Seconds, AreToldOnceWhenTheyAreOver) {
  Seconds seconds(TrafficFilter::human);
  seconds.count(hit(5'999, Traffic::human, Outcome::redirected, true));
  seconds.count(hit(5'000, Traffic::human));
  seconds.count(hit(5'500, Traffic::crawler));
  seconds.count(hit(5'500, Traffic::head));
  seconds.count(hit(5'600, Traffic::human, Outcome::expired));
  seconds.count(hit(6'000, Traffic::human, Outcome::landing));
  EXPECT_EQ(told(seconds, 5'999), Told());
  EXPECT_EQ(told(seconds, 6'000), (Told{{5'000, {2, 1, 1, 0}}}));
  EXPECT_EQ(told(seconds, 9'000), (Told{{6'000, {1, 0, 0, 0}}}));
  EXPECT_EQ(told(seconds, 10'000), Told());
}

TEST(Seconds, CountTheTrafficAskedFor) {
  struct Row {
    TrafficFilter asked;
    SecondCounts counts;
  };
  for (const Row& row :
       {Row{TrafficFilter::human, {1, 1, 1, 0}}, Row{TrafficFilter::bot, {1, 0, 1, 0}},
        Row{TrafficFilter::all, {2, 1, 1, 0}}}) {
    Seconds seconds(row.asked);
    seconds.count(hit(0, Traffic::human, Outcome::redirected, true));
    seconds.count(hit(0, Traffic::ai));
    EXPECT_EQ(told(seconds, 1'000), (Told{{0, row.counts}}));
  }
}

}  // namespace
}  // namespace tally
