// SPDX-License-Identifier: Apache-2.0
// Experiments through the API's handlers; their counts are tested with the server.
#include <gmock/gmock.h>

#include "api/api_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;
constexpr const char* kPath = "/api/v1/experiments";

class ExperimentsTest : public ApiFixture {
 protected:
  std::string add_link(const std::string& prefix, std::vector<Variant> variants = {}) {
    Link link;
    link.workspace = workspace_;
    link.prefix = prefix;
    link.destination = "https://example.com/";
    link.variants = std::move(variants);
    return links_->create(link).value().id.text();
  }
  std::string split_link() {
    return add_link("split",
                    {{"a", 1, "https://example.com/a"}, {"b", 3, "https://example.com/b"}});
  }
  std::string made(const std::string& body) {
    const Response answer = ask("POST", kPath, body);
    EXPECT_EQ(answer.status, 201) << answer.body;
    return text(json(answer), "id");
  }
  std::string of_links() {
    const std::string one = add_link("one"), two = add_link("two");
    return R"({"name":"E","link_ids":[")" + one + R"(",")" + two + R"("]})";
  }
  Response patch(const std::string& id, const std::string& body) {
    return ask("PATCH", std::string(kPath) + "/" + id, body);
  }
};

TEST_F(ExperimentsTest, OfLinksAndOfVariants) {
  const Response links = ask("POST", kPath, of_links());
  EXPECT_EQ(links.status, 201);
  EXPECT_EQ(field(links, "Location"), "/api/v1/experiments/exp_1");
  EXPECT_EQ(links.body,
            R"({"id":"exp_1","name":"E","kind":"links","state":"running","arms":[)"
            R"({"link_id":"lnk_1","variant":null,"weight":null},)"
            R"({"link_id":"lnk_2","variant":null,"weight":null}],)"
            R"("sticks_for":null,)"
            R"("starts_at":"2027-01-15T08:00:00.000Z","ends_at":null,"least_effect":0.1,)"
            R"("created_at":"2027-01-15T08:00:00.000Z","updated_at":"2027-01-15T08:00:00.000Z"})");
  const std::string split = split_link();
  const Response variants = ask("POST", kPath,
                                R"({"name":"V","link_id":")" + split +
                                    R"(","control":"b","least_effect":0.25,)"
                                    R"("ends_at":"2027-02-01T00:00:00Z"})");
  EXPECT_THAT(variants.body,
              HasSubstr(R"("kind":"variants","state":"running","arms":[)"
                        R"({"link_id":"lnk_3","variant":"b","weight":3},)"
                        R"({"link_id":"lnk_3","variant":"a","weight":1}],"sticks_for":"day",)"));
  EXPECT_THAT(variants.body,
              HasSubstr(R"("ends_at":"2027-02-01T00:00:00.000Z","least_effect":0.25)"));
  ASSERT_EQ(ask("PATCH", "/api/v1/settings", R"({"experiment_cookie":true})").status, 200);
  EXPECT_THAT(ask("GET", "/api/v1/experiments/exp_2").body,
              HasSubstr(R"("sticks_for":"30_days",)"));
  EXPECT_THAT(ask("GET", "/api/v1/experiments/exp_1").body, HasSubstr(R"("sticks_for":null,)"));
}

