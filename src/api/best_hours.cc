// SPDX-License-Identifier: Apache-2.0
#include "api/best_hours.h"

#include <algorithm>

namespace tally {
namespace {

constexpr UnixMillis kQuarter = 15 * kMillisPerMinute;
constexpr std::uint64_t kQuartersPerHour = 4;

std::size_t cell_of(UnixMillis time, const TimeZone& zone) {
  const WeekHour at = week_hour(time, zone);
  return static_cast<std::size_t>(at.weekday - 1) * kHoursPerDay +
         static_cast<std::size_t>(at.hour);
}

// One hour of one week; two of them where clocks repeat it. One and a half, where they are set back
// by half an hour, is cut like any other that is not whole.
struct Hour {
  std::uint64_t quarters = 0, clicks = 0;

  void add_to(HourCell& cell) const {
    const std::uint64_t hours = quarters / kQuartersPerHour;
    if (quarters % kQuartersPerHour != 0) return;
    cell.clicks += clicks;
    cell.weeks += static_cast<std::uint32_t>(hours);
    cell.busiest_week = std::max(cell.busiest_week, clicks);
  }
};

// Why there is no advice; null when there is some.
std::optional<std::string_view> reason_of(const BestTime& best) {
  if (best.enough_evidence) return std::nullopt;
  if (best.clicks == 0) return "no_clicks";
  return best.weeks < kLeastWeeks ? "too_few_weeks" : "no_hour_stands_out";
}

}  // namespace

HourCells hour_cells(std::span<const SeriesPoint> quarters, TimeRange range, const TimeZone& zone) {
  HourCells cells{};
  std::size_t cell = 0;
  Hour hour;
  for (const SeriesPoint& quarter : quarters) {
    if (quarter.start < range.from || quarter.start + kQuarter > range.to) continue;
    if (const std::size_t at = cell_of(quarter.start, zone); at != cell) {
      hour.add_to(cells[cell]);
      hour = {};
      cell = at;
    }
    ++hour.quarters;
    hour.clicks += quarter.clicks;
  }
  hour.add_to(cells[cell]);
  return cells;
}

std::string best_time_json(const HourCells& cells, TimeRange range, const TimeZone& zone,
                           std::size_t limit, const Freshness& freshness) {
  const BestTime best = best_time(cells, limit);
  JsonWriter out;
  out.begin_object();
  put_range(out, range);
  out.field("tz", zone.name())
      .field("clicks", best.clicks)
      .field("clicks_per_hour", best.clicks_per_hour)
      .field("weeks", best.weeks)
      .field("least_weeks", kLeastWeeks)
      .field("enough_evidence", best.enough_evidence)
      .field("reason", reason_of(best))
      .key("hours")
      .begin_array();
  for (const HourAdvice& advice : best.hours) {
    out.begin_object()
        .field("weekday", advice.hour / kHoursPerDay + 1)
        .field("hour", advice.hour % kHoursPerDay)
        .field("clicks", advice.clicks)
        .field("weeks", advice.weeks)
        .field("busiest_week", cells[advice.hour].busiest_week)
        .field("lift", advice.lift);
    put_bounds(out, "lift_interval", advice.bounds);
    out.end_object();
  }
  out.end_array();
  put_freshness(out, freshness);
  return out.end_object().take();
}

}  // namespace tally
