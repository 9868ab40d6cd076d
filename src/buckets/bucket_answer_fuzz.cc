// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as the body of an error: what is said of it is one short line of UTF-8.
#include <cstdint>

#include "base/check.h"
#include "base/text.h"
#include "buckets/answer.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  tally::OutgoingAnswer answer;
  answer.status = 403;
  answer.body.assign(reinterpret_cast<const char*>(data), size);
  const std::string said = tally::bucket_failure(answer);
  CHECK(said.starts_with("403") && said.size() < 700 && tally::is_utf8(said));
  for (const char c : said) CHECK(static_cast<unsigned char>(c) >= ' ' && c != 0x7f);
  return 0;
}
