// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a Retry-After header: what is asked for is never in the past.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "model/delivery_schedule.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view header(reinterpret_cast<const char*>(data), size);
  const auto asked = tally::read_retry_after(header, 1'800'000'000'000);
  CHECK(!asked || *asked >= 0);
  return 0;
}
