// SPDX-License-Identifier: Apache-2.0
#include "api/public_conversions.h"

#include <gmock/gmock.h>

#include "api/api_fixture.h"

namespace tally {
namespace {

class PublicConversionsTest : public ApiFixture {
 protected:
  PublicConversionsTest() {
    taker_.when_taken([this] { ++told_; });
    public_ = key(Scope::convert_public);
  }

  static std::string click_id(std::uint16_t node = 1) { return codec().encode({node, 2, 3, 4}); }
  static ClickIdCodec codec() { return ClickIdCodec({}); }
  static std::string body(const std::string& key, const std::string& click,
                          const std::string& more = "") {
    return R"({"key":")" + key + R"(","click_id":")" + click + "\"" + more + "}";
  }
  ConversionReply tell(const std::string& more = "") {
    return taker_.take(body(public_, click_id(), more));
  }
  std::size_t stored() {
    return json(ask("GET", "/api/v1/conversions")).at("data").as_array().size();
  }

  PublicConversions taker_{{*accounts_, *conversions_, clock_, codec(),
                            [](const ClickKey& click) { return click.node == 1; }}};
  std::string public_;
};

TEST_F(PublicConversionsTest, EachEventOfAClickIsTakenOnce) {
  EXPECT_EQ(tell().status, 204);
  clock_.advance(1000);
  EXPECT_EQ(tell().status, 204);
  EXPECT_EQ(stored(), 1u);
  EXPECT_EQ(told_, 1) << "a repeat is nothing new";
  EXPECT_EQ(tell(R"(,"event":"signup")").status, 204);
  const auto listed = json(ask("GET", "/api/v1/conversions")).at("data").as_array();
  ASSERT_EQ(listed.size(), 2u);
  EXPECT_EQ(text(listed[0], "event"), "signup");
  EXPECT_EQ(text(listed[1], "event"), "conversion");
  EXPECT_EQ(text(listed[1], "click_id"), click_id());
  EXPECT_EQ(text(listed[1], "time"), "2027-01-15T08:00:00.000Z");
  EXPECT_TRUE(listed[1].at("value").is_null());
}

TEST_F(PublicConversionsTest, AClickLeadsToFewEvents) {
  for (std::size_t i = 0; i < kMaxPublicEvents; ++i)
    EXPECT_EQ(tell(R"(,"event":"e)" + std::to_string(i) + "\"").status, 204);
  EXPECT_EQ(tell(R"(,"event":"one_more")").status, 409);
  EXPECT_EQ(tell(R"(,"event":"e0")").status, 204) << "a repeat is none more";
  EXPECT_EQ(stored(), kMaxPublicEvents);
}

TEST_F(PublicConversionsTest, RefusesEverythingElse) {
  struct Row {
    std::string body;
    int status;
    const char* says;
  };
  const Row rows[] = {
      {"", 400, ""},
      {"[]", 422, ""},
      {"{}", 422, "key"},
      {body(public_, click_id(), R"(,"value":1)"), 422, "value"},
      {body(public_, click_id(), R"(,"time":"2027-01-01T00:00:00Z")"), 422, "time"},
      {body(public_, click_id(), R"(,"event":"")"), 422, "event"},
      {body(public_, click_id(), R"(,"event":"<b>")"), 422, "event"},
      {body(public_, click_id(), R"(,"event":")" + std::string(65, 'e') + "\""), 422, "event"},
      {body(public_, "x"), 422, "click_id"},
      {body(public_, click_id(2)), 422, "click_id"},
      {body("pub_nobody", click_id()), 403, "key"},
      {body(key(Scope::convert_write), click_id()), 403, "key"},
      {body(key(Scope::admin), click_id()), 403, "key"},
  };
  for (const Row& row : rows) {
    const ConversionReply reply = taker_.take(row.body);
    EXPECT_EQ(reply.status, row.status) << row.body << " " << reply.text;
    EXPECT_THAT(reply.text, testing::HasSubstr(row.says)) << row.body;
  }
  EXPECT_EQ(stored(), 0u);
}

TEST_F(PublicConversionsTest, APublicKeyIsReadableAndOpensNothingElse) {
  const auto made = ask("POST", "/api/v1/keys", R"({"name":"shop","scopes":["convert:public"]})");
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string secret = text(json(made), "key");
  EXPECT_THAT(secret, testing::MatchesRegex("pub_[0-9A-Za-z]{24}"));
  const auto keys = json(ask("GET", "/api/v1/keys")).at("data").as_array();
  EXPECT_EQ(text(keys.back(), "public_key"), secret);
  EXPECT_TRUE(keys.front().at("public_key").is_null() ||
              text(keys.front(), "public_key") == public_);
  for (const char* path : {"/api/v1/keys", "/api/v1/links", "/api/v1/session", "/api/v1/settings"})
    EXPECT_EQ(code(as(secret, request("GET", path))), "bad_key") << path;
  EXPECT_EQ(code(as(secret, request("POST", "/api/v1/conversions", "{}"))), "bad_key");
  for (const char* other : {"admin", "convert:write", "stats:read"})
    EXPECT_EQ(
        code(ask("POST", "/api/v1/keys",
                 R"({"name":"x","scopes":["convert:public",")" + std::string(other) + R"("]})")),
        "public_alone");
  const std::string id = text(json(made), "id");
  EXPECT_EQ(taker_.take(body(secret, click_id())).status, 204);
  EXPECT_EQ(ask("DELETE", "/api/v1/keys/" + id).status, 204);
  EXPECT_EQ(taker_.take(body(secret, click_id())).status, 403);
}

}  // namespace
}  // namespace tally
