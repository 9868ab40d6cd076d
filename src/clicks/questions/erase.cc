// SPDX-License-Identifier: Apache-2.0
//
// Which rows does an erase concern, and how do they go?
//
// Rows go by ClickHouse mutations, like those that are judged again (reclassify.cc): the server
// notes the order durably, copies part by part without the rows, and goes on with it after a crash.
// A landing view knows its click and not its visitor, so views are the first to go, while the
// clicks can still be asked whose they were; then, in one go, conversions and clicks, so that no
// conversion is joined to a click that is on its way out.
//
// What is past every workspace's retention goes by whole partitions, which costs nothing.
#include <algorithm>
#include <array>
#include <limits>

#include "base/text.h"
#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/closed_ranges.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

constexpr UnixMillis kPartitionMillis = 30 * kMillisPerDay;

const std::string kClicks(kClickTable);
const std::string kViews(kViewTable);
const std::string kConversions(kConversionTable);

// The last to go is the table of clicks, by which the others' rows are found.
constexpr std::array kPartitioned = {kViewTable,   kConversionTable, kTotalsTable, kCountsTable,
                                     kVariedTable, kClosedTable,     kClickTable};

// A closed range also notes visitors of the UTC day that ends in it (visitors.h).
TimeRange whole_days(TimeRange range) {
  constexpr UnixMillis kEnd = std::numeric_limits<UnixMillis>::max() - kMillisPerDay;
  return {range.from / kMillisPerDay * kMillisPerDay,
          (std::min(range.to, kEnd) + kMillisPerDay - 1) / kMillisPerDay * kMillisPerDay};
}

// What any of the three tables says of a hit.
std::string place_sql(const Erasure& what) {
  std::string sql = "workspace_id = " + std::to_string(what.workspace.value) +
                    " AND time >= " + std::to_string(what.range.from) + " AND time < " +
                    std::to_string(what.range.to);
  if (what.link) sql += " AND link_id = " + std::to_string(what.link->value);
  return sql;
}

// Of clicks, and of conversions, which have all columns of their clicks.
std::string clicks_sql(const Erasure& what) {
  std::string sql = place_sql(what);
  if (what.visitors.empty()) return sql;
  sql += " AND visitor IN (";
  for (const std::uint64_t& visitor : what.visitors)
    sql += (&visitor == what.visitors.data() ? "" : ",") + std::to_string(visitor);
  return sql + ")";
}

std::string views_sql(const Erasure& what) {
  std::string sql = place_sql(what);
  if (what.visitors.empty()) return sql;
  return sql +
         " AND (click_node, click_epoch, click_shard, click_n) IN (SELECT node, epoch, shard,"
         " n FROM " +
         kClicks + " WHERE " + clicks_sql(what) + " AND outcome = 'landing')";
}

Result<std::uint64_t> count_of(ClickHouse& server, const std::string& table,
                               const std::string& where) {
  TRY_ASSIGN(const std::string answer, server.ask("SELECT count(), 0 FROM " + table + " WHERE " +
                                                  where + " FORMAT TabSeparated"));
  const TsvTable out = parse_tsv(answer);
  return out.rows.empty() ? 0 : tsv_count(out.rows.front(), 0);
}

}  // namespace

Result<Erasable> ClickStore::erasable(const Erasure& what) {
  Erasable out;
  TRY_ASSIGN(
      const std::string answer,
      server_->ask("SELECT intDiv(time, 86400000) AS day, count() FROM " + kClicks + " WHERE " +
                   clicks_sql(what) + " GROUP BY day ORDER BY day FORMAT TabSeparated"));
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t day, tsv_count(row, 0));
    TRY_ASSIGN(const std::uint64_t clicks, tsv_count(row, 1));
    out.days.push_back(static_cast<std::int64_t>(day));
    out.clicks += clicks;
  }
  TRY_ASSIGN(out.views, count_of(*server_, kViews, views_sql(what)));
  TRY_ASSIGN(out.conversions, count_of(*server_, kConversions, clicks_sql(what)));
  return out;
}

Result<std::vector<ClickKey>> ClickStore::landings_of(const Erasure& what) {
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT node, epoch, shard, n FROM " + kClicks + " WHERE " +
                          clicks_sql(what) + " AND outcome = 'landing' FORMAT TabSeparated"));
  std::vector<ClickKey> out;
  for (const auto& row : parse_tsv(answer).rows) {
    ClickKey key;
    TRY_ASSIGN(const std::uint64_t node, tsv_count(row, 0));
    TRY_ASSIGN(const std::uint64_t epoch, tsv_count(row, 1));
    TRY_ASSIGN(const std::uint64_t shard, tsv_count(row, 2));
    TRY_ASSIGN(key.n, tsv_count(row, 3));
    key.node = static_cast<std::uint16_t>(node);
    key.epoch = static_cast<std::uint32_t>(epoch);
    key.shard = static_cast<std::uint16_t>(shard);
    out.push_back(key);
  }
  return out;
}

Result<std::vector<ConversionId>> ClickStore::conversions_of(const Erasure& what) {
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT conversion, 0 FROM " + kConversions + " WHERE " +
                          clicks_sql(what) + " FORMAT TabSeparated"));
  std::vector<ConversionId> out;
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const std::uint64_t id, tsv_count(row, 0));
    out.push_back(ConversionId{id});
  }
  return out;
}

Result<void> ClickStore::order_views_erased(const Erasure& what) {
  TRY_ASSIGN(const auto change,
             closed_->change(std::span(&what.workspace, 1), whole_days(what.range)));
  TRY(server_->order("ALTER TABLE " + kViews + " DELETE WHERE " + views_sql(what)));
  return {};
}

Result<void> ClickStore::order_erased(const Erasure& what,
                                      const std::function<Result<void>()>& first) {
  const std::lock_guard lock(verdicts_);
  TRY(first());
  TRY_ASSIGN(const auto change,
             closed_->change(std::span(&what.workspace, 1), whole_days(what.range)));
  for (const std::string& table : {kConversions, kClicks})
    TRY(server_->order("ALTER TABLE " + table + " DELETE WHERE " + clicks_sql(what)));
  return {};
}

Result<std::size_t> ClickStore::drop_partitions(std::span<const WorkspaceId> workspaces,
                                                UnixMillis before,
                                                const std::function<Result<void>()>& first) {
  const std::int64_t kept = partition_of(before);
  TRY_ASSIGN(const std::string answer,
             server_->ask("SELECT table, partition FROM system.parts WHERE database = 'tallymark'"
                          " AND active = 1 GROUP BY table, partition FORMAT TabSeparated"));
  std::vector<std::string> orders;
  for (const std::string_view table : kPartitioned) {
    for (const auto& row : parse_tsv(answer).rows) {
      if (table != "tallymark." + std::string(row[0])) continue;
      TRY_ASSIGN(const std::uint64_t partition, tsv_count(row, 1));
      if (static_cast<std::int64_t>(partition) < kept)
        orders.push_back("ALTER TABLE " + std::string(table) + " DROP PARTITION " +
                         std::to_string(partition));
    }
  }
  if (orders.empty()) return 0;
  const std::lock_guard lock(verdicts_);
  TRY(first());
  TRY_ASSIGN(const auto change, closed_->change(workspaces, {0, kept * kPartitionMillis}));
  for (const std::string& order : orders) TRY(server_->ask(order));
  return orders.size();
}

}  // namespace tally
