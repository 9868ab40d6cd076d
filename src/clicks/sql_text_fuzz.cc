// SPDX-License-Identifier: Apache-2.0
//
// No bytes may end a literal early. The reader below follows ClickHouse's own rules for a quoted
// literal, so a way out of the quotes, or text that means something else inside them, stops it.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "clicks/sql_text.h"

namespace {

// The bytes that `literal` means; checks that it closes at its last byte and nowhere before.
std::string read_literal(std::string_view literal) {
  CHECK(literal.size() >= 2 && literal.front() == '\'');
  std::string out;
  std::size_t i = 1;
  for (; i < literal.size() && literal[i] != '\''; ++i) {
    CHECK(literal[i] != '\0');
    if (literal[i] != '\\') {
      out.push_back(literal[i]);
      continue;
    }
    CHECK(++i < literal.size());
    CHECK(literal[i] == '\\' || literal[i] == '\'' || literal[i] == '0');
    out.push_back(literal[i] == '0' ? '\0' : literal[i]);
  }
  CHECK(i + 1 == literal.size());
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  CHECK(read_literal(tally::sql_quote(text)) == text);
  for (const auto& row : tally::parse_tsv(text).rows)
    for (const std::string_view field : row)
      CHECK(tally::tsv_unescape(field).size() <= field.size());
  return 0;
}
