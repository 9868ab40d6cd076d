// SPDX-License-Identifier: Apache-2.0
// Any lines give headers that are no more than what was read, with names in lower case.
#include <algorithm>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "base/text.h"
#include "http/easy_handle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  tally::AnswerHeaders headers;
  while (!rest.empty()) {
    const std::size_t line = std::min(rest.find('\n'), rest.size() - 1) + 1;
    headers.take(rest.substr(0, line));
    rest.remove_prefix(line);
  }
  CHECK(headers.bytes == size);
  std::size_t kept = 0;
  for (const auto& [name, value] : headers.fields) {
    CHECK(name == tally::lower(name) && !name.contains(':'));
    CHECK(!value.contains('\n') && value == tally::trim(value));
    kept += name.size() + value.size() + 1;
    CHECK(!tally::header_value(headers.fields, name).contains('\n'));
  }
  CHECK(kept <= size);
  return 0;
}
