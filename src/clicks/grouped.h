// SPDX-License-Identifier: Apache-2.0
//
// Rows grouped by several dimensions, each by itself, in one reading of them.
//
// A page shows a dozen breakdowns of the same rows. Reading and filtering rows costs more than
// grouping them by one column, so where the server knows GROUPING SETS it does the first once; an
// older one reads again for each dimension.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "clicks/dialect.h"
#include "model/stats_query.h"

namespace tally {

struct Grouped {
  std::string_view from;  // "rows WHERE condition"
  std::span<const Dimension> by;
  std::span<const std::size_t> places;  // which of `by`, each once, counted from 1
  std::string_view sums;                // "count() AS c, sum(first) AS f"
  std::string_view names;               // "c, f"
  std::string_view owner = {};          // a column that rows are grouped by besides; or none
};

// SELECT [owner,] d, v, names…: a row for each value `v`, spelled as answers do but for links,
// which are numbers, of the dimension at place `d` (UInt16).
Result<std::string> grouped_sql(const Grouped& grouped, Dialect dialect);

}  // namespace tally
