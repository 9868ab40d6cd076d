// SPDX-License-Identifier: Apache-2.0
#include "model/link.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace tally {
namespace {

TEST(Slugs, PrefixAndToken) {
  for (const char* good : {"a", "promo", "A-b_9", "X7"}) EXPECT_TRUE(validate_prefix(good)) << good;
  for (const char* bad : {"", "_t", "robots.txt", "favicon.ico", ".well-known", "a b", "a/b", "a+"})
    EXPECT_FALSE(validate_prefix(bad)) << bad;
  EXPECT_FALSE(validate_prefix(std::string(65, 'a')));
  for (const char* good : {"", "summer-sale", "gr\xc3\xbc\xc3\x9f", "a b", "%41", ":token", "a:b"})
    EXPECT_TRUE(validate_token(good)) << good;
  for (const char* bad : {"a/b", "\n", "\xff", ".", "..", ":", ":x", ":Token"})
    EXPECT_FALSE(validate_token(bad)) << bad;
}

TEST(Link, ShortPathEncodesTheToken) {
  Link link;
  link.prefix = "promo";
  EXPECT_EQ(short_path(link), "/promo");
  link.token = "a b?";
  EXPECT_EQ(short_path(link), "/promo/a%20b%3F");
}

TEST(Link, FirstBrokenRuleIsNamed) {
  Link link;
  link.prefix = "promo";
  link.destination = "https://example.com/";
  EXPECT_TRUE(validate(link));
  Link early = link;
  early.starts_at = 2000;
  early.expires_at = 1000;
  EXPECT_EQ(validate(early).error().field, "expires_at");
  Link tagged = link;
  tagged.tags = {"ok", ""};
  EXPECT_EQ(validate(tagged).error().field, "tags");
  Link labelled = link;
  labelled.utm.term = "a\nb";
  EXPECT_EQ(validate(labelled).error().field, "utm.term");
}

// A link that breaks nothing, with everything that a link can have.
Link full_link() {
  Link link;
  link.prefix = "product";
  link.token = ":token";
  link.destination = "https://shop.example/{token}?c={click_id}";
  link.ios = {"myapp://product/{token}", "itms-apps://apps.example/app/id1"};
  link.android = {"https://shop.example/app", "market://details?id=x&referrer={click_id}"};
  Rule rule;
  rule.platforms = {Platform::ios};
  rule.devices = {Device::tablet};
  rule.countries = {"DE", "XK"};
  rule.regions = {"BY"};
  rule.languages = {"de", "fil"};
  rule.time = WeekWindow{0x1f, 22 * 60, 6 * 60, "Europe/Berlin"};
  rule.query = QueryCondition{"a", ""};
  rule.destination = "https://shop.example/de/{token}";
  link.rules = {rule};
  link.variants = {{"a", 1, "https://a.example/"}, {"b", 10'000, "https://c.example/{token}"}};
  link.open_graph = {"Title", "Text", "https://shop.example/i.png"};
  link.fallback_url = "https://shop.example/over";
  link.click_limit = 1;
  link.status = 307;
  return link;
}

TEST(Link, EveryPartHasItsRules) {
  const std::vector<std::string> schemes = {"myapp"};
  ASSERT_TRUE(validate(full_link(), schemes)) << validate(full_link(), schemes).error().line();
  struct Row {
    const char* field;
    void (*spoil)(Link&);
  };
  const Row rows[] = {
      {"destination", [](Link& l) { l.token = "exact"; }},
      {"ios.url", [](Link& l) { l.ios.url = "theirapp://x"; }},
      {"ios.store_url", [](Link& l) { l.ios.store_url = "myapp://x"; }},
      {"android.url", [](Link& l) { l.android.url = "javascript:alert(1)"; }},
      {"android.store_url", [](Link& l) { l.android.store_url = "data:,x"; }},
      {"fallback_url", [](Link& l) { l.fallback_url = "ftp://x.example/"; }},
      {"rules", [](Link& l) { l.rules.resize(51, l.rules[0]); }},
      {"rules[0].if", [](Link& l) { l.rules[0] = Rule(); }},
      {"rules[0].if.country", [](Link& l) { l.rules[0].countries = {"de"}; }},
      {"rules[0].if.country", [](Link& l) { l.rules[0].countries = {"UK"}; }},
      {"rules[0].if.country", [](Link& l) { l.rules[0].countries = {"D "}; }},
      {"rules[0].if.region", [](Link& l) { l.rules[0].regions = {""}; }},
      {"rules[0].if.language", [](Link& l) { l.rules[0].languages = {"de-DE"}; }},
      {"rules[0].if.language", [](Link& l) { l.rules[0].languages = {"DE"}; }},
      {"rules[0].if.time.weekdays", [](Link& l) { l.rules[0].time->weekdays = 0; }},
      {"rules[0].if.time.from", [](Link& l) { l.rules[0].time->from_minute = 1440; }},
      {"rules[0].if.time.to", [](Link& l) { l.rules[0].time->to_minute = 1441; }},
      {"rules[0].if.time.to", [](Link& l) { l.rules[0].time->to_minute = 22 * 60; }},
      {"rules[0].if.time.tz", [](Link& l) { l.rules[0].time->zone = "Mars/Base"; }},
      {"rules[0].if.time.tz", [](Link& l) { l.rules[0].time->zone = "../../etc/passwd"; }},
      {"rules[0].if.query.name", [](Link& l) { l.rules[0].query->name = ""; }},
      {"rules[0].if.query.value", [](Link& l) { l.rules[0].query->value = "a\nb"; }},
      {"rules[0].destination", [](Link& l) { l.rules[0].destination = ""; }},
      {"rules[0].destination", [](Link& l) { l.rules[0].destination = "myapp://x"; }},
      {"variants", [](Link& l) { l.variants.resize(21); }},
      {"variants[1].name", [](Link& l) { l.variants[1].name = "a"; }},
      {"variants[0].name", [](Link& l) { l.variants[0].name = ""; }},
      {"variants[0].name", [](Link& l) { l.variants[0].name = std::string(65, 'x'); }},
      {"variants[0].weight", [](Link& l) { l.variants[0].weight = 0; }},
      {"variants[0].weight", [](Link& l) { l.variants[0].weight = 10'001; }},
      {"variants[1].destination", [](Link& l) { l.variants[1].destination = "x"; }},
      {"og.title", [](Link& l) { l.open_graph.title = std::string(1001, 'x'); }},
      {"og.description", [](Link& l) { l.open_graph.description = "\x01"; }},
      {"og.image_url", [](Link& l) { l.open_graph.image_url = "javascript:1"; }},
      {"click_limit", [](Link& l) { l.click_limit = 0; }},
      {"click_limit", [](Link& l) { l.click_limit = 1'000'000'001; }},
      {"status", [](Link& l) { l.status = 303; }},
  };
  for (const Row& row : rows) {
    Link link = full_link();
    row.spoil(link);
    const auto done = validate(link, schemes);
    ASSERT_FALSE(done) << row.field;
    EXPECT_EQ(done.error().field, row.field) << done.error().line();
    EXPECT_EQ(done.error().code, ErrorCode::invalid);
  }
}

TEST(Link, NoUrlLeadsBackHere) {
  OwnHosts hosts("https://go.example");
  hosts.add("b.example");
  EXPECT_TRUE(refuse_loops(full_link(), hosts));
  struct Row {
    const char* field;
    void (*spoil)(Link&);
  };
  const Row rows[] = {
      {"destination", [](Link& l) { l.destination = "https://go.example/{token}"; }},
      {"fallback_url", [](Link& l) { l.fallback_url = "http://b.example/"; }},
      {"ios.url", [](Link& l) { l.ios.url = "http://b.example/"; }},
      {"ios.store_url", [](Link& l) { l.ios.store_url = "http://b.example/"; }},
      {"android.url", [](Link& l) { l.android.url = "http://b.example/"; }},
      {"android.store_url", [](Link& l) { l.android.store_url = "http://b.example/"; }},
      {"rules[0].destination", [](Link& l) { l.rules[0].destination = "http://b.example/"; }},
      {"variants[1].destination", [](Link& l) { l.variants[1].destination = "http://b.example/"; }},
  };
  for (const Row& row : rows) {
    Link link = full_link();
    row.spoil(link);
    const auto done = refuse_loops(link, hosts);
    ASSERT_FALSE(done) << row.field;
    EXPECT_EQ(done.error().field, row.field);
    EXPECT_EQ(done.error().slug, "own_host");
    const std::string host = row.field == std::string("destination") ? "go.example" : "b.example";
    EXPECT_EQ(std::ranges::count(hosts_led_to(link), host), 1) << row.field;
  }
}

TEST(LinkPassword, IsShortText) {
  EXPECT_TRUE(validate_link_password("x"));
  EXPECT_TRUE(validate_link_password(std::string(256, 'x')));
  for (const std::string& bad : {std::string(), std::string(257, 'x'), std::string("\xff")})
    EXPECT_EQ(validate_link_password(bad).error().field, "password");
}

TEST(Ids, HaveOneSpelling) {
  EXPECT_EQ(LinkId{42}.text(), "lnk_42");
  EXPECT_EQ(LinkId::parse("lnk_42"), LinkId{42});
  for (const char* bad :
       {"", "42", "lnk_", "lnk_0", "lnk_042", "key_42", "lnk_42x", "lnk_99999999999999999999"})
    EXPECT_FALSE(LinkId::parse(bad)) << bad;
}

}  // namespace
}  // namespace tally
