// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as an enriched batch: decoding ends, and gives as many clicks and views as it says.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "clicklog/batch.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  BatchHead head;
  std::uint64_t clicks = 0, views = 0;
  if (read_batch(
          bytes, head, [&](const Click&) { ++clicks; }, [&](const LandingView&) { ++views; }))
    CHECK(clicks == head.clicks && views == head.views);
  return 0;
}
