// SPDX-License-Identifier: Apache-2.0
#include "api/week_fold.h"

namespace tally {

WeekFold fold_week(std::span<const SeriesPoint> quarters, const TimeZone& zone) {
  WeekFold week;
  for (const SeriesPoint& point : quarters) {
    const WeekHour at = week_hour(point.start, zone);
    WeekCell& cell = week[static_cast<std::size_t>(at.weekday - 1) * kHoursPerDay +
                          static_cast<std::size_t>(at.hour)];
    cell.clicks += point.clicks;
    if (point.unique_clicks)
      cell.unique_clicks = cell.unique_clicks.value_or(0) + *point.unique_clicks;
    ++cell.quarters;
  }
  // A cell that the range never meets is empty in the same way.
  if (!quarters.empty() && quarters.front().unique_clicks)
    for (WeekCell& cell : week) cell.unique_clicks = cell.unique_clicks.value_or(0);
  return week;
}

}  // namespace tally
