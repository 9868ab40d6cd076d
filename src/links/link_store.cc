// SPDX-License-Identifier: Apache-2.0
#include "links/link_store.h"

namespace tally {

Result<Filter> filter_by_link(LinkStore& links, WorkspaceId workspace, const Filter& filter) {
  if (filter.by != Dimension::tag) return filter;
  TRY_ASSIGN(const auto ids, links.tagged(workspace, filter.values));
  Filter out;
  out.by = Dimension::link;
  out.none_of = filter.none_of;
  for (const LinkId id : ids) out.values.push_back(id.text());
  return out;
}

}  // namespace tally
