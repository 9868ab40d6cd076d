// SPDX-License-Identifier: Apache-2.0
//
// Hits by slot of time, outcome and traffic class: what summaries, series and heat maps add up.
//
// The panels of a page are about the same hits, so they ask for the same totals, in slots that all
// of them can use, and the store finds them once. Of ranges that are closed they come from what was
// counted ahead or, under a filter, from the rows; both stay right as long as the ranges are
// closed, and are kept.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "clicks/counted.h"
#include "clicks/derived.h"
#include "clicks/kept.h"
#include "model/stats_query.h"

namespace tally {

class ClickHouse;
class ClosedRanges;

struct HitTotal {
  UnixMillis slot = 0;  // when it begins
  HitClass kind{};
  std::uint64_t hits = 0, first = 0, first_ws = 0;
};

class HitTotals {
 public:
  HitTotals(ClickHouse& server, const ClosedRanges& closed);

  // Of every outcome and class, whatever traffic the query asks for. No slot is cut by one of
  // `edges`; without edges a slot may be of any length.
  Result<std::vector<HitTotal>> find(const StatsQuery& query, std::span<const UnixMillis> edges);

 private:
  Result<std::vector<HitTotal>> ask(const std::string& from, const std::string& sums,
                                    const std::string& slot, UnixMillis step);
  Result<std::vector<HitTotal>> from_rows(const StatsQuery& query,
                                          std::span<const TimeRange> ranges, UnixMillis step);
  Result<std::vector<HitTotal>> from_counts(const StatsQuery& query, const Counted& counted,
                                            UnixMillis step);

  ClickHouse& server_;
  const ClosedRanges& closed_;
  Kept<std::vector<HitTotal>> kept_;
};

}  // namespace tally
