// SPDX-License-Identifier: Apache-2.0
#include "enrich/language.h"

#include <algorithm>

#include "base/text.h"

namespace tally {
namespace {

// Takes what stands before the next hyphen off the front of `rest`.
std::string_view next_part(std::string_view& rest) {
  const std::string_view part = rest.substr(0, rest.find('-'));
  rest.remove_prefix(std::min(part.size() + 1, rest.size()));
  return part;
}

}  // namespace

std::string language_of(std::string_view accept_language) {
  const auto end =
      std::ranges::find_if(accept_language, [](char c) { return c == ',' || c == ';'; });
  std::string_view rest = trim({accept_language.begin(), end}).substr(0, 64);
  const std::string_view language = next_part(rest);
  if (language.size() < 2 || language.size() > 3 || !std::ranges::all_of(language, is_alpha))
    return "Unknown";
  std::string out = lower(language);
  while (!rest.empty()) {
    const std::string_view part = next_part(rest);
    const bool letters = part.size() == 2 && std::ranges::all_of(part, is_alpha);
    const bool digits = part.size() == 3 && std::ranges::all_of(part, is_digit);
    if (!letters && !digits) continue;
    out.push_back('-');
    for (const char c : part) out.push_back(is_alpha(c) ? static_cast<char>(c & ~0x20) : c);
    break;
  }
  return out;
}

}  // namespace tally
