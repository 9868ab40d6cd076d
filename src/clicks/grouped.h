// SPDX-License-Identifier: Apache-2.0
//
// Rows grouped by several dimensions, each by itself, in one reading of them.
//
// A page shows a dozen breakdowns of the same rows. Reading and filtering rows costs more than
// grouping them by one column, so where the server knows GROUPING SETS it does the first once; an
// older one reads again for each dimension. Dimensions that one column carries (derived.h) are
// grouped by that column, and its groups are taken apart and added up.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "clicks/dialect.h"
#include "model/stats_query.h"

namespace tally {

// A count of rows that may be added up: {"count()", "c"}.
struct GroupSum {
  std::string sql;
  std::string_view name;
};

struct Grouped {
  std::string_view from;  // "rows WHERE condition"
  std::span<const Dimension> by;
  std::span<const std::size_t> places;  // which of `by`, each once, counted from 1
  std::span<const GroupSum> sums;
  std::string_view owner = {};  // a column that rows are grouped by besides; or none
};

// (owner, d, v, sums…): for each of the places `d`, how much there is of each of its values.
Result<std::string> grouped_sql(const Grouped& grouped, Dialect dialect);

}  // namespace tally
