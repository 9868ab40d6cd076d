// SPDX-License-Identifier: Apache-2.0
//
// What was there in a stretch of time that is over, counted once and for all?
//
// Two kinds of counts (docs/formats/store.md): hits by quarter of an hour, outcome and class, from
// which summaries, series and heat maps come; and clicks by the values of each dimension. Both are
// kept for the workspace as a whole and for each link that had so many clicks that its own page
// would have to read many rows; a quieter link's rows are read faster than they could be counted.
//
// Beside them stands who varied (visitors.h). The counts are written before the ledger says that
// the range is closed, under a version that nobody asks for until then.
#include <algorithm>
#include <array>
#include <map>
#include <string>
#include <vector>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/closed_ranges.h"
#include "clicks/conditions.h"
#include "clicks/counted.h"
#include "clicks/derived.h"
#include "clicks/grouped.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"
#include "clicks/visitors.h"

namespace tally {
namespace {

// In one statement.
constexpr std::size_t kMostVersions = 5'000;

// Where the range before one begins, at the latest.
constexpr UnixMillis kLookBack = 40 * kMillisPerDay;

struct Content {
  std::uint64_t hits = 0;
  std::vector<LinkId> busy;
};

// How much there is, and which links have at least `hits` of it.
Result<Content> content_of(ClickHouse& server, const std::string& where, std::uint64_t hits) {
  TRY_ASSIGN(const std::string answer,
             server.ask("SELECT link_id, count() AS hits FROM " + std::string(kClickTable) +
                            " WHERE " + where + " GROUP BY link_id WITH TOTALS HAVING hits >= " +
                            std::to_string(hits) + " ORDER BY link_id FORMAT TabSeparated",
                        {{"totals_mode", "before_having"}}));
  const TsvTable table = parse_tsv(answer);
  Content out;
  if (!table.totals.empty()) {
    TRY_ASSIGN(out.hits, tsv_count(table.totals, 1));
  }
  for (const auto& row : table.rows) {
    TRY_ASSIGN(const std::uint64_t id, tsv_count(row, 0));
    if (id != 0) out.busy.push_back(LinkId{id});
  }
  return out;
}

// The columns that every count begins with.
std::string counted_sql(const StatsQuery& query, const std::string& owner, std::uint64_t version) {
  return "SELECT toUInt64(" + std::to_string(query.workspace.value) + ") AS ws, " + owner +
         " AS owner, toInt64(" + std::to_string(query.range.from) + ") AS begins_at, toUInt64(" +
         std::to_string(version) + ") AS counted_as, ";
}

std::string list_sql(std::span<const LinkId> links) {
  std::string list;
  for (const LinkId link : links) list += (list.empty() ? "(" : ",") + std::to_string(link.value);
  return list + ")";
}

Result<void> count_totals(ClickHouse& server, const StatsQuery& query, std::span<const LinkId> busy,
                          std::uint64_t version) {
  TRY_ASSIGN(const std::string where, where_sql(query));
  const std::string owner = busy.empty() ? "toUInt64(0)"
                                         : "arrayJoin(if(link_id IN " + list_sql(busy) +
                                               ", [toUInt64(0), link_id], [toUInt64(0)]))";
  TRY(server.ask(
      "INSERT INTO " + std::string(kTotalsTable) +
      " (workspace_id, link_id, begins, version, slot, outcome, traffic, hits, first, first_ws) " +
      counted_sql(query, owner, version) + "intDiv(time, " + std::to_string(kTotalsSlot) +
      ") AS s, CAST(outcome AS String) AS o, CAST(traffic AS String) AS t, count() AS h, "
      "sum(first) AS f,"
      " sum(first_ws) AS w FROM " +
      std::string(kClickTable) + " WHERE " + where + " GROUP BY owner, s, o, t"));
  return {};
}

// Counts of all dimensions, of the workspace or of each of some links.
Result<void> count_values(ClickHouse& server, const StatsQuery& query,
                          std::span<const LinkId> links, std::uint64_t version) {
  std::vector<Dimension> all;
  std::map<std::string, std::vector<std::size_t>> places;  // by what to select from
  for (std::size_t i = 0; i < kDimensionNames.size(); ++i) {
    const auto by = static_cast<Dimension>(i);
    if (!is_counted_ahead(by)) continue;
    all.push_back(by);
    TRY_ASSIGN(std::string rows, rows_sql(query, by));
    places[std::move(rows)].push_back(all.size());
  }
  std::string names;
  for (const Dimension by : all) names += (names.empty() ? "[" : ", ") + sql_quote(to_text(by));
  TRY_ASSIGN(const std::string where, where_sql(query));
  TRY_ASSIGN(const Dialect dialect, server.dialect());
  const std::string_view owner = links.empty() ? "" : "link_id";
  const std::array<GroupSum, 3> sums = {{{"countIf(traffic = 'human')", "h"},
                                         {"countIf(" + bot_sql() + ")", "b"},
                                         {"sum(first)", "f"}}};
  std::string values;
  for (const auto& [rows, several] : places) {
    const std::string from = rows + " WHERE " + where + " AND " +
                             clicks_of_sql(TrafficFilter::all, dialect) +
                             (links.empty() ? "" : " AND link_id IN " + list_sql(links));
    TRY_ASSIGN(
        const std::string grouped,
        grouped_sql({.from = from, .by = all, .places = several, .sums = sums, .owner = owner},
                    dialect));
    values += (values.empty() ? "" : " UNION ALL ") +
              counted_sql(query, links.empty() ? "toUInt64(0)" : "link_id", version) + names +
              "][d], v, h, b, f FROM (" + grouped + ")";
  }
  TRY(server.ask(
      "INSERT INTO " + std::string(kCountsTable) +
      " (workspace_id, link_id, begins, version, dimension, value, human, bots, first) " + values));
  return {};
}

Result<void> count_all(ClickHouse& server, const StatsQuery& query, std::span<const LinkId> busy,
                       std::uint64_t version) {
  TRY(count_totals(server, query, busy, version));
  TRY(count_values(server, query, {}, version));
  if (busy.empty()) return {};
  return count_values(server, query, busy, version);
}

}  // namespace

Result<bool> ClickStore::close_range(WorkspaceId workspace, TimeRange range) {
  StatsQuery query;
  query.workspace = workspace;
  query.range = range;
  TRY_ASSIGN(const std::uint64_t version, closed_->begin(workspace, range));
  auto counting = [&]() -> Result<std::vector<LinkId>> {
    TRY_ASSIGN(const bool changing, rewriting());
    if (changing) return fail(ErrorCode::conflict, "the store is rewriting rows");
    TRY_ASSIGN(const std::string where, where_sql(query));
    TRY_ASSIGN(auto content, content_of(*server_, where, busy_link_hits_));
    if (content.hits > 0) TRY(count_all(*server_, query, content.busy, version));
    const auto before = closed_->parts(workspace, {range.from - kLookBack, range.from}, {}).closed;
    const bool adjoins = !before.empty() && before.back().times.to == range.from;
    TRY(note_varied_visitors(*server_, workspace, range, version,
                             adjoins ? before.back().version : 0));
    return std::move(content.busy);
  }();
  if (!counting) {
    closed_->give_up(version);
    return std::unexpected(std::move(counting).error());
  }
  return closed_->close(workspace, {range, version, std::move(*counting)});
}

std::vector<TimeRange> ClickStore::closed_ranges(WorkspaceId workspace, TimeRange range) const {
  std::vector<TimeRange> out;
  for (const auto& closed : closed_->parts(workspace, range, std::nullopt).closed)
    out.push_back(closed.times);
  return out;
}

Result<std::vector<std::uint64_t>> ClickStore::stale_counts() {
  // Before and after: what is being counted now may be closed then, and the other way round. What
  // is closed here counts whether or not the ledger could be told.
  const auto before = closed_->in_use();
  TRY_ASSIGN(const Dialect dialect, server_->dialect());
  std::string versions = "SELECT version FROM " + std::string(kTotalsTable);
  if (dialect == Dialect::modern)
    versions += " UNION ALL SELECT version FROM " + std::string(kVariedTable);
  TRY_ASSIGN(const std::string answer, server_->ask("SELECT version, 0 FROM (" + versions +
                                                    ") WHERE version NOT IN (SELECT version FROM " +
                                                    std::string(kClosedTable) +
                                                    " GROUP BY version HAVING min(is_closed) = 1)"
                                                    " GROUP BY version FORMAT TabSeparated"));
  const auto after = closed_->in_use();
  std::vector<std::uint64_t> stale;
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t version, tsv_count(row, 0));
    if (!before.contains(version) && !after.contains(version)) stale.push_back(version);
  }
  return stale;
}

std::weak_ptr<const void> ClickStore::readers_of_counts() { return closed_->readers(); }

Result<void> ClickStore::delete_counts(std::span<const std::uint64_t> versions) {
  TRY_ASSIGN(const Dialect dialect, server_->dialect());
  std::vector<std::string_view> tables = {kCountsTable, kTotalsTable};
  if (dialect == Dialect::modern) tables.insert(tables.begin(), kVariedTable);
  while (!versions.empty()) {
    const auto some = versions.first(std::min(versions.size(), kMostVersions));
    versions = versions.subspan(some.size());
    std::string list;
    for (const std::uint64_t version : some)
      list += (list.empty() ? "(" : ",") + std::to_string(version);
    // Those by which they are found are the last to go.
    for (const std::string_view table : tables)
      TRY(server_->order("ALTER TABLE " + std::string(table) + " DELETE WHERE version IN " + list +
                         ")"));
  }
  return {};
}

}  // namespace tally
