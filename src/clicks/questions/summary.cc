// SPDX-License-Identifier: Apache-2.0
//
// How many clicks, by how many people, and what else was there?
//
// One pass counts hits by outcome and traffic class; which of these are clicks, bots or other hits
// is decided here, by the same functions as everywhere else. `first` and `first_ws` were set once,
// at enrichment, so unique clicks and (unfiltered) visitors are sums over the same rows. Of one
// link, its visitors are its unique clicks, since both count people once a day, and who had theirs
// before the range, on the UTC day that it begins in. Under any other filter a visitor's first
// click of the day may be one that the filter drops; then visitors are a distinct count of (day,
// visitor), a second question; the two are mixed into one number, which is counted twice as fast. A
// visitor of 0 is one that was not recorded.
#include <algorithm>
#include <array>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/counted.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

bool is_asked(TrafficFilter asked, Traffic traffic) {
  switch (asked) {
    case TrafficFilter::human:
      return traffic == Traffic::human;
    case TrafficFilter::bot:
      return is_bot(traffic);
    case TrafficFilter::all:
      break;
  }
  return !is_other_hit(traffic);
}

struct Group {
  Outcome outcome;
  Traffic traffic;
  std::uint64_t hits, first, first_ws;
};

Result<Group> read_group(std::span<const std::string_view> row) {
  if (row.size() != 5) return fail(ErrorCode::corrupt, "a summary row has not five fields");
  const auto outcome = parse_kind<Outcome>(kOutcomeNames, row[0]);
  const auto traffic = parse_kind<Traffic>(kTrafficNames, row[1]);
  if (!outcome || !traffic)
    return fail(ErrorCode::corrupt,
                "the click store has an outcome or traffic class that this "
                "program does not know");
  TRY_ASSIGN(const std::uint64_t hits, tsv_count(row, 2));
  TRY_ASSIGN(const std::uint64_t first, tsv_count(row, 3));
  TRY_ASSIGN(const std::uint64_t first_ws, tsv_count(row, 4));
  return Group{*outcome, *traffic, hits, first, first_ws};
}

Result<std::uint64_t> distinct_visitors(ClickHouse& server, const StatsQuery& query) {
  TRY_ASSIGN(const std::string rows, rows_sql(query));
  TRY_ASSIGN(const std::string where, where_sql(query));
  TRY_ASSIGN(
      const std::string answer,
      server.ask("SELECT uniqExact(bitXor(visitor, intHash64(intDiv(time, 86400000)))), 0 FROM " +
                 rows + " WHERE " + where + " AND " + headline_sql() +
                 " AND traffic = 'human' AND visitor != 0 FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return 0;
  return tsv_count(table.rows.front(), 0);
}

// Visitors of one link whose unique click of the UTC day lies before the range.
Result<std::uint64_t> unique_before(ClickHouse& server, StatsQuery query) {
  const UnixMillis into_day = query.range.from % kMillisPerDay;
  if (into_day == 0) return 0;
  query.range.to = std::min(query.range.to, query.range.from - into_day + kMillisPerDay);
  TRY_ASSIGN(const std::string where, where_sql(query));
  TRY_ASSIGN(const std::string answer,
             server.ask("SELECT uniqExact(visitor), sum(first) FROM " + std::string(kClickTable) +
                        " WHERE " + where + " AND " + headline_sql() +
                        " AND traffic = 'human' AND visitor != 0 FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return 0;
  TRY_ASSIGN(const std::uint64_t all, tsv_count(table.rows.front(), 0));
  TRY_ASSIGN(const std::uint64_t within, tsv_count(table.rows.front(), 1));
  return all - std::min(all, within);
}

// Groups (outcome, traffic, hits, first, first_ws), from counts and rows.
Result<std::string> groups_sql(const StatsQuery& query, const Counted& counted) {
  TRY_ASSIGN(const std::string rows, rows_sql(query));
  TRY_ASSIGN(const std::string where, open_sql(query, counted));
  const std::string columns = "SELECT CAST(outcome AS String) AS o, CAST(traffic AS String) AS t, ";
  std::string from_counts;
  if (!counted.parts.closed.empty())
    from_counts = columns + "hits AS h, first AS f, first_ws AS w FROM " +
                  std::string(kTotalsTable) + " WHERE " + closed_sql(query, counted);
  return union_sql(counted, from_counts,
                   columns + "count() AS h, sum(first) AS f, sum(first_ws) AS w FROM " + rows +
                       " WHERE " + where + " GROUP BY outcome, traffic");
}

}  // namespace

Result<Summary> ClickStore::summary(const StatsQuery& query) {
  const Counted parts = counted(*closed_, query, std::nullopt);
  TRY_ASSIGN(const std::string groups, groups_sql(query, parts));
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT o, t, sum(h), sum(f), sum(w) FROM (" + groups +
                          ") GROUP BY o, t FORMAT TabSeparated"));
  Summary summary;
  std::uint64_t unique_clicks = 0, visitors = 0;
  std::array<std::uint64_t, kOutcomeNames.size()> beside{};
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const Group group, read_group(row));
    const bool asked = is_asked(query.traffic, group.traffic);
    const bool headline = is_headline(group.outcome);
    if (is_other_hit(group.traffic)) summary.other_hits += group.hits;
    if (headline && is_bot(group.traffic)) summary.bots += group.hits;
    if (headline && group.traffic == Traffic::human) summary.human_clicks += group.hits;
    if (headline && asked) {
      summary.clicks += group.hits;
      unique_clicks += group.first;
      visitors += group.first_ws;
    }
    if (!headline && asked) beside[static_cast<std::size_t>(group.outcome)] += group.hits;
  }
  for (std::size_t i = 0; i < beside.size(); ++i)
    if (beside[i] != 0) summary.outcomes.push_back({static_cast<Outcome>(i), beside[i]});
  if (query.traffic == TrafficFilter::bot) return summary;
  summary.unique_clicks = unique_clicks;
  if (parts.link) {
    TRY_ASSIGN(const std::uint64_t before, unique_before(*server_, query));
    visitors = unique_clicks + before;
  } else if (!query.filters.empty()) {
    TRY_ASSIGN(visitors, distinct_visitors(*server_, query));
  }
  summary.visitors = visitors;
  return summary;
}

}  // namespace tally
