// SPDX-License-Identifier: Apache-2.0
//
// Markets: places side by side with their growth, how much of the clicks they carry, and which do
// better or worse than the rest (insights/concentration.h). Pure.
//
// Rows add up to the headline, in this period and in the one before: places that had clicks only
// before have a row too, clicks from places that nobody could tell are a row of their own and no
// market, and what a limit cuts off is the rest.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "api/stats_json.h"
#include "insights/concentration.h"

namespace tally {

struct GeoRow {
  std::string value;
  ValueKind kind = ValueKind::value;
  std::uint64_t clicks = 0;
  std::optional<std::uint64_t> unique_clicks;
  std::optional<std::uint64_t> previous_clicks;  // none without a period before
  std::optional<MarketFinding> finding;          // of markets only
};

struct GeoTable {
  std::vector<GeoRow> rows;
  GeoRow total;
  std::uint64_t located = 0;  // clicks of all markets
  Concentration concentration;
  std::vector<std::string> strongest, under_performing;  // most clicks first
};

using ConvertedByValue = std::map<std::string, std::uint64_t>;

// At most `limit` markets have a row. `converted` counts clicks that led to a conversion; none when
// what is asked about are not people's clicks.
GeoTable geo_table(const Breakdown& now, const std::optional<Breakdown>& before,
                   const std::optional<ConvertedByValue>& converted, std::size_t limit);

struct GeoHead {
  Dimension by = Dimension::country;
  TimeRange range;
  std::optional<TimeRange> previous;
  bool rates = false;  // conversion rates are known
  Freshness freshness;
};
std::string geo_json(const GeoTable& table, const GeoHead& head);

}  // namespace tally
