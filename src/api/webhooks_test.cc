// SPDX-License-Identifier: Apache-2.0
#include <gmock/gmock.h>

#include "api/api_fixture.h"
#include "links/webhook_secret.h"

namespace tally {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr const char* kWebhooks = "/api/v1/webhooks";
constexpr const char* kFirst = "/api/v1/webhooks/whk_1";

class WebhooksTest : public ApiFixture {
 protected:
  std::string add_link() {
    return text(json(ask("POST", "/api/v1/links",
                         R"({"prefix":"summer","destination":"https://example.com/"})")),
                "id");
  }
  // What is needed, and more as fields.
  static std::string body(const std::string& more = {}) {
    return R"({"name":"A","url":"https://hooks.example/in","events":["link.clicked"])" + more + "}";
  }
  Response add(const std::string& more = {}) {
    const Response made = ask("POST", kWebhooks, body(more));
    EXPECT_EQ(made.status, 201) << made.body;
    return made;
  }
  Webhook stored() { return webhooks_->get(workspace_, WebhookId{1}).value(); }

  WebhookEvent event(const std::string& id, WebhookEventState state, UnixMillis time = 1000) {
    WebhookEvent out;
    out.webhook = WebhookId{1};
    out.event_id = id;
    out.body = R"({"id":")" + id + R"("})";
    out.time = time;
    out.attempts = 10;
    out.next_try = clock_.now_ms() + kMillisPerHour;
    out.state = state;
    out.last_status = 503;
    out.last_error = "the receiver answered 503";
    return out;
  }
  static WebhookDelivery delivery(const std::string& id, int status, UnixMillis time) {
    WebhookDelivery out;
    out.webhook = WebhookId{1};
    out.event_id = id;
    out.time = time;
    out.took_ms = 12;
    out.status = status;
    out.error = status == 200 ? "" : "no answer";
    out.request = R"({"id":"…"})";
    out.response = "thanks";
    return out;
  }

  Result<WebhookDelivery> test(const Webhook& webhook) override {
    tested_.push_back(webhook);
    if (const auto happens = std::exchange(meanwhile_, nullptr)) happens();
    return answer_;
  }

  std::vector<Webhook> tested_;
  std::function<void()> meanwhile_;  // while a receiver is waited for
  Result<WebhookDelivery> answer_ = delivery("msg_test", 200, 0);
};

TEST_F(WebhooksTest, WhatIsAskedComesBackAndTheRestIsDefault) {
  const std::string link = add_link();
  const Response made = ask(
      "POST", kWebhooks,
      R"({"name":"Sales","url":"http://10.0.0.1:8000/in","events":["export.ready","link.clicked"],)"
      R"("filter":{"links":[")" +
          link +
          R"("],"campaigns":["spring","spring"],"traffic":"all"},"mode":"batch","ip":"full"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(field(made, "Location"), kFirst);
  EXPECT_THAT(
      made.body,
      HasSubstr(R"("name":"Sales","url":"http://10.0.0.1:8000/in",)"
                R"("events":["link.clicked","export.ready"],"filter":{"links":[")" +
                link +
                R"("],"campaigns":["spring"],"traffic":"all"},"format":"standard","mode":"batch",)"
                R"("signature":"hmac",)"
                R"("public_key":null,"ip":"full","enabled":true,"off_reason":null,"state":"ok",)"
                R"("failures_in_row":0,"failing_since":null,"next_probe_at":null,)"
                R"("last_success_at":null,"last_error":null,"waiting":0,"dead":0,)"
                R"("previous_secret_until":null,)"));
  EXPECT_EQ(webhook_changes_, 1);
  add();
  EXPECT_THAT(
      ask("GET", "/api/v1/webhooks/whk_2").body,
      HasSubstr(
          R"("filter":{"links":[],"campaigns":[],"traffic":"human"},"format":"standard",)"
          R"("mode":"single","signature":"hmac","public_key":null,"ip":"none","enabled":true)"));
  EXPECT_THAT(ask("GET", "/api/v1/webhooks?limit=1").body, HasSubstr(R"("next_cursor":"whk_2")"));
  EXPECT_THAT(ask("GET", "/api/v1/webhooks?cursor=whk_2").body, HasSubstr(R"("id":"whk_1")"));
}

