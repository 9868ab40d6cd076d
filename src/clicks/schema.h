// SPDX-License-Identifier: Apache-2.0
//
// The click store's tables and how they come to be.
//
// `tallymark.schema_versions` has one row for every migration that ran. A migration is a list of
// statements that may run twice, because a crash between the statements and the row repeats it.
// They are never edited once released: a change is a new migration behind the last.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/dialect.h"

namespace tally {

inline constexpr std::string_view kClickTable = "tallymark.clicks";
inline constexpr std::string_view kViewTable = "tallymark.landing_views";
inline constexpr std::string_view kConversionTable = "tallymark.conversions";
inline constexpr std::string_view kTotalsTable = "tallymark.hit_totals";
inline constexpr std::string_view kCountsTable = "tallymark.dimension_counts";
inline constexpr std::string_view kVariedTable = "tallymark.varied_visitors";
inline constexpr std::string_view kClosedTable = "tallymark.closed_ranges";
inline constexpr std::string_view kVersionTable = "tallymark.schema_versions";
inline constexpr std::uint32_t kSchemaVersion = 5;

constexpr std::string_view table_name(StoreTable table) {
  switch (table) {
    case StoreTable::clicks:
      return kClickTable;
    case StoreTable::landing_views:
      return kViewTable;
    case StoreTable::conversions:
      break;
  }
  return kConversionTable;
}

// The statements that lead from `version - 1` to `version`.
std::vector<std::string> migration(std::uint32_t version, Dialect dialect);

// Runs what is missing; `conflict` when the store is already past kSchemaVersion.
Result<void> migrate_schema(ClickHouse& server);

}  // namespace tally
