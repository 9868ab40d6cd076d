// SPDX-License-Identifier: Apache-2.0
//
// What an edit changed, as JSON:
//
//   [{"field": "title", "before": null, "after": "Sale"},
//    {"field": "rules", "before": null, "after": null, "too_long": true}]
//
// A field is one of the API's, with its value as the API has it. A new link is compared with one
// that says nothing, and a deleted one likewise, so what stands at its default is left out of both.
// A password is only ever its mask.
//
// Once an edit's values have kMaxEditBytes, those that do not fit any more are left out: a link may
// have a megabyte of rules, and a history should not have two for each change of them.
#pragma once

#include <string>

#include "model/link.h"

namespace tally {

// Without `before` the link is new, without `after` it is deleted.
std::string link_changes(const Link* before, const Link* after);

}  // namespace tally
