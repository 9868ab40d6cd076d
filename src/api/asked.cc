// SPDX-License-Identifier: Apache-2.0
#include "api/asked.h"

namespace tally {
namespace {

// The store knows links, not tags.
Result<Filter> by_link(Api& api, WorkspaceId workspace, const Filter& filter) {
  if (filter.by != Dimension::tag) return filter;
  TRY_ASSIGN(const auto ids, api.deps.links.tagged(workspace, filter.values));
  Filter out;
  out.by = Dimension::link;
  out.none_of = filter.none_of;
  for (const LinkId id : ids) out.values.push_back(id.text());
  return out;
}

}  // namespace

Result<Asked> ask(Api& api, const Call& call, const StatsAccepts& accepts) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  Asked out;
  TRY_ASSIGN(out.question, read_stats_question(parameters, accepts));
  out.query.workspace = call.workspace();
  out.query.traffic = out.question.traffic;
  for (const Filter& filter : out.question.filters) {
    TRY_ASSIGN(Filter stored, by_link(api, call.workspace(), filter));
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

Freshness freshness(const Api& api, const Asked& asked) {
  return {api.deps.as_of(), api.deps.incomplete(asked.query.range)};
}

}  // namespace tally
