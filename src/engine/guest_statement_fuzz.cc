// SPDX-License-Identifier: Apache-2.0
//
// What guests ask. A statement that passes is one statement, means the same when it is read again,
// and holds no comment in which something else could hide.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "engine/guest_formats.h"
#include "engine/guest_request.h"
#include "engine/guest_statement.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto statement = tally::read_guest_statement(text)) {
    const auto again = tally::read_guest_statement(statement->sql);
    CHECK(again.has_value());
    CHECK(again->sql == statement->sql && again->format == statement->format);
    CHECK(!statement->sql.ends_with(';'));
    CHECK(statement->format.empty() || tally::is_guest_format(statement->format));
  }
  // First line: the target; then the Authorization field; the rest is the body.
  const auto first = text.find('\n');
  const auto second = first == std::string_view::npos ? first : text.find('\n', first + 1);
  if (second == std::string_view::npos) return 0;
  const std::string_view authorization = text.substr(first + 1, second - first - 1);
  const tally::EngineRequest request{
      "POST", text.substr(0, first), text.substr(second + 1), [&](std::string_view name) {
        return name == "Authorization" ? authorization : std::string_view();
      }};
  const auto query = tally::read_guest_request(request, "0123456789abcdef0123456789abcdef");
  if (query) {
    CHECK(query->guest && !query->has_data);
    CHECK(query->sql.empty() || tally::read_guest_statement(query->sql).has_value());
  }
  return 0;
}
