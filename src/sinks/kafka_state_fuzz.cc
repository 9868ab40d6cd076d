// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the state, as they are and behind a head that fits them: reading ends, and what is
// read is written and read again as the same.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/state_file.h"
#include "sinks/kafka_state.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string& file : {bytes, seal_state({"TALLYKFK", 1, {}}, bytes)})
    if (const auto state = decode_kafka_state(file))
      CHECK(decode_kafka_state(encode_kafka_state(*state)).value() == *state);
  return 0;
}
