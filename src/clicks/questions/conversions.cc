// SPDX-License-Identifier: Apache-2.0
//
// What came of the clicks?
//
// A stored conversion has all columns of its click beside its own, so that every filter and
// dimension means the same rows in both tables and no join is needed. Totals are dated by when the
// conversion happened; how many clicks converted is dated by the click, so that it can be held
// against the clicks of the same range. There are far fewer conversions than clicks: one pass over
// a workspace's answers both.
#include <algorithm>

#include "base/check.h"
#include "base/text.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/columns.h"
#include "clicks/conditions.h"
#include "clicks/schema.h"
#include "clicks/slots.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

template <class List, class Spell>
std::string list_sql(const List& list, Spell spell) {
  std::string sql;
  for (const auto& one : list) sql += (sql.empty() ? "(" : ",") + spell(one);
  return sql + ")";
}

std::string workspaces_sql(std::span<const WorkspaceId> workspaces) {
  return "workspace_id IN " +
         list_sql(workspaces, [](WorkspaceId one) { return std::to_string(one.value); });
}

std::string within_sql(std::string_view column, TimeRange range) {
  const std::string name(column);
  return "(" + name + " >= " + std::to_string(range.from) + " AND " + name + " < " +
         std::to_string(range.to) + ")";
}

// Conversions that happened in the range, of clicks of the traffic asked for.
std::string happened_sql(const StatsQuery& query) {
  return within_sql("converted", query.range) + " AND " + asked_sql(query.traffic);
}

}  // namespace

Result<std::vector<Click>> ClickStore::find_clicks(std::span<const WorkspaceId> workspaces,
                                                   std::span<const ClickKey> keys) {
  std::vector<Click> clicks;
  if (keys.empty() || workspaces.empty()) return clicks;
  // Numbers by themselves too: that is what has an index.
  const std::string numbers =
      list_sql(keys, [](const ClickKey& key) { return std::to_string(key.n); });
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT " + column_names() + " FROM " + std::string(kClickTable) +
                          " WHERE " + workspaces_sql(workspaces) + " AND n IN " + numbers +
                          " AND (node, epoch, shard, n) IN " + list_sql(keys, key_sql) +
                          " FORMAT TabSeparated"));
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(Click click, read_row(row));
    clicks.push_back(std::move(click));
  }
  return clicks;
}

Result<std::map<ConversionId, LinkId>> ClickStore::stored_conversions(
    std::span<const WorkspaceId> workspaces, std::span<const ConversionId> ids) {
  std::map<ConversionId, LinkId> out;
  if (ids.empty() || workspaces.empty()) return out;
  const auto spell = [](ConversionId id) { return std::to_string(id.value); };
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT conversion, link_id FROM " + std::string(kConversionTable) +
                          " WHERE " + workspaces_sql(workspaces) + " AND conversion IN " +
                          list_sql(ids, spell) + " FORMAT TabSeparated"));
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t id, tsv_count(row, 0));
    TRY_ASSIGN(const std::uint64_t link, tsv_count(row, 1));
    out[ConversionId{id}] = LinkId{link};
  }
  return out;
}

Result<ConversionTotals> ClickStore::conversions(const StatsQuery& query) {
  TRY_ASSIGN(const std::string rows, conversion_rows_sql(query));
  TRY_ASSIGN(const std::string filters, filters_sql(query));
  const std::string happened = happened_sql(query);
  TRY_ASSIGN(
      const std::string answer,
      server_->ask("SELECT countIf(" + happened + "), sumIf(value_micros, " + happened +
                   "), uniqExactIf(node, epoch, shard, n, " + within_sql("time", query.range) +
                   " AND " + headline_sql() + " AND traffic = 'human') FROM " + rows +
                   " WHERE workspace_id = " + std::to_string(query.workspace.value) + filters +
                   " FORMAT TabSeparated"));
  ConversionTotals totals;
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return totals;
  TRY_ASSIGN(totals.conversions, tsv_count(table.rows.front(), 0));
  TRY_ASSIGN(totals.value_micros, tsv_count(table.rows.front(), 1));
  TRY_ASSIGN(totals.converted_clicks, tsv_count(table.rows.front(), 2));
  return totals;
}

