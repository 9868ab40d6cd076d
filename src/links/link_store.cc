// SPDX-License-Identifier: Apache-2.0
#include "links/link_store.h"

#include <algorithm>

namespace tally {

Result<Filter> filter_by_link(LinkStore& links, WorkspaceId workspace, const Filter& filter) {
  if (filter.by != Dimension::tag) return filter;
  std::vector<std::string> tags = filter.values;
  const bool or_untagged = std::erase(tags, "") > 0;
  std::vector<LinkId> ids;
  if (!tags.empty()) {
    TRY_ASSIGN(ids, links.tagged(workspace, tags));
  }
  Filter out;
  out.by = Dimension::link;
  out.none_of = filter.none_of != or_untagged;
  if (or_untagged) {
    // All clicks but those of links that have other tags: also of links that are gone.
    TRY_ASSIGN(auto others, links.tagged(workspace, {}));
    std::erase_if(others, [&](LinkId id) { return std::ranges::binary_search(ids, id); });
    ids = std::move(others);
  }
  for (const LinkId id : ids) out.values.push_back(id.text());
  return out;
}

}  // namespace tally
