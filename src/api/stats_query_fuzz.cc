// SPDX-License-Identifier: Apache-2.0
// Any query gives a question with a range that is one, or a refusal that names a parameter.
#include <cstdint>
#include <string_view>

#include "api/stats_query.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto parameters = tally::parse_query_string(text);
  if (!parameters) return 0;
  const bool compares = text.contains("values=");
  const auto question =
      tally::read_stats_question(*parameters, {true, true, false, true, 10, 1000, compares});
  if (!question) {
    CHECK(question.error().code == tally::ErrorCode::malformed);
    CHECK(!question.error().field.empty() && !question.error().slug.empty());
    return 0;
  }
  CHECK(!compares || question->values.size() >= 2);
  const auto range = tally::resolve_range(*question, 1'800'000'000'000, 0);
  if (range) CHECK(range->current.from < range->current.to);
  return 0;
}
