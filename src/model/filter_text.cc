// SPDX-License-Identifier: Apache-2.0
#include "model/filter_text.h"

namespace tally {

std::optional<Filter> parse_filter(Dimension by, std::string_view text) {
  Filter out;
  out.by = by;
  out.none_of = text.starts_with('!');
  if (out.none_of) text.remove_prefix(1);
  std::string value;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == ',') {
      out.values.push_back(std::move(value));
      value.clear();
      continue;
    }
    if (text[i] == '\\' && ++i == text.size()) return std::nullopt;
    value.push_back(text[i]);
  }
  out.values.push_back(std::move(value));
  return out;
}

std::string filter_text(const Filter& filter) {
  std::string out = filter.none_of ? "!" : "";
  for (std::size_t i = 0; i < filter.values.size(); ++i) {
    if (i > 0) out += ',';
    for (const char c : filter.values[i]) {
      if (c == ',' || c == '\\' || (c == '!' && out.empty())) out += '\\';
      out += c;
    }
  }
  return out;
}

}  // namespace tally
