// SPDX-License-Identifier: Apache-2.0
#include "api/channel_table.h"
#include "api/handlers.h"

namespace tally {
namespace {

constexpr StatsAccepts kChannels{};

}  // namespace

Result<Response> get_channels(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kChannels));
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  const auto by_channel = [&](const StatsQuery& query) {
    return as_parameter(api.deps.clicks.breakdown(query, Dimension::channel, kMaxBreakdownRows));
  };
  TRY_ASSIGN(const Breakdown clicks, by_channel(asked.query));
  Breakdown people = clicks;
  if (asked.query.traffic != TrafficFilter::human) {
    StatsQuery query = asked.query;
    query.traffic = TrafficFilter::human;
    TRY_ASSIGN(people, by_channel(query));
  }
  std::optional<std::vector<LinkFigure>> figures;
  TRY_ASSIGN(const auto days, figure_days(asked, workspace));
  if (days) {
    const auto period = comparison_period(days->length());
    TRY_ASSIGN(figures, link_figures(api, asked.query, *days, period, true));
  }
  return json_response(
      channels_json(channel_table(clicks, people, figures),
                    {asked.query.range, asked.question.zone.name(), workspace.currency, fresh}));
}

}  // namespace tally
