// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the list of runs and as a run: reading ends, what decodes encodes to the same, and a
// run that opens holds what it gave.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/memory_file_fake.h"
#include "enrich/first_list.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (const auto list = decode_first_list(bytes))
    CHECK(decode_first_list(encode_first_list(*list)).value() == *list);
  // The number of entries that this size would have.
  const std::uint64_t numbers = size / 8;
  MemoryFile file(bytes);
  std::uint64_t last = 0;
  const auto run = FingerprintRun::open(file, "", {20'000, 1, numbers - (numbers + 511) / 512},
                                        [&](std::uint64_t entry) { last = entry; });
  if (run && last != 0) CHECK(run->contains(last).value());
  return 0;
}
