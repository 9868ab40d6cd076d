// SPDX-License-Identifier: Apache-2.0
// Any Accept-Encoding gives an answer, and forbidding gzip behind it gives no.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "http/content_coding.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string sent(reinterpret_cast<const char*>(data), size);
  tally::prefers_gzip(sent);
  CHECK(!tally::prefers_gzip(sent + ",gzip;q=0"));
  CHECK(tally::prefers_gzip(sent + ",gzip"));
  return 0;
}
