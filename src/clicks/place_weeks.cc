// SPDX-License-Identifier: Apache-2.0
#include "clicks/place_weeks.h"

#include <utility>

#include "clicks/clickhouse.h"
#include "clicks/closed_ranges.h"
#include "clicks/conditions.h"
#include "clicks/counted.h"
#include "clicks/derived.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

// Sixty clocks are some 160 KB.
constexpr std::size_t kMaxKept = 16 << 20;

// The changes of very many clocks over very many years are a long list.
const SqlSettings kLong = {{"max_query_size", "67108864"},
                           {"max_ast_elements", "10000000"},
                           {"max_expanded_ast_elements", "10000000"}};

// A clock's number and a quarter of an hour as one number, so that one list holds all changes.
constexpr std::uint64_t kClockStep = std::uint64_t{1} << 32;

// A list in SQL that is read beside another one.
class SqlList {
 public:
  void add(const std::string& item) { items_ += (items_.empty() ? "[" : ",") + item; }
  void add(std::uint64_t number) { add(std::to_string(number)); }
  std::string of(std::string_view type) const {
    return "CAST(" + items_ + "] AS Array(" + std::string(type) + "))";
  }

 private:
  std::string items_;
};

std::string place_text(std::string_view country, std::string_view region) {
  return sql_quote(std::string(country) + "\x1f" + std::string(region));
}

void add(PlaceWeek& to, const PlaceWeek& more) {
  to.unplaced += more.unplaced;
  for (std::size_t i = 0; i < to.clocks.size(); ++i)
    for (std::size_t hour = 0; hour < kWeekHours; ++hour) {
      to.clocks[i][hour].clicks += more.clocks[i][hour].clicks;
      to.clocks[i][hour].first += more.clocks[i][hour].first;
    }
}

}  // namespace

PlaceWeeks::PlaceWeeks(ClickHouse& server, const ClosedRanges& closed)
    : server_(server), closed_(closed), kept_(kMaxKept, [](const PlaceWeek& week) {
        return week.clocks.size() * sizeof(PlaceWeek::Hours);
      }) {}

PlaceWeeks::ClockSql PlaceWeeks::clock_sql(const PlaceClocks& clocks, Dialect dialect) {
  SqlList countries, of_countries, regions, of_regions, starts, ahead;
  for (const auto& place : clocks.countries) {
    countries.add(sql_quote(place.country));
    of_countries.add(place.clock + 1);
  }
  for (const auto& place : clocks.regions) {
    regions.add(place_text(place.country, place.region));
    of_regions.add(place.clock + 1);
  }
  starts.add(0);
  ahead.add(0);
  for (std::size_t i = 0; i < clocks.clocks.size(); ++i)
    for (const ClockChange& change : clocks.clocks[i]) {
      starts.add((i + 1) * kClockStep + static_cast<std::uint64_t>(change.from));
      ahead.add(static_cast<std::uint64_t>(change.ahead + kMondayQuarters));
    }
  ClockSql out;
  out.clocks = clocks.clocks.size();
  out.number = "transform(concat(CAST(country AS String), '\\x1f', CAST(region AS String)), " +
               regions.of("String") + ", " + of_regions.of("UInt16") +
               ", transform(CAST(country AS String), " + countries.of("String") + ", " +
               of_countries.of("UInt16") + ", toUInt16(0)))";
  const std::string moment = "toUInt64(c) * " + std::to_string(kClockStep) + " + s";
  out.ahead = "transform(" + round_down_sql(dialect, moment, starts.of("UInt64")) + ", " +
              starts.of("UInt64") + ", " + ahead.of("UInt16") + ", toUInt16(0))";
  return out;
}

Result<PlaceWeek> PlaceWeeks::find(const StatsQuery& query, const PlaceClocks& clocks) {
  TRY_ASSIGN(const Dialect dialect, server_.dialect());
  const ClockSql sql = clock_sql(clocks, dialect);
  Counted parts;
  parts.parts = closed_.parts(query.workspace, query.range, std::nullopt);
  parts.by_rows = true;
  PlaceWeek out;
  out.clocks.resize(sql.clocks);
  if (!parts.parts.closed.empty()) {
    TRY_ASSIGN(std::string key, key_of(query, parts));
    key += " " + std::string(to_text(query.traffic)) + " " + sql.number + sql.ahead;
    TRY_ASSIGN(const auto kept,
               kept_.get(key, [&] { return from_rows(query, runs_of(parts.parts), sql); }));
    out = *kept;
  }
  if (!parts.parts.open.empty()) {
    TRY_ASSIGN(const PlaceWeek open, from_rows(query, parts.parts.open, sql));
    add(out, open);
  }
  return out;
}

Result<PlaceWeek> PlaceWeeks::from_rows(const StatsQuery& query, std::span<const TimeRange> ranges,
                                        const ClockSql& clocks) {
  TRY_ASSIGN(const std::string rows, rows_sql(query));
  TRY_ASSIGN(const std::string where, where_sql(query, ranges));
  TRY_ASSIGN(const Dialect dialect, server_.dialect());
  TRY_ASSIGN(
      const std::string answer,
      server_.ask("SELECT c, intDiv(s + " + clocks.ahead + ", 4) % " + std::to_string(kWeekHours) +
                      " AS w, count(), sum(f) FROM (SELECT " + clocks.number +
                      " AS c, toUInt32(intDiv(time, " + std::to_string(kClockQuarter) +
                      ")) AS s, first AS f FROM " + rows + " WHERE " + where + " AND " +
                      clicks_of_sql(query.traffic, dialect) + ") GROUP BY c, w FORMAT TabSeparated",
                  kLong));
  PlaceWeek out;
  out.clocks.resize(clocks.clocks);
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t clock, tsv_count(row, 0));
    TRY_ASSIGN(const std::uint64_t hour, tsv_count(row, 1));
    TRY_ASSIGN(const std::uint64_t clicks, tsv_count(row, 2));
    TRY_ASSIGN(const std::uint64_t first, tsv_count(row, 3));
    if (clock > clocks.clocks || hour >= kWeekHours)
      return fail(ErrorCode::corrupt, "the click store answers what nobody asked");
    if (clock == 0)
      out.unplaced += clicks;
    else
      out.clocks[clock - 1][hour] = {clicks, first};
  }
  return out;
}

}  // namespace tally
