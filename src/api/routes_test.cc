// SPDX-License-Identifier: Apache-2.0
// The dispatcher's own rules, the link routes, and the table of routes against openapi.json.
#include "api/routes.h"

#include <gmock/gmock.h>

#include <set>

#include "api/api_fixture.h"
#include "api/openapi.h"
#include "base/text.h"
#include "model/kinds.h"
#include "model/stats_query.h"
#include "model/webhook.h"

namespace tally {
namespace {

using testing::HasSubstr;

class RoutesTest : public ApiFixture {};

template <class Names>
std::set<std::string> as_set(const Names& names) {
  std::set<std::string> out;
  for (const auto name : names) out.emplace(name);
  return out;
}

std::set<std::string> enum_of(const boost::json::value& document, const std::string& pointer) {
  std::set<std::string> out;
  for (const auto& item : document.at_pointer(pointer + "/enum").as_array())
    out.insert(std::string(item.as_string().c_str()));
  return out;
}

TEST_F(RoutesTest, AreThoseOfTheOpenapiDocument) {
  const auto document = boost::json::parse(
      boost::json::string_view(openapi_document().data(), openapi_document().size()));
  std::set<std::string> documented, served;
  for (const auto& path : document.at("paths").as_object())
    for (const auto& method : path.value().as_object())
      if (method.key() != "parameters")
        documented.insert(lower(std::string(method.key())) + " " + std::string(path.key()));
  for (const Route& route : api_routes())
    served.insert(lower(route.method) + " " + std::string(route.pattern));
  EXPECT_EQ(documented, served);

  const std::string schemas = "/components/schemas/";
  EXPECT_EQ(enum_of(document, schemas + "Dimension"), as_set(kDimensionNames));
  EXPECT_EQ(enum_of(document, schemas + "Outcome"), as_set(kOutcomeNames));
  EXPECT_EQ(enum_of(document, schemas + "Traffic"), as_set(kTrafficNames));
  EXPECT_EQ(enum_of(document, schemas + "Scope"), as_set(kScopeNames));
  EXPECT_EQ(enum_of(document, schemas + "ValueKind"), as_set(kValueKindNames));
  EXPECT_EQ(enum_of(document, schemas + "EventKind"), as_set(kEventKindNames));
  std::set<std::string> filters;
  for (const auto& parameter : document.at_pointer("/components/parameters").as_object())
    if (parameter.key().starts_with("filter_"))
      filters.insert(std::string(parameter.key()).substr(7));
  std::set<std::string> expected = as_set(kDimensionNames);
  expected.erase("traffic");
  EXPECT_EQ(filters, expected);
}

TEST_F(RoutesTest, RefuseByName) {
  struct Row {
    const char* method;
    const char* target;
    const char* body;
    int status;
    const char* code;
  };
  const Row rows[] = {
      {"GET", "/api/v1/nothing", "", 404, "not_found"},
      {"GET", "/api/v1/links/", "", 404, "not_found"},
      {"GET", "/nothing", "", 404, "not_found"},
      {"POST", "/nothing", "{}", 404, "not_found"},
      {"PUT", "/api/v1/links", "{}", 405, "method_not_allowed"},
      {"OPTIONS", "/api/v1/links", "", 405, "method_not_allowed"},
      {"TRACE", "/healthz", "", 405, "method_not_allowed"},
      {"GET", "/healthz?x=1", "", 400, "unknown_parameter"},
      {"GET", "/api/v1/links?colour=red", "", 400, "unknown_parameter"},
      {"GET", "/api/v1/links?limit=0", "", 400, "bad_value"},
      {"GET", "/api/v1/links?limit=201", "", 400, "bad_value"},
      {"GET", "/api/v1/links?sort=colour", "", 400, "bad_value"},
      {"GET", "/api/v1/links?enabled=yes", "", 400, "bad_value"},
      {"GET", "/api/v1/links?cursor=x", "", 400, "bad_cursor"},
      {"GET", "/api/v1/links?tag=a&tag=b", "", 400, "repeated_parameter"},
      {"GET", "/api/v1/links?tag=%ff", "", 400, "bad_query"},
      {"GET", "/api/v1/links/lnk_0", "", 404, "not_found"},
      {"GET", "/api/v1/links/7", "", 404, "not_found"},
      {"GET", "/api/v1/links/lnk_7", "", 404, "not_found"},
      {"PATCH", "/api/v1/links/lnk_7", "{}", 404, "not_found"},
      {"POST", "/api/v1/links", "", 415, "unsupported_media_type"},
      {"POST", "/api/v1/links", "{", 400, "bad_json"},
      {"POST", "/api/v1/links", "{}", 422, "required"},
      {"GET", "/api/v1/stats/breakdown", "", 400, "required"},
      {"GET", "/api/v1/stats/breakdowns", "", 400, "required"},
      {"GET", "/api/v1/stats/breakdowns?by=os,os", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/breakdowns?by=os,tag", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/summary?by=country", "", 400, "unknown_parameter"},
      {"GET", "/api/v1/stats/timeseries?by=tag", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/timeseries?interval=minute&range=90d", "", 400, "too_many_points"},
      {"GET", "/api/v1/clicks?cursor=5.x", "", 400, "bad_cursor"},
      {"GET", "/api/v1/clicks?limit=1001", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/compare", "", 400, "required"},
      {"GET", "/api/v1/stats/compare?values=lnk_1", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/compare?values=lnk_1,x", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/compare?values=lnk_1,lnk_1", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/compare?values=!lnk_1,lnk_2", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/compare?values=a,b,c,d,e,f,g,h,i,j,k&by=source", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/compare?values=lnk_1,lnk_2", "", 503, "unavailable"},
      {"GET", "/api/v1/stats/compare?by=country&values=AT,DE", "", 503, "unavailable"},
      {"GET", "/api/v1/stats/geo?by=browser", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/geo?limit=1001", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/geo?by=region&country=DE", "", 503, "unavailable"},
      {"GET", "/api/v1/stats/best_time?limit=169", "", 400, "bad_value"},
      {"GET", "/api/v1/stats/best_time?from=1970-01-01&to=2026-01-01", "", 400, "bad_range"},
      {"GET", "/api/v1/stats/best_time?link=lnk_1", "", 503, "unavailable"},
      {"GET", "/api/v1/stats/summary", "", 503, "unavailable"},
      {"GET", "/api/v1/export.csv?raw=2", "", 400, "bad_value"},
      {"GET", "/api/v1/export.ndjson?limit=5", "", 400, "unknown_parameter"},
      {"GET", "/api/v1/export.csv?by=country&interval=auto", "", 400, "bad_value"},
      {"GET", "/api/v1/export.csv?interval=minute&range=90d", "", 400, "too_many_points"},
      {"GET", "/api/v1/export.csv", "", 503, "unavailable"},
      {"GET", "/api/v1/export.ndjson?by=tag", "", 503, "unavailable"},
      {"GET", "/api/v1/export.parquet", "", 503, "unavailable"},
  };
  for (const Row& row : rows) {
    const Response answer = ask(row.method, row.target, row.body);
    EXPECT_EQ(answer.status, row.status) << row.method << " " << row.target << answer.body;
    EXPECT_EQ(code(answer), row.code) << row.method << " " << row.target;
    EXPECT_EQ(text(json(answer), "request_id"), "ID");
    EXPECT_EQ(field(answer, "Content-Type"), "application/problem+json");
  }
  EXPECT_EQ(field(ask("PUT", "/api/v1/links"), "Allow"), "GET, HEAD, POST");
  const std::string large(17 * 1024, ' ');
  EXPECT_EQ(ask("POST", "/api/v1/keys", large).status, 413);
}

TEST_F(RoutesTest, EveryAnswerIsGuarded) {
  for (const char* path : {"/healthz", "/api/v1/links", "/nothing"}) {
    const Response answer = ask("GET", path);
    EXPECT_EQ(field(answer, "Cache-Control"), "no-store") << path;
    EXPECT_EQ(field(answer, "X-Content-Type-Options"), "nosniff") << path;
    EXPECT_EQ(field(answer, "X-Frame-Options"), "DENY") << path;
    EXPECT_THAT(field(answer, "Content-Security-Policy"), HasSubstr("default-src 'none'")) << path;
    EXPECT_EQ(field(answer, "Server"), "") << path;
  }
}

TEST_F(RoutesTest, Service) {
  EXPECT_EQ(ask("GET", "/healthz").body, R"({"status":"ok"})");
  EXPECT_EQ(
      ask("GET", "/api/v1/meta").body,
      R"({"version":"1.2.3","geo_attribution":null,"privacy":{"ip":"truncated",)"
      R"("signals":"ignore","workspace":{"retention_days":null,"experiment_cookie":false}}})");
  Workspace kept = *accounts_->default_workspace();
  kept.retention_days = 90;
  kept.experiment_cookie = true;
  ASSERT_TRUE(accounts_->update_workspace(kept));
  EXPECT_THAT(ask("GET", "/api/v1/meta").body,
              HasSubstr(R"("workspace":{"retention_days":90,"experiment_cookie":true})"));
  EXPECT_EQ(ask("GET", "/api/v1/openapi.json").body, openapi_document());
  parts_ = {{"clicks", "ok", ""}, {"geo", "degraded", "no database"}};
  const Response degraded = ask("GET", "/readyz");
  EXPECT_EQ(degraded.status, 200);
  EXPECT_THAT(degraded.body, HasSubstr(R"("status":"degraded")"));
  parts_.push_back({"journal", "down", "disk full"});
  parts_.push_back({"last", "ok", ""});
  const Response down = ask("GET", "/readyz");
  EXPECT_EQ(down.status, 503);
  EXPECT_THAT(down.body, HasSubstr(R"({"name":"journal","state":"down","detail":"disk full"})"));
}

TEST_F(RoutesTest, LinksAreMadeReadChangedAndRemoved) {
  const Response made = ask("POST", "/api/v1/links",
                            R"({"destination":"https://a.example/","prefix":"p","token":"t"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const auto link = json(made);
  const std::string id = text(link, "id");
  EXPECT_EQ(field(made, "Location"), "/api/v1/links/" + id);
  EXPECT_EQ(text(link, "short_url"), "https://go.example/p/t");
  EXPECT_EQ(changes_, 1);

  EXPECT_EQ(ask("GET", "/api/v1/links/" + id).body, made.body);
  clock_.advance(1000);
  const Response patched = ask("PATCH", "/api/v1/links/" + id, R"({"title":"New","token":null})");
  EXPECT_EQ(patched.status, 200) << patched.body;
  EXPECT_THAT(patched.body, HasSubstr(R"("token":null)"));
  EXPECT_THAT(patched.body, HasSubstr(R"("title":"New")"));
  EXPECT_EQ(changes_, 2);

  const Response taken =
      ask("POST", "/api/v1/links", R"({"destination":"https://b.example/","prefix":"p"})");
  EXPECT_EQ(taken.status, 409);
  EXPECT_EQ(code(taken), "slug_taken");
  EXPECT_EQ(changes_, 2);

  EXPECT_EQ(ask("DELETE", "/api/v1/links/" + id).status, 204);
  EXPECT_EQ(ask("DELETE", "/api/v1/links/" + id).status, 404);
  EXPECT_EQ(changes_, 3);
}

TEST_F(RoutesTest, RandomNamesAreSevenCharactersOfTheAlphabet) {
  std::set<std::string> names;
  for (int i = 0; i < 50; ++i) {
    const auto link = json(ask("POST", "/api/v1/links", R"({"destination":"https://a.example/"})"));
    const std::string prefix = text(link, "prefix");
    EXPECT_EQ(prefix.size(), kRandomSlugLength);
    EXPECT_EQ(prefix.find_first_not_of(kSlugAlphabet), std::string::npos);
    names.insert(prefix);
  }
  EXPECT_EQ(names.size(), 50u);
}

TEST_F(RoutesTest, ARepeatedRequestMakesOneLink) {
  if (admin_.empty()) admin_ = key(Scope::admin);
  const auto send = [&](const std::string& name, const std::string& body) {
    Request asked = request("POST", "/api/v1/links", body);
    asked.fields.push_back({"Idempotency-Key", name});
    return as(admin_, asked);
  };
  const std::string body = R"({"destination":"https://a.example/"})";
  const Response first = send("k", body);
  const Response again = send("k", body);
  EXPECT_EQ(first.status, 201);
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(field(first, "Idempotency-Replayed"), "");
  EXPECT_EQ(field(again, "Idempotency-Replayed"), "true");
  EXPECT_EQ(code(send("k", R"({"destination":"https://b.example/"})")), "idempotency_mismatch");
  EXPECT_EQ(send("two words", body).status, 400);
  EXPECT_EQ(send(std::string(256, 'k'), body).status, 400);
}

TEST_F(RoutesTest, ListsPageByPage) {
  for (int i = 0; i < 5; ++i) {
    ask("POST", "/api/v1/links",
        R"({"destination":"https://a.example/","prefix":"p)" + std::to_string(i) + R"("})");
    clock_.advance(1000);
  }
  std::string names, target = "/api/v1/links?limit=2";
  for (int page = 0; page < 3; ++page) {
    const auto list = json(ask("GET", target));
    for (const auto& link : list.at("data").as_array()) names += text(link, "prefix") + " ";
    target = "/api/v1/links?limit=2&cursor=" + text(list, "next_cursor");
    EXPECT_EQ(list.at("next_cursor").is_null(), page == 2);
  }
  EXPECT_EQ(names, "p4 p3 p2 p1 p0 ");
  EXPECT_THAT(ask("GET", "/api/v1/links?sort=prefix&limit=1&search=P").body,
              HasSubstr(R"("prefix":"p0")"));
}

}  // namespace
}  // namespace tally
