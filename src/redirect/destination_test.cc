// SPDX-License-Identifier: Apache-2.0
//
// Where a link leads whom, through the responder: rules, platforms, variants, what is appended.
#include <gmock/gmock.h>

#include <array>
#include <cmath>

#include "redirect/responder_fixture.h"

namespace tally {
namespace {

class DestinationTest : public ResponderFixture {};

TEST_F(DestinationTest, EachConditionOfARule) {
  struct Row {
    const char* what;
    void (*set)(Rule&);
    std::string_view agent;
    const char *peer, *target, *fields;
    bool holds;
  };
  const auto ios = [](Rule& r) { r.platforms = {Platform::ios, Platform::android}; };
  const auto tablet = [](Rule& r) { r.devices = {Device::tablet}; };
  const auto country = [](Rule& r) { r.countries = {"FR", "DE"}; };
  const auto region = [](Rule& r) { r.regions = {"Bavaria"}; };
  const auto language = [](Rule& r) { r.languages = {"de", "fr"}; };
  const auto query = [](Rule& r) { r.query = QueryCondition{"beta", {}}; };
  const auto value = [](Rule& r) { r.query = QueryCondition{"v", "a b"}; };
  const auto monday = [](Rule& r) { r.time = WeekWindow{1, 540, 1020, "Europe/Berlin"}; };
  const auto tuesday = [](Rule& r) { r.time = WeekWindow{2, 0, 1440, "Europe/Berlin"}; };
  const auto nowhere = [](Rule& r) { r.time = WeekWindow{0x7f, 0, 1440, "Nowhere/Land"}; };
  const auto two = [](Rule& r) {
    r.platforms = {Platform::ios};
    r.countries = {"DE"};
  };
  const Row rows[] = {
      {"ios", ios, kIphone, "192.0.2.1", "/r", "", true},
      {"android too", ios, kPixel, "192.0.2.1", "/r", "", true},
      {"not desktop", ios, kDesktop, "192.0.2.1", "/r", "", false},
      {"a phone is no tablet", tablet, kPixel, "192.0.2.1", "/r", "", false},
      {"the hint says tablet", tablet, kPixel, "192.0.2.1", "/r",
       "Sec-CH-UA-Model: \"SM-X700\"\r\n", true},
      {"country", country, kDesktop, "192.0.2.1", "/r", "", true},
      {"other country", country, kDesktop, "192.0.2.2", "/r", "", false},
      {"unknown country", country, kDesktop, "198.51.100.1", "/r", "", false},
      {"region", region, kDesktop, "192.0.2.1", "/r", "", true},
      {"other region", region, kDesktop, "192.0.2.2", "/r", "", false},
      {"language", language, kDesktop, "192.0.2.1", "/r", "Accept-Language: de-CH,en\r\n", true},
      {"second language", language, kDesktop, "192.0.2.1", "/r", "Accept-Language: en,de\r\n",
       false},
      {"no language", language, kDesktop, "192.0.2.1", "/r", "", false},
      {"query name", query, kDesktop, "192.0.2.1", "/r?a=1&beta", "", true},
      {"no such name", query, kDesktop, "192.0.2.1", "/r?alpha=beta", "", false},
      {"query value", value, kDesktop, "192.0.2.1", "/r?v=a+b", "", true},
      {"query value, other spelling", value, kDesktop, "192.0.2.1", "/r?%76=a%20b", "", true},
      {"other value", value, kDesktop, "192.0.2.1", "/r?v=ab", "", false},
      {"time", monday, kDesktop, "192.0.2.1", "/r", "", true},
      {"other day", tuesday, kDesktop, "192.0.2.1", "/r", "", false},
      {"no such zone", nowhere, kDesktop, "192.0.2.1", "/r", "", false},
      {"both", two, kIphone, "192.0.2.1", "/r", "", true},
      {"one of two", two, kIphone, "192.0.2.2", "/r", "", false},
  };
  for (const Row& row : rows) {
    Link link = named("r");
    Rule rule;
    row.set(rule);
    rule.destination = "https://example.com/ruled";
    link.rules = {rule};
    publish(link);
    peer_ = row.peer;
    EXPECT_EQ(location_of(get_as(row.agent, row.target, row.fields)),
              row.holds ? "https://example.com/ruled" : "https://example.com/r")
        << row.what;
    EXPECT_EQ(hit().variant, "");
  }
}

TEST_F(DestinationTest, RulesThenPlatformThenVariantsThenDestination) {
  Link link = named("r");
  Rule german, android;
  german.countries = {"DE"};
  german.destination = "https://example.com/de";
  android.platforms = {Platform::android};
  android.destination = "https://example.com/second-rule";
  link.rules = {german, android};
  link.ios = {"https://example.com/ios", "https://apps.apple.com/x"};
  link.android = {"", "https://play.google.com/x"};
  link.variants = {{"only", 1, "https://example.com/variant"}};
  publish(link);
  peer_ = "192.0.2.1";
  EXPECT_EQ(location_of(get_as(kIphone, "/r")), "https://example.com/de");
  peer_ = "192.0.2.2";
  EXPECT_EQ(location_of(get_as(kPixel, "/r")), "https://example.com/second-rule");
  EXPECT_EQ(location_of(get_as(kIphone, "/r")), "https://example.com/ios");
  EXPECT_EQ(location_of(get_as(kDesktop, "/r")), "https://example.com/variant");
  EXPECT_EQ(hit().variant, "only");
  link.rules = {};
  link.variants = {};
  publish(link);
  EXPECT_EQ(location_of(get_as(kPixel, "/r")), "https://play.google.com/x");
  EXPECT_EQ(location_of(get_as(kDesktop, "/r")), "https://example.com/r");
}

// 20,000 distinct people; each arm within three standard deviations of its share, and every one of
// them gets the same arm again.
TEST_F(DestinationTest, VariantsFollowTheirWeightsAndStick) {
  Link link = named("ab");
  link.variants = {{"a", 7, "https://example.com/a"},
                   {"b", 2, "https://example.com/b"},
                   {"c", 1, "https://example.com/c"}};
  publish(link);
  constexpr int kPeople = 20'000;
  std::map<std::string, int> counts;
  std::vector<std::string> first;
  const auto arm_of = [&](int person) {
    peer_ = "10." + std::to_string(person >> 16) + "." + std::to_string(person >> 8 & 255) + "." +
            std::to_string(person & 255);
    const std::string location = location_of(get_as(kDesktop, "/ab"));
    EXPECT_EQ("https://example.com/" + std::string(hit().variant), location);
    return std::string(hit().variant);
  };
  for (int i = 0; i < kPeople; ++i) {
    first.push_back(arm_of(i));
    ++counts[first.back()];
  }
  for (const auto& [name, share] : std::map<std::string, double>{{"a", .7}, {"b", .2}, {"c", .1}}) {
    const double sigma = std::sqrt(kPeople * share * (1 - share));
    EXPECT_NEAR(counts[name], kPeople * share, 3 * sigma) << name;
  }
  now_ += 11 * kMillisPerHour;  // the same UTC day
  for (int i = 0; i < 2'000; ++i) EXPECT_EQ(arm_of(i), first[static_cast<std::size_t>(i)]);
  now_ += 2 * kMillisPerHour;  // the next one: the salt is another, and so are the visitors
  int moved = 0;
  for (int i = 0; i < 2'000; ++i) moved += arm_of(i) != first[static_cast<std::size_t>(i)] ? 1 : 0;
  EXPECT_GT(moved, 500);
}

TEST_F(DestinationTest, TwoExperimentsAreIndependent) {
  Link one = named("one"), two = named("two");
  one.variants =
      two.variants = {{"a", 1, "https://example.com/a"}, {"b", 1, "https://example.com/b"}};
  publish(one);
  publish(two);
  int same = 0;
  for (int i = 0; i < 4'000; ++i) {
    peer_ = "10.0." + std::to_string(i >> 8) + "." + std::to_string(i & 255);
    get_as(kDesktop, "/one");
    const std::string arm(hit().variant);
    get_as(kDesktop, "/two");
    same += arm == hit().variant ? 1 : 0;
  }
  EXPECT_NEAR(same, 2'000, 3 * std::sqrt(4'000 * .25));
}

// With the workspace's cookie on.
class KeptVariantTest : public ResponderFixture {
 protected:
  KeptVariantTest() {
    const WorkspaceId with_cookie[] = {{1}};
    live_.publish(live_.current()->with_domains({}, with_cookie));
  }
  Link split(std::uint32_t a, std::uint32_t b) {
    Link link = named("a b");
    link.id = {7};
    link.variants = {{"x; y=1", a, "https://example.com/a"}, {"b", b, "https://example.com/b"}};
    publish(link);
    return link;
  }
  // What a browser that was answered so sends back.
  static std::string cookie_of(const std::string& answer) {
    const std::string set = field_of(answer, "Set-Cookie");
    return "Cookie: theme=dark; " + set.substr(0, set.find(';')) + "; tm_70=b\r\n";
  }
};

TEST_F(KeptVariantTest, StaysForAsLongAsTheLinkGivesItToAnybody) {
  split(1, 0);
  const std::string given = get_as(kDesktop, "/a%20b");
  EXPECT_EQ(field_of(given, "Set-Cookie"),
            "tm_7=x%3B%20y%3D1; Path=/a%20b; Max-Age=2592000; HttpOnly; SameSite=Lax");
  EXPECT_EQ(hit().variant, "x; y=1");
  split(1, 1'000'000);
  now_ += 3 * kMillisPerDay;
  const std::string kept = get_as(kDesktop, "/a%20b", cookie_of(given));
  EXPECT_EQ(hit().variant, "x; y=1");
  EXPECT_EQ(location_of(kept), "https://example.com/a");
  EXPECT_EQ(field_of(kept, "Set-Cookie"), "") << "it is not renewed";
  split(0, 1);
  const std::string moved = get_as(kDesktop, "/a%20b", cookie_of(given));
  EXPECT_EQ(hit().variant, "b");
  EXPECT_THAT(field_of(moved, "Set-Cookie"), testing::StartsWith("tm_7=b; "));
}

TEST_F(KeptVariantTest, IsOfOneLinkAndNamesAVariant) {
  split(1, 0);
  for (const char* cookie : {"tm_7=no-variant", "tm_7=%zz", "tm_7=", "tm_8=b", "xtm_7=b", "tm_7"}) {
    const std::string answer =
        get_as(kDesktop, "/a%20b", "Cookie: " + std::string(cookie) + "\r\n");
    EXPECT_EQ(hit().variant, "x; y=1") << cookie;
    EXPECT_NE(field_of(answer, "Set-Cookie"), "") << cookie;
  }
}

TEST_F(KeptVariantTest, IsForLinksWithVariantsAndPeopleWhoDoNotMind) {
  publish(named("plain"));
  EXPECT_EQ(field_of(get_as(kDesktop, "/plain"), "Set-Cookie"), "");
  split(1, 1);
  sources_.signals = SignalPolicy::anonymise;
  EXPECT_EQ(field_of(get_as(kDesktop, "/a%20b", "DNT: 1\r\n"), "Set-Cookie"), "");
  EXPECT_NE(field_of(get_as(kDesktop, "/a%20b"), "Set-Cookie"), "");
  Link elsewhere = split(1, 1);
  elsewhere.workspace = {2};
  publish(elsewhere);
  EXPECT_EQ(field_of(get_as(kDesktop, "/a%20b"), "Set-Cookie"), "") << "not its workspace's choice";
}

TEST_F(KeptVariantTest, ALandingPageSetsItToo) {
  Link link = split(1, 1);
  link.landing = true;
  publish(link);
  const std::string page = get_as(kDesktop, "/a%20b");
  EXPECT_EQ(status_of(page), "200");
  EXPECT_NE(field_of(page, "Set-Cookie"), "");
}

TEST_F(DestinationTest, AVariantWithoutWeightIsNeverDrawn) {
  Link link = named("z");
  link.variants = {{"none", 0, "https://example.com/none"}, {"all", 1, "https://example.com/all"}};
  publish(link);
  for (int i = 0; i < 50; ++i) {
    peer_ = "10.0.0." + std::to_string(i);
    EXPECT_EQ(location_of(get_as(kDesktop, "/z")), "https://example.com/all");
  }
}

TEST_F(DestinationTest, APatternHandsOnItsToken) {
  Link link = named("product", ":token");
  link.destination = "https://shop.example/p/{token}?c={click_id}";
  publish(link);
  ClickKey key{1, 2, 3, 7};
  EXPECT_EQ(location_of(get("/product/a%20b")),
            "https://shop.example/p/a%20b?c=" + click_ids_.encode(key));
  EXPECT_EQ(hit().token, "a b");
  EXPECT_EQ(hit().prefix, "product");
}

TEST_F(DestinationTest, AskedForPassThroughAndClickId) {
  Link link = named("pass");
  link.passthrough = true;
  link.append_click_id = true;
  link.utm.medium = "email";
  publish(link);
  ClickKey key{1, 2, 3, 7};
  EXPECT_EQ(location_of(get("/pass?a=1&qr=1&src=x")),
            "https://example.com/pass?a=1&utm_medium=email&tm_cid=" + click_ids_.encode(key));
  EXPECT_EQ(hit().trigger, Trigger::qr);
  EXPECT_EQ(hit().query, "a=1&qr=1&src=x");
}

TEST_F(DestinationTest, AnotherStatusIsTheLinksOwnWish) {
  for (const int status : {301, 307}) {
    Link link = named("s");
    link.status = static_cast<std::uint16_t>(status);
    publish(link);
    const std::string answer = get("/s");
    EXPECT_EQ(status_of(answer), std::to_string(status));
    EXPECT_EQ(field_of(answer, "Cache-Control"), "private, no-store");
  }
}

}  // namespace
}  // namespace tally
