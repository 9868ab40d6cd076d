// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "api/api_fixture.h"

namespace tally {
namespace {

using testing::HasSubstr;

class AlertsTest : public ApiFixture {
 protected:
  std::string add_link() {
    return text(json(ask("POST", "/api/v1/links",
                         R"({"prefix":"summer","destination":"https://example.com/"})")),
                "id");
  }
  std::string add(const std::string& body) {
    const Response made = ask("POST", "/api/v1/alerts", body);
    EXPECT_EQ(made.status, 201) << made.body;
    return text(json(made), "id");
  }
};

TEST_F(AlertsTest, WhatIsAskedComesBackAndTheRestIsDefault) {
  const std::string link = add_link();
  const Response made =
      ask("POST", "/api/v1/alerts",
          R"({"name":"Sale","what":"threshold","measure":"conversions","bound":"below","value":5,)"
          R"("interval":"day","filters":{"link":")" +
              link +
              R"(","country":"!DE,AT"},)"
              R"("recipients":["a@x.example"],"quiet_minutes":0})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(field(made, "Location"), "/api/v1/alerts/alt_1");
  EXPECT_EQ(made.body, ask("GET", "/api/v1/alerts/alt_1").body);
  EXPECT_THAT(made.body, HasSubstr(R"("what":"threshold","interval":"day","platform":null,)"
                                   R"("measure":"conversions","bound":"below","value":5,)"));
  EXPECT_THAT(made.body, HasSubstr(R"("country":"!DE,AT")"));
  EXPECT_THAT(made.body, HasSubstr(R"("enabled":true,"state":"unknown")"));
  EXPECT_THAT(made.body, HasSubstr(R"("evaluated_at":null,"evidence":null)"));
  EXPECT_EQ(alert_changes_, 1);
  add(R"({"name":"All","what":"spike"})");
  EXPECT_THAT(ask("GET", "/api/v1/alerts?limit=1").body, HasSubstr(R"("next_cursor":"alt_2")"));
  EXPECT_THAT(ask("GET", "/api/v1/alerts?cursor=alt_2").body, HasSubstr(R"("id":"alt_1")"));
}

TEST_F(AlertsTest, WhatIsNoAlertIsRefusedByName) {
  const struct {
    const char *body, *field;
  } rows[] = {
      {R"({"what":"spike"})", "name"},
      {R"({"name":"","what":"spike"})", "name"},
      {R"({"name":"a\nb","what":"spike"})", "name"},
      {R"({"name":"A"})", "what"},
      {R"({"name":"A","what":"flood"})", "what"},
      {R"({"name":"A","what":"spike","interval":"week"})", "interval"},
      {R"({"name":"A","what":"spike","value":5})", "value"},
      {R"({"name":"A","what":"spike","platform":"ios"})", "platform"},
      {R"({"name":"A","what":"drop","platform":"amiga"})", "platform"},
      {R"({"name":"A","what":"threshold"})", "value"},
      {R"({"name":"A","what":"threshold","value":0})", "value"},
      {R"({"name":"A","what":"threshold","value":1.5})", "value"},
      {R"({"name":"A","what":"threshold","value":5,"measure":"visits"})", "measure"},
      {R"({"name":"A","what":"threshold","value":5,"bound":"above"})", "bound"},
      {R"({"name":"A","what":"bots_share","value":1.1})", "value"},
      {R"({"name":"A","what":"bots_share","value":null})", "value"},
      {R"({"name":"A","what":"no_clicks"})", "hours"},
      {R"({"name":"A","what":"no_clicks","hours":0})", "hours"},
      {R"({"name":"A","what":"no_clicks","hours":745})", "hours"},
      {R"({"name":"A","what":"no_clicks","hours":6,"interval":"day"})", "interval"},
      {R"({"name":"A","what":"spike","filters":{"colour":"red"}})", "filters.colour"},
      {R"({"name":"A","what":"spike","filters":{"traffic":"bot"}})", "filters.traffic"},
      {R"({"name":"A","what":"spike","filters":{"country":"Germany"}})", "filters.country"},
      {R"({"name":"A","what":"spike","filters":{"link":"lnk_99"}})", "filters.link"},
      {R"({"name":"A","what":"spike","filters":{"link":"summer"}})", "filters.link"},
      {R"({"name":"A","what":"spike","recipients":["a@x.example","b"]})", "recipients[1]"},
      {R"({"name":"A","what":"spike","recipients":["a@x\r\nBcc: b@x.example"]})", "recipients[0]"},
      {R"({"name":"A","what":"spike","recipients":["a@x.example","a@x.example"]})",
       "recipients[1]"},
      {R"({"name":"A","what":"spike","quiet_minutes":44641})", "quiet_minutes"},
      {R"({"name":"A","what":"spike","state":"ok"})", "state"},
  };
  for (const auto& row : rows) {
    const Response refused = ask("POST", "/api/v1/alerts", row.body);
    EXPECT_EQ(refused.status, 422) << row.body << refused.body;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.body;
  }
  EXPECT_EQ(alert_changes_, 0);
}

TEST_F(AlertsTest, APatchIsAMergePatch) {
  const std::string link = add_link();
  add(R"({"name":"A","what":"no_clicks","hours":6,"filters":{"link":")" + link +
      R"(","country":"DE"},"recipients":["a@x.example"]})");
  const std::string path = "/api/v1/alerts/alt_1";
  const auto patched = [&](const std::string& body) { return ask("PATCH", path, body).body; };
  EXPECT_THAT(patched(R"({"filters":{"country":null,"platform":"ios"}})"),
              HasSubstr(R"("filters":{"link":")" + link + R"(","platform":"ios"})"));
  EXPECT_THAT(patched(R"({"filters":null,"hours":7})"), HasSubstr(R"("hours":7,"filters":{})"));
  EXPECT_THAT(patched(R"({"enabled":false,"recipients":[]})"),
              HasSubstr(R"("recipients":[],"quiet_minutes":60,"enabled":false)"));
  EXPECT_EQ(ask("PATCH", path, R"({"what":"spike"})").status, 422);
  EXPECT_EQ(ask("PATCH", path, R"({"hours":0})").status, 422);
  EXPECT_EQ(ask("DELETE", path).status, 204);
  EXPECT_EQ(ask("PATCH", path, "{}").status, 404);
}

