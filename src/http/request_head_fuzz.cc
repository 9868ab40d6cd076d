// SPDX-License-Identifier: Apache-2.0
// Any bytes give a head or a refusal; an accepted head has one reading.
#include <algorithm>
#include <cstdint>

#include "base/check.h"
#include "http/request_head.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  tally::HeadScanner whole;
  tally::Refusal why;
  const std::size_t end = whole.find_end(bytes, why);

  // Two pieces find the same end as one.
  tally::HeadScanner pieces;
  tally::Refusal why_pieces;
  std::size_t end_pieces = pieces.find_end(bytes.substr(0, size / 2), why_pieces);
  if (end_pieces == 0 && !why_pieces) end_pieces = pieces.find_end(bytes, why_pieces);
  CHECK(end == end_pieces && why.status == why_pieces.status);
  if (end == 0) return 0;

  CHECK(end <= size && (end == 2 || bytes.substr(0, end).ends_with("\r\n\r\n")));
  tally::RequestHead head;
  const tally::Refusal refused = tally::parse_head(bytes.substr(0, end), head);
  if (refused) {
    CHECK(refused.status >= 400 && !refused.code.empty() && !refused.detail.empty());
    return 0;
  }
  CHECK(!(head.chunked && head.content_length > 0));
  CHECK(!head.target.empty() && !head.method.empty());
  CHECK(head.path() == "*" || head.path().starts_with('/'));
  for (std::size_t i = 0; i < head.field_count; ++i) {
    CHECK(!head.fields[i].name.empty());
    CHECK(std::ranges::none_of(head.fields[i].value,
                               [](char c) { return c == '\r' || c == '\n' || c == '\0'; }));
  }
  return 0;
}
