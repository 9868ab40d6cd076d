// SPDX-License-Identifier: Apache-2.0
// Any bytes as what a page tells of: a conversion in bounds, or a refusal with a name.
#include <cstdint>

#include "api/public_conversions.h"
#include "base/check.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto told = tally::read_public_conversion({reinterpret_cast<const char*>(data), size});
  if (!told) {
    CHECK(!told.error().slug.empty());
    return 0;
  }
  CHECK(!told->event.empty() && told->event.size() <= 64);
  CHECK(told->event.find_first_of(" \r\n\t\"") == std::string::npos);
  CHECK(told->key.size() + told->click_id.size() + told->event.size() <= size + 10);
  return 0;
}
