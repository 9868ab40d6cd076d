// SPDX-License-Identifier: Apache-2.0
//
// Text on its way into SQL and out of a result: the two places where a stranger's bytes touch the
// click store's syntax.
//
// Query parameters would be the usual way, but ClickHouse 18.16 has none, so every value that is
// not a number goes through sql_quote() and nothing else builds a literal. Answers are asked for
// as TabSeparated, the one format that is readable, cheap, carries totals, and is spelled alike by
// all versions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

// A string literal that means exactly these bytes, quotes included.
std::string sql_quote(std::string_view text);

// "('a','b')" for a non-empty list.
std::string sql_quote_list(std::span<const std::string> texts);

// The bytes that an escaped TabSeparated field stands for.
std::string tsv_unescape(std::string_view field);

// A TabSeparated answer, row by row. Fields are still escaped and point into `text`, which must
// outlive them.
struct TsvTable {
  std::vector<std::vector<std::string_view>> rows;
  std::vector<std::string_view> totals;  // of WITH TOTALS; else empty
};
TsvTable parse_tsv(std::string_view text);

// The number in a field, `corrupt` when there is none there.
Result<std::uint64_t> tsv_count(std::span<const std::string_view> row, std::size_t field);

}  // namespace tally
