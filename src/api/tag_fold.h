// SPDX-License-Identifier: Apache-2.0
//
// Clicks by tag. A click does not know tags: they belong to its link, now, and may change tomorrow.
// So a breakdown by tag is one by link, folded over the tags that the links have at the moment of
// asking. A click counts under each tag of its link, and the rows may add up to more than the
// total.
#pragma once

#include <vector>

#include "clicks/click_store.h"
#include "model/link.h"

namespace tally {

// `by_link` with its rows folded over the tags of `links` (those that still exist) and cut to
// `limit` rows. Clicks of links without a tag, or that are gone, are the row of the empty value.
// Links without clicks may have conversions; a tag that has nothing else goes to the rest. A `rest`
// row of `by_link`, whose links are not known, stays one.
Breakdown fold_by_tag(const Breakdown& by_link, const std::vector<Link>& links, std::size_t limit);

}  // namespace tally
