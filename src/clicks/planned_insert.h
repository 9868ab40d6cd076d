// SPDX-License-Identifier: Apache-2.0
//
// One insert that is to be carried out exactly once, whatever happens to the store meanwhile.
//
// After any outcome that is not a clear success the store is asked how many rows of exactly this
// insert it has. All of them: done. None: they are sent again, under the same token, which the
// store uses to refuse a repeat. A batch is one atomic part, so anything between is not a race but
// damage, and said rather than let a number be wrong.
//
// Refusing a repeat is no proof of the rows: ClickHouse notes a token before the rows are in place,
// and one that ends in between takes the repeat for done (its MergeTreeSink). So after a repeat the
// rows are counted again, and those that are missing go under a token of their own.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/result.h"
#include "clicks/click_store.h"

namespace tally {

// Rows of one partition of a table of the store.
struct PlannedInsert {
  StoreTable table = StoreTable::clicks;
  std::int64_t partition = 0;
  std::string token;  // the store refuses a second insert under the same one
  std::uint64_t rows = 0;
  TimeRange times;                 // of the rows
  std::vector<ShardRange> ranges;  // the numbers of the rows, per journal shard
};

// Whether the rows were sent, or had been stored before. `outcome_unknown`: an earlier try may have
// stored them. After any error the outcome is unknown; `corrupt` when the store holds a part of an
// insert.
Result<bool> store_once(ClickStore& store, const PlannedInsert& insert, const RowBatch& rows,
                        bool outcome_unknown);

}  // namespace tally
