// SPDX-License-Identifier: Apache-2.0
//
// How do clicks run over time?
//
// The store groups by a plain number, time divided by a step, and knows no zone. The step is the
// longest that no bucket's edge cuts: a day for days in UTC, a quarter of an hour for days in
// Kathmandu. What it counts is folded onto the buckets here. The first bucket may start before the
// range and the last end after it; the range itself is part of the question.
#include <algorithm>
#include <array>
#include <map>

#include "base/check.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

constexpr std::array<UnixMillis, 5> kSteps = {kMillisPerDay, kMillisPerHour, 15 * kMillisPerMinute,
                                              kMillisPerMinute, kMillisPerSecond};

UnixMillis step_for(std::span<const UnixMillis> starts) {
  for (const UnixMillis step : kSteps)
    if (std::ranges::all_of(starts, [step](UnixMillis start) { return start % step == 0; }))
      return step;
  return 1;
}

std::vector<SeriesPoint> empty_points(std::span<const UnixMillis> starts, TrafficFilter traffic) {
  std::vector<SeriesPoint> points(starts.size());
  for (std::size_t i = 0; i < starts.size(); ++i) {
    points[i].start = starts[i];
    if (traffic != TrafficFilter::bot) points[i].unique_clicks = 0;
  }
  return points;
}

// Adds a row (…, slot, clicks, first, bots), whose slot is field `slot`, to the point it falls in.
Result<void> add_slot(std::span<const std::string_view> row, std::size_t slot, UnixMillis step,
                      std::vector<SeriesPoint>& points) {
  TRY_ASSIGN(const std::uint64_t number, tsv_count(row, slot));
  TRY_ASSIGN(const std::uint64_t clicks, tsv_count(row, slot + 1));
  TRY_ASSIGN(const std::uint64_t first, tsv_count(row, slot + 2));
  TRY_ASSIGN(const std::uint64_t bots, tsv_count(row, slot + 3));
  const UnixMillis time = static_cast<UnixMillis>(number) * step;
  const auto after = std::ranges::upper_bound(points, time, {}, &SeriesPoint::start);
  if (after == points.begin()) return {};
  SeriesPoint& point = *std::prev(after);
  point.clicks += clicks;
  if (point.unique_clicks) *point.unique_clicks += first;
  point.bots += bots;
  return {};
}

std::string counts_sql(const StatsQuery& query, UnixMillis step) {
  return "intDiv(time, " + std::to_string(step) + ") AS slot, countIf(" + asked_sql(query.traffic) +
         "), sum(first), countIf(" + bot_sql() + ")";
}

}  // namespace

Result<std::vector<SeriesPoint>> ClickStore::timeseries(const StatsQuery& query,
                                                        std::span<const UnixMillis> starts) {
  CHECK(std::ranges::is_sorted(starts));
  auto points = empty_points(starts, query.traffic);
  const UnixMillis step = step_for(starts);
  TRY_ASSIGN(const std::string rows, rows_sql(query));
  TRY_ASSIGN(const std::string where, where_sql(query));
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT " + counts_sql(query, step) + " FROM " + rows + " WHERE " +
                          where + " AND " + headline_sql() + " AND " +
                          asked_sql(TrafficFilter::all) + " GROUP BY slot FORMAT TabSeparated"));
  for (const auto& row : parse_tsv(answer).rows) TRY(add_slot(row, 0, step, points));
  return points;
}

Result<std::vector<Series>> ClickStore::timeseries_by(const StatsQuery& query,
                                                      std::span<const UnixMillis> starts,
                                                      Dimension by, std::size_t limit) {
  CHECK(std::ranges::is_sorted(starts));
  TRY_ASSIGN(const Breakdown top,
             breakdown(query, by, std::clamp<std::size_t>(limit, 1, kMaxSeries)));
  std::vector<Series> series;
  std::vector<std::string> values;
  for (const BreakdownRow& row : top.rows) {
    series.push_back({row.value, row.kind, empty_points(starts, query.traffic)});
    if (row.kind != ValueKind::rest) values.push_back(row.value);
  }
  if (values.empty()) return series;
  // What arrives between the two questions under a value that is not yet in the first answer has
  // no series; it is there the next time.
  const bool has_rest = series.back().kind == ValueKind::rest;
  StatsQuery narrowed = query;
  if (!has_rest) narrowed.filters.push_back({by, false, values});
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  TRY_ASSIGN(const std::string rows, rows_sql(narrowed, by));
  TRY_ASSIGN(const std::string where, where_sql(narrowed));
  const std::string spelled =
      by == Dimension::link ? "concat('lnk_', toString(link_id))" : "toString(" + value + ")";
  std::string list = sql_quote_list(values);
  list.front() = '[';
  list.back() = ']';
  const UnixMillis step = step_for(starts);
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT indexOf(" + list + ", " + spelled + ") AS place, " +
                          counts_sql(query, step) + " FROM " + rows + " WHERE " + where + " AND " +
                          headline_sql() + " AND " + asked_sql(TrafficFilter::all) +
                          " GROUP BY place, slot FORMAT TabSeparated"));
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t place, tsv_count(row, 0));
    if (place > values.size() || (place == 0 && !has_rest)) continue;
    TRY(add_slot(row, 1, step, series[place == 0 ? values.size() : place - 1].points));
  }
  return series;
}

}  // namespace tally
