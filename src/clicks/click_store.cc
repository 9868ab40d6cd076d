// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_store.h"

#include <algorithm>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "clicks/clickhouse.h"
#include "clicks/closed_ranges.h"
#include "clicks/hit_totals.h"
#include "clicks/place_weeks.h"
#include "clicks/row_batch.h"
#include "clicks/schema.h"
#include "clicks/shared_view.h"
#include "clicks/sql_text.h"
#include "clicks/value_counts.h"
#include "clicks/visitors.h"

namespace tally {
namespace {

constexpr UnixMillis kPartitionMillis = 30 * kMillisPerDay;

}  // namespace

ClickStore::ClickStore(HttpClient& http, ClickStoreOptions options)
    : busy_link_hits_(options.busy_link_hits),
      server_(std::make_unique<ClickHouse>(http, std::move(options))),
      closed_(std::make_unique<ClosedRanges>(*server_)),
      totals_(std::make_unique<HitTotals>(*server_, *closed_)),
      values_(std::make_unique<ValueCounts>(*server_, *closed_)),
      place_weeks_(std::make_unique<PlaceWeeks>(*server_, *closed_)),
      visitors_(std::make_unique<FilteredVisitors>(*server_, *closed_)) {}
ClickStore::~ClickStore() = default;

std::int64_t ClickStore::partition_of(UnixMillis time) {
  // The table's own expression, intDiv, rounds towards zero; no click is older than 1970.
  return time / kPartitionMillis;
}

UnixMillis ClickStore::partition_end(UnixMillis time) {
  return (partition_of(time) + 1) * kPartitionMillis;
}

Result<void> ClickStore::migrate() {
  TRY(migrate_schema(*server_));
  // Nothing of ours reads it, and a server of somebody else's may allow us a database and no more.
  if (const auto shared = share_clicks(*server_); !shared)
    log_warn("the view {} could not be made: {}", kSharedView, shared.error().line());
  return closed_->load();
}

Result<void> ClickStore::ping() { return server_->ping(); }

Result<void> ClickStore::insert(const RowBatch& batch, std::string_view token) {
  CHECK(!batch.empty() && batch.rows() < kMaxBatch);
  TRY_ASSIGN(const Dialect dialect, server_->dialect());
  std::shared_ptr<void> change;
  // Nothing is counted ahead of conversions.
  if (batch.table() != StoreTable::conversions) {
    TRY_ASSIGN(change, changing(batch.workspaces(), batch.times()));
  }
  const bool modern = dialect == Dialect::modern;
  return server_->insert("INSERT INTO " + std::string(table_name(batch.table())) + " (" +
                             batch.column_names() + ") FORMAT " + (modern ? "Native" : "RowBinary"),
                         modern ? batch.native() : batch.row_binary(),
                         insert_settings(dialect, token));
}

Result<std::uint64_t> ClickStore::count(StoreTable table, std::int64_t partition, TimeRange times,
                                        std::span<const ShardRange> ranges) {
  if (ranges.empty()) return 0;
  const UnixMillis from = std::max(times.from, partition * kPartitionMillis);
  const UnixMillis to = std::min(times.to, (partition + 1) * kPartitionMillis);
  std::string sql = "SELECT count(), 0 FROM " + std::string(table_name(table)) +
                    " WHERE time >= " + std::to_string(from) + " AND time < " + std::to_string(to) +
                    " AND (";
  for (const ShardRange& range : ranges) {
    if (&range != &ranges.front()) sql += " OR ";
    sql += "(node = " + std::to_string(range.node) + " AND epoch = " + std::to_string(range.epoch) +
           " AND shard = " + std::to_string(range.shard) +
           " AND n >= " + std::to_string(range.first) + " AND n <= " + std::to_string(range.last) +
           ")";
  }
  sql += ")";
  // An imported click may have the number of a hit; it is none that was shipped.
  if (table == StoreTable::clicks) sql += " AND imported = 0";
  TRY_ASSIGN(const std::string answer, server_->ask(sql + " FORMAT TabSeparated"));
  const auto rows = parse_tsv(answer).rows;
  if (rows.empty()) return 0;
  return tsv_count(rows.front(), 0);
}

Result<PlaceWeek> ClickStore::place_week(const StatsQuery& query, const PlaceClocks& clocks) {
  return place_weeks_->find(query, clocks);
}

Result<std::shared_ptr<void>> ClickStore::changing(std::span<const WorkspaceId> workspaces,
                                                   TimeRange times) {
  TRY_ASSIGN(auto change, closed_->change(workspaces, times));
  return std::make_shared<ClosedRanges::Change>(std::move(change));
}

Result<std::optional<UnixMillis>> ClickStore::oldest(WorkspaceId workspace) {
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT count(), min(time) FROM " + std::string(kClickTable) +
                          " WHERE workspace_id = " + std::to_string(workspace.value) +
                          " FORMAT TabSeparated"));
  const TsvTable table = parse_tsv(answer);
  if (table.rows.empty()) return std::nullopt;
  TRY_ASSIGN(const std::uint64_t clicks, tsv_count(table.rows.front(), 0));
  if (clicks == 0) return std::nullopt;
  TRY_ASSIGN(const std::uint64_t time, tsv_count(table.rows.front(), 1));
  return static_cast<UnixMillis>(time);
}

}  // namespace tally
