// SPDX-License-Identifier: Apache-2.0
//
// What an HTTP request to the engine means, before anything is run: pure text work.
//
// The subset of ClickHouse's HTTP interface: the query stands in the URL's `query`, in the body, or
// begins in one and ends in the other; every other URL parameter is a setting, apart from a few
// that belong to the protocol. Data for "INSERT … FORMAT x" is what follows the statement: the
// library cuts binary data in a query text, so the statement and its data are taken apart here.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tally {

struct EngineQuery {
  std::string sql;         // without data
  std::string_view data;   // of an insert; points into the body
  bool has_data = false;   // an insert whose data is apart (it may be empty)
  bool read_only = false;  // a GET may not write
  std::string database;    // "" for the default
  std::string format = "TabSeparated";
  std::vector<std::pair<std::string, std::string>> settings;
  bool guest = false;          // of the read port: may read what is shared, and no more
  std::string id;              // that the asker gave it
  std::uint64_t revision = 0;  // of the protocol, that Native answers are to be in
};

// `target` is the request's path and query ("/?query=…"). `malformed` for a broken URL, for a
// parameter that is not supported, or for a setting's name that cannot be one.
Result<EngineQuery> read_query(std::string_view method, std::string_view target,
                               std::string_view body);

// The head of "INSERT INTO [TABLE] t [(a, b)] FORMAT f", and where its data begins: behind one
// blank or line break. Nothing for any other statement, INSERT … VALUES and INSERT … SELECT
// included.
struct InsertHead {
  std::string table;                 // as written
  std::vector<std::string> columns;  // as written, without quotes; empty: all
  std::string format;
  std::size_t end = 0;  // of the head in the text
};
std::optional<InsertHead> read_insert(std::string_view sql);

// The question of "SELECT … FORMAT Parquet" without its format; nothing for any other statement.
std::optional<std::string_view> read_parquet(std::string_view sql);

// A quoted literal that means these bytes.
std::string engine_literal(std::string_view text);

}  // namespace tally
