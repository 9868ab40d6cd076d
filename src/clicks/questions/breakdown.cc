// SPDX-License-Identifier: Apache-2.0
//
// Which values of a dimension brought the clicks?
//
// The rows that a limit keeps, and the totals of all rows, come from one pass (WITH TOTALS), so
// that what the limit cut off is exactly the difference and rows always add up to the total, even
// while clicks arrive.
#include <algorithm>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {

Result<Breakdown> ClickStore::breakdown(const StatsQuery& query, Dimension by, std::size_t limit) {
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  TRY_ASSIGN(const std::string where, where_sql(query));
  limit = std::clamp<std::size_t>(limit, 1, kMaxBreakdownRows);
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT " + value + " AS value, count() AS clicks, sum(first) FROM " +
                          std::string(kClickTable) + " WHERE " + where + " AND " + headline_sql() +
                          " AND " + asked_sql(query.traffic) +
                          " GROUP BY value WITH TOTALS ORDER BY clicks DESC, value LIMIT " +
                          std::to_string(limit) + " FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  const bool counts_people = query.traffic != TrafficFilter::bot;

  Breakdown breakdown;
  std::uint64_t unique_clicks = 0, kept_clicks = 0, kept_unique = 0;
  if (!table.totals.empty()) {
    TRY_ASSIGN(breakdown.clicks, tsv_count(table.totals, 1));
    TRY_ASSIGN(unique_clicks, tsv_count(table.totals, 2));
  }
  for (const auto& fields : table.rows) {
    BreakdownRow row;
    row.value = spell_value(by, tsv_unescape(fields[0]));
    row.kind = value_kind(by, row.value);
    TRY_ASSIGN(row.clicks, tsv_count(fields, 1));
    TRY_ASSIGN(const std::uint64_t unique, tsv_count(fields, 2));
    if (counts_people) row.unique_clicks = unique;
    kept_clicks += row.clicks;
    kept_unique += unique;
    breakdown.rows.push_back(std::move(row));
  }
  if (kept_clicks > breakdown.clicks || kept_unique > unique_clicks)
    return fail(ErrorCode::corrupt, "the click store's totals are less than its rows");
  if (kept_clicks < breakdown.clicks) {
    BreakdownRow rest{"", ValueKind::rest, breakdown.clicks - kept_clicks, std::nullopt};
    if (counts_people) rest.unique_clicks = unique_clicks - kept_unique;
    breakdown.rows.push_back(rest);
  }
  if (counts_people) breakdown.unique_clicks = unique_clicks;
  return breakdown;
}

}  // namespace tally
