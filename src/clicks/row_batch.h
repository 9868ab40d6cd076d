// SPDX-License-Identifier: Apache-2.0
//
// Rows on their way into a table of the store: one insert, already in the form that goes over the
// wire.
//
// That form is ClickHouse's Native: columns rather than rows, so that the server copies runs of
// values instead of taking rows apart. Against RowBinary it took a fifth of the server's time for
// a row of a click's 46 columns (docs/decisions/0010-native-inserts.md). Dictionaries are left to
// the server, but for large batches: a LowCardinality column is sent as plain text. Old servers
// take that only in rows, and get RowBinary.
//
// A batch also knows what its manifest has to say: which hits of which shards, and their times.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "clicks/click_store.h"
#include "clicks/columns.h"
#include "model/hit.h"

namespace tally {

class RowBatch {
 public:
  StoreTable table() const { return table_; }
  std::size_t rows() const { return rows_; }
  bool empty() const { return rows_ == 0; }
  std::int64_t partition() const { return partition_; }  // of a batch that is not empty
  TimeRange times() const { return times_; }             // half-open, tight
  std::vector<ShardRange> ranges() const;
  std::span<const WorkspaceId> workspaces() const { return workspaces_; }

  // "workspace_id,link_id,…": the columns in the order of the values.
  std::string column_names() const;
  // One block of format Native.
  std::string native() const;
  // The same rows in format RowBinary.
  std::string row_binary() const;

  // Takes all rows away and keeps the memory for others.
  void clear();

 protected:
  explicit RowBatch(StoreTable table);

  // Notes a row. Whoever calls this appends its values to values(), one for each column. All rows
  // of a batch are of one partition.
  void begin_row(WorkspaceId workspace, UnixMillis time);
  // Notes which hit it is, if it is one: the key of an imported click stands for no shard.
  void note_hit(const ClickKey& key);
  std::vector<std::string>& values() { return values_; }

 private:
  StoreTable table_;
  std::span<const ColumnType> types_;
  std::vector<std::string> values_;  // of each column, back to back
  std::size_t rows_ = 0;
  std::int64_t partition_ = 0;
  TimeRange times_;
  std::vector<ShardRange> ranges_;  // one a shard
  std::vector<WorkspaceId> workspaces_;
};

}  // namespace tally
