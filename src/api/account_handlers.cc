// SPDX-License-Identifier: Apache-2.0
#include "api/auth.h"
#include "api/handlers.h"
#include "api/json.h"
#include "base/json_writer.h"
#include "api/problem.h"
#include "base/text.h"
#include "model/calendar.h"

namespace tally {
namespace {

constexpr std::size_t kMaxEmail = 254;
constexpr std::size_t kMaxKeyName = 100;

std::string session_json(const User& user, const Workspace& workspace) {
  JsonWriter out;
  out.begin_object();
  out.key("user")
      .begin_object()
      .field("id", user.id.text())
      .field("email", user.email)
      .end_object();
  out.key("workspace")
      .begin_object()
      .field("id", workspace.id.text())
      .field("name", workspace.name)
      .end_object();
  return out.end_object().take();
}

void put_key_fields(JsonWriter& out, const ApiKey& key) {
  out.field("id", key.id.text()).field("name", key.name).key("scopes").begin_array();
  for (const std::string_view scope : key.scopes.names()) out.value(scope);
  out.end_array().field("created_at", format_utc(key.created_at));
  std::optional<std::string> used;
  if (key.last_used_at) used = format_utc(*key.last_used_at);
  out.field("last_used_at", used).text_or_null("public_key", key.public_text);
}

Result<void> check_length(std::string_view field, std::string_view text, std::size_t limit) {
  if (text.size() <= limit) return {};
  return fail_field(std::string(field), "too_long",
                    "must be at most " + std::to_string(limit) + " bytes");
}

Result<Response> enter(Api& api, const Call& call, const User& user) {
  TRY_ASSIGN(const std::string token, api.deps.accounts.start_session(user.id));
  TRY_ASSIGN(const auto session, api.deps.accounts.find_session(token));
  if (!session) return fail(ErrorCode::internal, "a session was lost as it began");
  Response out = json_response(session_json(session->user, session->workspace), 201);
  out.fields.push_back({"Set-Cookie", session_cookie(call.request, token)});
  return out;
}

Response wait_response(const Call& call, UnixMillis wait) {
  const auto seconds = std::to_string((wait + kMillisPerSecond - 1) / kMillisPerSecond);
  Response out = problem_response(
      {429, "too_many", "too many tries: wait " + seconds + " seconds", {}}, call.request.id);
  out.fields.push_back({"Retry-After", seconds});
  return out;
}

// Logs in the user that `attempt` gives, unless this address or account has failed too often.
template <class Attempt>
Result<Response> enter_unless_limited(Api& api, const Call& call, const std::string& account,
                                      Attempt&& attempt) {
  if (const auto wait = api.logins.begin(call.client, account)) return wait_response(call, *wait);
  const Result<User> user = attempt();
  // An unusable new password is no guess.
  if (user || user.error().code == ErrorCode::invalid) api.logins.succeeded(call.client, account);
  if (!user) return std::unexpected(user.error());
  return enter(api, call, *user);
}

}  // namespace

Result<Response> get_session(Api&, const Call& call) {
  return json_response(session_json(call.caller->session->user, call.caller->session->workspace));
}

Result<Response> create_session(Api& api, const Call& call) {
  TRY(check_same_origin(call.request));
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  std::string email, password;
  fields.require("email");
  fields.require("password");
  fields.text("email", email);
  fields.text("password", password);
  TRY(fields.finish());
  TRY(check_length("email", email, kMaxEmail));
  TRY(check_length("password", password, kLongestPassword));
  return enter_unless_limited(api, call, lower(trim(email)),
                              [&] { return api.deps.accounts.check_password(email, password); });
}

Result<Response> delete_session(Api& api, const Call& call) {
  TRY(api.deps.accounts.end_session(session_token(call.request)));
  return Response{204, {{"Set-Cookie", ended_session_cookie(call.request)}}, {}};
}

Result<Response> get_setup(Api& api, const Call&) {
  TRY_ASSIGN(const bool needed, api.deps.accounts.needs_setup());
  JsonWriter out;
  out.begin_object().field("needed", needed).end_object();
  return json_response(out.take());
}

Result<Response> create_setup(Api& api, const Call& call) {
  TRY(check_same_origin(call.request));
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  std::string token, email, password;
  for (const char* name : {"token", "email", "password"}) fields.require(name);
  fields.text("token", token);
  fields.text("email", email);
  fields.text("password", password);
  TRY(fields.finish());
  TRY_ASSIGN(const bool needed, api.deps.accounts.needs_setup());
  if (!needed)
    return std::unexpected(
        Error{ErrorCode::conflict, "set-up is done: log in", {}, {}, "setup_done"});
  return enter_unless_limited(api, call, "set-up from " + call.client, [&] {
    return api.deps.accounts.create_first_admin(token, email, password);
  });
}

Result<Response> list_keys(Api& api, const Call& call) {
  TRY_ASSIGN(const auto keys, api.deps.accounts.keys(call.workspace()));
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const ApiKey& key : keys) {
    out.begin_object();
    put_key_fields(out, key);
    out.end_object();
  }
  out.end_array().field("next_cursor", nullptr).end_object();
  return json_response(out.take());
}

Result<Response> create_key(Api& api, const Call& call) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  std::string name;
  std::vector<std::string> names;
  fields.require("name");
  fields.require("scopes");
  fields.text("name", name);
  fields.texts("scopes", names);
  TRY(fields.finish());
  TRY(check_length("name", name, kMaxKeyName));
  if (trim(name).empty()) return fail_field("name", "required", "a name is needed");
  if (names.empty()) return fail_field("scopes", "required", "a key needs at least one scope");
  const auto scopes = Scopes::parse(names);
  if (!scopes)
    return fail_field("scopes", "unknown_scope",
                      "scopes are links:read, links:write, stats:read, convert:write, admin, "
                      "convert:public");
  if (scopes->mixed())
    return fail_field("scopes", "public_alone",
                      "everybody can read a key of scope convert:public: it may have no other");
  TRY_ASSIGN(const NewApiKey made, api.deps.accounts.create_key(call.workspace(), name, *scopes));
  JsonWriter out;
  out.begin_object();
  put_key_fields(out, made.key);
  out.field("key", made.secret).end_object();
  return json_response(out.take(), 201);
}

Result<Response> delete_key(Api& api, const Call& call) {
  const auto id = KeyId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such key");
  TRY(api.deps.accounts.revoke_key(call.workspace(), *id));
  return Response{204, {}, {}};
}

}  // namespace tally
