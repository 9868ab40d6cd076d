// SPDX-License-Identifier: Apache-2.0
#include "clicks/counted.h"

#include "base/check.h"
#include "clicks/conditions.h"

namespace tally {
std::optional<LinkId> only_link(const StatsQuery& query) {
  if (query.filters.size() != 1) return std::nullopt;
  const Filter& filter = query.filters.front();
  if (filter.by != Dimension::link || filter.none_of || filter.values.size() != 1)
    return std::nullopt;
  return LinkId::parse(filter.values.front());
}

bool is_counted_ahead(Dimension by) {
  switch (by) {
    case Dimension::tag:
    case Dimension::token:
    case Dimension::referrer_path:
    case Dimension::dpr:
      return false;
    default:
      return true;
  }
}

Counted counted(const ClosedRanges& ranges, const StatsQuery& query, std::optional<Dimension> by,
                const std::function<bool(TimeRange)>& fits) {
  Counted out;
  out.link = only_link(query);
  if ((by && !is_counted_ahead(*by)) || (!query.filters.empty() && !out.link))
    out.parts.open = {query.range};
  else
    out.parts = ranges.parts(query.workspace, query.range, out.link, fits);
  if (out.parts.closed.empty() && out.parts.open.empty()) out.parts.open = {query.range};
  return out;
}

Counted counted_or_kept(const ClosedRanges& ranges, const StatsQuery& query,
                        const std::function<bool(TimeRange)>& fits) {
  Counted out = counted(ranges, query, std::nullopt, fits);
  if (query.filters.empty() || !out.parts.closed.empty()) return out;
  auto parts = ranges.parts(query.workspace, query.range, std::nullopt, fits);
  if (parts.closed.empty()) return out;
  out.parts = std::move(parts);
  out.by_rows = true;
  return out;
}

std::vector<TimeRange> runs_of(const ClosedRanges::Parts& parts) {
  std::vector<TimeRange> out;
  for (const ClosedRanges::Range& closed : parts.closed) {
    if (!out.empty() && out.back().to == closed.times.from)
      out.back().to = closed.times.to;
    else
      out.push_back(closed.times);
  }
  return out;
}

Result<std::string> key_of(const StatsQuery& query, const Counted& counted) {
  TRY_ASSIGN(const std::string filters, filters_sql(query));
  std::string key = std::to_string(query.workspace.value) + filters;
  for (const ClosedRanges::Range& closed : counted.parts.closed)
    key += " " + std::to_string(closed.version);
  return key;
}

std::string closed_sql(const StatsQuery& query, const Counted& counted) {
  const auto& closed = counted.parts.closed;
  CHECK(!closed.empty());
  std::string versions;
  for (const ClosedRanges::Range& range : closed)
    versions += (versions.empty() ? "(" : ",") + std::to_string(range.version);
  return "workspace_id = " + std::to_string(query.workspace.value) +
         " AND link_id = " + std::to_string(counted.link.value_or(LinkId{}).value) +
         " AND begins >= " + std::to_string(closed.front().times.from) +
         " AND begins <= " + std::to_string(closed.back().times.from) + " AND version IN " +
         versions + ")";
}

std::string clicks_sql(TrafficFilter traffic) {
  switch (traffic) {
    case TrafficFilter::human:
      return "human";
    case TrafficFilter::bot:
      return "bots";
    case TrafficFilter::all:
      break;
  }
  return "human + bots";
}

Result<std::string> open_sql(const StatsQuery& query, const Counted& counted) {
  return where_sql(query, counted.parts.open);
}

std::string union_sql(const Counted& counted, const std::string& from_counts,
                      const std::string& from_rows) {
  if (counted.parts.closed.empty()) return from_rows;
  if (counted.parts.open.empty()) return from_counts;
  return from_counts + " UNION ALL " + from_rows;
}

}  // namespace tally
