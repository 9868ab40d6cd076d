// SPDX-License-Identifier: Apache-2.0
#include "clicks/visitors.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "clicks/clickhouse.h"
#include "clicks/conditions.h"
#include "clicks/derived.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

// What a visitor's address and agent mostly settle. The visitor is a hash of both.
constexpr std::array kSteady = {
    Dimension::country,         Dimension::region,   Dimension::city,       Dimension::platform,
    Dimension::device,          Dimension::os,       Dimension::os_version, Dimension::browser,
    Dimension::browser_version, Dimension::language, Dimension::in_app};

// Of more visitors of a day than these it is only noted that they are many.
constexpr int kMaxVaried = 10'000;
constexpr std::size_t kMaxKept = 4 << 20;

constexpr UnixMillis kDay = kMillisPerDay;
const std::string kDaySql = "intDiv(time, " + std::to_string(kDay) + ")";

UnixMillis day_floor(UnixMillis time) { return time / kDay * kDay; }
UnixMillis day_ceil(UnixMillis time) { return day_floor(time + kDay - 1); }

bool is_steady(const StatsQuery& query) {
  return std::ranges::all_of(query.filters, [](const Filter& filter) {
    return std::ranges::find(kSteady, filter.by) != kSteady.end();
  });
}

void add_time(std::vector<TimeRange>& ranges, TimeRange range) {
  if (range.from >= range.to) return;
  if (!ranges.empty() && ranges.back().to == range.from)
    ranges.back().to = range.to;
  else
    ranges.push_back(range);
}

// What a closed range notes about the filters of a question.
struct Note {
  std::uint64_t before = 0;
  bool is_there = false, is_too_much = false, has_visitors = false;
};

std::string steady_names(const StatsQuery& query) {
  std::vector<std::string> names;
  for (const Filter& filter : query.filters) names.emplace_back(to_text(filter.by));
  return sql_quote_list(names);
}

