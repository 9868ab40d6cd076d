// SPDX-License-Identifier: Apache-2.0
//
// Values that rows of several tables hold alike: words of a closed vocabulary by their places, and
// lists of texts, one a line.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "links/sqlite/database.h"

namespace tally {

// False for a place that the vocabulary does not have.
template <class Kind, std::size_t N>
bool read_kind(const Statement& row, int column, const std::array<std::string_view, N>&,
               Kind& out) {
  if (row.unsigned_number(column) >= N) return false;
  out = static_cast<Kind>(row.number(column));
  return true;
}

// Texts without line ends.
inline std::string join_lines(const std::vector<std::string>& texts) {
  std::string out;
  for (const std::string& text : texts) out.append(text).push_back('\n');
  return out;
}

inline std::vector<std::string> split_lines(std::string_view lines) {
  std::vector<std::string> out;
  for (const std::string_view line : split(lines, '\n'))
    if (!line.empty()) out.emplace_back(line);
  return out;
}

}  // namespace tally
