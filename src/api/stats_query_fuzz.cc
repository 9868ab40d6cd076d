// SPDX-License-Identifier: Apache-2.0
// Any query gives a question with a range that is one, or a refusal that names a parameter.
#include <cstdint>

#include "api/stats_query.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parameters = tally::parse_query_string({reinterpret_cast<const char*>(data), size});
  if (!parameters) return 0;
  const auto question =
      tally::read_stats_question(*parameters, {true, true, false, true, 10, 1000});
  if (!question) {
    CHECK(question.error().code == tally::ErrorCode::malformed);
    CHECK(!question.error().field.empty() && !question.error().slug.empty());
    return 0;
  }
  const auto range = tally::resolve_range(*question, 1'800'000'000'000, 0);
  if (range) CHECK(range->current.from < range->current.to);
  return 0;
}
