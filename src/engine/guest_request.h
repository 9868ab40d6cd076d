// SPDX-License-Identifier: Apache-2.0
//
// A request at the read port: who asks, and what it comes to.
//
// Programs that read ClickHouse over HTTP show their password in one of four ways: the fields
// X-ClickHouse-User and -Key, Basic, Bearer, or `user` and `password` in the URL. All are taken;
// the password is the port's token, and the user may be called anything. They also send settings
// with every question. A list of those that change what an answer looks like are passed on; limits
// may be asked for, down from the port's own; anything else is refused with the error that a user
// with readonly = 1 would get, and so is every statement that is not reading (guest_statement.h).
#pragma once

#include <expected>
#include <string>
#include <string_view>

#include "engine/http_face.h"
#include "engine/runner.h"
#include "engine/statement.h"

namespace tally {

// The database that guests are in, if they name none: it holds what they are to see.
inline constexpr std::string_view kGuestDatabase = "stats";

inline constexpr std::size_t kLeastGuestToken = 32;

// Whether this can be a token: at least kLeastGuestToken characters, printable ASCII, no blanks.
bool is_guest_token(std::string_view token);

// Whether it shows the token; for which its head is enough.
bool is_guest(const EngineRequest& request, std::string_view token);

// What is to be run, or the answer in its place: 401 and 403 to those without the token.
std::expected<EngineQuery, EngineAnswer> read_guest_request(const EngineRequest& request,
                                                            std::string_view token);

}  // namespace tally