Result<ConversionsByValue> ClickStore::conversions_by(const StatsQuery& query, Dimension by,
                                                      std::vector<std::string> values) {
  TRY_ASSIGN(const std::string rows, conversion_rows_sql(query, by));
  TRY_ASSIGN(const std::string filters, filters_sql(query));
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  TRY_ASSIGN(const std::string is_asked, filter_sql({by, false, std::move(values)}));
  TRY_ASSIGN(
      const std::string answer,
      server_->ask("SELECT asked, v, count() FROM (SELECT " + is_asked + " AS asked, if(" +
                       is_asked + ", CAST(" + value + " AS String), '') AS v FROM " + rows +
                       " WHERE workspace_id = " + std::to_string(query.workspace.value) + filters +
                       " AND " + happened_sql(query) + ") GROUP BY asked, v FORMAT TabSeparated",
                   {{"max_query_size", "16777216"}}));
  ConversionsByValue out;
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t count, tsv_count(row, 2));
    if (row[0] == "0")
      out.rest = count;
    else
      out.of[spell_value(by, tsv_unescape(row[1]))] = count;
  }
  return out;
}

Result<std::map<std::string, std::uint64_t>> ClickStore::converted_clicks_by(
    const StatsQuery& query, Dimension by) {
  TRY_ASSIGN(const std::string rows, conversion_rows_sql(query, by));
  TRY_ASSIGN(const std::string filters, filters_sql(query));
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  TRY_ASSIGN(
      const std::string answer,
      server_->ask("SELECT CAST(" + value + " AS String) AS v, " +
                   "uniqExact(node, epoch, shard, n) FROM " + rows +
                   " WHERE workspace_id = " + std::to_string(query.workspace.value) + filters +
                   " AND " + within_sql("time", query.range) + " AND " + headline_sql() +
                   " AND traffic = 'human' GROUP BY v FORMAT TabSeparated"));
  std::map<std::string, std::uint64_t> out;
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(out[spell_value(by, tsv_unescape(row[0]))], tsv_count(row, 1));
  }
  return out;
}

Result<std::map<std::string, std::vector<std::uint64_t>>> ClickStore::conversions_over(
    const StatsQuery& query, std::span<const UnixMillis> starts, Dimension by) {
  CHECK(std::ranges::is_sorted(starts));
  TRY_ASSIGN(const std::string rows, conversion_rows_sql(query, by));
  TRY_ASSIGN(const std::string filters, filters_sql(query));
  TRY_ASSIGN(const std::string value, dimension_sql(by));
  const UnixMillis step = step_for(starts);
  TRY_ASSIGN(
      const std::string answer,
      server_->ask("SELECT CAST(" + value + " AS String) AS v, intDiv(converted, " +
                   std::to_string(step) + ") AS s, count() FROM " + rows +
                   " WHERE workspace_id = " + std::to_string(query.workspace.value) + filters +
                   " AND " + happened_sql(query) + " GROUP BY v, s FORMAT TabSeparated"));
  std::map<std::string, std::vector<std::uint64_t>> out;
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t slot, tsv_count(row, 1));
    TRY_ASSIGN(const std::uint64_t count, tsv_count(row, 2));
    auto& counts = out[spell_value(by, tsv_unescape(row[0]))];
    counts.resize(starts.size());
    if (const auto bucket = bucket_of(starts, slot, step)) counts[*bucket] += count;
  }
  return out;
}

Result<std::uint64_t> ClickStore::landing_views(const StatsQuery& query) {
  TRY_ASSIGN(const std::string rows, viewed_rows_sql(query));
  TRY_ASSIGN(const std::string where, where_sql(query));
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT countIf(view_w != 0), 0 FROM " + rows + " WHERE " + where +
                          " AND outcome = 'landing' AND " + asked_sql(query.traffic) +
                          " FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return 0;
  return tsv_count(table.rows.front(), 0);
}

}  // namespace tally
