// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a hit and as a click: what decodes encodes to the same bytes again.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "model/click.h"
#include "model/hit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto hit = decode_hit(bytes)) {
    std::string again;
    encode_hit(*hit, again);
    // Texts over their cap are cut and numbers written the long way become short: decoding what was
    // encoded must then be stable.
    std::string twice;
    const auto back = decode_hit(again);
    CHECK(back);
    encode_hit(*back, twice);
    CHECK(twice == again);
  }
  std::string_view rest = bytes;
  if (Click click; read_click(rest, click)) {
    std::string again;
    encode_click(click, again);
    std::string_view all = again;
    Click back;
    CHECK(read_click(all, back) && all.empty());
    // Bytes, not values: a float that is no number is not even equal to itself.
    std::string twice;
    encode_click(back, twice);
    CHECK(twice == again);
  }
  return 0;
}
