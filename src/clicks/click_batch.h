// SPDX-License-Identifier: Apache-2.0
//
// Clicks on their way into the store: one insert, already in the form that goes over the wire.
//
// That form is ClickHouse's Native: columns rather than rows, so that the server copies runs of
// values instead of taking rows apart. Against RowBinary it took a fifth of the server's time for
// a row of our 46 columns (docs/decisions/0010-native-inserts.md). Dictionaries are left to the
// server: a LowCardinality column is sent as plain text. Old servers take that only in rows, and
// get RowBinary.
//
// A batch also knows what its manifest has to say: which hits of which shards, and their times.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "clicks/click_store.h"
#include "model/click.h"

namespace tally {

class ClickBatch {
 public:
  ClickBatch();
  explicit ClickBatch(std::span<const Click> clicks);

  // All clicks of a batch are of one partition.
  void add(const Click& click);

  std::size_t rows() const { return rows_; }
  bool empty() const { return rows_ == 0; }
  std::int64_t partition() const { return partition_; }  // of a batch that is not empty
  TimeRange times() const { return times_; }             // half-open, tight
  std::vector<ShardRange> ranges() const;

  // One block of format Native, with the columns of click_columns() in their order.
  std::string native() const;
  // The same rows in format RowBinary.
  std::string row_binary() const;

 private:
  std::vector<std::string> columns_;  // each column's values, back to back
  std::size_t rows_ = 0;
  std::int64_t partition_ = 0;
  TimeRange times_;
  std::vector<ShardRange> ranges_;  // one a shard
};

}  // namespace tally
