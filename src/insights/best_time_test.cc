// SPDX-License-Identifier: Apache-2.0
#include "insights/best_time.h"

#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "insights/simulation.h"

namespace tally {
namespace {

using Cells = std::array<HourCell, kWeekHours>;

// Weeks of clicks around a mean for each hour of the week.
Cells weeks_of(Simulation& people, std::uint32_t weeks, double excess,
               const std::function<double(std::size_t)>& mean) {
  Cells cells;
  for (std::size_t i = 0; i < kWeekHours; ++i)
    for (std::uint32_t week = 0; week < weeks; ++week) {
      const std::uint64_t clicks = people.count(mean(i), excess);
      cells[i].clicks += clicks;
      cells[i].busiest_week = std::max(cells[i].busiest_week, clicks);
      ++cells[i].weeks;
    }
  return cells;
}

constexpr std::size_t kTuesdayTen = 24 + 10;

double mornings(std::size_t hour) { return hour == kTuesdayTen ? 40 : hour % 24 == 10 ? 20 : 5; }

TEST(BestTime, FindsTheHabit) {
  Simulation people(1);
  const BestTime found = best_time(weeks_of(people, 8, 0.1, mornings));
  ASSERT_TRUE(found.enough_evidence);
  ASSERT_EQ(found.hours.size(), 5U);
  EXPECT_EQ(found.hours[0].hour, kTuesdayTen);
  EXPECT_EQ(found.weeks, 8U);
  for (const HourAdvice& advice : found.hours) {
    EXPECT_EQ(advice.hour % 24, 10U);
    EXPECT_EQ(advice.weeks, 8U);
    EXPECT_GT(advice.bounds.low, 1);
    EXPECT_TRUE(advice.bounds.contains(advice.lift));
    // 20 or 40 where the average is 5.8: shrunk, and not by much
    EXPECT_NEAR(advice.lift, advice.hour == kTuesdayTen ? 6.4 : 3.4, 1.2) << advice.hour;
  }
  EXPECT_EQ(best_time(weeks_of(people, 8, 0.1, mornings), 2).hours.size(), 2U);
}

TEST(BestTime, KnowsWhenItCannotTell) {
  Simulation people(2);
  const auto once = [](std::size_t hour) { return hour == kTuesdayTen ? 300.0 : 5; };
  Cells lucky = weeks_of(people, 8, 0.1, [](std::size_t) { return 5.0; });
  lucky[kTuesdayTen].clicks += 400;
  lucky[kTuesdayTen].busiest_week += 400;
  struct Row {
    const char* what;
    Cells cells;
  };
  const Row rows[] = {
      {"nothing", {}},
      {"no clicks in eight weeks", weeks_of(people, 8, 0, [](std::size_t) { return 0.0; })},
      {"two weeks", weeks_of(people, 2, 0.1, mornings)},
      {"a handful of clicks", weeks_of(people, 8, 0, [](std::size_t) { return 0.02; })},
      {"one mailing in one week", lucky},
      {"the only week", weeks_of(people, 1, 0, once)},
  };
  for (const Row& row : rows) {
    const BestTime found = best_time(row.cells);
    EXPECT_FALSE(found.enough_evidence) << row.what;
    EXPECT_TRUE(found.hours.empty()) << row.what;
  }
}

// 168 chances to be lucky, and still no advice where there is no habit.
TEST(BestTime, FindsNothingInFlatWeeks) {
  Simulation people(3);
  for (const double mean : {0.5, 5.0, 200.0})
    for (const double excess : {0.0, 0.3}) {
      int advised = 0;
      constexpr int kRounds = 300;
      for (int i = 0; i < kRounds; ++i)
        advised += best_time(weeks_of(people, 6, excess, [&](std::size_t) { return mean; }))
                           .enough_evidence
                       ? 1
                       : 0;
      EXPECT_LE(advised, kRounds / 20) << mean << " " << excess;
    }
}

}  // namespace
}  // namespace tally
