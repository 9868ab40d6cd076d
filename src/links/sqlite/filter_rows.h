// SPDX-License-Identifier: Apache-2.0
//
// Filters of a question that is kept, in a table of their own beside what asks it: rows of
// (owner's id, place, dimension, filter).
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "links/sqlite/database.h"
#include "model/stats_query.h"

namespace tally {

struct FilterTable {
  std::string_view name;   // "alert_filters"
  std::string_view owner;  // its column of the owner's id: "alert"
};

// `corrupt` for what is no filter.
Result<std::vector<Filter>> read_filters(Database& db, FilterTable table, std::uint64_t owner);
// In place of those that are there.
Result<void> write_filters(Database& db, FilterTable table, std::uint64_t owner,
                           const std::vector<Filter>& filters);

}  // namespace tally
