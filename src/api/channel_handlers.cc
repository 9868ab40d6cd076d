// SPDX-License-Identifier: Apache-2.0
#include "api/channel_table.h"
#include "api/handlers.h"

namespace tally {
namespace {

constexpr StatsAccepts kChannels{};

// The beginning of each period, in the zone that figures are of.
Result<std::vector<UnixMillis>> period_starts(DayRange days, std::chrono::days period,
                                              const std::string& zone_name) {
  TRY_ASSIGN(const TimeZone zone, TimeZone::load(zone_name));
  std::vector<UnixMillis> out;
  for (Day day = days.first; day < days.end; day += period) {
    TRY_ASSIGN(const UnixMillis start, parse_time(format_day(day), zone, "range"));
    out.push_back(start);
  }
  return out;
}

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
  std::vector<UnixMillis> starts{asked.query.range.from};
  TRY_ASSIGN(const auto days, figure_days(asked, workspace));
  if (days) {
    const auto period = comparison_period(days->length());
    TRY_ASSIGN(figures, link_figures(api, asked.query, *days, period, true));
    TRY_ASSIGN(starts, period_starts(*days, period, workspace.time_zone));
  }
  ChannelConversions conversions;
  TRY_ASSIGN(const bool any, api.deps.conversions.any_joined(call.workspace()));
  if (any) {
    TRY_ASSIGN(conversions, as_parameter(api.deps.clicks.conversions_over(asked.query, starts,
                                                                          Dimension::channel)));
  }
  return json_response(
      channels_json(channel_table(clicks, people, figures, conversions),
                    {asked.query.range, asked.question.zone.name(), workspace.currency, fresh}));
}

}  // namespace tally
