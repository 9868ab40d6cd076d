// SPDX-License-Identifier: Apache-2.0
//
// A link as JSON, and JSON as changes to a link. Pure: nothing is asked of a store.
#pragma once

#include <string>
#include <string_view>

#include "api/json_writer.h"
#include "base/result.h"
#include "model/link.h"

namespace tally {

void put_link(JsonWriter& out, const Link& link, std::string_view links_base_url);

// Lays the fields of a JSON object over `link`: absent ones stay, null empties (RFC 7396). Lists of
// tags are folded. Faults as in json.h, and those of model/link.h's validate(); a link without a
// prefix passes, since the server may choose one. A destination or fallback on the host of
// `links_base_url` is "own_host": it would lead in circles.
Result<Link> apply_link_json(Link link, std::string_view body, std::string_view links_base_url);

}  // namespace tally
