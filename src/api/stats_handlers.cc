// SPDX-License-Identifier: Apache-2.0
#include "api/asked.h"
#include "api/best_hours.h"
#include "api/handlers.h"
#include "api/link_figures.h"
#include "api/parameter.h"
#include "api/stats_json.h"
#include "api/tag_fold.h"
#include "api/week_fold.h"
#include "base/text.h"
#include "http/query_string.h"

namespace tally {
namespace {

constexpr StatsAccepts kSummary{};
constexpr StatsAccepts kTimeseries{true, true, false, false, 5, 50};
constexpr StatsAccepts kBreakdown{false, true, true, false, 10, 1'000};
constexpr StatsAccepts kBreakdowns{.default_limit = 10, .max_limit = 100, .several = true};
constexpr StatsAccepts kHeatmap{.clock = true};
constexpr StatsAccepts kFunnel{};
constexpr StatsAccepts kBestTime{.default_limit = 5, .max_limit = kWeekHours};
constexpr StatsAccepts kClicks{false, false, false, true, 100, 1'000};

std::vector<std::string> values_of(const Breakdown& breakdown) {
  std::vector<std::string> out;
  for (const BreakdownRow& row : breakdown.rows) out.push_back(row.value);
  return out;
}

// A conversion may belong to a value that brought no click in the range: to the rest, as those do
// that a limit cut off.
Result<void> add_conversions(Api& api, const StatsQuery& query, Dimension by,
                             Breakdown& breakdown) {
  TRY_ASSIGN(const bool any, api.deps.conversions.any_joined(query.workspace));
  if (!any) return {};
  std::vector<std::string> values;
  for (const BreakdownRow& row : breakdown.rows)
    if (row.kind != ValueKind::rest && (by != Dimension::link || LinkId::parse(row.value)))
      values.push_back(row.value);
  TRY_ASSIGN(const auto conversions,
             as_parameter(api.deps.clicks.conversions_by(query, by, std::move(values))));
  for (BreakdownRow& row : breakdown.rows) {
    if (row.kind == ValueKind::rest) continue;
    const auto found = conversions.of.find(row.value);
    if (found != conversions.of.end()) row.conversions = found->second;
  }
  if (conversions.rest == 0) return {};
  if (breakdown.rows.empty() || breakdown.rows.back().kind != ValueKind::rest)
    breakdown.rows.push_back(
        {"", ValueKind::rest, 0, breakdown.unique_clicks ? std::optional(0ul) : std::nullopt});
  breakdown.rows.back().conversions = conversions.rest;
  return {};
}

// A tag's conversions are those of all its links, also of such that brought no click in the range:
// for tag_fold.h, all by themselves.
Result<void> add_conversions_of_links(Api& api, const StatsQuery& query, Breakdown& by_link) {
  TRY_ASSIGN(const bool any, api.deps.conversions.any_joined(query.workspace));
  if (!any) return {};
  TRY_ASSIGN(auto conversions, as_parameter(api.deps.clicks.conversions_over(
                                   query, std::span(&query.range.from, 1), Dimension::link)));
  for (BreakdownRow& row : by_link.rows)
    if (auto found = conversions.extract(row.value)) row.conversions = found.mapped().front();
  for (const auto& [link, counts] : conversions)
    by_link.rows.push_back({link, ValueKind::value, 0,
                            by_link.unique_clicks ? std::optional(0ul) : std::nullopt,
                            counts.front()});
  return {};
}

// "<time>.<click id>": a place in the newest-first order, in words that clients may see anyway.
std::string cursor_text(const Api& api, const ClickCursor& cursor) {
  return std::to_string(cursor.time) + "." + api.click_ids.encode(cursor.key);
}

Result<std::optional<ClickCursor>> read_cursor(const Api& api, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto dot = std::min(text.find('.'), text.size());
  const auto time = parse_number<UnixMillis>(std::string_view(text).substr(0, dot));
  const auto key =
      api.click_ids.decode(std::string_view(text).substr(std::min(dot + 1, text.size())));
  if (!time || !key) return bad_cursor();
  return ClickCursor{*time, *key};
}

}  // namespace

Result<Response> get_summary(Api& api, const Call& call) {
  TRY_ASSIGN(Asked asked, ask(api, call, kSummary));
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  ComparedSummary out;
  out.range = asked.query.range;
  out.currency = workspace.currency;
  TRY_ASSIGN(out.now, as_parameter(api.deps.clicks.summary(asked.query)));
  TRY_ASSIGN(out.rates, rates_of(api, asked, workspace, out.now));
  TRY_ASSIGN(out.conversions, conversions_of(api, asked.query));
  out.previous_range = asked.previous;
  if (asked.previous) {
    asked.query.range = *asked.previous;
    TRY_ASSIGN(out.previous, api.deps.clicks.summary(asked.query));
    TRY_ASSIGN(out.previous_rates, rates_of(api, asked, workspace, out.previous));
    TRY_ASSIGN(out.previous_conversions, conversions_of(api, asked.query));
  }
  return json_response(summary_json(out, asked.question.zone, fresh));
}

Result<Response> get_timeseries(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kTimeseries));
  const StatsQuestion& question = asked.question;
  if (question.by == Dimension::tag)
    return std::unexpected(Error{ErrorCode::malformed, "a series by tag is not offered",
                                 "use stats/breakdown?by=tag", "by", "bad_value"});
  const Interval interval = question.interval.value_or(auto_interval(asked.query.range));
  auto starts = bucket_starts(asked.query.range, interval, question.zone);
  if (!starts || (question.by && starts->size() * (question.limit + 1) > kMaxBuckets))
    return std::unexpected(Error{ErrorCode::malformed, "that would be more than 10,000 points",
                                 "choose a longer interval or a shorter range", "interval",
                                 "too_many_points"});
  const Freshness fresh = freshness(api, asked);
  std::vector<Series> series;
  if (question.by) {
    TRY_ASSIGN(series, as_parameter(api.deps.clicks.timeseries_by(asked.query, *starts,
                                                                  *question.by, question.limit)));
  } else {
    TRY_ASSIGN(auto points, as_parameter(api.deps.clicks.timeseries(asked.query, *starts)));
    series.push_back({{}, ValueKind::value, std::move(points)});
  }
  return json_response(timeseries_json(series, question.by, interval, question.zone, fresh));
}

Result<Response> get_heatmap(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kHeatmap));
  const TimeZone& zone = asked.question.zone;
  const Freshness fresh = freshness(api, asked);
  if (asked.question.visitor_clock) {
    TRY_ASSIGN(const PlaceFold fold, places_of(api, asked));
    return json_response(heatmap_json(fold, asked.query.range, zone, fresh));
  }
  TRY_ASSIGN(const auto quarters, quarters_of(api, asked));
  return json_response(heatmap_json(fold_week(quarters, zone), asked.query.range, zone, fresh));
}

