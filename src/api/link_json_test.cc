// SPDX-License-Identifier: Apache-2.0
#include "api/link_json.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr std::string_view kBase = "https://go.example";

TEST(LinkJson, WritesEveryField) {
  Link link;
  link.id = LinkId{42};
  link.prefix = "promo";
  link.token = "summer sale";
  link.destination = "https://shop.example/";
  link.tags = {"a", "b"};
  link.utm.source = "newsletter";
  link.expires_at = 1'830'000'000'000;
  link.created_at = link.updated_at = 1'800'000'000'123;
  JsonWriter out;
  put_link(out, link, kBase);
  EXPECT_EQ(out.take(),
            R"({"id":"lnk_42","domain":null,"prefix":"promo","token":"summer sale",)"
            R"("destination":"https://shop.example/","title":null,"tags":["a","b"],)"
            R"("campaign":null,"channel":null,"utm":{"source":"newsletter","medium":null,)"
            R"("campaign":null,"content":null,"term":null},"fallback_url":null,"enabled":true,)"
            R"("starts_at":null,"expires_at":"2027-12-28T13:20:00.000Z",)"
            R"("created_at":"2027-01-15T08:00:00.123Z","updated_at":"2027-01-15T08:00:00.123Z",)"
            R"("short_url":"https://go.example/promo/summer%20sale"})");
}

TEST(LinkJson, CreatesFromADestinationAlone) {
  const Link link = apply_link_json({}, R"({"destination":"https://a.example/"})", kBase).value();
  EXPECT_EQ(link.destination, "https://a.example/");
  EXPECT_EQ(link.prefix, "");
  EXPECT_TRUE(link.enabled);
}

TEST(LinkJson, PatchesAsAMerge) {
  Link before;
  before.prefix = "p";
  before.token = "t";
  before.destination = "https://a.example/";
  before.title = "old";
  before.tags = {"x"};
  before.utm = {"s", "m", "", "", ""};
  before.expires_at = 5;
  const Link after =
      apply_link_json(before, R"({"title":null,"tags":["b","a","b"],"utm":{"medium":null,
                                  "term":"t"},"expires_at":null,"enabled":false})",
                      kBase)
          .value();
  EXPECT_EQ(after.prefix, "p");
  EXPECT_EQ(after.token, "t");
  EXPECT_EQ(after.title, "");
  EXPECT_EQ(after.tags, (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(after.utm, (Utm{"s", "", "", "", "t"}));
  EXPECT_EQ(after.expires_at, std::nullopt);
  EXPECT_FALSE(after.enabled);
  EXPECT_EQ(apply_link_json(before, R"({"utm":null,"token":null})", kBase)->utm, Utm{});
  EXPECT_EQ(apply_link_json(before, "{}", kBase).value(), before);
}

TEST(LinkJson, RefusesByName) {
  struct Row {
    const char* body;
    const char* slug;
    const char* field;
  };
  const Row rows[] = {
      {"{}", "required", "destination"},
      {R"({"destination":""})", "required", "destination"},
      {R"j({"destination":"javascript:alert(1)"})j", "bad_scheme", "destination"},
      {R"({"destination":"https://a.example:99999/"})", "bad_port", "destination"},
      {R"({"destination":"https://a b.example/"})", "bad_host", "destination"},
      {R"({"destination":"https://a..example/"})", "bad_host", "destination"},
      {R"({"destination":"https://a.example/","prefix":""})", "required", "prefix"},
      {R"({"destination":"https://a.example/","prefix":"_t"})", "reserved", "prefix"},
      {R"({"destination":"https://a.example/","prefix":"a b"})", "bad_slug", "prefix"},
      {R"({"destination":"https://a.example/","token":"x"})", "token_without_prefix", "token"},
      {R"({"destination":"https://a.example/","domain":"b.example"})", "unknown_domain", "domain"},
      {R"({"destination":"https://a.example/","rules":[]})", "unknown_field", "rules"},
      {R"({"destination":"https://a.example/","fallback_url":"x"})", "bad_url", "fallback_url"},
      {R"({"destination":"https://go.example/promo"})", "own_host", "destination"},
      {R"({"destination":"http://GO.example:443/"})", "own_host", "destination"},
      {R"({"destination":"http://go.example./"})", "own_host", "destination"},
      {R"({"destination":"https://a.example/","fallback_url":"https://go.example/x"})", "own_host",
       "fallback_url"},
  };
  for (const Row& row : rows) {
    const auto link = apply_link_json({}, row.body, kBase);
    ASSERT_FALSE(link) << row.body;
    EXPECT_EQ(link.error().slug, row.slug) << row.body;
    EXPECT_EQ(link.error().field, row.field) << row.body;
  }
  for (const char* fine : {"https://go.example:8443/",
                           "https://b\xc3\xbc"
                           "cher.example/",
                           "http://[2001:db8::1]:80/", "http://127.0.0.1/", "https://a_b.example./",
                           "http://localhost:3000"})
    EXPECT_TRUE(apply_link_json({}, std::string(R"({"destination":")") + fine + R"("})", kBase))
        << fine;
  EXPECT_TRUE(apply_link_json({}, R"({"destination":"https://www.go.example/"})", kBase));
}

}  // namespace
}  // namespace tally
