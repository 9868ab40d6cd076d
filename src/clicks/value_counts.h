// SPDX-License-Identifier: Apache-2.0
//
// Clicks by the values of dimensions: all values, to be added up, sorted and cut here.
//
// A page asks for the same breakdowns again and again, and only the clicks of days that are not
// closed are new each time. So what closed days answer, from counts or under a filter from rows, is
// kept like totals are (hit_totals.h), and the store is asked for the rest.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/result.h"
#include "clicks/counted.h"
#include "clicks/dialect.h"
#include "clicks/kept.h"
#include "model/stats_query.h"

namespace tally {

class ClickHouse;
class ClosedRanges;

struct ValueCount {
  std::string value;
  std::uint64_t clicks = 0, first = 0;
};

// Some of the dimensions asked for, by their places among them, from 1 on.
struct Places {
  std::span<const Dimension> by;
  std::vector<std::size_t> of;
};

// (d, w, c, f): place, sign and value, clicks and first clicks of each value, from what was counted
// ahead, or from rows. The sign tells "" from a total.
std::string counted_values_sql(const StatsQuery& query, const Counted& counted,
                               const Places& places);
Result<std::string> row_values_sql(const StatsQuery& query, const std::string& rows,
                                   std::span<const TimeRange> ranges, const Places& places,
                                   Dialect dialect);

class ValueCounts {
 public:
  ValueCounts(ClickHouse& server, const ClosedRanges& closed);

  using Lists = std::vector<std::vector<ValueCount>>;
  // A list for each of the dimensions, in no order; none when one of them is not counted ahead or
  // there are so many values that whoever wants a few of them had better ask for these.
  Result<std::optional<Lists>> find(const StatsQuery& query, std::span<const Dimension> by);

 private:
  Result<Lists> ask(const std::string& values, std::size_t dimensions);

  ClickHouse& server_;
  const ClosedRanges& closed_;
  Kept<Lists> kept_;
};

}  // namespace tally
