// SPDX-License-Identifier: Apache-2.0
//
// Which values of a dimension brought the clicks?
//
// The rows that a limit keeps, and the totals of all rows, come from one pass (WITH TOTALS), so
// that what the limit cut off is exactly the difference and rows always add up to the total, even
// while clicks arrive. For screens the same pass tells of how many clicks one is known, and from
// where.
#include <algorithm>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

// Where a screen is known from, each as a count of clicks.
Result<std::string> coverage_sql() {
  TRY_ASSIGN(const std::string source, dimension_sql(Dimension::screen_source));
  std::string sql;
  for (const ScreenSource from :
       {ScreenSource::beacon, ScreenSource::user_agent, ScreenSource::client_hint})
    sql += ", countIf(" + source + " = " + sql_quote(to_text(from)) + ")";
  return sql;
}

// From the totals of a question that asked for coverage_sql() behind its three columns; without
// any click there are none.
Result<ScreenCoverage> read_coverage(std::span<const std::string_view> totals) {
  ScreenCoverage out;
  if (totals.empty()) return out;
  TRY_ASSIGN(out.beacon, tsv_count(totals, 3));
  TRY_ASSIGN(out.user_agent, tsv_count(totals, 4));
  TRY_ASSIGN(out.client_hint, tsv_count(totals, 5));
  return out;
}

}  // namespace

Result<Breakdown> ClickStore::breakdown(const StatsQuery& query, Dimension by, std::size_t limit) {
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  TRY_ASSIGN(const std::string where, where_sql(query));
  TRY_ASSIGN(const std::string rows, rows_sql(query, by));
  std::string coverage;
  if (by == Dimension::screen) {
    TRY_ASSIGN(coverage, coverage_sql());
  }
  limit = std::clamp<std::size_t>(limit, 1, kMaxBreakdownRows);
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT " + value + " AS value, count() AS clicks, sum(first)" +
                          coverage + " FROM " + rows + " WHERE " + where + " AND " +
                          headline_sql() + " AND " + asked_sql(query.traffic) +
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
  if (by == Dimension::screen) {
    TRY_ASSIGN(breakdown.coverage, read_coverage(table.totals));
  }
  return breakdown;
}

}  // namespace tally
