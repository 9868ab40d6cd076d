// SPDX-License-Identifier: Apache-2.0
#include "api/auth.h"

#include "base/text.h"
#include "model/hit.h"

namespace tally {
namespace {

constexpr std::string_view kCookie = "tallymark_session";

std::unexpected<Error> refuse(ErrorCode code, std::string slug, std::string message,
                              std::string hint = {}) {
  return std::unexpected(Error{code, std::move(message), std::move(hint), {}, std::move(slug)});
}

bool is_write(std::string_view method) {
  return method != "GET" && method != "HEAD" && method != "OPTIONS";
}

Result<Caller> by_key(Api& api, std::string_view authorization) {
  const auto blank = authorization.find(' ');
  const std::string_view secret =
      blank == std::string_view::npos ? std::string_view() : trim(authorization.substr(blank));
  if (secret.empty() || !equals_ignoring_case(authorization.substr(0, blank), "Bearer"))
    return refuse(ErrorCode::unauthenticated, "bad_key", "Authorization must be 'Bearer tmk_…'");
  TRY_ASSIGN(const auto key, api.deps.accounts.find_key(secret));
  if (!key) return refuse(ErrorCode::unauthenticated, "bad_key", "this key is not valid");
  if (key->is_public())
    return refuse(ErrorCode::unauthenticated, "bad_key",
                  "a public key is for /_t/convert on the links listener only");
  return Caller{
      key->workspace, key->scopes, std::nullopt, {EditorKind::key, key->id.value, key->name}};
}

Result<Caller> by_session(Api& api, const Request& request) {
  const std::string_view token = session_token(request);
  if (token.empty())
    return refuse(ErrorCode::unauthenticated, "unauthenticated", "log in, or send an API key");
  TRY_ASSIGN(auto session, api.deps.accounts.find_session(token));
  if (!session)
    return refuse(ErrorCode::unauthenticated, "unauthenticated", "the session is over: log in");
  if (is_write(request.method)) TRY(check_same_origin(request));
  const WorkspaceId workspace = session->workspace.id;
  Editor editor{EditorKind::user, session->user.id.value, session->user.email};
  return Caller{workspace, Scopes::of(Scope::admin), std::move(*session), std::move(editor)};
}

Result<Caller> identify(Api& api, const Request& request) {
  const std::string_view authorization = request.field("Authorization");
  Caller caller;
  if (authorization.empty()) {
    TRY_ASSIGN(caller, by_session(api, request));
  } else {
    TRY_ASSIGN(caller, by_key(api, authorization));
  }
  const std::string_view wanted = request.field("Tallymark-Workspace");
  if (!wanted.empty() && wanted != caller.workspace.text())
    return fail(ErrorCode::not_found, "there is no such workspace");
  return caller;
}

Result<void> check_scope(const Caller& caller, Scope scope) {
  if (caller.scopes.allow(scope)) return {};
  return refuse(
      ErrorCode::forbidden, "missing_scope",
      "this key lacks the scope " + std::string(kScopeNames[static_cast<std::size_t>(scope)]));
}

// A browser leaves Secure cookies out of plain http, so the flag is set only where https is used.
// Whoever invents X-Forwarded-Proto does it for his own cookie.
bool is_https(const Request& request) {
  return equals_ignoring_case(request.field("X-Forwarded-Proto"), "https");
}

std::string cookie(const Request& request, std::string_view token, UnixMillis life) {
  std::string out(kCookie);
  out.append("=").append(token);
  out += "; Path=/; Max-Age=" + std::to_string(life / kMillisPerSecond);
  out += "; HttpOnly; SameSite=Strict";
  if (is_https(request)) out += "; Secure";
  return out;
}

}  // namespace

Result<std::optional<Caller>> authenticate(Api& api, const Request& request, const Access& access) {
  if (access.kind == Access::Kind::open) return std::nullopt;
  if (access.kind == Access::Kind::metrics && is_local(request)) return std::nullopt;
  TRY_ASSIGN(Caller caller, identify(api, request));
  if (access.kind == Access::Kind::scope) TRY(check_scope(caller, access.scope));
  if (access.kind == Access::Kind::metrics) TRY(check_scope(caller, Scope::stats_read));
  if (access.kind == Access::Kind::session && !caller.session)
    return refuse(ErrorCode::forbidden, "session_required", "this is for people who logged in");
  return caller;
}

bool is_local(const Request& request) {
  for (const char* proxied : {"X-Forwarded-For", "Forwarded", "X-Real-IP"})
    if (!request.field(proxied).empty()) return false;
  return request.peer.starts_with("127.") || request.peer == "::1";
}

Result<void> check_same_origin(const Request& request) {
  const std::unexpected<Error> refused =
      refuse(ErrorCode::forbidden, "cross_origin", "this request was made by another site");
  const std::string_view site = request.field("Sec-Fetch-Site");
  if (!site.empty() && site != "same-origin" && site != "none") return refused;
  const std::string_view origin = request.field("Origin");
  if (origin.empty()) return {};
  // A proxy may speak https to the world and http to us, so only host and port are compared.
  const auto slashes = origin.find("://");
  if (slashes == std::string_view::npos ||
      !equals_ignoring_case(origin.substr(slashes + 3), request.field("Host")))
    return refused;
  return {};
}

std::string_view session_token(const Request& request) {
  for (const std::string_view piece : split(request.field("Cookie"), ';')) {
    const std::string_view pair = trim(piece);
    const auto equals = pair.find('=');
    if (equals != std::string_view::npos && pair.substr(0, equals) == kCookie)
      return pair.substr(equals + 1);
  }
  return {};
}

std::string session_cookie(const Request& request, std::string_view token) {
  return cookie(request, token, kSessionLongest);
}

std::string ended_session_cookie(const Request& request) { return cookie(request, "", 0); }

}  // namespace tally
