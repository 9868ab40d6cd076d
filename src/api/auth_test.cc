// SPDX-License-Identifier: Apache-2.0
#include "api/auth.h"

#include <gmock/gmock.h>

#include "api/api_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;

constexpr char kLogin[] = R"({"email":"ada@example.com","password":"correct horse battery"})";

class AuthTest : public ApiFixture {
 protected:
  void set_up() {
    const std::string token = accounts_->new_setup_token().value();
    const Response made = dispatcher_->answer(
        request("POST", "/api/v1/setup",
                R"({"token":")" + token +
                    R"(","email":"ada@example.com","password":"correct horse battery"})"));
    ASSERT_EQ(made.status, 201) << made.body;
    cookie_ = field(made, "Set-Cookie");
    cookie_ = cookie_.substr(0, cookie_.find(';'));
  }
  Request with_cookie(std::string method, const std::string& target, std::string body = {}) {
    Request out = request(std::move(method), target, std::move(body));
    out.fields.push_back({"Cookie", "other=1; " + cookie_});
    return out;
  }

  std::string cookie_;
};

TEST_F(AuthTest, NothingIsOpenByDefault) {
  for (const Route& route : api_routes()) {
    std::string path(route.pattern);
    if (path.ends_with("{id}")) path.replace(path.size() - 4, 4, "lnk_1");
    Request asked = request(std::string(route.method), path, route.max_body > 0 ? "{}" : "");
    asked.peer = "192.0.2.1";
    const Response answer = dispatcher_->answer(asked);
    const bool open = route.access.kind == Access::Kind::open;
    EXPECT_EQ(answer.status == 401, !open) << route.method << " " << path << answer.body;
    EXPECT_EQ(field(answer, "WWW-Authenticate").starts_with("Bearer"), !open) << path;
  }
}

TEST_F(AuthTest, KeysDoWhatTheirScopesSay) {
  struct Row {
    Scope scope;
    const char* method;
    const char* path;
    int status;
  };
  const Row rows[] = {
      {Scope::links_read, "GET", "/api/v1/links", 200},
      {Scope::links_read, "DELETE", "/api/v1/links/lnk_1", 403},
      {Scope::links_write, "GET", "/api/v1/links", 200},
      {Scope::links_write, "DELETE", "/api/v1/links/lnk_1", 404},
      {Scope::links_write, "GET", "/api/v1/keys", 403},
      {Scope::links_write, "GET", "/api/v1/stats/summary", 403},
      {Scope::stats_read, "GET", "/api/v1/stats/summary", 503},
      {Scope::stats_read, "GET", "/api/v1/links", 403},
      {Scope::convert_write, "GET", "/api/v1/links", 403},
      {Scope::admin, "GET", "/api/v1/keys", 200},
      {Scope::admin, "GET", "/api/v1/session", 403},
  };
  for (const Row& row : rows) {
    const Response answer = as(key(row.scope), request(row.method, row.path));
    EXPECT_EQ(answer.status, row.status) << row.method << row.path << answer.body;
  }
}

TEST_F(AuthTest, RefusesWhatIsNotAKey) {
  for (const char* authorization :
       {"Bearer tmk_wrong", "Bearer", "Bearer ", "Basic YTpi", "tmk_x", "Bearer a b"}) {
    Request asked = request("GET", "/api/v1/links");
    asked.fields.push_back({"Authorization", authorization});
    EXPECT_EQ(dispatcher_->answer(asked).status, 401) << authorization;
  }
  Request lower = request("GET", "/api/v1/links");
  lower.fields.push_back({"Authorization", "bearer " + key(Scope::links_read)});
  EXPECT_EQ(dispatcher_->answer(lower).status, 200);
}

TEST_F(AuthTest, AForeignWorkspaceIsNotFound) {
  Request asked = request("GET", "/api/v1/links");
  asked.fields.push_back({"Tallymark-Workspace", "ws_99"});
  EXPECT_EQ(as(key(Scope::admin), asked).status, 404);
  asked.fields.back().value = workspace_.text();
  EXPECT_EQ(as(key(Scope::admin), asked).status, 200);
}

