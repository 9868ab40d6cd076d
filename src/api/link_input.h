// SPDX-License-Identifier: Apache-2.0
//
// What the handlers that make links have in common.
#pragma once

#include <optional>

#include "api/call.h"
#include "api/link_json.h"

namespace tally {

// How often a random name is tried. With 2.2e12 names a second try is rare and an eighth means that
// something else is wrong.
inline constexpr int kSlugTries = 8;

std::string random_slug(Api& api);

// The rules as of now: every domain is one of our own hosts.
Result<LinkRules> link_rules(Api& api);

// The link with its new password, if there is one, hashed into it. That takes tens of milliseconds.
Result<Link> hashed(LinkInput input);

// The key of a request that may be repeated, nothing when the client sent none. The fingerprint is
// made with a secret of this server, since a body may hold a password.
Result<std::optional<RequestKey>> request_key(const Api& api, const Request& request);

}  // namespace tally
