// SPDX-License-Identifier: Apache-2.0
// Any bytes give parameters of clean UTF-8 with names that differ, or a refusal with a name.
#include <cstdint>
#include <set>

#include "base/check.h"
#include "base/text.h"
#include "http/query_string.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto parsed = tally::parse_query_string({reinterpret_cast<const char*>(data), size});
  if (!parsed) {
    CHECK(parsed.error().code == tally::ErrorCode::malformed && !parsed.error().slug.empty());
    return 0;
  }
  std::set<std::string> names;
  for (const tally::QueryParameter& parameter : *parsed) {
    CHECK(!parameter.name.empty() && names.insert(parameter.name).second);
    CHECK(tally::is_utf8(parameter.name) && tally::is_utf8(parameter.value));
  }
  return 0;
}
