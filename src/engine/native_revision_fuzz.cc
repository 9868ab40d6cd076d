// SPDX-License-Identifier: Apache-2.0
//
// Native blocks: whatever the bytes, reading ends; what is written has every byte of what was read.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "engine/native_revision.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view blocks(reinterpret_cast<const char*>(data), size);
  for (const std::uint64_t revision : {0u, 54405u, 54470u}) {
    const auto out = tally::native_of_revision(blocks, revision);
    if (out) CHECK(out->size() >= blocks.size());
  }
  return 0;
}
