// SPDX-License-Identifier: Apache-2.0
//
// How many clicks, by how many people, and what else was there?
//
// Hits are counted by outcome and traffic class (hit_totals.h); which of these are clicks, bots or
// other hits is decided here, by the same functions as everywhere else. `first` and `first_ws` were
// set once, at enrichment, so unique clicks and (unfiltered) visitors are sums. Of one link, its
// visitors are its unique clicks: both count people once a day. Under any other filter a visitor's
// first click of the day may be one that the filter drops (visitors.h).
#include <array>

#include "clicks/click_store.h"
#include "clicks/counted.h"
#include "clicks/derived.h"
#include "clicks/hit_totals.h"
#include "clicks/visitors.h"

namespace tally {

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
    visitors = unique_clicks;
  } else if (!query.filters.empty()) {
    TRY_ASSIGN(const std::uint64_t more, visitors_->beside_first(query));
    visitors += more;
  }
  summary.visitors = visitors;
  return summary;
}

}  // namespace tally
