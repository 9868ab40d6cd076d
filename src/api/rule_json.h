// SPDX-License-Identifier: Apache-2.0
//
// A link's rules and variants as JSON comes in. What a rule looks like, and how it goes out, is in
// links/link_event_json.h, since events say the same.
#pragma once

#include <vector>

#include "api/json.h"
#include "model/link.h"

namespace tally {

// Each replaces the whole list when its field is there.
void read_rules(JsonFields& fields, std::vector<Rule>& out);
void read_variants(JsonFields& fields, std::vector<Variant>& out);

}  // namespace tally
