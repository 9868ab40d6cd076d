// SPDX-License-Identifier: Apache-2.0
#include "api/tag_fold.h"

#include <algorithm>
#include <map>
#include <string>
#include <unordered_map>

namespace tally {
namespace {

void add(BreakdownRow& to, const BreakdownRow& row) {
  to.clicks += row.clicks;
  to.conversions += row.conversions;
  if (row.unique_clicks) to.unique_clicks = to.unique_clicks.value_or(0) + *row.unique_clicks;
}

}  // namespace

Breakdown fold_by_tag(const Breakdown& by_link, const std::vector<Link>& links, std::size_t limit) {
  const std::vector<std::string> no_tag = {""};
  std::unordered_map<std::string, const std::vector<std::string>*> tags_of;
  for (const Link& link : links)
    if (!link.tags.empty()) tags_of[link.id.text()] = &link.tags;

  std::map<std::string, BreakdownRow> folded;
  BreakdownRow rest{"", ValueKind::rest, 0, std::nullopt};
  for (const BreakdownRow& row : by_link.rows) {
    if (row.kind == ValueKind::rest) {
      add(rest, row);
      continue;
    }
    const auto found = tags_of.find(row.value);
    for (const std::string& tag : found == tags_of.end() ? no_tag : *found->second)
      add(folded[tag], row);
  }

  Breakdown out{{}, by_link.clicks, by_link.unique_clicks};
  for (auto& [tag, row] : folded) {
    row.value = tag;
    out.rows.push_back(std::move(row));
  }
  std::ranges::stable_sort(out.rows, std::greater<>(), &BreakdownRow::clicks);
  // A tag without a click in the range has no row, only conversions of earlier ones.
  while (out.rows.size() > limit || (!out.rows.empty() && out.rows.back().clicks == 0)) {
    add(rest, out.rows.back());
    out.rows.pop_back();
  }
  if (rest.clicks > 0 || rest.conversions > 0) out.rows.push_back(std::move(rest));
  return out;
}

}  // namespace tally
