// SPDX-License-Identifier: Apache-2.0
//
// What a counting question reads: counts of the closed ranges within its range, rows of the rest.
//
// Both are one SELECT of counts that may simply be added up, so a question is the same whichever
// part answers it, and closing a day changes no number. Counts are there for a workspace as a whole
// and for the links that had many clicks in a range; questions with any other filter, and those by
// a dimension that is not counted ahead, read rows only.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "clicks/closed_ranges.h"
#include "model/stats_query.h"

namespace tally {

// Totals are kept by this much time, from the epoch on.
inline constexpr UnixMillis kTotalsSlot = 15 * kMillisPerMinute;

// Whether closed ranges have counts by this dimension. Not those whose values may be as many as
// the clicks, nor tags, which the store does not know.
bool is_counted_ahead(Dimension by);

// The link, when it is all that a question filters by: of the counted rows, which are meant.
std::optional<LinkId> only_link(const StatsQuery& query);

struct Counted {
  ClosedRanges::Parts parts;
  std::optional<LinkId> link;
  bool by_rows = false;  // there are no counts: rows answer for what is closed, too
};

// `fits` says whether the counts of a closed range are fine enough for the question.
Counted counted(const ClosedRanges& ranges, const StatsQuery& query, std::optional<Dimension> by,
                const std::function<bool(TimeRange)>& fits = nullptr);

// The same for whoever keeps what closed ranges answer (kept.h): under a filter these are apart
// from the rest as well, `by_rows`.
Counted counted_or_kept(const ClosedRanges& ranges, const StatsQuery& query,
                        const std::function<bool(TimeRange)>& fits = nullptr);
// The times of closed ranges, those that adjoin in one.
std::vector<TimeRange> runs_of(const ClosedRanges::Parts& parts);
// Names the rows of the closed ranges that a question is about.
Result<std::string> key_of(const StatsQuery& query, const Counted& counted);

// The rows of a roll-up that belong to it, as a condition. There must be some.
std::string closed_sql(const StatsQuery& query, const Counted& counted);
// The clicks that a row of kCountsTable stands for.
std::string clicks_sql(TrafficFilter traffic);
// where_sql() of what rows have to answer.
Result<std::string> open_sql(const StatsQuery& query, const Counted& counted);

// `from_counts` UNION ALL `from_rows`, each only where it has a part: never both empty, as a range
// of no time is open.
std::string union_sql(const Counted& counted, const std::string& from_counts,
                      const std::string& from_rows);

}  // namespace tally
