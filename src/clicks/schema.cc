// SPDX-License-Identifier: Apache-2.0
#include "clicks/schema.h"

#include "base/check.h"
#include "base/text.h"
#include "clicks/columns.h"
#include "clicks/derived.h"

namespace tally {
namespace {

std::string create_table(StoreTable table, Dialect dialect) {
  std::string sql = "CREATE TABLE IF NOT EXISTS " + std::string(table_name(table)) + " (\n";
  for (const ColumnType& column : column_types(table)) {
    sql += "  " + std::string(column.name) + " " + std::string(column.type) +
           codec_clause(dialect, column.codec) + ",\n";
  }
  // For people with other tools; nothing here reads it.
  sql += "  at DateTime('UTC') ALIAS toDateTime(intDiv(time, 1000), 'UTC')";
  sql += index_clause(dialect) + ")\nENGINE = MergeTree\n";
  // The partition is a plain expression on `time`, so a range of time skips whole parts as well.
  sql += "PARTITION BY intDiv(time, 2592000000)\n";
  sql += "ORDER BY (workspace_id, link_id, time)\n" + table_settings(dialect);
  return sql;
}

// Its partitions are those of the rows that were counted.
std::string create_roll_up(Dialect dialect, std::string_view table, std::string_view columns,
                           std::string_view order) {
  return "CREATE TABLE IF NOT EXISTS " + std::string(table) + " (" + std::string(columns) +
         ") ENGINE = MergeTree PARTITION BY intDiv(begins, 2592000000) ORDER BY " +
         std::string(order) + " " + table_settings(dialect);
}

// Counts of closed ranges, and the ledger of those (closed_ranges.h).
std::vector<std::string> create_roll_ups(Dialect dialect) {
  const auto create = [dialect](std::string_view table, std::string_view columns,
                                std::string_view order) {
    return create_roll_up(dialect, table, columns, order);
  };
  const std::string delta = codec_clause(dialect, "Delta(8), Default");
  const std::string counted = "workspace_id UInt64" + delta + ", link_id UInt64" + delta +
                              ", begins Int64" + delta + ", version UInt64";
  return {create(kTotalsTable,
                 counted + ", slot Int64" + delta +
                     ", outcome LowCardinality(String), traffic LowCardinality(String)"
                     ", hits UInt64, first UInt64, first_ws UInt64",
                 "(workspace_id, link_id, begins, slot)"),
          create(kCountsTable,
                 counted + ", dimension LowCardinality(String), value String"
                           ", human UInt64, bots UInt64, first UInt64",
                 "(workspace_id, link_id, dimension, begins, value)"),
          create(kClosedTable,
                 "workspace_id UInt64, begins Int64, ends Int64, version UInt64, is_closed UInt8",
                 "(workspace_id, begins)")};
}

std::string create_versions(Dialect dialect) {
  return "CREATE TABLE IF NOT EXISTS " + std::string(kVersionTable) +
         " (version UInt32, at DateTime DEFAULT now()) ENGINE = MergeTree PARTITION BY tuple() "
         "ORDER BY version " +
         table_settings(dialect);
}

// What makes filtered questions fast (derived.h, visitors.h), on servers that can have it.
std::vector<std::string> derive_columns(Dialect dialect) {
  if (dialect == Dialect::legacy) return {};
  std::vector<std::string> out = {
      create_roll_up(dialect, kVariedTable,
                     "workspace_id UInt64, begins Int64, version UInt64, before UInt64"
                     ", dimension LowCardinality(String), visitor UInt64",
                     "(workspace_id, begins, dimension)")};
  for (const std::string_view table : {kClickTable, kTotalsTable}) {
    const DerivedColumns derived = derived_columns(table == kClickTable);
    for (const std::string& change : {derived.add, derived.fill})
      out.push_back("ALTER TABLE " + std::string(table) + " " + change);
  }
  // Closed ranges have no notes yet, and of busy links the counts of some versions are wrong.
  const std::string ledger(kClosedTable);
  out.push_back("INSERT INTO " + ledger +
                " (workspace_id, begins, ends, version, is_closed) SELECT"
                " workspace_id, begins, max(ends), version, 0 FROM " +
                ledger + " GROUP BY workspace_id, begins, version HAVING min(is_closed) = 1");
  return out;
}

Result<std::uint32_t> stored_version(ClickHouse& server) {
  TRY_ASSIGN(const std::string answer,
             server.ask("SELECT max(version) FROM " + std::string(kVersionTable) +
                        " FORMAT TabSeparated"));
  const auto version = parse_number<std::uint32_t>(trim(answer.substr(0, answer.find('\n'))));
  if (!version) return fail(ErrorCode::corrupt, "the click store's schema version is not a number");
  return *version;
}

// A server that was too old for derived columns may be of today now.
Result<void> catch_up(ClickHouse& server) {
  TRY_ASSIGN(const std::string answer,
             server.ask("SELECT count() FROM system.columns WHERE database = 'tallymark' AND "
                        "table IN ('clicks', 'hit_totals') AND name = 'kind' FORMAT TabSeparated"));
  if (answer.starts_with("2\n")) return {};
  for (const std::string& statement : derive_columns(Dialect::modern)) TRY(server.order(statement));
  return {};
}

}  // namespace

std::vector<std::string> migration(std::uint32_t version, Dialect dialect) {
  CHECK(version >= 1 && version <= kSchemaVersion);
  if (version == 1) return {create_table(StoreTable::clicks, dialect)};
  if (version == 2) return {create_table(StoreTable::landing_views, dialect)};
  if (version == 3) return create_roll_ups(dialect);
  if (version == 4) return {create_table(StoreTable::conversions, dialect)};
  return derive_columns(dialect);
}

Result<void> migrate_schema(ClickHouse& server) {
  TRY_ASSIGN(const Dialect dialect, server.learn_dialect());
  TRY(server.ask("CREATE DATABASE IF NOT EXISTS tallymark"));
  TRY(server.ask(create_versions(dialect)));
  TRY_ASSIGN(const std::uint32_t found, stored_version(server));
  if (found > kSchemaVersion)
    return fail(ErrorCode::conflict,
                "the click store has schema version " + std::to_string(found) +
                    ", this program knows " + std::to_string(kSchemaVersion),
                "it was used by a newer Tallymark: run that one");
  for (std::uint32_t version = found + 1; version <= kSchemaVersion; ++version) {
    for (const std::string& statement : migration(version, dialect)) {
      auto done = server.order(statement, create_settings(dialect));
      if (!done)
        return std::unexpected(
            std::move(done).error().within("click store migration " + std::to_string(version)));
    }
    TRY(server.ask("INSERT INTO " + std::string(kVersionTable) + " (version) VALUES (" +
                   std::to_string(version) + ")"));
  }
  return dialect == Dialect::modern ? catch_up(server) : Result<void>();
}

}  // namespace tally