TEST_F(AuthTest, SetUpLogsInOnce) {
  EXPECT_THAT(dispatcher_->answer(request("GET", "/api/v1/setup")).body, HasSubstr("true"));
  set_up();
  EXPECT_THAT(dispatcher_->answer(request("GET", "/api/v1/setup")).body, HasSubstr("false"));
  const Response session = dispatcher_->answer(with_cookie("GET", "/api/v1/session"));
  EXPECT_EQ(session.status, 200);
  EXPECT_THAT(session.body, HasSubstr(R"("email":"ada@example.com")"));
  EXPECT_THAT(session.body, HasSubstr(R"("name":"default")"));
  const Response again = dispatcher_->answer(
      request("POST", "/api/v1/setup", R"({"token":"x","email":"e@e.e","password":"0123456789"})"));
  EXPECT_EQ(again.status, 409);
  EXPECT_EQ(code(again), "setup_done");
}

TEST_F(AuthTest, LogsInAndOut) {
  set_up();
  const Response in = dispatcher_->answer(request("POST", "/api/v1/session", kLogin));
  ASSERT_EQ(in.status, 201) << in.body;
  const std::string cookie = field(in, "Set-Cookie");
  EXPECT_THAT(cookie, HasSubstr("; Path=/; Max-Age="));
  EXPECT_THAT(cookie, HasSubstr("; HttpOnly; SameSite=Strict"));
  EXPECT_THAT(cookie, testing::Not(HasSubstr("Secure")));
  cookie_ = cookie.substr(0, cookie.find(';'));

  const Response out = dispatcher_->answer(with_cookie("DELETE", "/api/v1/session"));
  EXPECT_EQ(out.status, 204);
  EXPECT_THAT(field(out, "Set-Cookie"), HasSubstr("tallymark_session=; Path=/; Max-Age=0"));
  EXPECT_EQ(dispatcher_->answer(with_cookie("GET", "/api/v1/session")).status, 401);
}

TEST_F(AuthTest, BehindHttpsTheCookieIsSecure) {
  set_up();
  Request login = request("POST", "/api/v1/session", kLogin);
  login.fields.push_back({"X-Forwarded-Proto", "https"});
  EXPECT_THAT(field(dispatcher_->answer(login), "Set-Cookie"), HasSubstr("; Secure"));
}