Result<Response> get_best_time(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kBestTime));
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(const auto quarters, quarters_of(api, asked));
  // What is yet to come has no quiet hours.
  TimeRange seen = asked.query.range;
  seen.to = std::min(seen.to, asked.now);
  const TimeZone& zone = asked.question.zone;
  return json_response(best_time_json(hour_cells(quarters, seen, zone), asked.query.range, zone,
                                      asked.question.limit, fresh));
}

Result<Response> get_breakdown(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kBreakdown));
  const Dimension by = *asked.question.by;
  const bool by_tag = by == Dimension::tag;
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(Breakdown breakdown, as_parameter(api.deps.clicks.breakdown(
                                      asked.query, by_tag ? Dimension::link : by,
                                      by_tag ? kMaxBreakdownRows : asked.question.limit)));
  Labels labels;
  if (by_tag) {
    TRY(add_conversions_of_links(api, asked.query, breakdown));
    TRY_ASSIGN(const auto links, links_of(api, call.workspace(), values_of(breakdown)));
    breakdown = fold_by_tag(breakdown, links, asked.question.limit);
  } else {
    TRY(add_conversions(api, asked.query, by, breakdown));
    if (by == Dimension::link) {
      TRY_ASSIGN(labels, labels_of(api, call.workspace(), values_of(breakdown)));
    }
  }
  return json_response(breakdown_json(breakdown, by, labels, fresh));
}

Result<Response> get_breakdowns(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kBreakdowns));
  const std::vector<Dimension>& by = asked.question.several;
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(auto breakdowns,
             as_parameter(api.deps.clicks.breakdowns(asked.query, by, asked.question.limit)));
  Labels labels;
  for (std::size_t i = 0; i < by.size(); ++i) {
    TRY(add_conversions(api, asked.query, by[i], breakdowns[i]));
    if (by[i] == Dimension::link) {
      TRY_ASSIGN(labels, labels_of(api, call.workspace(), values_of(breakdowns[i])));
    }
  }
  return json_response(breakdowns_json(breakdowns, by, labels, fresh));
}

Result<Response> get_funnel(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kFunnel));
  if (asked.question.traffic != TrafficFilter::human)
    return std::unexpected(Error{ErrorCode::malformed, "a funnel is the way of people",
                                 "leave 'traffic' out", "traffic", "bad_value"});
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  TRY_ASSIGN(const Summary summary, as_parameter(api.deps.clicks.summary(asked.query)));
  TRY_ASSIGN(const Rates rates, rates_of(api, asked, workspace, summary));
  TRY_ASSIGN(const std::uint64_t views, api.deps.clicks.landing_views(asked.query));
  TRY_ASSIGN(const ConversionTotals totals, conversions_of(api, asked.query));
  const std::optional<std::uint64_t> impressions(rates.figures.impressions);
  std::optional<std::uint64_t> shown;
  if (views > 0) shown = views;
  const FunnelStep steps[] = {{"impression", impressions}, {"click", summary.clicks},
                              {"landing_view", shown},     {"store_open", std::nullopt},
                              {"app_open", std::nullopt},  {"conversion", totals.converted_clicks}};
  return json_response(funnel_json(steps, asked.query.range, asked.question.zone, fresh));
}

Result<Response> list_clicks(Api& api, const Call& call) {
  TRY_ASSIGN(const Asked asked, ask(api, call, kClicks));
  TRY_ASSIGN(const auto after, read_cursor(api, asked.question.cursor));
  const Freshness fresh = freshness(api, asked);
  TRY_ASSIGN(const ClickPage page,
             as_parameter(api.deps.clicks.raw_clicks(asked.query, after, asked.question.limit)));
  const std::string next = page.next ? cursor_text(api, *page.next) : std::string();
  return json_response(clicks_json(page.clicks, next, api.click_ids, fresh));
}

}  // namespace tally
