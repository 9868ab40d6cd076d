// SPDX-License-Identifier: Apache-2.0
#include "base/csv_reader.h"

#include <algorithm>

namespace tally {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kPlainEnd("\",\r\n\0", 5);

}  // namespace

CsvReader::CsvReader(std::string_view text) : rest_(text) {
  if (rest_.starts_with(kByteOrderMark)) rest_.remove_prefix(kByteOrderMark.size());
}

Result<bool> CsvReader::next(std::vector<std::string>& cells) {
  while (!rest_.empty() && at_line_end()) skip_line_end();
  cells.clear();
  if (rest_.empty()) return false;
  record_line_ = line_;
  for (;;) {
    TRY(read_cell(cells.emplace_back()));
    if (rest_.empty()) return true;
    if (at_line_end()) {
      skip_line_end();
      return true;
    }
    rest_.remove_prefix(1);  // the comma
  }
}

Result<void> CsvReader::read_cell(std::string& cell) {
  TRY(rest_.starts_with('"') ? read_quoted(cell) : read_plain(cell));
  if (rest_.empty() || rest_.front() == ',' || at_line_end()) return {};
  switch (rest_.front()) {
    case '\0':
      return refuse(line_, "a NUL byte");
    case '\r':
      return refuse(line_, "a CR without LF");
    case '"':
      return refuse(line_, "a quote within a cell that does not begin with one");
    default:
      return refuse(line_, "text behind a closing quote");
  }
}

Result<void> CsvReader::read_plain(std::string& cell) {
  const std::size_t end = std::min(rest_.find_first_of(kPlainEnd), rest_.size());
  cell.assign(rest_.substr(0, end));
  rest_.remove_prefix(end);
  return {};
}

Result<void> CsvReader::read_quoted(std::string& cell) {
  const std::size_t begin = line_;
  rest_.remove_prefix(1);
  for (;;) {
    const std::size_t quote = rest_.find('"');
    if (quote == std::string_view::npos) return refuse(begin, "a quote that is not closed");
    const std::string_view part = rest_.substr(0, quote);
    if (part.contains('\0')) return refuse(begin, "a NUL byte");
    line_ += static_cast<std::size_t>(std::ranges::count(part, '\n'));
    cell.append(part);
    rest_.remove_prefix(quote + 1);
    if (!rest_.starts_with('"')) return {};
    cell.push_back('"');
    rest_.remove_prefix(1);
  }
}

bool CsvReader::at_line_end() const { return rest_.starts_with('\n') || rest_.starts_with("\r\n"); }

void CsvReader::skip_line_end() {
  rest_.remove_prefix(rest_.front() == '\n' ? 1 : 2);
  ++line_;
}

std::unexpected<Error> CsvReader::refuse(std::size_t line, std::string_view what) const {
  return std::unexpected(Error{ErrorCode::malformed,
                               "line " + std::to_string(line) + ": " + std::string(what),
                               {},
                               {},
                               "bad_csv"});
}

}  // namespace tally
