// SPDX-License-Identifier: Apache-2.0
//
// A link as JSON, and JSON as changes to a link. Pure: nothing is asked of a store.
//
// A password goes in as text and comes back as kPasswordMask. Whoever changes a link by writing
// back what was read therefore sends the mask, and that leaves the password as it is.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "api/json.h"
#include "base/json_writer.h"
#include "base/result.h"
#include "links/link_event_json.h"
#include "model/link.h"

namespace tally {

// Where people get at the link. `base_url` is that of the default domain.
std::string short_url(const Link& link, std::string_view base_url);

// `base_url` is that of the default domain.
void put_link(JsonWriter& out, const Link& link, std::string_view base_url);

// What a link is judged by besides itself.
struct LinkRules {
  OwnHosts hosts;  // a URL that leads there is "own_host"
  std::vector<std::string> app_schemes;
};

struct LinkInput {
  Link link;
  std::optional<std::string> password;  // a new one, to be hashed into the link
};

// Lays the fields of a JSON object over `link`: absent ones stay, null empties, lists are replaced
// (RFC 7396). Tags are folded. Faults as in json.h, and those of model/link.h's checks; a link
// without a prefix passes, since the server may choose one.
Result<LinkInput> apply_link_json(Link link, JsonFields& fields, const LinkRules& rules);
Result<LinkInput> apply_link_json(Link link, std::string_view body, const LinkRules& rules);

}  // namespace tally
