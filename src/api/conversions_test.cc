// SPDX-License-Identifier: Apache-2.0
#include "api/api_fixture.h"
#include "api/conversion_json.h"

namespace tally {
namespace {

class ConversionsTest : public ApiFixture {
 protected:
  static constexpr const char* kPath = "/api/v1/conversions";

  std::string click_id(std::uint64_t n = 1) const { return ClickIdCodec({}).encode({1, 2, 3, n}); }
  std::string body(const std::string& more = "", std::uint64_t n = 1) const {
    return R"({"click_id":")" + click_id(n) + "\"" + more + "}";
  }
  void use_currency(const std::string& currency) {
    Workspace workspace = accounts_->default_workspace().value();
    workspace.currency = currency;
    ASSERT_TRUE(accounts_->update_workspace(workspace));
  }
  Response tell(const std::string& more = "") { return ask("POST", kPath, body(more)); }

  std::string key_;
};

TEST_F(ConversionsTest, IsTakenAndShown) {
  const Response made = tell();
  EXPECT_EQ(made.status, 201) << made.body;
  EXPECT_EQ(told_, 1);
  const auto shown = json(made);
  EXPECT_EQ(text(shown, "click_id"), click_id());
  EXPECT_EQ(text(shown, "event"), "conversion");
  EXPECT_EQ(text(shown, "status"), "pending");
  EXPECT_EQ(text(shown, "time"), "2027-01-15T08:00:00.000Z");
  EXPECT_TRUE(shown.at("value").is_null());
  EXPECT_TRUE(shown.at("currency").is_null());
  EXPECT_TRUE(shown.at("link_id").is_null());
  EXPECT_EQ(field(made, "Location"), std::string(kPath) + "/" + text(shown, "id"));
  EXPECT_EQ(ask("GET", field(made, "Location")).body, made.body);
  const auto list = json(ask("GET", kPath));
  ASSERT_EQ(list.at("data").as_array().size(), 1u);
  EXPECT_EQ(list.at("data").as_array()[0], shown);
  EXPECT_EQ(list.at("counts").at("pending"), 1);
  EXPECT_EQ(list.at("counts").at("unmatched"), 0);
}

TEST_F(ConversionsTest, FaultsAreNamed) {
  struct Row {
    const char* more;
    const char* field;
    const char* code;
  };
  const Row rows[] = {
      {R"(,"event":"")", "event", "bad_event"},
      {R"(,"event":"a\nb")", "event", "bad_event"},
      {R"(,"event":1)", "event", "wrong_type"},
      {R"(,"value":"1")", "value", "wrong_type"},
      {R"(,"value":-1)", "value", "out_of_range"},
      {R"(,"value":1e10)", "value", "out_of_range"},
      {R"(,"value":1)", "currency", "no_currency"},
      {R"(,"currency":"EUR")", "currency", "no_currency"},
      {R"(,"time":"2027-01-15T08:10:00Z")", "time", "bad_time"},
      {R"(,"time":"yesterday")", "time", "bad_time"},
      {R"(,"id":"")", "id", "bad_id"},
      {R"(,"id":"a b")", "id", "bad_id"},
      {R"(,"nonsense":1)", "nonsense", "unknown_field"},
  };
  for (const Row& row : rows) {
    const Response answer = tell(row.more);
    EXPECT_EQ(answer.status, 422) << row.more;
    EXPECT_EQ(code(answer), row.code) << row.more;
    EXPECT_EQ(text(json(answer), "field"), row.field) << row.more;
  }
  const Response malformed = ask("POST", kPath, R"({"click_id":"nonsense"})");
  EXPECT_EQ(malformed.status, 422);
  EXPECT_EQ(code(malformed), "bad_click_id");
  EXPECT_EQ(ask("POST", kPath, "{}").status, 422);
  EXPECT_EQ(told_, 0);
}

TEST_F(ConversionsTest, ValuesAreInTheWorkspacesCurrency) {
  use_currency("EUR");
  const auto shown = json(tell(R"(,"value":19.99,"currency":"EUR")"));
  EXPECT_EQ(shown.at("value"), 19.99);
  EXPECT_EQ(text(shown, "currency"), "EUR");
  EXPECT_EQ(text(json(tell(R"(,"value":0.0000014)")), "currency"), "EUR");
  EXPECT_EQ(json(tell(R"(,"value":1000000000)")).at("value").to_number<double>(), 1e9);
  EXPECT_TRUE(json(tell(R"(,"value":null,"currency":"EUR")")).at("currency").is_null());
  const Response other = tell(R"(,"value":1,"currency":"USD")");
  EXPECT_EQ(other.status, 422);
  EXPECT_EQ(code(other), "other_currency");
  EXPECT_EQ(text(json(other), "field"), "currency");
}

TEST_F(ConversionsTest, ARepeatIsTheSameOne) {
  const auto send = [&](const std::string& key, const std::string& more) {
    Request asked = request("POST", kPath, body(more));
    if (!key.empty()) asked.fields.push_back({"Idempotency-Key", key});
    return as(key_, asked);
  };
  key_ = key(Scope::convert_write);
  const Response first = send("order-1", R"(,"event":"sale")");
  ASSERT_EQ(first.status, 201) << first.body;
  clock_.advance(1000);
  for (const Response& again :
       {send("order-1", R"(,"event":"sale")"), send("", R"(,"id":"order-1","event":"sale")"),
        send("order-1", R"(,"event":"sale","id":"order-1")")}) {
    EXPECT_EQ(again.status, 200);
    EXPECT_EQ(again.body, first.body);
    EXPECT_EQ(field(again, "Idempotency-Replayed"), "true");
  }
  EXPECT_EQ(send("order-1", R"(,"event":"other")").status, 409);
  EXPECT_EQ(code(send("order-1", "")), "idempotency_mismatch");
  EXPECT_EQ(code(send("order-1", R"(,"id":"order-2")")), "other_key");
  EXPECT_EQ(send("a b", "").status, 400);
  EXPECT_EQ(told_, 1);
}

TEST_F(ConversionsTest, EachScopeDoesItsPart) {
  const std::string write = key(Scope::convert_write), read = key(Scope::stats_read);
  EXPECT_EQ(as(write, request("POST", kPath, body())).status, 201);
  EXPECT_EQ(as(read, request("POST", kPath, body())).status, 403);
  EXPECT_EQ(as(write, request("GET", kPath)).status, 403);
  EXPECT_EQ(as(read, request("GET", kPath)).status, 200);
}

TEST_F(ConversionsTest, ListsAreAskedForStrictly) {
  for (std::uint64_t n = 0; n < 5; ++n) (void)ask("POST", kPath, body("", n));
  const std::string path = std::string(kPath) + "?";
  const auto page = json(ask("GET", path + "limit=2"));
  ASSERT_EQ(page.at("data").as_array().size(), 2u);
  const auto next = json(ask("GET", path + "limit=200&cursor=" + text(page, "next_cursor")));
  EXPECT_EQ(next.at("data").as_array().size(), 3u);
  EXPECT_TRUE(next.at("next_cursor").is_null());
  EXPECT_EQ(json(ask("GET", path + "status=joined")).at("data").as_array().size(), 0u);
  EXPECT_EQ(json(ask("GET", path + "from=2027-01-15T08:00:00Z&to=2027-01-16"))
                .at("data")
                .as_array()
                .size(),
            5u);
  for (const char* bad : {"limit=0", "limit=201", "status=lost", "link=7", "from=x", "cursor=1.x",
                          "nonsense=1", "to="})
    EXPECT_EQ(ask("GET", path + bad).status, 400) << bad;
  EXPECT_EQ(ask("GET", std::string(kPath) + "/cnv_1").status, 404);
  EXPECT_EQ(ask("GET", std::string(kPath) + "/nonsense").status, 404);
}

TEST_F(ConversionsTest, AFunnelIsOfPeople) {
  EXPECT_EQ(ask("GET", "/api/v1/stats/funnel?traffic=bot").status, 400);
  EXPECT_EQ(text(json(ask("GET", "/api/v1/stats/funnel?traffic=all")), "field"), "traffic");
}

}  // namespace
}  // namespace tally
