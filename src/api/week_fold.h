// SPDX-License-Identifier: Apache-2.0
//
// Clicks by the 168 hours of the week: of one clock, or each click by the clock where it came from.
//
// Clocks change by whole quarters, so each quarter lies in one hour of the clock. An hour that they
// repeat is there twice, one that they skip not at all: `hours` says how much time a cell stands
// for, so that cells can be compared.
//
// Where visitors go by many clocks, a range that is no whole week has other hours twice for each of
// them. A cell then stands for the mean of its hours over the clocks, weighted by their clicks: so
// a share of the visitors who alone had a Monday evening in the range do not make it a quiet one.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "clicks/click_store.h"
#include "clicks/place_weeks.h"
#include "model/calendar.h"

namespace tally {

struct WeekCell {
  std::uint64_t clicks = 0;
  std::optional<std::uint64_t> unique_clicks;  // none for traffic `bot`
  double hours = 0;
  friend bool operator==(const WeekCell&, const WeekCell&) = default;
};

inline constexpr std::size_t kHoursPerDay = 24;
using WeekFold = std::array<WeekCell, kWeekHours>;  // from Monday, 0 o'clock, on

WeekFold fold_week(std::span<const SeriesPoint> quarters, const TimeZone& zone);

// Of all clicks asked for, how many have a place in the week.
struct PlaceCoverage {
  std::uint64_t known = 0, clicks = 0;
  friend bool operator==(const PlaceCoverage&, const PlaceCoverage&) = default;
};
struct PlaceFold {
  WeekFold week;
  PlaceCoverage coverage;
};
// `places` were counted by `clocks`, which are those of the query's range.
PlaceFold fold_places(const PlaceWeek& places, const PlaceClocks& clocks, const StatsQuery& query);

}  // namespace tally
