// SPDX-License-Identifier: Apache-2.0
#include "api/week_fold.h"

#include <gtest/gtest.h>

#include <algorithm>

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
    unsigned clicks;
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
    EXPECT_EQ(cell, (WeekCell{row.clicks, row.clicks, row.clicks / 4.0}))
        << row.from << " " << row.zone << " " << row.cell;
  }
}

TEST(WeekFold, BotsHaveNoUniqueClicks) {
  const SeriesPoint quarter{0, 3, std::nullopt, 3};
  const WeekFold week = fold_week(std::span(&quarter, 1), TimeZone::utc());
  EXPECT_EQ(week[3 * 24], (WeekCell{3, std::nullopt, .25}));  // 1970 began on a Thursday
  EXPECT_EQ(week[0], (WeekCell{0, std::nullopt, 0}));
}

TEST(PlaceFold, HoursAreTheMeanOfTheClocksByTheirClicks) {
  // Monday in UTC; three clicks an hour ahead of it, one five behind, two that nobody can place.
  StatsQuery query;
  query.range = {parse_time("2026-03-02", TimeZone::utc(), "from").value(),
                 parse_time("2026-03-03", TimeZone::utc(), "to").value()};
  PlaceClocks clocks;
  clocks.clocks = {{{0, 4}}, {{0, -20}}, {{0, 0}}};
  PlaceWeek places;
  places.clocks.resize(3);
  places.clocks[0][1] = {3, 2};
  places.clocks[1][6 * 24 + 19] = {1, 0};
  places.unplaced = 2;
  const PlaceFold fold = fold_places(places, clocks, query);
  EXPECT_EQ(fold.coverage, (PlaceCoverage{4, 6}));
  EXPECT_EQ(fold.week[0], (WeekCell{0, 0, .25})) << "a Monday's first hour: in the west only";
  EXPECT_EQ(fold.week[1], (WeekCell{3, 2, 1}));
  EXPECT_EQ(fold.week[24], (WeekCell{0, 0, .75})) << "a Tuesday's: in the east only";
  EXPECT_EQ(fold.week[6 * 24 + 19], (WeekCell{1, 0, .25}));
  EXPECT_EQ(fold.week[6 * 24 + 18], (WeekCell{0, 0, 0}));
  query.traffic = TrafficFilter::bot;
  EXPECT_EQ(fold_places(places, clocks, query).week[1], (WeekCell{3, std::nullopt, 1}));
  const PlaceFold none = fold_places({{{}, {}, {}}, 5}, clocks, query);
  EXPECT_EQ(none.coverage, (PlaceCoverage{0, 5}));
  EXPECT_EQ(none.week[0], (WeekCell{0, std::nullopt, 0}));
}

TEST(PlaceFold, FollowsChangesOfAClock) {
  StatsQuery query;
  query.range = {parse_time("2026-03-29", TimeZone::utc(), "from").value(),
                 parse_time("2026-04-12T00:07", TimeZone::utc(), "to").value()};
  const PlaceClocks clocks = place_clocks(query.range);
  const TimeZone berlin = TimeZone::load("Europe/Berlin").value();
  std::vector<SeriesPoint> quarters;
  const auto starts = bucket_starts(query.range, Interval::quarter_hour, berlin);
  ASSERT_TRUE(starts);
  for (const UnixMillis start : *starts) quarters.push_back({start, 1, 0, 0});
  const WeekFold same = fold_week(quarters, berlin);
  PlaceWeek places;
  places.clocks.resize(clocks.clocks.size());
  const auto& countries = clocks.countries;
  const auto at = std::ranges::find(countries, "DE", &PlaceClocks::Place::country);
  for (std::size_t hour = 0; hour < kWeekHours; ++hour)
    places.clocks[at->clock][hour].clicks = same[hour].clicks;
  EXPECT_EQ(fold_places(places, clocks, query).week, same);
}

}  // namespace
}  // namespace tally