TEST_F(AlertsTest, TheHistoryIsPagedAndBelongsToItsAlert) {
  add(R"({"name":"A","what":"spike"})");
  for (const UnixMillis to : {1000, 2000, 3000}) {
    const AlertRule rule = alerts_->get(workspace_, AlertId{1}).value();
    AlertStep step{.status = rule.status, .changed = true, .told = true};
    step.status.state = to == 2000 ? AlertState::ok : AlertState::firing;
    step.status.judged_to = step.status.judged_at = to;
    step.status.evidence.p = 1e-12;
    ASSERT_TRUE(alerts_->record(rule, step, to).value());
  }
  EXPECT_THAT(ask("GET", "/api/v1/alerts/alt_1").body, HasSubstr(R"("state":"firing")"));
  EXPECT_THAT(ask("GET", "/api/v1/alerts/alt_1").body, HasSubstr(R"("p":1e-12)"));
  const Response page = ask("GET", "/api/v1/alerts/alt_1/history?limit=2");
  EXPECT_THAT(page.body, HasSubstr(R"("next_cursor":"ach_2")"));
  const Response rest = ask("GET", "/api/v1/alerts/alt_1/history?cursor=ach_2");
  EXPECT_THAT(rest.body, HasSubstr(R"({"data":[{"id":"ach_1","time":"1970-01-01T00:00:01.000Z",)"
                                   R"("state":"firing","told":true,)"));
  EXPECT_THAT(rest.body, HasSubstr(R"("next_cursor":null)"));
  EXPECT_EQ(ask("GET", "/api/v1/alerts/alt_1/history?cursor=alt_1").status, 400);
  EXPECT_EQ(ask("GET", "/api/v1/alerts/alt_2/history").status, 404);
}

TEST_F(AlertsTest, ATestSaysWhatTheServerAnswered) {
  add(R"({"name":"A","what":"spike","recipients":["a@x.example","b@x.example"]})");
  const std::string path = "/api/v1/alerts/alt_1/test";
  EXPECT_EQ(ask("POST", path).body,
            R"({"answers":[{"to":"a@x.example","accepted":true,"code":250,"answer":"Ok"},)"
            R"({"to":"b@x.example","accepted":true,"code":250,"answer":"Ok"}]})");
  ASSERT_EQ(mails_.size(), 2u);
  EXPECT_EQ(mails_[1].to, "b@x.example");
  EXPECT_THAT(mails_[1].text, HasSubstr("https://stats.example/"));
  mail_answer_ = {550, "no such user", false, true};
  EXPECT_THAT(ask("POST", path).body,
              HasSubstr(R"("accepted":false,"code":550,"answer":"no such user")"));
  ask("PATCH", "/api/v1/alerts/alt_1", R"({"recipients":[]})");
  EXPECT_EQ(code(ask("POST", path)), "no_recipients");
  api_->deps.send_mail = nullptr;
  EXPECT_EQ(code(ask("POST", path)), "mail_not_set_up");
}

TEST_F(AlertsTest, ReadingNeedsStatsAndChangingNeedsLinks) {
  const std::string reader = key(Scope::stats_read), writer = key(Scope::links_write);
  const std::string body = R"({"name":"A","what":"spike"})";
  EXPECT_EQ(as(reader, request("POST", "/api/v1/alerts", body)).status, 403);
  EXPECT_EQ(as(writer, request("POST", "/api/v1/alerts", body)).status, 201);
  EXPECT_EQ(as(reader, request("GET", "/api/v1/alerts/alt_1")).status, 200);
  EXPECT_EQ(as(writer, request("GET", "/api/v1/alerts/alt_1")).status, 403);
  EXPECT_EQ(as(reader, request("POST", "/api/v1/alerts/alt_1/test")).status, 403);
}

}  // namespace
}  // namespace tally
