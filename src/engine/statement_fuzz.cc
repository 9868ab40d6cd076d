// SPDX-License-Identifier: Apache-2.0
//
// The engine's reading of a request: first line of the input is the target, the rest the body.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "engine/statement.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = text.find('\n');
  const std::string_view body = end == std::string_view::npos ? "" : text.substr(end + 1);
  const auto query = tally::read_query("POST", text.substr(0, end), body);
  if (query && query->has_data) {
    // Data is a tail of the body, and what is left is the same insert.
    CHECK(body.ends_with(query->data));
    CHECK(tally::read_insert(query->sql).has_value());
  }
  if (query) {
    const auto question = tally::read_parquet(query->sql);
    if (question) CHECK(query->sql.starts_with(*question));
  }
  return 0;
}
