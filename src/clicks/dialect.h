// SPDX-License-Identifier: Apache-2.0
//
// Where ClickHouse versions differ. Everything else in this folder is SQL that 18.16 (2018,
// Debian's package) and today's servers understand alike.
//
// Two dialects are enough. `modern` is any server of 2023 or later and the embedded engine: column
// codecs, skip indices, a deduplication token for inserts, syncing of parts. `legacy` does without:
// tables are larger and slower to search, and exactly-once rests on counting alone.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tally {

using SqlSettings = std::vector<std::pair<std::string, std::string>>;

enum class Dialect : std::uint8_t { legacy, modern };

// From what `SELECT version()` says ("26.5.1.1"); `conflict` for a server too old to use.
Result<Dialect> dialect_of(std::string_view version);

// " CODEC(…)" behind a column's type, or nothing.
std::string codec_clause(Dialect dialect, std::string_view codec);
// ", INDEX …" behind the last column, or nothing.
std::string index_clause(Dialect dialect);
// What stands behind IN: any of these numbers, of which there may be very many.
std::string numbers_sql(Dialect dialect, std::span<const std::uint64_t> numbers);
// The last of `numbers`, an array that ascends from 0, that is not above `number`.
std::string round_down_sql(Dialect dialect, std::string_view number, std::string_view numbers);
// The SETTINGS clause of a table that must not lose or repeat a batch.
std::string table_settings(Dialect dialect);

// What a CREATE needs.
SqlSettings create_settings(Dialect dialect);
// What makes an insert one durable part, once.
SqlSettings insert_settings(Dialect dialect, std::string_view token);

}  // namespace tally
