// SPDX-License-Identifier: Apache-2.0
// Any bytes give a body within the limit, a wish for more, or a refusal, however they come.
#include <cstdint>
#include <string>

#include "base/check.h"
#include "http/chunked_body.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kLimit = 1000;
  const std::string bytes(reinterpret_cast<const char*>(data), size);

  tally::ChunkedBody whole(kLimit);
  tally::Refusal why;
  std::string_view rest = bytes;
  const bool complete = whole.feed(rest, why);
  CHECK(whole.body().size() <= kLimit);
  CHECK(!(complete && why));

  tally::ChunkedBody single(kLimit);
  tally::Refusal why_single;
  std::string waiting;
  bool complete_single = false;
  for (std::size_t i = 0; i < size && !complete_single && !why_single; ++i) {
    waiting.push_back(bytes[i]);
    std::string_view left = waiting;
    complete_single = single.feed(left, why_single);
    waiting.erase(0, waiting.size() - left.size());
  }
  CHECK(complete == complete_single);
  CHECK(why.status == why_single.status);
  if (complete) CHECK(whole.body() == single.body());
  return 0;
}
