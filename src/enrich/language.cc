// SPDX-License-Identifier: Apache-2.0
#include "enrich/language.h"

#include <algorithm>

#include "base/text.h"

namespace tally {

std::string language_of(std::string_view accept_language) {
  const std::string_view tag = trim(accept_language.substr(0, accept_language.find_first_of(",;")));
  const auto parts = split(tag.substr(0, 64), '-');
  const std::string_view language = parts[0];
  if (language.size() < 2 || language.size() > 3 || !std::ranges::all_of(language, is_alpha))
    return "Unknown";
  std::string out = lower(language);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    const std::string_view part = parts[i];
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
