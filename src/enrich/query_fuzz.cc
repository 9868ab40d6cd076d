// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as a short URL's query.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "enrich/query.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace tally;
  const QueryTags tags = read_query({reinterpret_cast<const char*>(data), size});
  for (const std::string* text : {&tags.source, &tags.medium, &tags.campaign, &tags.content,
                                  &tags.term, &tags.plain_source, &tags.ref, &tags.src}) {
    CHECK(text->size() <= 255 && is_utf8(*text));
  }
  return 0;
}