TEST_F(AuthTest, AnotherSiteCannotUseTheSession) {
  set_up();
  struct Row {
    const char* name;
    const char* value;
    int status;
  };
  const Row rows[] = {
      {"Sec-Fetch-Site", "same-origin", 201},         {"Sec-Fetch-Site", "none", 201},
      {"Sec-Fetch-Site", "cross-site", 403},          {"Sec-Fetch-Site", "same-site", 403},
      {"Origin", "https://console.example", 201},     {"Origin", "http://console.example", 201},
      {"Origin", "https://evil.example", 403},        {"Origin", "null", 403},
      {"Origin", "https://console.example:444", 403},
  };
  for (const Row& row : rows) {
    Request write = with_cookie("POST", "/api/v1/links", R"({"destination":"https://a.example"})");
    write.fields.push_back({row.name, row.value});
    EXPECT_EQ(dispatcher_->answer(write).status, row.status) << row.name << " " << row.value;
    Request login = request("POST", "/api/v1/session", kLogin);
    login.fields.push_back({row.name, row.value});
    EXPECT_EQ(dispatcher_->answer(login).status, row.status) << row.name << " " << row.value;
    Request read = with_cookie("GET", "/api/v1/links");
    read.fields.push_back({row.name, row.value});
    EXPECT_EQ(dispatcher_->answer(read).status, 200);
  }
}

TEST_F(AuthTest, GuessingIsSlowedDown) {
  set_up();
  const auto guess = [&](const std::string& peer, const std::string& forwarded) {
    Request login = request("POST", "/api/v1/session",
                            R"({"email":"ADA@example.com ","password":"wrong password"})");
    login.peer = peer;
    if (!forwarded.empty()) login.fields.push_back({"X-Forwarded-For", forwarded});
    return dispatcher_->answer(login);
  };
  for (int i = 0; i < LoginLimiter::kTries; ++i) EXPECT_EQ(guess("192.0.2.1", "").status, 401);
  const Response stopped = guess("192.0.2.2", "");
  EXPECT_EQ(stopped.status, 429);
  EXPECT_EQ(code(stopped), "too_many");
  EXPECT_EQ(field(stopped, "Retry-After"), "900");
  // Even the right password waits.
  EXPECT_EQ(dispatcher_->answer(request("POST", "/api/v1/session", kLogin)).status, 429);
  clock_.advance(LoginLimiter::kWindow);
  EXPECT_EQ(dispatcher_->answer(request("POST", "/api/v1/session", kLogin)).status, 201);
}

TEST_F(AuthTest, ForwardedAddressesCountOnlyFromTrustedProxies) {
  set_up();
  const auto guess = [&](const std::string& peer, int n) {
    Request login = request(
        "POST", "/api/v1/session",
        R"({"email":"u)" + std::to_string(n) + R"(@example.com","password":"wrong password"})");
    login.peer = peer;
    login.fields.push_back({"X-Forwarded-For", "203.0.113." + std::to_string(n)});
    return dispatcher_->answer(login).status;
  };
  for (int i = 0; i < LoginLimiter::kTries; ++i) EXPECT_EQ(guess("192.0.2.9", i), 401);
  EXPECT_EQ(guess("192.0.2.9", 100), 429);  // a stranger's header moves nobody
  EXPECT_EQ(guess("10.0.0.1", 100), 401);   // a proxy's does
}

TEST_F(AuthTest, MetricsAreOpenToThisMachineOnly) {
  EXPECT_EQ(dispatcher_->answer(request("GET", "/metrics")).status, 200);
  Request proxied = request("GET", "/metrics");
  proxied.fields.push_back({"X-Forwarded-For", "192.0.2.1"});
  EXPECT_EQ(dispatcher_->answer(proxied).status, 401);
  Request remote = request("GET", "/metrics");
  remote.peer = "192.0.2.1";
  EXPECT_EQ(dispatcher_->answer(remote).status, 401);
  EXPECT_EQ(as(key(Scope::links_read), remote).status, 403);
  EXPECT_EQ(as(key(Scope::stats_read), remote).status, 200);
}

TEST_F(AuthTest, KeysAreMadeAndRevoked) {
  const Response made =
      ask("POST", "/api/v1/keys", R"({"name":"reporting","scopes":["stats:read"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string secret = text(json(made), "key");
  EXPECT_EQ(as(secret, request("GET", "/api/v1/stats/summary")).status, 503);
  const Response list = ask("GET", "/api/v1/keys");
  EXPECT_THAT(list.body, HasSubstr(R"("name":"reporting","scopes":["stats:read"])"));
  EXPECT_THAT(list.body, testing::Not(HasSubstr(secret)));
  const std::string path = "/api/v1/keys/" + text(json(made), "id");
  EXPECT_EQ(ask("DELETE", path).status, 204);
  EXPECT_EQ(ask("DELETE", path).status, 404);
  EXPECT_EQ(as(secret, request("GET", "/api/v1/stats/summary")).status, 401);

  struct Row {
    const char* body;
    const char* code;
  };
  const Row rows[] = {
      {R"({})", "required"},
      {R"({"name":"","scopes":["admin"]})", "required"},
      {R"({"name":"x","scopes":[]})", "required"},
      {R"({"name":"x","scopes":["root"]})", "unknown_scope"},
      {R"({"name":"x","scopes":"admin"})", "wrong_type"},
      {R"({"name":"x","scopes":["admin"],"key":"tmk_mine"})", "unknown_field"},
  };
  for (const Row& row : rows) {
    const Response refused = ask("POST", "/api/v1/keys", row.body);
    EXPECT_EQ(refused.status, 422) << row.body;
    EXPECT_EQ(code(refused), row.code) << row.body;
  }
}

}  // namespace
}  // namespace tally
