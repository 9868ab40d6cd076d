// SPDX-License-Identifier: Apache-2.0
//
// CSV from strangers, read strictly, one record at a time (RFC 4180).
//
// Cells are separated by commas, records by CRLF or LF; a cell in double quotes may hold commas,
// line ends and doubled quotes. What the RFC leaves open is decided for what spreadsheets write: a
// byte order mark in front is skipped, and so are empty lines. What it forbids is refused with the
// line it is on, because a guess would put a number into the wrong place: a quote within a cell
// that does not begin with one, text behind a closing quote, a quote that is never closed, a CR
// alone, a NUL.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

class CsvReader {
 public:
  // `text` must outlive the reader.
  explicit CsvReader(std::string_view text);

  // Reads the next record into `cells`; false at the end. malformed/"bad_csv" on anything that is
  // not CSV; nothing may be read after that.
  Result<bool> next(std::vector<std::string>& cells);
  // The line that the last record begins on, from 1; a line end within quotes counts.
  std::size_t line() const { return record_line_; }
  // What comes next is on this line, of a file that the text is a piece of.
  void go_on_at(std::size_t line) { line_ = line; }

 private:
  Result<void> read_cell(std::string& cell);
  Result<void> read_quoted(std::string& cell);
  Result<void> read_plain(std::string& cell);
  bool at_line_end() const;
  void skip_line_end();
  std::unexpected<Error> refuse(std::size_t line, std::string_view what) const;

  std::string_view rest_;
  std::size_t line_ = 1;
  std::size_t record_line_ = 0;
};

}  // namespace tally
