// SPDX-License-Identifier: Apache-2.0
//
// CSV as RFC 4180 has it, cell by cell: commas, quotes where they are needed, CRLF.
//
// A spreadsheet evaluates a cell that begins like a formula, and what a stranger put into a
// referrer or a campaign would run on the desk of whoever opens the file. Such cells get a leading
// apostrophe, which spreadsheets show as nothing and programs can see. Without the guard every cell
// reads back as it was.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

class CsvWriter {
 public:
  CsvWriter(std::string& out, bool guarded) : out_(out), guarded_(guarded) {}

  void text(std::string_view cell);   // anybody's
  void plain(std::string_view cell);  // ours: nothing in it needs quotes or a guard
  void number(std::optional<std::uint64_t> cell);
  void end_row();

 private:
  void comma();

  std::string& out_;
  const bool guarded_;
  std::size_t cells_ = 0;  // of this row
  bool empty_ = true;      // all of them
};

// Whether a spreadsheet may evaluate a cell with that text: behind blanks stands = + - @, a tab or
// a line break, or a full-width form of those signs.
bool looks_like_formula(std::string_view cell);

}  // namespace tally
