// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the id of an event: what is one is a place that is written so, give or take zeros.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "live/live_hub.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto place = tally::LivePlace::parse(text))
    CHECK(tally::LivePlace::parse(place->text()) == place);
  return 0;
}
