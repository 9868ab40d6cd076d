// SPDX-License-Identifier: Apache-2.0
//
// The tables that enrichment goes by: ours, and what an operator adds to them.
//
// Each table is text (table.h says how), known by a name: "referrers", "bots_preview". Ours lie in
// src/enrich/data/ and are part of the program. An operator has a folder of files named for them
// (`referrers.txt`) with rows in the same format. Their rows stand before ours, and wherever tables
// are read the first row that fits decides, so that theirs win.
//
// An operator's file is a stranger's text: it must be UTF-8 of moderate size, and whoever reads a
// row that makes no sense says so with the row's place, a file and a line.
#pragma once

#include <cstddef>
#include <filesystem>
#include <initializer_list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

struct TableRow {
  std::vector<std::string_view> fields;
  std::string_view file;  // "/data/rules/referrers.txt", or "built-in referrers"
  std::size_t line = 0;   // from 1

  std::string_view operator[](std::size_t field) const { return fields[field]; }
  // "/data/rules/referrers.txt:3"
  std::string place() const;
  // ErrorCode::invalid: the place, and what is wrong there.
  std::unexpected<Error> refuse(std::string_view what) const;
};

// Rows borrow from it.
class RuleTables {
 public:
  // Ours alone.
  RuleTables() = default;
  // Not even ours, which take milliseconds to read: for a test of what is added.
  static RuleTables without_ours();
  // Ours and those of `folder`, which may be empty or missing. Errors name file and line.
  static Result<std::shared_ptr<const RuleTables>> load(const std::filesystem::path& folder);

  // An operator's rows for a table; `file` is what errors call them.
  Result<void> add(const std::string& table, std::string file, std::string text);

  // The rows of some tables as one: first all of the operator's, then all of ours, each in the
  // order of the names. A row is cut into exactly `fields` pieces, of which the last one may hold
  // blanks; `invalid` when it has fewer.
  Result<std::vector<TableRow>> rows(std::initializer_list<std::string_view> tables,
                                     std::size_t fields) const;

  // Files of the folder that are named for no table, and so change nothing.
  const std::vector<std::string>& strangers() const { return strangers_; }

 private:
  struct Text {
    std::string file, text;
  };
  std::map<std::string, Text, std::less<>> added_;
  std::vector<std::string> strangers_;
  bool with_ours_ = true;
};

}  // namespace tally
