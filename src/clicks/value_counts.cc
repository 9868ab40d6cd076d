// SPDX-License-Identifier: Apache-2.0
#include "clicks/value_counts.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "base/keyed_hash.h"
#include "clicks/clickhouse.h"
#include "clicks/closed_ranges.h"
#include "clicks/conditions.h"
#include "clicks/derived.h"
#include "clicks/grouped.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

constexpr std::size_t kMaxValues = 100'000;  // of one answer
constexpr std::size_t kMaxKept = 32 << 20;

std::size_t size_of(const ValueCounts::Lists& lists) {
  std::size_t size = 0;
  for (const auto& list : lists)
    for (const ValueCount& value : list) size += sizeof(value) + value.value.capacity();
  return size;
}

bool are_too_many(const ValueCounts::Lists& lists) {
  std::size_t values = 0;
  for (const auto& list : lists) values += list.size();
  return values > kMaxValues;
}

void add(ValueCounts::Lists& to, const ValueCounts::Lists& more) {
  for (std::size_t i = 0; i < to.size(); ++i) {
    if (more[i].empty()) continue;
    std::unordered_map<std::string_view, ValueCount*, KeyedHash> known;
    for (ValueCount& value : to[i]) known[value.value] = &value;
    std::vector<ValueCount> others;
    for (const ValueCount& value : more[i]) {
      const auto same = known.find(value.value);
      if (same == known.end()) {
        others.push_back(value);
      } else {
        same->second->clicks += value.clicks;
        same->second->first += value.first;
      }
    }
    to[i].insert(to[i].end(), others.begin(), others.end());
  }
}

}  // namespace

std::string counted_values_sql(const StatsQuery& query, const Counted& counted,
                               const Places& places) {
  std::string names, numbers;
  for (const std::size_t place : places.of) {
    names += (names.empty() ? "" : ", ") + sql_quote(to_text(places.by[place - 1]));
    numbers += (numbers.empty() ? "" : ", ") + std::to_string(place);
  }
  // Grouped by one text, "city=Oslo", which is cheaper than by two columns.
  return "SELECT toUInt16(transform(substring(k, 1, position(k, '=') - 1), [" + names + "], [" +
         numbers +
         "], 0)) AS d, substring(k, position(k, '=')) AS w, c, f FROM (SELECT "
         "concat(CAST(dimension AS String), '=', value) AS k, sum(" +
         clicks_sql(query.traffic) + ") AS c, sum(first) AS f FROM " + std::string(kCountsTable) +
         " WHERE " + closed_sql(query, counted) + " AND dimension IN (" + names +
         ") GROUP BY k HAVING c > 0)";
}

Result<std::string> row_values_sql(const StatsQuery& query, const std::string& rows,
                                   std::span<const TimeRange> ranges, const Places& places,
                                   Dialect dialect) {
  TRY_ASSIGN(const std::string where, where_sql(query, ranges));
  const std::string from =
      rows + " WHERE " + where + " AND " + clicks_of_sql(query.traffic, dialect);
  const std::array<GroupSum, 2> sums = {{{"count()", "c"}, {"sum(first)", "f"}}};
  TRY_ASSIGN(
      const std::string grouped,
      grouped_sql({.from = from, .by = places.by, .places = places.of, .sums = sums}, dialect));
  return "SELECT d, concat('=', v) AS w, c, f FROM (" + grouped + ")";
}

ValueCounts::ValueCounts(ClickHouse& server, const ClosedRanges& closed)
    : server_(server), closed_(closed), kept_(kMaxKept, size_of) {}

Result<std::optional<ValueCounts::Lists>> ValueCounts::find(const StatsQuery& query,
                                                            std::span<const Dimension> by) {
  if (!std::ranges::all_of(by, is_counted_ahead)) return std::nullopt;
  std::map<std::string, Places> sources;  // by what to select from
  std::string names;
  for (std::size_t place = 1; place <= by.size(); ++place) {
    TRY_ASSIGN(const std::string rows, rows_sql(query, by[place - 1]));
    sources.try_emplace(rows, Places{by, {}}).first->second.of.push_back(place);
    names += "," + std::string(to_text(by[place - 1]));
  }
  TRY_ASSIGN(const Dialect dialect, server_.dialect());
  const Counted parts = counted_or_kept(closed_, query);
  std::string closed, open;
  for (const auto& [rows, places] : sources) {
    if (!parts.parts.closed.empty()) {
      std::string sql;
      if (parts.by_rows) {
        TRY_ASSIGN(sql, row_values_sql(query, rows, runs_of(parts.parts), places, dialect));
      } else {
        sql = counted_values_sql(query, parts, places);
      }
      closed += (closed.empty() ? "" : " UNION ALL ") + sql;
    }
    if (!parts.parts.open.empty()) {
      TRY_ASSIGN(const std::string sql,
                 row_values_sql(query, rows, parts.parts.open, places, dialect));
      open += (open.empty() ? "" : " UNION ALL ") + sql;
    }
  }
  Lists out(by.size());
  if (!closed.empty()) {
    TRY_ASSIGN(const std::string key, key_of(query, parts));
    const auto traffic = std::to_string(static_cast<int>(query.traffic));
    TRY_ASSIGN(const auto kept,
               kept_.get(key + " " + traffic + names, [&] { return ask(closed, by.size()); }));
    if (are_too_many(*kept)) return std::nullopt;
    out = *kept;
  }
  if (!open.empty()) {
    TRY_ASSIGN(const Lists more, ask(open, by.size()));
    if (are_too_many(more)) return std::nullopt;
    add(out, more);
  }
  return out;
}

Result<ValueCounts::Lists> ValueCounts::ask(const std::string& values, std::size_t dimensions) {
  TRY_ASSIGN(const std::string answer,
             server_.ask("SELECT d, w, sum(c), sum(f) FROM (" + values + ") GROUP BY d, w LIMIT " +
                         std::to_string(kMaxValues + 1) + " FORMAT TabSeparated"));
  Lists out(dimensions);
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t place, tsv_count(row, 0));
    if (place < 1 || place > dimensions)
      return fail(ErrorCode::corrupt, "the click store answers what nobody asked");
    ValueCount value{tsv_unescape(row[1]).substr(1), 0, 0};
    TRY_ASSIGN(value.clicks, tsv_count(row, 2));
    TRY_ASSIGN(value.first, tsv_count(row, 3));
    out[place - 1].push_back(std::move(value));
  }
  return out;
}

}  // namespace tally
