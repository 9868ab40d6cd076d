// SPDX-License-Identifier: Apache-2.0
//
// What time is it where somebody is?
//
// A click is stored with a country and a region, and the tz database knows zones. The table in
// data/place_zones.inc lays one over the other: a country whose people go by one clock has a zone,
// and of the others each region has. A region of several clocks goes by that of most of its people;
// where a region is unknown, or spelled as nobody has told us, nothing is guessed.
//
// Within a range of time most zones cannot be told apart: Oslo's clock is Rome's. What counts are
// the clocks that differ (some sixty in a year), each as its changes, which are numbers: so whoever
// counts by them needs no zone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/stats_query.h"

namespace tally {

// Clocks differ, and change, by whole quarters of an hour (calendar.h).
inline constexpr UnixMillis kClockQuarter = 15 * kMillisPerMinute;

struct PlaceZone {
  std::string_view country, region;  // region "": all of the country that has no row of its own
  std::string_view zone;
};
std::span<const PlaceZone> place_zones();

// From quarter `from` (since 1970, UTC) on, a clock is so many quarters ahead of UTC; negative in
// the west.
struct ClockChange {
  std::int64_t from = 0;
  std::int64_t ahead = 0;
  friend auto operator<=>(const ClockChange&, const ClockChange&) = default;
};
// Ascending; the first is of quarter 0 and stands for all time before the second.
using PlaceClock = std::vector<ClockChange>;

struct PlaceClocks {
  struct Place {
    std::string_view country, region;  // as in PlaceZone
    std::size_t clock = 0;             // its place in `clocks`
  };
  std::vector<PlaceClock> clocks;  // all different
  std::vector<Place> countries, regions;
};

// The clocks of all places over a range. A country of several zones whose clocks agree all along is
// among the countries too: there it does not matter which region it is. A place whose zone this
// machine's tz database lacks is left out.
PlaceClocks place_clocks(TimeRange range);

// A quarter of UTC, `ahead` and this, divided by four, is an hour of the clock's week, which begins
// on Monday: 1970 began on a Thursday, and a week more keeps it positive in the west.
inline constexpr std::int64_t kMondayQuarters = (3 + 7) * 24 * 4;

}  // namespace tally
