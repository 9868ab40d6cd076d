// SPDX-License-Identifier: Apache-2.0
#include "api/asked.h"

#include <algorithm>

#include "links/link_store.h"

namespace tally {
namespace {

constexpr std::size_t kMaxQuarters = 30 * 366 * 24 * 4;

std::unexpected<Error> too_long() {
  return std::unexpected(Error{ErrorCode::malformed, "that would be more than 30 years",
                               "choose a shorter range", "range", "bad_range"});
}

}  // namespace

Result<Filter> stored_filter(Api& api, WorkspaceId workspace, const Filter& filter) {
  return filter_by_link(api.deps.links, workspace, filter);
}

Result<void> check_filter_links(Api& api, WorkspaceId workspace, std::span<const Filter> filters) {
  for (const Filter& filter : filters) {
    if (filter.by != Dimension::link) continue;
    std::vector<LinkId> ids;
    for (const std::string& value : filter.values) ids.push_back(*LinkId::parse(value));
    TRY_ASSIGN(const auto links, api.deps.links.find(workspace, ids));
    for (const LinkId id : ids)
      if (std::ranges::find(links, id, &Link::id) == links.end())
        return fail_field("filters.link", "unknown_link", "there is no link " + id.text());
  }
  return {};
}

Result<Asked> ask(Api& api, const Call& call, const StatsAccepts& accepts) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  Asked out;
  TRY_ASSIGN(out.question, read_stats_question(parameters, accepts));
  out.query.workspace = call.workspace();
  out.query.traffic = out.question.traffic;
  for (const Filter& filter : out.question.filters) {
    TRY_ASSIGN(Filter stored, stored_filter(api, call.workspace(), filter));
    out.query.filters.push_back(std::move(stored));
  }
  out.now = api.deps.clock.now_ms();
  UnixMillis beginning = out.now;
  if (out.question.range == "all") {
    TRY_ASSIGN(const auto oldest, api.deps.clicks.oldest(call.workspace()));
    beginning = oldest.value_or(out.now);
  }
  TRY_ASSIGN(const ComparedRange range, resolve_range(out.question, out.now, beginning));
  out.query.range = range.current;
  out.previous = range.previous;
  return out;
}

Result<std::vector<SeriesPoint>> quarters_of(Api& api, const Asked& asked) {
  const auto starts =
      bucket_starts(asked.query.range, Interval::quarter_hour, asked.question.zone, kMaxQuarters);
  if (!starts) return too_long();
  return as_parameter(api.deps.clicks.timeseries(asked.query, *starts));
}

Result<PlaceFold> places_of(Api& api, const Asked& asked) {
  const TimeRange& range = asked.query.range;
  if (range.to - range.from > static_cast<UnixMillis>(kMaxQuarters) * kClockQuarter)
    return too_long();
  const PlaceClocks clocks = place_clocks(range);
  TRY_ASSIGN(const PlaceWeek week, as_parameter(api.deps.clicks.place_week(asked.query, clocks)));
  return fold_places(week, clocks, asked.query);
}

Result<ConversionTotals> conversions_of(Api& api, const StatsQuery& query) {
  TRY_ASSIGN(const bool any, api.deps.conversions.any_joined(query.workspace));
  return any ? api.deps.clicks.conversions(query) : ConversionTotals{};
}

Result<std::vector<Link>> links_of(Api& api, WorkspaceId workspace,
                                   std::span<const std::string> values) {
  std::vector<LinkId> ids;
  for (const std::string& value : values)
    if (const auto id = LinkId::parse(value)) ids.push_back(*id);
  return api.deps.links.find(workspace, ids);
}

Result<Labels> labels_of(Api& api, WorkspaceId workspace, std::span<const std::string> values) {
  Labels out;
  TRY_ASSIGN(const auto links, links_of(api, workspace, values));
  for (const Link& link : links)
    out.emplace(link.id.text(), link.title.empty() ? short_path(link) : link.title);
  return out;
}

Freshness freshness(const Api& api, const Asked& asked) {
  return {api.deps.as_of(), api.deps.incomplete(asked.query.range)};
}

}  // namespace tally
