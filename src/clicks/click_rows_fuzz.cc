// SPDX-License-Identifier: Apache-2.0
//
// Whatever a store answers is read to its end or refused, and rows come in order.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "clicks/click_rows.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto rows = tally::ClickRows::read(std::string(reinterpret_cast<const char*>(data), size));
  if (!rows) return 0;
  tally::LinkId link;
  tally::UnixMillis time = 0;
  for (bool is_first = true;; is_first = false) {
    const auto click = rows->next();
    if (!click || *click == nullptr) return 0;
    CHECK(is_first || link < (*click)->link || (link == (*click)->link && time <= (*click)->time));
    link = (*click)->link;
    time = (*click)->time;
  }
}