TEST_F(ExperimentsTest, RefusesWhatIsNone) {
  const std::string one = add_link("one"), split = split_link();
  const std::string two_links = R"({"name":"E","link_ids":["lnk_1","lnk_2"])";
  struct Row {
    std::string body;
    int status;
    const char* field;
    const char* code;
  };
  const Row rows[] = {
      {"{", 400, "", "bad_json"},
      {R"({"link_ids":["lnk_1","lnk_2"]})", 422, "name", "required"},
      {R"({"name":"E"})", 422, "link_id", "required"},
      {R"({"name":" ","link_ids":["lnk_1","lnk_2"]})", 422, "name", "bad_value"},
      {R"({"name":"E","link_ids":["lnk_1"]})", 422, "link_ids", "bad_value"},
      {R"({"name":"E","link_ids":["lnk_1","lnk_1"]})", 422, "link_ids[1]", "repeated"},
      {R"({"name":"E","link_ids":["lnk_1","lnk_9"]})", 422, "link_ids[1]", "unknown_link"},
      {R"({"name":"E","link_ids":["lnk_1","9"]})", 422, "link_ids[1]", "unknown_link"},
      {R"({"name":"E","link_id":"lnk_9"})", 422, "link_id", "unknown_link"},
      {R"({"name":"E","link_id":"x"})", 422, "link_id", "unknown_link"},
      {R"({"name":"E","link_id":"lnk_1"})", 422, "link_id", "no_variants"},
      {R"({"name":"E","link_id":"lnk_2","control":"c"})", 422, "control", "bad_value"},
      {two_links + R"(,"link_id":"lnk_2"})", 422, "link_id", "bad_value"},
      {two_links + R"(,"control":"a"})", 422, "control", "bad_value"},
      {two_links + R"(,"least_effect":0})", 422, "least_effect", "out_of_range"},
      {two_links + R"(,"least_effect":null})", 422, "least_effect", "out_of_range"},
      {two_links + R"(,"least_effect":"x"})", 422, "least_effect", "wrong_type"},
      {two_links + R"(,"starts_at":"2020-01-01T00:00:00Z"})", 422, "starts_at", "bad_range"},
      {two_links + R"(,"starts_at":"tomorrow"})", 422, "starts_at", "bad_time"},
      {two_links + R"(,"ends_at":"2027-01-15T08:00:00Z"})", 422, "ends_at", "bad_range"},
      {two_links + R"(,"winner":"a"})", 422, "winner", "unknown_field"},
  };
  for (const Row& row : rows) {
    const Response refused = ask("POST", kPath, row.body);
    EXPECT_EQ(refused.status, row.status) << row.body;
    EXPECT_EQ(code(refused), row.code) << row.body << refused.body;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.body;
  }
}

TEST_F(ExperimentsTest, BeginRunAndEnd) {
  const std::string id = made(of_links());
  EXPECT_THAT(patch(id, R"({"name":"F","least_effect":0.5})").body,
              HasSubstr(R"("name":"F","kind":"links","state":"running")"));
  clock_.advance(kMillisPerHour);
  EXPECT_THAT(patch(id, R"({"state":"ended"})").body,
              HasSubstr(R"("ends_at":"2027-01-15T09:00:00.000Z","least_effect":0.5)"));
  clock_.advance(kMillisPerHour);
  EXPECT_THAT(patch(id, R"({"state":"ended"})").body,
              HasSubstr(R"("ends_at":"2027-01-15T09:00:00.000Z")"));
  EXPECT_THAT(patch(id, R"({"state":"running"})").body, HasSubstr(R"("ends_at":null)"));
  EXPECT_THAT(patch(id, R"({"ends_at":"2027-01-16T00:00:00Z"})").body,
              HasSubstr(R"("state":"running")"));
  struct Row {
    const char* patch;
    const char* field;
    const char* code;
  };
  for (const Row& row :
       {Row{R"({"state":"planned"})", "state", "bad_value"},
        Row{R"({"state":"ended","ends_at":null})", "state", "bad_value"},
        Row{R"({"ends_at":"2027-01-15T08:00:00Z"})", "ends_at", "bad_range"},
        Row{R"({"name":""})", "name", "bad_value"},
        Row{R"({"link_ids":[]})", "link_ids", "unknown_field"},
        Row{R"({"starts_at":"2027-01-15T08:00:00Z"})", "starts_at", "unknown_field"}}) {
    const Response refused = patch(id, row.patch);
    EXPECT_EQ(refused.status, 422) << row.patch;
    EXPECT_EQ(code(refused), row.code) << row.patch;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.patch;
  }
}

TEST_F(ExperimentsTest, OneThatHasNotBegunHasNothingToSay) {
  const std::string split = split_link();
  const std::string id =
      made(R"({"name":"V","link_id":")" + split + R"(","starts_at":"2027-02-01T00:00:00Z"})");
  const Response answer = ask("GET", std::string(kPath) + "/" + id);
  EXPECT_EQ(answer.status, 200);
  EXPECT_THAT(answer.body, HasSubstr(R"("state":"planned")"));
  EXPECT_THAT(answer.body, HasSubstr(R"("looks":1,"alpha":0.05,"least_trials":100,)"
                                     R"("verdict":"not_enough_data")"));
  EXPECT_EQ(code(patch(id, R"({"state":"ended"})")), "bad_value");
  clock_.advance(60 * kMillisPerDay);
  EXPECT_EQ(ask("GET", std::string(kPath) + "/" + id).status, 503)
      << "its clicks are not to be had";
}

