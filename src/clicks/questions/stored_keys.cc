// SPDX-License-Identifier: Apache-2.0
//
// Which of many hits are stored?
//
// Keys of imported clicks are as good as random, so no order of the table and no index leads to
// them: whatever is asked, the keys of all rows in question are read once. So all of them are asked
// about at a time, and as numbers, which are sent as they are and looked up in a hash table. A key
// is folded into one number for it; what two keys may share is sorted out here.
#include <algorithm>

#include "clicks/click_store.h"
#include "clicks/clickhouse.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"

namespace tally {
namespace {

const SqlSettings kLong = {{"max_query_size", "67108864"},
                           {"max_ast_elements", "10000000"},
                           {"max_expanded_ast_elements", "10000000"}};

// Both sides wrap around at 64 bits. The shard's part is spread by an odd constant, so that
// neighbouring numbers of neighbouring shards do not meet.
constexpr std::string_view kFoldedSql =
    "(n + (toUInt64(node) * 281474976710656 + toUInt64(epoch) * 65536 + shard)"
    " * 11400714819323198485)";

std::uint64_t folded(const ClickKey& key) {
  const std::uint64_t shard =
      std::uint64_t{key.node} << 48 | std::uint64_t{key.epoch} << 16 | std::uint64_t{key.shard};
  return key.n + shard * 11'400'714'819'323'198'485U;
}

Result<ClickKey> read_key(std::span<const std::string_view> row) {
  TRY_ASSIGN(const std::uint64_t node, tsv_count(row, 0));
  TRY_ASSIGN(const std::uint64_t epoch, tsv_count(row, 1));
  TRY_ASSIGN(const std::uint64_t shard, tsv_count(row, 2));
  TRY_ASSIGN(const std::uint64_t n, tsv_count(row, 3));
  return ClickKey{static_cast<std::uint16_t>(node), static_cast<std::uint32_t>(epoch),
                  static_cast<std::uint16_t>(shard), n};
}

}  // namespace

Result<std::vector<ClickKey>> ClickStore::stored_keys(WorkspaceId workspace, TimeRange times,
                                                      std::span<const ClickKey> keys) {
  std::vector<ClickKey> wanted(keys.begin(), keys.end());
  std::ranges::sort(wanted);
  std::vector<ClickKey> out;
  if (wanted.empty()) return out;
  std::vector<std::uint64_t> numbers;
  for (const ClickKey& key : wanted) numbers.push_back(folded(key));
  const auto [least, most] = std::ranges::minmax(wanted, {}, &ClickKey::n);
  TRY_ASSIGN(const Dialect dialect, server_->dialect());
  // The bounds of `n` have an index, which helps where the keys are those of hits.
  TRY_ASSIGN(
      const std::string answer,
      server_->ask("SELECT node, epoch, shard, n FROM " + std::string(kClickTable) +
                       " WHERE workspace_id = " + std::to_string(workspace.value) +
                       " AND time >= " + std::to_string(times.from) + " AND time < " +
                       std::to_string(times.to) + " AND n >= " + std::to_string(least.n) +
                       " AND n <= " + std::to_string(most.n) + " AND " + std::string(kFoldedSql) +
                       " IN " + numbers_sql(dialect, numbers) + " FORMAT TabSeparated",
                   kLong));
  for (const auto& row : parse_tsv(answer).rows) {
    TRY_ASSIGN(const ClickKey key, read_key(row));
    if (std::ranges::binary_search(wanted, key)) out.push_back(key);
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace tally
