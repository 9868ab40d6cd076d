// SPDX-License-Identifier: Apache-2.0
//
// Which values of a dimension brought the clicks?
//
// The rows that a limit keeps, and the totals of all rows, come from one pass (WITH TOTALS), so
// that what the limit cut off is exactly the difference and rows always add up to the total, even
// while clicks arrive. For screens a second question tells of how many clicks one is known, and
// from where.
#include <algorithm>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/counted.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

// (value, clicks, first) of each row that counts, and of each count of a closed range: not of those
// that have clicks of another class only.
Result<std::string> values_sql(const StatsQuery& query, const Counted& counted, Dimension by) {
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  TRY_ASSIGN(const std::string where, open_sql(query, counted));
  TRY_ASSIGN(const std::string rows, rows_sql(query, by));
  const bool only_rows = counted.parts.closed.empty();
  // Links are numbers everywhere, so that those with equal clicks stand in one order.
  const bool numbers = by == Dimension::link;
  std::string from_counts;
  if (!only_rows)
    from_counts = std::string("SELECT ") + (numbers ? "toUInt64(value)" : "value") + " AS v, " +
                  clicks_sql(query.traffic) + " AS c, first AS f FROM " +
                  std::string(kCountsTable) + " WHERE " + closed_sql(query, counted) +
                  " AND dimension = " + sql_quote(to_text(by)) + " AND c > 0";
  // A dictionary is faster to group by than its texts, which is what counts have.
  return union_sql(counted, from_counts,
                   "SELECT " + (only_rows || numbers ? value : "CAST(" + value + " AS String)") +
                       " AS v, toUInt64(1) AS c, toUInt64(first) AS f FROM " + rows + " WHERE " +
                       where + " AND " + headline_sql() + " AND " + asked_sql(query.traffic));
}

ScreenCoverage coverage_of(const Breakdown& by_source) {
  ScreenCoverage out;
  for (const BreakdownRow& row : by_source.rows) {
    if (row.value == to_text(ScreenSource::beacon)) out.beacon = row.clicks;
    if (row.value == to_text(ScreenSource::user_agent)) out.user_agent = row.clicks;
    if (row.value == to_text(ScreenSource::client_hint)) out.client_hint = row.clicks;
  }
  return out;
}

}  // namespace

Result<Breakdown> ClickStore::breakdown(const StatsQuery& query, Dimension by, std::size_t limit) {
  const Counted parts = counted(*closed_, query, by);
  TRY_ASSIGN(const std::string values, values_sql(query, parts, by));
  limit = std::clamp<std::size_t>(limit, 1, kMaxBreakdownRows);
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT v, sum(c) AS clicks, sum(f) FROM (" + values +
                          ") GROUP BY v WITH TOTALS ORDER BY clicks DESC, v LIMIT " +
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
  if (by == Dimension::screen) {
    TRY_ASSIGN(const Breakdown by_source,
               this->breakdown(query, Dimension::screen_source, kScreenSourceNames.size()));
    breakdown.coverage = coverage_of(by_source);
  }
  return breakdown;
}

}  // namespace tally
