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
  tally::Click click, before;
  for (bool is_first = true;; is_first = false) {
    const auto more = rows->next(click);
    if (!more || !*more) return 0;
    CHECK(is_first || before.link < click.link ||
          (before.link == click.link && before.time <= click.time));
    before = click;
  }
}
