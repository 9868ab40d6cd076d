// SPDX-License-Identifier: Apache-2.0
#include "model/week_clock.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr std::uint8_t kMonday = 1, kFriday = 16, kSaturday = 32, kEveryDay = 0x7f;

TEST(WeekClock, ReadsTheWallInItsZone) {
  struct Row {
    const char* zone;
    UnixMillis time;
    int weekday, minute;
  };
  const Row rows[] = {
      {"UTC", 0, 3, 0},  // 1970-01-01 was a Thursday
      {"UTC", 1'784'548'800'000, 0, 12 * 60},
      {"Europe/Berlin", 1'784'548'800'000, 0, 14 * 60},
      {"Asia/Kathmandu", 1'784'548'800'000, 0, 17 * 60 + 45},
      {"America/New_York", 1'784'505'600'000, 6, 20 * 60},  // still Sunday there
      {"UTC", -1, 2, 24 * 60 - 1},
  };
  WeekClock clock;
  for (const Row& row : rows) {
    WallTime wall;
    ASSERT_TRUE(clock.read(row.zone, row.time, wall)) << row.zone;
    EXPECT_EQ(wall.weekday, row.weekday) << row.zone;
    EXPECT_EQ(wall.minute, row.minute) << row.zone;
  }
  WallTime wall;
  EXPECT_FALSE(clock.read("Europe/Atlantis", 0, wall));
  EXPECT_FALSE(clock.read("", 0, wall));
}

TEST(WeekWindow, BelongsToTheDayItBegan) {
  struct Row {
    std::uint8_t days;
    std::uint16_t from, to;
    WallTime time;
    bool in;
  };
  const Row rows[] = {
      {kEveryDay, 0, 1440, {2, 0}, true},
      {kEveryDay, 0, 1440, {2, 1439}, true},
      {kMonday, 540, 1020, {0, 540}, true},
      {kMonday, 540, 1020, {0, 539}, false},
      {kMonday, 540, 1020, {0, 1020}, false},
      {kMonday, 540, 1020, {1, 600}, false},
      {kFriday, 1320, 120, {4, 1320}, true},
      {kFriday, 1320, 120, {5, 119}, true},  // Saturday, past midnight
      {kFriday, 1320, 120, {5, 120}, false},
      {kFriday, 1320, 120, {4, 60}, false},  // Friday's first hours are Thursday's window
      {kSaturday, 1320, 120, {6, 30}, true},
      {kMonday | 64, 1320, 120, {0, 30}, true},  // from Sunday into Monday
  };
  for (const Row& row : rows)
    EXPECT_EQ(in_week_window(row.time, row.days, row.from, row.to), row.in)
        << int{row.days} << " " << int{row.time.weekday} << " " << row.time.minute;
}

}  // namespace
}  // namespace tally
