// SPDX-License-Identifier: Apache-2.0
#include "redirect/query_text.h"

#include "base/text.h"

namespace tally {

bool next_parameter(std::string_view& rest, RawParameter& out) {
  while (!rest.empty()) {
    const auto end = rest.find('&');
    out.whole = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (out.whole.empty()) continue;
    const auto equals = out.whole.find('=');
    out.name = out.whole.substr(0, equals);
    out.value =
        equals == std::string_view::npos ? std::string_view() : out.whole.substr(equals + 1);
    return true;
  }
  return false;
}

bool decodes_to(std::string_view raw, std::string_view plain) {
  if (raw.find_first_of("%+") == std::string_view::npos) return raw == plain;
  const auto decoded = percent_decode(raw, true);
  return decoded ? *decoded == plain : raw == plain;
}

bool query_has(std::string_view query, std::string_view name,
               std::optional<std::string_view> value) {
  for (RawParameter parameter; next_parameter(query, parameter);)
    if (decodes_to(parameter.name, name) && (!value || decodes_to(parameter.value, *value)))
      return true;
  return false;
}

}  // namespace tally
