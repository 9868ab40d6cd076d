// SPDX-License-Identifier: Apache-2.0
//
// How many clicks, by how many people, and what else was there?
//
// Hits are counted by outcome and traffic class (hit_totals.h); which of these are clicks, bots or
// other hits is decided here, by the same functions as everywhere else. `first` and `first_ws` were
// set once, at enrichment, so unique clicks and (unfiltered) visitors are sums. Of one link, its
// visitors are its unique clicks, since both count people once a day, and who had theirs before the
// range, on the UTC day that it begins in. Under any other filter a visitor's
// first click of the day may be one that the filter drops (visitors.h).
#include <algorithm>
#include <array>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/counted.h"
#include "clicks/derived.h"
#include "clicks/hit_totals.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"
#include "clicks/visitors.h"
#include "model/click_filter.h"

namespace tally {
namespace {

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

}  // namespace

Result<Summary> ClickStore::summary(const StatsQuery& query) {
  TRY_ASSIGN(const auto totals, totals_->find(query, {}));
  Summary summary;
  std::uint64_t unique_clicks = 0, visitors = 0;
  std::array<std::uint64_t, kOutcomeNames.size()> beside{};
  for (const HitTotal& total : totals) {
    const auto [outcome, traffic] = total.kind;
    const bool asked = is_asked(query.traffic, traffic);
    const bool headline = is_headline(outcome);
    if (is_other_hit(traffic)) summary.other_hits += total.hits;
    if (headline && is_bot(traffic)) summary.bots += total.hits;
    if (headline && traffic == Traffic::human) summary.human_clicks += total.hits;
    if (headline && asked) {
      summary.clicks += total.hits;
      unique_clicks += total.first;
      visitors += total.first_ws;
    }
    if (!headline && asked) beside[static_cast<std::size_t>(outcome)] += total.hits;
  }
  for (std::size_t i = 0; i < beside.size(); ++i)
    if (beside[i] != 0) summary.outcomes.push_back({static_cast<Outcome>(i), beside[i]});
  if (query.traffic == TrafficFilter::bot) return summary;
  summary.unique_clicks = unique_clicks;
  if (only_link(query)) {
    TRY_ASSIGN(const std::uint64_t before, unique_before(*server_, query));
    visitors = unique_clicks + before;
  } else if (!query.filters.empty()) {
    TRY_ASSIGN(const std::uint64_t more, visitors_->beside_first(query));
    visitors += more;
  }
  summary.visitors = visitors;
  return summary;
}

}  // namespace tally
