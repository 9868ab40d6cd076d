// SPDX-License-Identifier: Apache-2.0
//
// What a handler gets: the request, who asks, and the parts it may use.
#pragma once

#include <atomic>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "api/login_limiter.h"
#include "api/server.h"
#include "http/message.h"
#include "http/router.h"
#include "model/click_id.h"
#include "model/link_edit.h"

namespace tally {

// Who asks: a key, or a person with a session.
struct Caller {
  WorkspaceId workspace;
  Scopes scopes;
  std::optional<Session> session;
  Editor editor;  // as whom histories name them
};

// The parts behind all handlers; one for the server, used by several threads.
struct Api {
  explicit Api(ApiDeps given)
      : deps(std::move(given)), logins(deps.clock), click_ids(deps.click_id_key) {}

  ApiDeps deps;
  LoginLimiter logins;
  ClickIdCodec click_ids;
  std::mutex patching;                // PATCH reads, changes and writes a link: one at a time
  std::mutex importing;               // asks what is stored, then stores the rest: likewise
  std::atomic<bool> testing = false;  // somebody waits for a receiver (test_turn.h)
};

struct Call {
  const Request& request;
  const RouteMatch& route;
  std::optional<Caller> caller;  // set unless the route is open
  std::string client;            // address of whoever asks, behind trusted proxies

  // For routes that are not open.
  WorkspaceId workspace() const { return caller->workspace; }
  const Editor& editor() const { return caller->editor; }
};

using Handler = Result<Response> (*)(Api& api, const Call& call);

inline constexpr std::string_view kJson = "application/json";
inline constexpr std::string_view kCsv = "text/csv";
inline constexpr std::string_view kNdjson = "application/x-ndjson";

// The body's type as the request gives it, without its parameters.
std::string_view media_type(const Request& request);

// 200 (or `status`) with a JSON body.
Response json_response(std::string body, int status = 200);

}  // namespace tally