TEST_F(WebhooksTest, AToolHasItsOwnUrlAndAKeyThatNobodySees) {
  const Response made =
      ask("POST", kWebhooks, R"({"name":"A","format":"segment","api_key":"write-key"})");
  ASSERT_EQ(made.status, 201) << made.body;
  EXPECT_THAT(made.body, HasSubstr(R"("url":"https://api.segment.io/v1/batch",)"
                                   R"("events":["link.clicked"],)"));
  EXPECT_THAT(made.body, HasSubstr(R"("format":"segment","mode":"batch","signature":null,)"));
  EXPECT_EQ(stored().secret, "write-key");
  const Response moved = ask("PATCH", kFirst, R"({"url":"https://eu.example/"})");
  EXPECT_EQ(moved.status, 422) << "its key would go there";
  EXPECT_EQ(text(json(moved), "field"), "api_key");
  const Response other =
      ask("PATCH", kFirst, R"({"api_key":"another","url":"https://eu.example/"})");
  EXPECT_EQ(other.status, 200) << other.body;
  EXPECT_EQ(stored().secret, "another");
  for (const Response& shown : {made, other, ask("GET", kFirst), ask("GET", kWebhooks)}) {
    EXPECT_THAT(shown.body, Not(HasSubstr("write-key")));
    EXPECT_THAT(shown.body, Not(HasSubstr("another")));
    EXPECT_THAT(shown.body, Not(HasSubstr("secret\"")));
  }
  const Response rotated = ask("POST", std::string(kFirst) + "/rotate", "{}");
  EXPECT_EQ(rotated.status, 409);
  EXPECT_EQ(text(json(rotated), "code"), "not_our_secret");
}

TEST_F(WebhooksTest, AToolIsRefusedWhatItDoesNotTake) {
  struct Row {
    const char* body;
    const char* field;
  };
  for (const Row& row : {
           Row{R"({"name":"A","format":"segment"})", "api_key"},
           Row{R"({"name":"A","format":"segment","api_key":""})", "api_key"},
           Row{R"({"name":"A","format":"segment","api_key":"a\nb"})", "api_key"},
           Row{R"({"name":"A","format":"mixpanel","api_key":"é"})", "api_key"},
           Row{R"({"name":"A","format":"slack","api_key":"k"})", "format"},
           Row{R"({"name":"A","format":"segment","api_key":"k","signature":"hmac"})", "signature"},
           Row{R"({"name":"A","format":"segment","api_key":"k","events":["link.created"]})",
               "events"},
           Row{R"({"name":"A","url":"https://a.example/","events":["link.clicked"],"api_key":"k"})",
               "api_key"},
       }) {
    const Response refused = ask("POST", kWebhooks, row.body);
    EXPECT_EQ(refused.status, 422) << row.body << refused.body;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.body;
  }
  add();
  EXPECT_EQ(ask("PATCH", kFirst, R"({"api_key":"k"})").status, 422) << "it has a secret of ours";
}

TEST_F(WebhooksTest, ASecretIsShownOnceAndPublicKeysAlways) {
  const Response made = add();
  EXPECT_THAT(text(json(made), "secret"), StartsWith("whsec_"));
  EXPECT_EQ(text(json(made), "secret"), stored().secret);
  const Response paired = add(R"(,"signature":"ed25519")");
  const std::string secret = text(json(paired), "secret");
  EXPECT_THAT(secret, StartsWith("whsk_"));
  EXPECT_EQ(text(json(paired), "public_key"), webhook_public_key(secret));
  const std::string second = "/api/v1/webhooks/whk_2";
  EXPECT_EQ(text(json(ask("GET", second)), "public_key"), webhook_public_key(secret));

  const Response rotated = ask("POST", second + "/rotate", R"({"overlap_hours":48})");
  ASSERT_EQ(rotated.status, 200) << rotated.body;
  EXPECT_NE(text(json(rotated), "secret"), secret);
  EXPECT_THAT(text(json(rotated), "secret"), StartsWith("whsk_"));
  const Webhook now = webhooks_->get(workspace_, WebhookId{2}).value();
  EXPECT_EQ(now.secret, text(json(rotated), "secret"));
  EXPECT_EQ(now.previous_secret, secret);
  EXPECT_EQ(now.previous_until, clock_.now_ms() + 48 * kMillisPerHour);
  ask("POST", std::string(kFirst) + "/rotate", "{}");
  EXPECT_EQ(stored().previous_until, clock_.now_ms() + 24 * kMillisPerHour);
  ask("POST", std::string(kFirst) + "/rotate", R"({"overlap_hours":0})");
  EXPECT_EQ(stored().previous_secret, "");
  EXPECT_EQ(webhook_changes_, 5);

  for (const Response& shown : {ask("GET", kWebhooks), ask("GET", kFirst), ask("GET", second),
                                ask("PATCH", second, R"({"name":"B"})")}) {
    EXPECT_EQ(shown.status, 200);
    EXPECT_THAT(shown.body, Not(HasSubstr("whsec_")));
    EXPECT_THAT(shown.body, Not(HasSubstr("whsk_")));
    EXPECT_THAT(shown.body, Not(HasSubstr(R"("secret":)")));
  }
}

TEST_F(WebhooksTest, WhatIsNoWebhookIsRefusedByName) {
  const auto with = [](const std::string& more) { return body("," + more); };
  std::string many;
  for (int i = 1; i <= 101; ++i) many += (i == 1 ? "\"lnk_" : ",\"lnk_") + std::to_string(i) + "\"";
  const struct {
    std::string body;
    const char *field, *code;
  } rows[] = {
      {R"({"url":"https://a.example/","events":["link.clicked"]})", "name", "required"},
      {R"({"name":"A","events":["link.clicked"]})", "url", "required"},
      {R"({"name":"A","url":"https://a.example/"})", "events", "required"},
      {R"({"name":" ","url":"https://a.example/","events":["link.clicked"]})", "name", "bad_value"},
      {R"({"name":"A","url":"https://a.example/","events":[]})", "events", "bad_value"},
      {R"({"name":"A","url":"https://a.example/","events":"link.clicked"})", "events",
       "wrong_type"},
      {R"({"name":"A","url":"https://a.example/","events":["link.clicked","link.seen"]})",
       "events[1]", "bad_value"},
      {R"({"name":"A","url":"ftp://a.example/","events":["link.clicked"]})", "url", "bad_scheme"},
      {R"({"name":"A","url":"https://u:p@a.example/","events":["link.clicked"]})", "url",
       "credentials"},
      {R"({"name":"A","url":"https://a.example/)" + std::string(2048, 'x') +
           R"(","events":["link.clicked"]})",
       "url", "too_long"},
      {with(R"("filter":{"links":["lnk_7"]})"), "filter.links[0]", "unknown_link"},
      {with(R"("filter":{"links":["summer"]})"), "filter.links[0]", "bad_value"},
      {with(R"("filter":{"links":[)" + many + "]}"), "filter.links", "too_many"},
      {with(R"("filter":{"campaigns":["a",""]})"), "filter.campaigns[1]", "bad_value"},
      {with(R"("filter":{"campaigns":["a\nb"]})"), "filter.campaigns[0]", "bad_value"},
      {with(R"("filter":{"traffic":"robots"})"), "filter.traffic", "bad_value"},
      {with(R"("filter":{"country":"DE"})"), "filter.country", "unknown_field"},
      {with(R"("mode":"stream")"), "mode", "bad_value"},
      {with(R"("signature":"rsa")"), "signature", "bad_value"},
      {with(R"("ip":"half")"), "ip", "bad_value"},
      {with(R"("enabled":1)"), "enabled", "wrong_type"},
      {with(R"("secret":"whsec_x")"), "secret", "unknown_field"},
      {with(R"("off_reason":null)"), "off_reason", "unknown_field"},
  };
  for (const auto& row : rows) {
    const Response refused = ask("POST", kWebhooks, row.body);
    EXPECT_EQ(refused.status, 422) << row.body << refused.body;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.body << refused.body;
    EXPECT_EQ(code(refused), row.code) << row.body << refused.body;
  }
  EXPECT_EQ(webhook_changes_, 0);
}

TEST_F(WebhooksTest, AWorkspaceHasAHundredOfThem) {
  for (std::size_t i = 0; i < kMaxWebhooks; ++i) ASSERT_EQ(add().status, 201);
  const Response refused = ask("POST", kWebhooks, body());
  EXPECT_EQ(refused.status, 409);
  EXPECT_EQ(code(refused), "too_many_webhooks");
}

TEST_F(WebhooksTest, APatchIsAMergePatch) {
  const std::string link = add_link();
  add(R"(,"filter":{"links":[")" + link + R"("],"campaigns":["spring"]})");
  const std::string secret = stored().secret;
  const auto patched = [&](const std::string& change) { return ask("PATCH", kFirst, change).body; };
  EXPECT_THAT(
      patched(R"({"filter":{"campaigns":[],"traffic":"bot"}})"),
      HasSubstr(R"("filter":{"links":[")" + link + R"("],"campaigns":[],"traffic":"bot"})"));
  EXPECT_THAT(patched(R"({"filter":null,"events":["alert.fired"]})"),
              HasSubstr(R"("events":["alert.fired"],"filter":{"links":[],"campaigns":[],)"
                        R"("traffic":"human"})"));
  EXPECT_THAT(patched(R"({"enabled":false,"mode":"batch","ip":"truncated"})"),
              HasSubstr(R"("mode":"batch","signature":"hmac","public_key":null,"ip":"truncated",)"
                        R"("enabled":false,"off_reason":null)"));
  EXPECT_EQ(stored().secret, secret);
  for (const char* bad : {R"({"signature":"ed25519"})", R"({"events":[]})", R"({"url":"x"})",
                          R"({"name":null})", R"({"filter":{"links":["lnk_99"]}})"})
    EXPECT_EQ(ask("PATCH", kFirst, bad).status, 422) << bad;
  EXPECT_EQ(webhook_changes_, 4);
  EXPECT_EQ(ask("DELETE", kFirst).status, 204);
  EXPECT_EQ(ask("PATCH", kFirst, "{}").status, 404);
  EXPECT_EQ(webhook_changes_, 5);
}

TEST_F(WebhooksTest, OneThatWasSwitchedOffSaysWhyAndComesBack) {
  add();
  ASSERT_TRUE(webhooks_->switch_off(stored(), WebhookOff::gone).value());
  EXPECT_THAT(ask("GET", kFirst).body, HasSubstr(R"("enabled":false,"off_reason":"gone")"));
  EXPECT_THAT(ask("PATCH", kFirst, R"({"name":"B"})").body,
              HasSubstr(R"("enabled":false,"off_reason":"gone")"));
  EXPECT_THAT(ask("PATCH", kFirst, R"({"enabled":true})").body,
              HasSubstr(R"("enabled":true,"off_reason":null)"));
}

TEST_F(WebhooksTest, ShowsHowItStands) {
  add();
  const WebhookStanding standing{{1, 5}, WebhookState::down, 21, 1000, 2000, 500, "503"};
  ASSERT_TRUE(webhooks_->note({.places = {{WebhookId{1}, 1, standing}},
                               .events = {event("msg_w", WebhookEventState::waiting),
                                          event("msg_d", WebhookEventState::dead, clock_.now_ms())},
                               .done = {},
                               .deliveries = {}}));
  EXPECT_THAT(ask("GET", kFirst).body,
              HasSubstr(R"("state":"down","failures_in_row":21,)"
                        R"("failing_since":"1970-01-01T00:00:01.000Z",)"
                        R"("next_probe_at":"1970-01-01T00:00:02.000Z",)"
                        R"("last_success_at":"1970-01-01T00:00:00.500Z","last_error":"503",)"
                        R"("waiting":1,"dead":1,)"));
}

TEST_F(WebhooksTest, DeliveriesArePagedAndFiltered) {
  add();
  const UnixMillis now = clock_.now_ms();
  ASSERT_TRUE(
      webhooks_->note({.places = {},
                       .events = {},
                       .done = {},
                       .deliveries = {delivery("msg_a", 200, now), delivery("msg_b", 0, now)}}));
  const std::string path = std::string(kFirst) + "/deliveries";
  const Response page = ask("GET", path + "?limit=1");
  EXPECT_THAT(page.body, HasSubstr(R"({"data":[{"id":"whd_2","event_id":"msg_b",)"
                                   R"("event":"link.clicked","events":1,"attempt":1,"time":")"));
  EXPECT_THAT(page.body, HasSubstr(R"("result":"failed","status":null,"took_ms":12,)"
                                   R"("error":"no answer","request":"{\"id\":\"…\"}",)"
                                   R"("response":"thanks"}],"next_cursor":"whd_2"})"));
  EXPECT_THAT(ask("GET", path + "?cursor=whd_2").body, HasSubstr(R"("event_id":"msg_a")"));
  EXPECT_THAT(ask("GET", path + "?result=ok").body,
              HasSubstr(R"("result":"ok","status":200,"took_ms":12,"error":null)"));
  EXPECT_THAT(ask("GET", path + "?result=ok").body, Not(HasSubstr("msg_b")));
  EXPECT_THAT(ask("GET", path + "?result=failed").body, Not(HasSubstr("msg_a")));
  EXPECT_EQ(ask("GET", path + "?result=late").status, 400);
  EXPECT_EQ(code(ask("GET", path + "?cursor=whk_1")), "bad_cursor");
  EXPECT_EQ(code(ask("GET", path + "?colour=red")), "unknown_parameter");
  EXPECT_EQ(ask("GET", "/api/v1/webhooks/whk_2/deliveries").status, 404);
}

TEST_F(WebhooksTest, DeadLettersAreListedAndReplayed) {
  add();
  const UnixMillis now = clock_.now_ms();
  ASSERT_TRUE(webhooks_->note({.places = {},
                               .events = {event("msg_a", WebhookEventState::dead, now - 1000),
                                          event("msg_b", WebhookEventState::dead, now),
                                          event("msg_w", WebhookEventState::waiting, now)},
                               .done = {},
                               .deliveries = {}}));
  const std::string letters = std::string(kFirst) + "/dead-letters",
                    replay = std::string(kFirst) + "/replay";
  const Response page = ask("GET", letters + "?limit=1");
  EXPECT_THAT(page.body,
              HasSubstr(R"({"data":[{"event_id":"msg_b","event":"link.clicked","time":)"));
  EXPECT_THAT(page.body, HasSubstr(R"("attempts":10,"status":503,)"
                                   R"("error":"the receiver answered 503",)"
                                   R"("body":"{\"id\":\"msg_b\"}"}],"next_cursor":"whe_2"})"));
  EXPECT_THAT(ask("GET", letters + "?cursor=whe_2").body, HasSubstr("msg_a"));

  const Response one = ask("POST", replay, R"({"event_id":"msg_b"})");
  EXPECT_EQ(one.status, 202);
  EXPECT_EQ(one.body, R"({"replayed":1})");
  EXPECT_EQ(ask("POST", replay, R"({"event_id":"msg_w"})").status, 202);
  EXPECT_EQ(ask("POST", replay, R"({"event_id":"msg_x"})").status, 404);
  const std::string from = format_utc(now - 1000), to = format_utc(now);
  const auto range = [&](const std::string& a, const std::string& b) {
    return ask("POST", replay, R"({"from":")" + a + R"(","to":")" + b + R"("})");
  };
  EXPECT_EQ(range(from, to).body, R"({"replayed":1})");
  EXPECT_EQ(range(from, to).body, R"({"replayed":0})");
  EXPECT_EQ(webhooks_->due(now, 10, 10)->size(), 3u);
  EXPECT_EQ(webhook_changes_, 5);

  const struct {
    std::string body;
    const char* field;
  } rows[] = {
      {"{}", "event_id"},
      {R"({"event_id":"msg_a","from":")" + from + R"("})", "event_id"},
      {R"({"event_id":""})", "event_id"},
      {R"({"from":")" + from + R"("})", "to"},
      {R"({"to":")" + to + R"("})", "from"},
      {R"({"from":")" + to + R"(","to":")" + from + R"("})", "to"},
      {R"({"from":"yesterday","to":")" + to + R"("})", "from"},
  };
  for (const auto& row : rows) {
    const Response refused = ask("POST", replay, row.body);
    EXPECT_EQ(refused.status, 422) << row.body;
    EXPECT_EQ(text(json(refused), "field"), row.field) << row.body;
  }
  const Response rotated = ask("POST", std::string(kFirst) + "/rotate", R"({"overlap_hours":169})");
  EXPECT_EQ(text(json(rotated), "field"), "overlap_hours");
}

TEST_F(WebhooksTest, ATestSaysWhatTheReceiverAnswered) {
  add();
  const std::string path = std::string(kFirst) + "/test";
  EXPECT_EQ(ask("POST", path).body,
            R"({"result":"ok","status":200,"took_ms":12,"error":null,"request":"{\"id\":\"…\"}",)"
            R"("response":"thanks"})");
  ASSERT_EQ(tested_.size(), 1u);
  EXPECT_EQ(tested_[0], stored());
  answer_ = delivery("msg_test", 0, 0);
  EXPECT_THAT(ask("POST", path).body, HasSubstr(R"("result":"failed","status":null)"));
  answer_ = fail(ErrorCode::unavailable, "the sender stops");
  EXPECT_EQ(ask("POST", path).status, 503);
  EXPECT_EQ(ask("POST", "/api/v1/webhooks/whk_2/test").status, 404);
  api_->deps.test_webhook = nullptr;
  EXPECT_EQ(ask("POST", path).status, 503);
}

TEST_F(WebhooksTest, OneWebhookIsTestedAtATime) {
  add();
  add();
  const std::string path = std::string(kFirst) + "/test";
  std::vector<int> answers;
  meanwhile_ = [&] {
    const Response again = ask("POST", path);
    EXPECT_EQ(code(again), "test_running");
    answers = {again.status, ask("POST", "/api/v1/webhooks/whk_2/test").status};
  };
  EXPECT_EQ(ask("POST", path).status, 200);
  EXPECT_EQ(answers, (std::vector{409, 409}));
  EXPECT_EQ(ask("POST", path).status, 200);
}

TEST_F(WebhooksTest, ReadingNeedsStatsAndChangingNeedsLinks) {
  const std::string reader = key(Scope::stats_read), writer = key(Scope::links_write);
  EXPECT_EQ(as(reader, request("POST", kWebhooks, body())).status, 403);
  EXPECT_EQ(as(writer, request("POST", kWebhooks, body())).status, 201);
  for (const std::string path : {"", "/deliveries", "/dead-letters"}) {
    EXPECT_EQ(as(reader, request("GET", kFirst + path)).status, 200) << path;
    EXPECT_EQ(as(writer, request("GET", kFirst + path)).status, 403) << path;
  }
  const std::string path = kFirst;
  EXPECT_EQ(as(reader, request("POST", path + "/test")).status, 403);
  EXPECT_EQ(as(reader, request("POST", path + "/rotate", "{}")).status, 403);
  EXPECT_EQ(as(reader, request("POST", path + "/replay", "{}")).status, 403);
  EXPECT_EQ(as(reader, request("PATCH", path, "{}")).status, 403);
  EXPECT_EQ(as(reader, request("DELETE", path)).status, 403);
}

}  // namespace
}  // namespace tally
