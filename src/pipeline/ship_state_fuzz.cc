// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the shipper's state: decoding ends, and what decodes encodes to something that
// decodes again.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "pipeline/ship_state.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto state = decode_ship_state(bytes))
    CHECK(decode_ship_state(encode_ship_state(*state)));
  return 0;
}
