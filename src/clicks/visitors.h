// SPDX-License-Identifier: Apache-2.0
//
// How many people there are behind the clicks that a filter leaves?
//
// `first_ws` stands on a visitor's first click of a UTC day. Where a filter is about what does not
// change with a visitor (device, country), it takes all of their clicks or none, and people are
// counted by adding up `first_ws`. Now and then it does change, so closing a range notes who varied
// in what; these few visitors, and the days that are not noted, are counted by looking at each
// click. So are filters by what a visitor does (campaign, referrer), always.
//
// A UTC day is noted with the closed range that it ends in. Where that began later than the day,
// the note rests on the range before as well, and names its version.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "clicks/closed_ranges.h"
#include "clicks/kept.h"
#include "model/stats_query.h"

namespace tally {

class ClickHouse;

// Notes, under a version, who varied on the UTC days that end in a range; `before` is the version
// of the closed range that ends where this one begins, or 0. Old servers note nothing.
Result<void> note_varied_visitors(ClickHouse& server, WorkspaceId workspace, TimeRange range,
                                  std::uint64_t version, std::uint64_t before);

class FilteredVisitors {
 public:
  FilteredVisitors(ClickHouse& server, const ClosedRanges& closed);

  // Human visitors of a query with filters, beyond the sum of `first_ws` over its clicks.
  Result<std::uint64_t> beside_first(const StatsQuery& query);

 private:
  // Whole UTC days that are closed, and what has to be looked at besides.
  struct Days {
    std::vector<TimeRange> closed, rest;
    std::string versions;    // of the closed ranges: (1,2,3)
    bool has_varied = true;  // visitors are noted who may differ in what the filters are about
  };
  Result<Days> days_of(const StatsQuery& query);
  Result<std::uint64_t> look(const StatsQuery& query, const std::vector<TimeRange>& ranges,
                             const std::string& condition);

  ClickHouse& server_;
  const ClosedRanges& closed_;
  Kept<std::uint64_t> kept_;
};

}  // namespace tally
