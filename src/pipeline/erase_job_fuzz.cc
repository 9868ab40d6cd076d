// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the list of erases, as they are and behind a head that fits them: reading ends, what
// is read is written and read again as the same, and no open job is about everything.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "base/state_file.h"
#include "pipeline/erase_job.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  for (const std::string& file : {bytes, seal_state({"TALLYERS", 1, {}}, bytes)}) {
    const auto jobs = decode_erase_jobs(file);
    if (!jobs) continue;
    for (const EraseJob& job : *jobs) CHECK(is_over(job.state) || !job.what.is_everything());
    CHECK(decode_erase_jobs(encode_erase_jobs(*jobs)).value() == *jobs);
  }
  return 0;
}
