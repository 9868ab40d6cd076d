// SPDX-License-Identifier: Apache-2.0
#include "api/best_hours.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::HasSubstr;

TimeRange range_of(std::string_view from, std::string_view to, const TimeZone& zone) {
  return {parse_time(from, zone, "from").value(), parse_time(to, zone, "to").value()};
}

// `clicks` in every quarter of an hour, `on_tuesday` in those from Tuesday, 18 o'clock, on.
std::vector<SeriesPoint> series(TimeRange range, const TimeZone& zone, std::uint64_t clicks,
                                std::uint64_t on_tuesday) {
  std::vector<SeriesPoint> out;
  const auto starts = bucket_starts(range, Interval::quarter_hour, zone);
  for (const UnixMillis start : starts.value()) {
    const WeekHour hour = week_hour(start, zone);
    const bool is_then = hour.weekday == 2 && hour.hour == 18;
    out.push_back({start, is_then ? on_tuesday : clicks, 0, 0});
  }
  return out;
}

TEST(BestHours, OnlyWholeHoursAreSeen) {
  const struct {
    const char *from, *to, *zone;
    std::size_t cell;
    std::uint32_t weeks;
  } rows[] = {
      {"2026-03-02", "2026-03-09", "Europe/Berlin", 0, 1},
      {"2026-03-02", "2026-03-16", "Europe/Berlin", 167, 2},
      {"2026-03-02T00:15", "2026-03-02T03:00", "UTC", 0, 0},
      {"2026-03-02T00:15", "2026-03-02T03:00", "UTC", 1, 1},
      {"2026-03-02T00:15", "2026-03-02T02:59", "UTC", 2, 0},
      {"2026-03-02T00:00:01", "2026-03-09T00:30", "UTC", 0, 0},
      {"2026-03-29", "2026-03-30", "Europe/Berlin", 6 * 24 + 2, 0},        // skipped
      {"2026-10-25", "2026-10-26", "Europe/Berlin", 6 * 24 + 2, 2},        // repeated
      {"2026-10-04", "2026-10-05", "Australia/Lord_Howe", 6 * 24 + 2, 0},  // half of it skipped
      {"2026-04-05", "2026-04-06", "Australia/Lord_Howe", 6 * 24 + 1, 0},  // half of it repeated
      {"2026-03-02", "2026-03-16", "Asia/Kathmandu", 24 + 5, 2},
  };
  for (const auto& row : rows) {
    const TimeZone zone = TimeZone::load(row.zone).value();
    const TimeRange range = range_of(row.from, row.to, zone);
    const HourCell cell = hour_cells(series(range, zone, 1, 1), range, zone)[row.cell];
    EXPECT_EQ(cell.weeks, row.weeks) << row.from << " " << row.to << " " << row.cell;
    EXPECT_EQ(cell.clicks, 4u * row.weeks) << row.from << " " << row.to << " " << row.cell;
  }
}

TEST(BestHours, TheBusiestWeekIsThatOfTheCell) {
  const TimeZone zone = TimeZone::utc();
  const TimeRange range = range_of("2026-03-02", "2026-03-23", zone);
  auto quarters = series(range, zone, 1, 1);
  quarters[7 * 24 * 4 + 1].clicks = 50;  // the second Monday
  const HourCells cells = hour_cells(quarters, range, zone);
  EXPECT_EQ(cells[0].busiest_week, 53u);
  EXPECT_EQ(cells[0].clicks, 61u);
  EXPECT_EQ(cells[1].busiest_week, 4u);
}

TEST(BestHours, SaysWhenOrWhyNot) {
  const TimeZone zone = TimeZone::load("Europe/Berlin").value();
  const auto say = [&](const char* to, std::uint64_t clicks, std::uint64_t more) {
    const TimeRange range = range_of("2026-01-05", to, zone);
    return best_time_json(hour_cells(series(range, zone, clicks, more), range, zone), range, zone,
                          5, {});
  };
  const char* const four_weeks = "2026-02-02";
  const std::string found = say(four_weeks, 2, 25);
  EXPECT_THAT(found, HasSubstr(R"("weeks":4,"least_weeks":3,"enough_evidence":true,"reason":null,)"
                               R"("hours":[{"weekday":2,"hour":18,"clicks":400,"weeks":4,)"
                               R"("busiest_week":100,"lift":)"));
  EXPECT_THAT(say(four_weeks, 2, 2), HasSubstr(R"("reason":"no_hour_stands_out","hours":[])"));
  EXPECT_THAT(say(four_weeks, 0, 0), HasSubstr(R"("reason":"no_clicks","hours":[])"));
  EXPECT_THAT(say("2026-01-19", 2, 25), HasSubstr(R"("reason":"too_few_weeks","hours":[])"));
}

}  // namespace
}  // namespace tally