// By the version of their range.
Result<std::map<std::uint64_t, Note>> notes_of(ClickHouse& server, const StatsQuery& query,
                                               const std::string& versions) {
  TRY_ASSIGN(const std::string answer,
             server.ask("SELECT version, max(before), max(dimension = ''), "
                        "max(dimension != '' AND visitor = 0), max(dimension != '') FROM " +
                        std::string(kVariedTable) +
                        " WHERE workspace_id = " + std::to_string(query.workspace.value) +
                        " AND version IN " + versions + " AND (dimension = '' OR dimension IN " +
                        steady_names(query) + ") GROUP BY version FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  std::map<std::uint64_t, Note> out;
  for (const auto& row : table.rows) {
    std::array<std::uint64_t, 5> fields{};
    for (std::size_t i = 0; i < fields.size(); ++i) {
      TRY_ASSIGN(fields[i], tsv_count(row, i));
    }
    out[fields[0]] = {fields[1], fields[2] != 0, fields[3] != 0, fields[4] != 0};
  }
  return out;
}

}  // namespace

Result<void> note_varied_visitors(ClickHouse& server, WorkspaceId workspace, TimeRange range,
                                  std::uint64_t version, std::uint64_t before) {
  TRY_ASSIGN(const Dialect dialect, server.dialect());
  if (dialect == Dialect::legacy) return {};
  StatsQuery query;
  query.workspace = workspace;
  query.range = {day_floor(range.from), day_floor(range.to)};
  TRY_ASSIGN(std::string rows, where_sql(query));
  rows = std::string(kClickTable) + " WHERE " + rows + " AND " +
         clicks_of_sql(TrafficFilter::human, dialect) + " AND visitor != 0";
  std::string names, differs, columns;
  for (const Dimension by : kSteady) {
    const std::string column(stored_column(by)), comma = names.empty() ? "" : ", ";
    names += comma + sql_quote(to_text(by));
    columns += comma + column;
    differs += comma + "min(" + column + ") != max(" + column + ") OR sum(first_ws) != 1";
  }
  const std::string by_visitor = " GROUP BY " + kDaySql + ", visitor";
  const std::string some = "SELECT visitor FROM " + rows + by_visitor + " HAVING min(cityHash64(" +
                           columns + ")) != max(cityHash64(" + columns + ")) OR sum(first_ws) != 1";
  const std::string each = "SELECT visitor, arrayJoin(arrayFilter((d, m) -> m, [" + names + "], [" +
                           differs + "])) AS varied FROM " + rows + " AND visitor IN (" + some +
                           ")" + by_visitor;
  const std::string most = std::to_string(kMaxVaried);
  const std::string columns_of_all = "SELECT toUInt64(" + std::to_string(workspace.value) +
                                     "), toInt64(" + std::to_string(range.from) + "), toUInt64(" +
                                     std::to_string(version) + "), toUInt64(" +
                                     std::to_string(before) + "), ";
  TRY(server.ask("INSERT INTO " + std::string(kVariedTable) +
                 " (workspace_id, begins, version, before, dimension, visitor) " + columns_of_all +
                 "varied, arrayJoin(if(length(v) > " + most +
                 ", [toUInt64(0)], v)) FROM ("
                 "SELECT varied, groupUniqArray(" +
                 std::to_string(kMaxVaried + 1) + ")(visitor) AS v FROM (" + each +
                 ") GROUP BY varied) UNION ALL " + columns_of_all + "'', toUInt64(0)"));
  return {};
}

FilteredVisitors::FilteredVisitors(ClickHouse& server, const ClosedRanges& closed)
    : server_(server),
      closed_(closed),
      kept_(kMaxKept, [](std::uint64_t) { return sizeof(std::uint64_t); }) {}

Result<std::uint64_t> FilteredVisitors::beside_first(const StatsQuery& query) {
  TRY_ASSIGN(const Days days, days_of(query));
  std::uint64_t out = 0;
  if (!days.rest.empty()) {
    TRY_ASSIGN(out, look(query, days.rest, ""));
  }
  if (days.closed.empty() || !days.has_varied) return out;
  std::string condition;
  if (is_steady(query))
    condition = " AND visitor IN (SELECT visitor FROM " + std::string(kVariedTable) +
                " WHERE workspace_id = " + std::to_string(query.workspace.value) +
                " AND version IN " + days.versions + " AND dimension IN " + steady_names(query) +
                ")";
  TRY_ASSIGN(const std::string filters, filters_sql(query));
  const std::string key = std::to_string(query.workspace.value) + filters + " " +
                          std::to_string(days.closed.front().from) + " " +
                          std::to_string(days.closed.back().to) + days.versions;
  TRY_ASSIGN(const auto kept, kept_.get(key, [&] { return look(query, days.closed, condition); }));
  return out + *kept;
}

Result<FilteredVisitors::Days> FilteredVisitors::days_of(const StatsQuery& query) {
  TRY_ASSIGN(const Dialect dialect, server_.dialect());
  const auto parts = closed_.parts(query.workspace, query.range, std::nullopt);
  Days out;
  if (dialect == Dialect::legacy || parts.closed.empty()) {
    out.rest = {query.range};
    return out;
  }
  for (const auto& closed : parts.closed)
    out.versions += (out.versions.empty() ? "(" : ",") + std::to_string(closed.version);
  out.versions += ")";
  std::map<std::uint64_t, Note> notes;
  const bool steady = is_steady(query);
  if (steady) {
    TRY_ASSIGN(notes, notes_of(server_, query, out.versions));
  }
  out.has_varied = !steady;
  out.reading = parts.reading;
  UnixMillis at = query.range.from;
  const ClosedRanges::Range* before = nullptr;
  for (const auto& closed : parts.closed) {
    const bool adjoins = before && before->times.to == closed.times.from;
    const UnixMillis last = day_floor(closed.times.to);
    UnixMillis first = day_floor(closed.times.from);
    // The day that began before the range did.
    if (first < closed.times.from && (!adjoins || first < before->times.from ||
                                      (steady && notes[closed.version].before != before->version)))
      first += kDay;
    const Note& note = notes[closed.version];
    if (steady && (!note.is_there || note.is_too_much)) first = last;
    first = std::max(first, day_ceil(at));
    if (first < last) {
      add_time(out.rest, {at, first});
      add_time(out.closed, {first, last});
      out.has_varied = out.has_varied || note.has_visitors;
      at = last;
    }
    before = &closed;
  }
  add_time(out.rest, {at, query.range.to});
  return out;
}

// Visitors less those whose first click is among theirs.
Result<std::uint64_t> FilteredVisitors::look(const StatsQuery& query,
                                             const std::vector<TimeRange>& ranges,
                                             const std::string& condition) {
  TRY_ASSIGN(const Dialect dialect, server_.dialect());
  TRY_ASSIGN(const std::string rows, rows_sql(query));
  TRY_ASSIGN(const std::string where, where_sql(query, ranges));
  TRY_ASSIGN(const std::string answer,
             server_.ask("SELECT uniqExact(bitXor(visitor, intHash64(" + kDaySql +
                         "))), sum(first_ws) FROM " + rows + " WHERE " + where + " AND " +
                         clicks_of_sql(TrafficFilter::human, dialect) + " AND visitor != 0" +
                         condition + " FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return 0;
  TRY_ASSIGN(const std::uint64_t visitors, tsv_count(table.rows.front(), 0));
  TRY_ASSIGN(const std::uint64_t first, tsv_count(table.rows.front(), 1));
  return visitors - first;
}

}  // namespace tally
