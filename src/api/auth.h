// SPDX-License-Identifier: Apache-2.0
//
// Who asks, and may they?
//
// A caller shows a key (`Authorization: Bearer tmk_…`) or the session cookie; when both are there,
// the key counts. The cookie is HttpOnly and SameSite=Strict, and because "same site" is wider than
// "same origin", a write that rides on it must also come from the console's own pages:
// Sec-Fetch-Site says so in every browser of today, Origin in older ones. A request with neither
// was not made by a browser, and then nobody else's cookie came along. Log-in and set-up are held
// to the same rule, so that no other site can log a browser in.
#pragma once

#include <string>
#include <string_view>

#include "api/call.h"

namespace tally {

// What a route asks of its caller.
struct Access {
  enum class Kind { open, session, scope, metrics };
  Kind kind = Kind::open;
  Scope scope = Scope::admin;  // with Kind::scope
};

// The caller, or nobody when the route is open to all. Errors: unauthenticated, forbidden
// ("missing_scope", "session_required", "cross_origin"), not_found for a workspace that is not the
// caller's.
Result<std::optional<Caller>> authenticate(Api& api, const Request& request, const Access& access);

// True when this machine asks itself: the peer is on the loopback and no proxy stands between.
bool is_local(const Request& request);

// forbidden/"cross_origin" when a browser says that another site made the request.
Result<void> check_same_origin(const Request& request);

// The value of the session cookie, "" when there is none.
std::string_view session_token(const Request& request);
// Set-Cookie for a new session and for its end.
std::string session_cookie(const Request& request, std::string_view token);
std::string ended_session_cookie(const Request& request);

}  // namespace tally
