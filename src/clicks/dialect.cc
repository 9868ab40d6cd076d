// SPDX-License-Identifier: Apache-2.0
#include "clicks/dialect.h"

#include "base/bytes.h"
#include "base/text.h"
#include "clicks/sql_text.h"

namespace tally {

Result<Dialect> dialect_of(std::string_view version) {
  const auto parts = split(version, '.');
  const auto major = parse_number<int>(parts[0]);
  const auto minor = parts.size() > 1 ? parse_number<int>(parts[1]) : 0;
  if (!major || !minor)
    return fail(ErrorCode::conflict, "the click store says it is version '" +
                                         make_utf8(cut_utf8(version, 40)) + "', not ClickHouse");
  if (*major < 18 || (*major == 18 && *minor < 16))
    return fail(ErrorCode::conflict,
                "the click store is ClickHouse " + std::string(version) + ", which is too old",
                "use 18.16 or newer");
  return *major >= 23 ? Dialect::modern : Dialect::legacy;
}

std::string codec_clause(Dialect dialect, std::string_view codec) {
  if (dialect == Dialect::legacy || codec.empty()) return {};
  return " CODEC(" + std::string(codec) + ")";
}

std::string index_clause(Dialect dialect) {
  if (dialect == Dialect::legacy) return {};
  // A part's rows are sorted by link, so without these a range of time or of one shard would read
  // them all.
  return ",\n  INDEX time_range time TYPE minmax GRANULARITY 1"
         ",\n  INDEX n_range n TYPE minmax GRANULARITY 1";
}

std::string numbers_sql(Dialect dialect, std::span<const std::uint64_t> numbers) {
  if (dialect == Dialect::legacy) {
    std::string list;
    for (const std::uint64_t number : numbers)
      list += (list.empty() ? "(" : ",") + std::to_string(number);
    return list + ")";
  }
  // A list of a hundred thousand takes half a second to parse; their bytes take none.
  std::string bytes;
  for (const std::uint64_t number : numbers) put_fixed(bytes, number);
  return "(SELECT number FROM format(RowBinary, 'number UInt64', " + sql_quote(bytes) + "))";
}

std::string round_down_sql(Dialect dialect, std::string_view number, std::string_view numbers) {
  const std::string list(numbers), below = "(x -> x <= " + std::string(number) + ", " + list + ")";
  if (dialect == Dialect::legacy) return "arrayElement(" + list + ", arrayCount" + below + ")";
  return "roundDown(" + std::string(number) + ", " + list + ")";
}

std::string table_settings(Dialect dialect) {
  if (dialect == Dialect::legacy) return "SETTINGS index_granularity = 8192";
  // Parts below a million rows, so every insert, keep all columns in one file: three files to sync
  // instead of a hundred.
  return "SETTINGS index_granularity = 8192, min_rows_for_wide_part = 1000000,"
         " non_replicated_deduplication_window = 1000,"
         " fsync_after_insert = 1, fsync_part_directory = 1,"
         " min_rows_to_fsync_after_merge = 1, min_compressed_bytes_to_fsync_after_merge = 1";
}

SqlSettings create_settings(Dialect dialect) {
  if (dialect == Dialect::legacy) return {{"allow_experimental_low_cardinality_type", "1"}};
  return {};
}

SqlSettings insert_settings(Dialect dialect, std::string_view token) {
  // One block in is one part out: no block may be cut by rows or flushed early by bytes.
  SqlSettings settings = {{"max_insert_block_size", "1048576"},
                          {"min_insert_block_size_rows", "1048576"},
                          {"min_insert_block_size_bytes", "0"}};
  if (dialect == Dialect::modern) {
    settings.emplace_back("async_insert", "0");
    settings.emplace_back("insert_deduplicate", "1");
    settings.emplace_back("insert_deduplication_token", token);
  }
  return settings;
}

}  // namespace tally
