// SPDX-License-Identifier: Apache-2.0
#include "api/asked.h"
#include "api/geo_table.h"
#include "api/handlers.h"
#include "api/parameter.h"

namespace tally {
namespace {

constexpr StatsAccepts kGeo{.by = true, .default_limit = 20, .max_limit = 1'000};

Result<std::optional<ConvertedByValue>> converted_of(Api& api, const StatsQuery& query,
                                                     Dimension by) {
  if (query.traffic != TrafficFilter::human) return std::nullopt;
  TRY_ASSIGN(const bool any, api.deps.conversions.any_joined(query.workspace));
  if (!any) return ConvertedByValue();
  TRY_ASSIGN(auto converted, as_parameter(api.deps.clicks.converted_clicks_by(query, by)));
  return converted;
}

}  // namespace

Result<Response> get_geo(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kGeo));
  const Dimension by = asked.question.by.value_or(Dimension::country);
  if (by != Dimension::country && by != Dimension::region && by != Dimension::city)
    return bad_parameter("by", "markets are by country, region or city");
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(const Breakdown now,
             as_parameter(api.deps.clicks.breakdown(asked.query, by, kMaxBreakdownRows)));
  std::optional<Breakdown> before;
  if (asked.previous) {
    StatsQuery query = asked.query;
    query.range = *asked.previous;
    TRY_ASSIGN(before, api.deps.clicks.breakdown(query, by, kMaxBreakdownRows));
  }
  TRY_ASSIGN(const auto converted, converted_of(api, asked.query, by));
  return json_response(
      geo_json(geo_table(now, before, converted, asked.question.limit),
               {by, asked.query.range, asked.previous, converted.has_value(), fresh}));
}

}  // namespace tally
