// SPDX-License-Identifier: Apache-2.0
//
// A series by the quarter of an hour as what insights/best_time.h judges: for each hour of the
// week, in how many weeks it was seen, its clicks, and those of its busiest week. Pure.
//
// Only whole hours are taken: the hour that is not over yet, and those that the range or a change
// of clocks cuts, would look quieter than they are. An hour that clocks repeat was seen twice.
#pragma once

#include <array>
#include <span>
#include <string>

#include "api/stats_json.h"
#include "insights/best_time.h"

namespace tally {

using HourCells = std::array<HourCell, kWeekHours>;  // from Monday, 0 o'clock, on

// Quarters that do not lie within `range` are left out.
HourCells hour_cells(std::span<const SeriesPoint> quarters, TimeRange range, const TimeZone& zone);

// At most `limit` hours.
std::string best_time_json(const HourCells& cells, TimeRange range, const TimeZone& zone,
                           std::size_t limit, const Freshness& freshness);

}  // namespace tally
