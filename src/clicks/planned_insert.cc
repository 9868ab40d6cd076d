// SPDX-License-Identifier: Apache-2.0
#include "clicks/planned_insert.h"

#include <fmt/format.h>

#include "base/log.h"
#include "clicks/row_batch.h"

namespace tally {
namespace {

// How often a store may end between noting a token and storing its rows.
constexpr int kMostTokens = 100;

Result<bool> is_stored(ClickStore& store, const PlannedInsert& insert) {
  TRY_ASSIGN(const std::uint64_t stored,
             store.count(insert.table, insert.partition, insert.times, insert.ranges));
  if (stored == insert.rows) return true;
  if (stored == 0) return false;
  return fail(ErrorCode::corrupt,
              fmt::format("the store holds {} of the {} rows of batch {}, which is atomic", stored,
                          insert.rows, insert.token));
}

}  // namespace

Result<bool> store_once(ClickStore& store, const PlannedInsert& insert, const RowBatch& rows,
                        bool outcome_unknown) {
  if (!outcome_unknown) {
    TRY(store.insert(rows, insert.token));
    return true;
  }
  // An earlier try may have stored the rows at any time since.
  TRY_ASSIGN(const auto changing, store.changing(rows.workspaces(), rows.times()));
  TRY_ASSIGN(bool stored, is_stored(store, insert));
  if (stored) return false;
  for (int again = 0; !stored; ++again) {
    if (again == kMostTokens)
      return fail(ErrorCode::unavailable,
                  "the store says that batch " + insert.token + " is there, and holds none of it");
    if (again > 0) log_warn("the store took batch {} for stored, without its rows", insert.token);
    TRY(store.insert(rows, again == 0 ? insert.token : fmt::format("{}-{}", insert.token, again)));
    TRY_ASSIGN(stored, is_stored(store, insert));
  }
  return true;
}

}  // namespace tally
