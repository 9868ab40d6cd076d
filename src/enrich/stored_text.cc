// SPDX-License-Identifier: Apache-2.0
#include "enrich/stored_text.h"

#include <algorithm>

#include "base/text.h"

namespace tally {

std::string stored_text(std::string_view text, std::size_t limit) {
  // A broken byte becomes one byte, so nothing past the limit can reach the result.
  text = text.substr(0, limit + 4);
  const bool plain = std::ranges::all_of(text, [](char c) { return c >= ' ' && c < 0x7f; });
  if (plain) return std::string(text.substr(0, limit));
  std::string out = make_utf8(text);
  for (char& c : out)
    if ((c >= 0 && c < ' ') || c == 0x7f) c = ' ';
  out.resize(cut_utf8(out, limit).size());
  return out;
}

std::string or_unknown(std::string text) { return text.empty() ? "Unknown" : text; }

}  // namespace tally
