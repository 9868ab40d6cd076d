// SPDX-License-Identifier: Apache-2.0
// What is read is what was written: cells written again with every cell quoted read the same.
#include <cstdint>
#include <optional>

#include "base/check.h"
#include "base/csv_reader.h"

namespace {

using Records = std::vector<std::vector<std::string>>;

std::optional<Records> read_all(std::string_view text) {
  Records out;
  tally::CsvReader reader(text);
  std::vector<std::string> cells;
  std::size_t line = 0;
  for (;;) {
    const auto more = reader.next(cells);
    if (!more) return std::nullopt;
    if (!*more) return out;
    CHECK(reader.line() > line && !cells.empty());
    line = reader.line();
    out.push_back(cells);
  }
}

std::string quoted(const Records& records) {
  std::string out;
  for (const auto& cells : records) {
    for (std::size_t i = 0; i < cells.size(); ++i) {
      if (i > 0) out.push_back(',');
      out.push_back('"');
      for (const char c : cells[i]) out.append(c == '"' ? "\"\"" : std::string(1, c));
      out.push_back('"');
    }
    out.append("\r\n");
  }
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto records = read_all({reinterpret_cast<const char*>(data), size});
  if (!records) return 0;
  const auto again = read_all(quoted(*records));
  CHECK(again.has_value() && *again == *records);
  return 0;
}
