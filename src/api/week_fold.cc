// SPDX-License-Identifier: Apache-2.0
#include "api/week_fold.h"

#include <algorithm>

namespace tally {
namespace {

using Quarters = std::array<std::int64_t, kWeekHours>;

// How many quarters of each hour of a clock's week meet the range.
Quarters quarters_of(const PlaceClock& clock, TimeRange range) {
  const std::int64_t begin = range.from / kClockQuarter;
  const std::int64_t end = (range.to + kClockQuarter - 1) / kClockQuarter;
  constexpr auto kWeekQuarters = static_cast<std::int64_t>(4 * kWeekHours);
  Quarters out{};
  for (std::size_t i = 0; i < clock.size(); ++i) {
    std::int64_t at = std::max(begin, clock[i].from);
    const std::int64_t until = i + 1 < clock.size() ? std::min(end, clock[i + 1].from) : end;
    if (at >= until) continue;
    const std::int64_t weeks = (until - at) / kWeekQuarters;
    for (std::int64_t& quarters : out) quarters += 4 * weeks;
    for (at += weeks * kWeekQuarters; at < until; ++at)
      ++out[static_cast<std::size_t>((at + clock[i].ahead + kMondayQuarters) / 4) % kWeekHours];
  }
  return out;
}

std::uint64_t clicks_of(const PlaceWeek::Hours& hours) {
  std::uint64_t clicks = 0;
  for (const PlaceWeek::Hour& hour : hours) clicks += hour.clicks;
  return clicks;
}

}  // namespace

WeekFold fold_week(std::span<const SeriesPoint> quarters, const TimeZone& zone) {
  WeekFold week;
  for (const SeriesPoint& point : quarters) {
    const WeekHour at = week_hour(point.start, zone);
    WeekCell& cell = week[static_cast<std::size_t>(at.weekday - 1) * kHoursPerDay +
                          static_cast<std::size_t>(at.hour)];
    cell.clicks += point.clicks;
    if (point.unique_clicks)
      cell.unique_clicks = cell.unique_clicks.value_or(0) + *point.unique_clicks;
    cell.hours += 0.25;
  }
  // A cell that the range never meets is empty in the same way.
  if (!quarters.empty() && quarters.front().unique_clicks)
    for (WeekCell& cell : week) cell.unique_clicks = cell.unique_clicks.value_or(0);
  return week;
}

PlaceFold fold_places(const PlaceWeek& places, const PlaceClocks& clocks, const StatsQuery& query) {
  PlaceFold out;
  if (query.traffic != TrafficFilter::bot)
    for (WeekCell& cell : out.week) cell.unique_clicks = 0;
  for (const PlaceWeek::Hours& hours : places.clocks) out.coverage.known += clicks_of(hours);
  out.coverage.clicks = out.coverage.known + places.unplaced;
  for (std::size_t i = 0; i < places.clocks.size(); ++i) {
    const std::uint64_t clicks = clicks_of(places.clocks[i]);
    if (clicks == 0) continue;
    const double share = static_cast<double>(clicks) / static_cast<double>(out.coverage.known);
    const Quarters quarters = quarters_of(clocks.clocks[i], query.range);
    for (std::size_t hour = 0; hour < kWeekHours; ++hour) {
      WeekCell& cell = out.week[hour];
      cell.clicks += places.clocks[i][hour].clicks;
      if (cell.unique_clicks) *cell.unique_clicks += places.clocks[i][hour].first;
      cell.hours += share * static_cast<double>(quarters[hour]) / 4;
    }
  }
  return out;
}

}  // namespace tally
