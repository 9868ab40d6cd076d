// SPDX-License-Identifier: Apache-2.0
#include "enrich/table.h"

#include <algorithm>

#include "base/text.h"

namespace tally {

std::vector<std::vector<std::string_view>> read_table(std::string_view text, std::size_t fields) {
  std::vector<std::vector<std::string_view>> rows;
  for (std::string_view line : split(text, '\n')) {
    line = trim(line);
    if (line.empty() || line.front() == '#') continue;
    auto& row = rows.emplace_back();
    while (row.size() + 1 < fields) {
      const auto blank = line.find(' ');
      if (blank == std::string_view::npos) break;
      row.push_back(line.substr(0, blank));
      line = trim(line.substr(blank));
    }
    row.push_back(line);
  }
  return rows;
}

std::string spaced(std::string_view name) {
  std::string out(name);
  std::ranges::replace(out, '_', ' ');
  return out;
}

}  // namespace tally
