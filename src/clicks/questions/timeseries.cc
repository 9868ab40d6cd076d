// SPDX-License-Identifier: Apache-2.0
//
// How do clicks run over time?
//
// The store groups by a plain number, time divided by a step, and knows no zone. The step is the
// longest that no bucket's edge cuts: a day for days in UTC, a quarter of an hour for days in
// Kathmandu. What it counts is folded onto the buckets here. The first bucket may start before the
// range and the last end after it; the range itself is part of the question.
#include <algorithm>
#include <map>

#include "base/check.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/counted.h"
#include "clicks/derived.h"
#include "clicks/hit_totals.h"
#include "clicks/schema.h"
#include "clicks/slots.h"
#include "clicks/sql_text.h"
#include "model/click_filter.h"

namespace tally {
namespace {

std::vector<SeriesPoint> empty_points(std::span<const UnixMillis> starts, TrafficFilter traffic) {
  std::vector<SeriesPoint> points(starts.size());
  for (std::size_t i = 0; i < starts.size(); ++i) {
    points[i].start = starts[i];
    if (traffic != TrafficFilter::bot) points[i].unique_clicks = 0;
  }
  return points;
}

// Adds what a slot brought to the point it falls in.
void add_to(std::vector<SeriesPoint>& points, UnixMillis time, const SeriesPoint& slot) {
  const auto after = std::ranges::upper_bound(points, time, {}, &SeriesPoint::start);
  if (after == points.begin()) return;
  SeriesPoint& point = *std::prev(after);
  point.clicks += slot.clicks;
  if (point.unique_clicks) *point.unique_clicks += slot.unique_clicks.value_or(0);
  point.bots += slot.bots;
}

// A row (place, slot, clicks, first, bots).
Result<SeriesPoint> read_slot(std::span<const std::string_view> row, UnixMillis step) {
  SeriesPoint out;
  TRY_ASSIGN(const std::uint64_t slot, tsv_count(row, 1));
  out.start = static_cast<UnixMillis>(slot) * step;
  TRY_ASSIGN(out.clicks, tsv_count(row, 2));
  TRY_ASSIGN(out.unique_clicks, tsv_count(row, 3));
  TRY_ASSIGN(out.bots, tsv_count(row, 4));
  return out;
}

std::string as_number(const std::string& condition) { return "CAST(" + condition + " AS UInt64)"; }

// SELECT place, slot, clicks, first, bots of each row that counts, and of each count of a closed
// range: the place in `list`, 0 for a value that is not there.
Result<std::string> places_sql(const StatsQuery& query, const Counted& counted, Dimension by,
                               const std::string& list, UnixMillis step, Dialect dialect) {
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  TRY_ASSIGN(const std::string rows, rows_sql(query, by));
  TRY_ASSIGN(const std::string where, open_sql(query, counted));
  const auto place = [&](const std::string& of) {
    return "SELECT indexOf(" + list + ", " +
           (by == Dimension::link ? "concat('lnk_', toString(" + of + "))"
                                  : "CAST(" + of + " AS String)") +
           ") AS p, ";
  };
  const std::string per_step = ", " + std::to_string(step) + ") AS s, ";
  std::string from_counts;
  if (!counted.parts.closed.empty())
    from_counts = place("value") + "intDiv(begins" + per_step + clicks_sql(query.traffic) +
                  " AS c, first AS f, bots AS b FROM " + std::string(kCountsTable) + " WHERE " +
                  closed_sql(query, counted) + " AND dimension = " + sql_quote(to_text(by));
  return union_sql(counted, from_counts,
                   place(value) + "intDiv(time" + per_step + as_number(asked_sql(query.traffic)) +
                       " AS c, toUInt64(first) AS f, " + as_number(bot_sql()) + " AS b FROM " +
                       rows + " WHERE " + where + " AND " +
                       clicks_of_sql(TrafficFilter::all, dialect));
}

// Whether a count over the whole range falls into one bucket.
bool is_within_one(std::span<const UnixMillis> starts, TimeRange range) {
  const auto after = std::ranges::upper_bound(starts, range.from);
  return after != starts.begin() && (after == starts.end() || *after >= range.to);
}

}  // namespace

Result<std::vector<SeriesPoint>> ClickStore::timeseries(const StatsQuery& query,
                                                        std::span<const UnixMillis> starts) {
  CHECK(std::ranges::is_sorted(starts));
  auto points = empty_points(starts, query.traffic);
  TRY_ASSIGN(const auto totals, totals_->find(query, starts));
  for (const HitTotal& total : totals) {
    if (!is_headline(total.kind.outcome) || is_other_hit(total.kind.traffic)) continue;
    const bool asked = is_asked(query.traffic, total.kind.traffic);
    add_to(points, total.slot,
           {.start = 0,
            .clicks = asked ? total.hits : 0,
            .unique_clicks = total.first,
            .bots = is_bot(total.kind.traffic) ? total.hits : 0});
  }
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
  std::string list = sql_quote_list(values);
  list.front() = '[';
  list.back() = ']';
  const UnixMillis step = step_for(starts);
  const Counted parts = counted(*closed_, query, by,
                                [starts](TimeRange range) { return is_within_one(starts, range); });
  TRY_ASSIGN(const Dialect dialect, server_->dialect());
  TRY_ASSIGN(const std::string places, places_sql(query, parts, by, list, step, dialect));
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT p, s, sum(c), sum(f), sum(b) FROM (" + places +
                          ") GROUP BY p, s FORMAT TabSeparated"));
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t place, tsv_count(row, 0));
    if (place > values.size() || (place == 0 && !has_rest)) continue;
    TRY_ASSIGN(const SeriesPoint slot, read_slot(row, step));
    add_to(series[place == 0 ? values.size() : place - 1].points, slot.start, slot);
  }
  return series;
}

}  // namespace tally
