// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the list of reclassifications, as they are and behind a head of each version that
// fits them: reading ends, and what is read is written and read again as the same.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/state_file.h"
#include "pipeline/reclassify_job.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string& file :
       {bytes, seal_state({"TALLYRCL", 1, {}}, bytes), seal_state({"TALLYRCL", 2, {}}, bytes)}) {
    const auto state = decode_reclassify_state(file);
    if (!state) continue;
    const std::string written = encode_reclassify_state(*state);
    CHECK(encode_reclassify_state(decode_reclassify_state(written).value()) == written);
  }
  return 0;
}
