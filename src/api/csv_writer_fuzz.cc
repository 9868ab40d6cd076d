// SPDX-License-Identifier: Apache-2.0
// Any cells, read back by a reader that knows RFC 4180 and nothing else: the same cells, but for
// the apostrophe in front of what looks like a formula, and none of those is left without one.
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "api/csv_writer.h"
#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

using Row = std::vector<std::string>;

// Reads one cell at the front of `bytes`; nothing when it is not CSV.
std::optional<std::string> read_cell(std::string_view& bytes) {
  std::string out;
  if (!bytes.starts_with('"')) {
    const auto end = bytes.find_first_of(",\r\n\"");
    if (end == std::string_view::npos) return std::nullopt;
    out = bytes.substr(0, end);
    bytes.remove_prefix(end);
    return out;
  }
  bytes.remove_prefix(1);
  for (;;) {
    const auto quote = bytes.find('"');
    if (quote == std::string_view::npos) return std::nullopt;
    out += bytes.substr(0, quote);
    bytes.remove_prefix(quote + 1);
    if (!bytes.starts_with('"')) return out;
    out.push_back('"');
    bytes.remove_prefix(1);
  }
}

std::vector<Row> read_csv(std::string_view bytes) {
  std::vector<Row> rows;
  while (!bytes.empty()) {
    Row row;
    for (;;) {
      auto cell = read_cell(bytes);
      CHECK(cell.has_value());
      row.push_back(std::move(*cell));
      if (!bytes.starts_with(',')) break;
      bytes.remove_prefix(1);
    }
    CHECK(bytes.starts_with("\r\n"));
    bytes.remove_prefix(2);
    rows.push_back(std::move(row));
  }
  return rows;
}

// Rows end with 0x1e and cells with 0x1f.
std::vector<Row> rows_of(std::string_view bytes) {
  std::vector<Row> rows;
  for (const std::string_view line : split(bytes, '\x1e')) {
    Row row;
    for (const std::string_view cell : split(line, '\x1f')) row.emplace_back(cell);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string write(const std::vector<Row>& rows, bool guarded) {
  std::string out;
  CsvWriter csv(out, guarded);
  for (const Row& row : rows) {
    for (const std::string& cell : row) csv.text(cell);
    csv.end_row();
  }
  return out;
}

}  // namespace
}  // namespace tally

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  std::vector<Row> rows = rows_of({reinterpret_cast<const char*>(data), size});
  CHECK(read_csv(write(rows, false)) == rows);
  const std::vector<Row> guarded = read_csv(write(rows, true));
  for (Row& row : rows)
    for (std::string& cell : row)
      if (looks_like_formula(cell)) cell.insert(0, "'");
  CHECK(guarded == rows);
  for (const Row& row : guarded)
    for (const std::string& cell : row) CHECK(!looks_like_formula(cell));
  return 0;
}
