// SPDX-License-Identifier: Apache-2.0
#include "api/week_fold.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

// One click in every quarter of an hour of a range.
WeekFold fold(std::string_view from, std::string_view to, std::string_view zone_name) {
  const TimeZone zone = TimeZone::load(zone_name).value();
  const TimeRange range{parse_time(from, zone, "from").value(), parse_time(to, zone, "to").value()};
  const auto starts = bucket_starts(range, Interval::quarter_hour, zone);
  std::vector<SeriesPoint> quarters;
  for (const UnixMillis start : starts.value()) quarters.push_back({start, 1, 1, 0});
  return fold_week(quarters, zone);
}

TEST(WeekFold, TimeThatClocksRepeatCountsTwiceAndSkippedTimeNotAtAll) {
  const struct {
    const char *from, *to, *zone;
    std::size_t cell;
    std::uint64_t clicks;
  } rows[] = {
      {"2026-03-02", "2026-03-09", "Europe/Berlin", 0, 4},
      {"2026-03-02", "2026-03-09", "Europe/Berlin", 167, 4},
      {"2026-03-29", "2026-03-30", "Europe/Berlin", 6 * 24 + 2, 0},  // skipped
      {"2026-10-25", "2026-10-26", "Europe/Berlin", 6 * 24 + 2, 8},  // repeated
      {"2026-10-25", "2026-10-26", "Europe/Berlin", 6 * 24 + 1, 4},
      {"2026-10-25", "2026-10-26", "Europe/Berlin", 0, 0},  // no Monday in it
      {"2026-03-02", "2026-03-16", "Asia/Kathmandu", 24 + 5, 8},
      {"2026-03-02", "2026-03-03", "Pacific/Chatham", 23, 4},
      {"2026-10-04", "2026-10-05", "Australia/Lord_Howe", 6 * 24 + 2, 2},  // half of it skipped
  };
  for (const auto& row : rows) {
    const WeekCell cell = fold(row.from, row.to, row.zone)[row.cell];
    EXPECT_EQ(cell, (WeekCell{row.clicks, row.clicks, row.clicks}))
        << row.from << " " << row.zone << " " << row.cell;
  }
}

TEST(WeekFold, BotsHaveNoUniqueClicks) {
  const SeriesPoint quarter{0, 3, std::nullopt, 3};
  const WeekFold week = fold_week(std::span(&quarter, 1), TimeZone::utc());
  EXPECT_EQ(week[3 * 24], (WeekCell{3, std::nullopt, 1}));  // 1970 began on a Thursday
  EXPECT_EQ(week[0], (WeekCell{0, std::nullopt, 0}));
}

}  // namespace
}  // namespace tally
