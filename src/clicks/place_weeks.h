// SPDX-License-Identifier: Apache-2.0
//
// On which day of the week, at which hour, do people click: where they are?
//
// The store groups by the clocks of places (model/place_clocks.h), and knows none of them: it gets
// two lists, of places with the number of their clock, and of each clock's changes with how far it
// is ahead of UTC from there on. So it can fold time onto the week by itself, and an answer is 168
// numbers for each of some sixty clocks, be it of a day or of ten years. Grouped by region and
// quarter of an hour instead, a year would be millions of rows.
//
// Places are not counted ahead by the hour, so rows answer for closed days as well; what they
// answered is kept while these are closed (kept.h).
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "clicks/dialect.h"
#include "clicks/kept.h"
#include "insights/best_time.h"
#include "model/place_clocks.h"
#include "model/stats_query.h"

namespace tally {

class ClickHouse;
class ClosedRanges;

struct PlaceWeek {
  struct Hour {
    std::uint64_t clicks = 0, first = 0;
  };
  using Hours = std::array<Hour, kWeekHours>;  // from Monday, 0 o'clock, on

  std::vector<Hours> clocks;   // as many as were asked with
  std::uint64_t unplaced = 0;  // clicks whose clock nobody can tell
};

class PlaceWeeks {
 public:
  PlaceWeeks(ClickHouse& server, const ClosedRanges& closed);

  // Clicks of the traffic asked for. `clocks` are those of the query's range.
  Result<PlaceWeek> find(const StatsQuery& query, const PlaceClocks& clocks);

 private:
  // The clocks as the store takes them.
  struct ClockSql {
    std::string number;  // of a row: its clock's, counted from 1; 0 when it has none
    std::string ahead;   // of a number `c` and a quarter `s`: kMondayQuarters and how far ahead
    std::size_t clocks = 0;
  };
  static ClockSql clock_sql(const PlaceClocks& clocks, Dialect dialect);
  Result<PlaceWeek> from_rows(const StatsQuery& query, std::span<const TimeRange> ranges,
                              const ClockSql& clocks);

  ClickHouse& server_;
  const ClosedRanges& closed_;
  Kept<PlaceWeek> kept_;
};

}  // namespace tally