TEST_F(ExperimentsTest, AreListedAndRemovedByWhoMay) {
  const std::string body = of_links();
  const std::string first = made(body), second = made(body);
  const std::string path = std::string(kPath) + "/" + first;
  const Response page = ask("GET", std::string(kPath) + "?limit=1");
  EXPECT_EQ(text(json(page), "next_cursor"), second);
  EXPECT_THAT(ask("GET", std::string(kPath) + "?cursor=" + second).body,
              HasSubstr(R"({"data":[{"id":")" + first));
  EXPECT_EQ(ask("GET", std::string(kPath) + "?link=lnk_9").body,
            R"({"data":[],"next_cursor":null})");
  for (const char* query : {"?link=9", "?cursor=x", "?limit=0", "?state=running"})
    EXPECT_EQ(ask("GET", std::string(kPath) + query).status, 400) << query;

  const std::string reader = key(Scope::stats_read), writer = key(Scope::links_write);
  EXPECT_EQ(as(reader, request("GET", kPath)).status, 200);
  EXPECT_EQ(as(reader, request("POST", kPath, body)).status, 403);
  EXPECT_EQ(as(reader, request("DELETE", path)).status, 403);
  EXPECT_EQ(as(writer, request("PATCH", path, "{}")).status, 200);
  EXPECT_EQ(as(writer, request("DELETE", path)).status, 204);
  for (const char* method : {"GET", "PATCH", "DELETE"})
    EXPECT_EQ(ask(method, path, *method == 'P' ? "{}" : "").status, 404) << method;
  EXPECT_EQ(ask("GET", std::string(kPath) + "/7").status, 404);
}

TEST_F(ExperimentsTest, ArePlanned) {
  const Response plan =
      ask("GET", std::string(kPath) + "/plan?base=0.1&lift=0.2&power=0.9&per_day=100");
  EXPECT_EQ(plan.status, 200) << plan.body;
  // power.prop.test(p1 = .1, p2 = .12, power = .9): n = 5141.3 in each group
  EXPECT_THAT(plan.body, HasSubstr(R"("fixed":{"arms":[5142,5142],"total":10284,"days":103})"));
  EXPECT_THAT(plan.body, HasSubstr(R"("target":0.12,"alpha":0.05,"power":0.9)"));
  EXPECT_THAT(ask("GET", std::string(kPath) + "/plan?base=0.1").body, HasSubstr(R"("lift":0.1,)"));
  EXPECT_THAT(ask("GET", std::string(kPath) + "/plan?base=0.1&weights=3,1,1").body,
              HasSubstr(R"("days":null)"));
  struct Row {
    const char* query;
    const char* field;
    const char* code;
  };
  for (const Row& row :
       {Row{"", "base", "required"}, Row{"?base=0", "base", "bad_value"},
        Row{"?base=1", "base", "bad_value"}, Row{"?base=nan", "base", "bad_value"},
        Row{"?base=x", "base", "bad_value"}, Row{"?base=0.5&lift=0", "lift", "bad_value"},
        Row{"?base=0.5&lift=1", "lift", "bad_value"},
        Row{"?base=0.5&lift=inf", "lift", "bad_value"},
        Row{"?base=0.5&power=0.01", "lift", "bad_value"},
        Row{"?base=0.5&weights=1", "weights", "bad_value"},
        Row{"?base=0.5&weights=1,,1", "weights", "bad_value"},
        Row{"?base=0.5&weights=1,-1", "weights", "bad_value"},
        Row{"?base=0.5&per_day=0", "per_day", "bad_value"},
        Row{"?base=0.5&days=3", "days", "unknown_parameter"}}) {
    const Response refused = ask("GET", std::string(kPath) + "/plan" + row.query);
    EXPECT_EQ(refused.status, 400) << row.query;
    EXPECT_EQ(code(refused), row.code) << row.query;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.query;
  }
}

}  // namespace
}  // namespace tally
