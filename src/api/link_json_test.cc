// SPDX-License-Identifier: Apache-2.0
#include "api/link_json.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr std::string_view kBase = "https://go.example";

const LinkRules kRules = [] {
  LinkRules out{OwnHosts(kBase), {"myapp"}};
  out.hosts.add("b.example");
  return out;
}();

Result<LinkInput> laid_over(const Link& link, std::string_view body) {
  return apply_link_json(link, body, kRules);
}

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
            R"("campaign":null,"content":null,"term":null},"ios":{"url":null,"store_url":null},)"
            R"("android":{"url":null,"store_url":null},"rules":[],"variants":[],)"
            R"("og":{"title":null,"description":null,"image_url":null},"fallback_url":null,)"
            R"("password":null,"click_limit":null,"status":302,"passthrough":false,)"
            R"("append_click_id":false,"landing":false,"privacy":"standard","enabled":true,)"
            R"("starts_at":null,"expires_at":"2027-12-28T13:20:00.000Z",)"
            R"("created_at":"2027-01-15T08:00:00.123Z","updated_at":"2027-01-15T08:00:00.123Z",)"
            R"("short_url":"https://go.example/promo/summer%20sale","warnings":[]})");
}

// Everything that can be said of a link, as it is read back.
constexpr std::string_view kFull =
    R"("domain":"b.example","prefix":"product","token":":token",)"
    R"("destination":"https://shop.example/{token}?c={click_id}","title":"T","tags":["x"],)"
    R"("campaign":"c","channel":"email","utm":{"source":"s","medium":"m","campaign":"c",)"
    R"("content":"o","term":"t"},"ios":{"url":"myapp://p/{token}","store_url":"itms-apps://a/1"},)"
    R"("android":{"url":null,"store_url":"market://details?id=x"},)"
    R"("rules":[{"if":{"platform":["ios","android"],"device":["tablet"],"country":["DE","AT"],)"
    R"("region":["BY"],"language":["de"],"time":{"weekdays":[1,2,7],"from":"22:00","to":"06:30",)"
    R"("tz":"Europe/Berlin"},"query":{"name":"a","value":""}},)"
    R"("destination":"https://shop.example/de"},{"if":{"time":{"weekdays":[1,2,3,4,5,6,7],)"
    R"("from":"00:00","to":"24:00","tz":"UTC"},"query":{"name":"b"}},)"
    R"("destination":"https://shop.example/b"}],)"
    R"("variants":[{"name":"a","weight":1,"destination":"https://c.example/1"},)"
    R"({"name":"b","weight":9,"destination":"https://c.example/2"}],)"
    R"("og":{"title":"O","description":"D","image_url":"https://shop.example/i.png"},)"
    R"("fallback_url":"https://shop.example/over","password":"********","click_limit":100,)"
    R"("status":301,"passthrough":true,"append_click_id":true,"landing":true,)"
    R"("privacy":"do_not_record","enabled":false,"starts_at":"2027-01-15T08:00:00.000Z",)"
    R"("expires_at":"2027-01-16T08:00:00.000Z",)";

TEST(LinkJson, ReadsWhatItWrites) {
  Link before;
  before.password_hash = "$argon2id$";
  const std::string body(kFull.substr(0, kFull.size() - 1));
  const LinkInput input = laid_over(before, "{" + body + "}").value();
  EXPECT_EQ(input.password, std::nullopt);
  JsonWriter out;
  put_link(out, input.link, kBase);
  const std::string text = out.take();
  EXPECT_NE(text.find(kFull), std::string::npos) << text;
  EXPECT_EQ(text.find("argon2id"), std::string::npos) << text;
  EXPECT_NE(text.find(R"("short_url":"https://b.example/product/:token")"), std::string::npos);
  EXPECT_NE(text.find(R"("code":"repeats_hidden","field":"status")"), std::string::npos);
  EXPECT_EQ(laid_over(input.link, "{}").value().link, input.link);
  const Link emptied =
      laid_over(input.link, R"({"domain":null,"ios":null,"android":{"store_url":null},"rules":[],
                            "variants":[],"og":null,"fallback_url":null,"password":null,
                            "click_limit":null})")
          .value()
          .link;
  EXPECT_EQ(emptied.domain, "");
  EXPECT_EQ(emptied.ios, PlatformDestination());
  EXPECT_EQ(emptied.android, PlatformDestination());
  EXPECT_TRUE(emptied.rules.empty() && emptied.variants.empty());
  EXPECT_EQ(emptied.open_graph, OpenGraph());
  EXPECT_EQ(emptied.password_hash, "");
  EXPECT_EQ(emptied.click_limit, std::nullopt);
}

TEST(LinkJson, PasswordsAreGivenKeptAndTakenAway) {
  Link open;
  open.prefix = "p";
  open.destination = "https://a.example/";
  EXPECT_EQ(laid_over(open, R"({"password":"se cret"})")->password, "se cret");
  EXPECT_EQ(laid_over(open, R"({"password":null})")->password, std::nullopt);
  EXPECT_EQ(laid_over(open, R"({"password":"********"})").error().field, "password");
  EXPECT_EQ(laid_over(open, R"({"password":""})").error().slug, "too_short");
  EXPECT_EQ(laid_over(open, R"({"password":7})").error().slug, "wrong_type");
  Link closed = open;
  closed.password_hash = "hash";
  EXPECT_EQ(laid_over(closed, R"({"password":"********"})")->link, closed);
  EXPECT_EQ(laid_over(closed, R"({"password":null})")->link, open);
  EXPECT_EQ(laid_over(closed, R"({"password":"new"})")->password, "new");
}

TEST(LinkJson, CreatesFromADestinationAlone) {
  const Link link = laid_over({}, R"({"destination":"https://a.example/"})").value().link;
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
  const Link after = laid_over(before, R"({"title":null,"tags":["b","a","b"],"utm":{"medium":null,
                                  "term":"t"},"expires_at":null,"enabled":false})")
                         .value()
                         .link;
  EXPECT_EQ(after.prefix, "p");
  EXPECT_EQ(after.token, "t");
  EXPECT_EQ(after.title, "");
  EXPECT_EQ(after.tags, (std::vector<std::string>{"b", "a"}));
  EXPECT_EQ(after.utm, (Utm{"s", "", "", "", "t"}));
  EXPECT_EQ(after.expires_at, std::nullopt);
  EXPECT_FALSE(after.enabled);
  EXPECT_EQ(laid_over(before, R"({"utm":null,"token":null})")->link.utm, Utm{});
  EXPECT_EQ(laid_over(before, "{}").value().link, before);
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
      {R"({"destination":"https://a.example/","domain":"b example"})", "bad_host", "domain"},
      {R"({"destination":"https://a.example/","colour":[]})", "unknown_field", "colour"},
      {R"({"destination":"https://a.example/","fallback_url":"x"})", "bad_url", "fallback_url"},
      {R"({"destination":"https://go.example/promo"})", "own_host", "destination"},
      {R"({"destination":"https://b.example/promo"})", "own_host", "destination"},
      {R"({"destination":"https://a.example/{token}"})", "bad_placeholder", "destination"},
      {R"({"destination":"http://GO.example:443/"})", "own_host", "destination"},
      {R"({"destination":"http://go.example./"})", "own_host", "destination"},
      {R"({"destination":"https://a.example/","fallback_url":"https://go.example/x"})", "own_host",
       "fallback_url"},
  };
  for (const Row& row : rows) {
    const auto link = laid_over({}, row.body);
    ASSERT_FALSE(link) << row.body;
    EXPECT_EQ(link.error().slug, row.slug) << row.body;
    EXPECT_EQ(link.error().field, row.field) << row.body;
  }
  for (const char* fine : {"https://go.example:8443/",
                           "https://b\xc3\xbc"
                           "cher.example/",
                           "http://[2001:db8::1]:80/", "http://127.0.0.1/", "https://a_b.example./",
                           "http://localhost:3000"})
    EXPECT_TRUE(laid_over({}, std::string(R"({"destination":")") + fine + R"("})")) << fine;
  EXPECT_TRUE(laid_over({}, R"({"destination":"https://www.go.example/"})"));
}

TEST(LinkJson, RefusesEveryPartByItsWholeName) {
  struct Row {
    std::string rest;
    const char* slug;
    const char* field;
  };
  // A rule with one condition, and a variant but for its weight.
  const auto rule = [](const std::string& condition) {
    return R"("rules":[{"if":{)" + condition + R"(},"destination":"https://a.b/"}])";
  };
  const auto variant = [](const std::string& weight) {
    return R"("variants":[{"name":"a","destination":"https://a.b/","weight":)" + weight + "}]";
  };
  const Row rows[] = {
      {R"("prefix":"p","token":":id")", "bad_slug", "token"},
      {R"("ios":{"url":"fb://x"})", "bad_scheme", "ios.url"},
      {R"("ios":{"app":"x"})", "unknown_field", "ios.app"},
      {R"("rules":{})", "wrong_type", "rules"},
      {R"("rules":[7])", "wrong_type", "rules[0]"},
      {R"("rules":[{}])", "required", "rules[0].if"},
      {rule(""), "required", "rules[0].if"},
      {rule(R"("planet":["x"])"), "unknown_field", "rules[0].if.planet"},
      {rule(R"("platform":["tv"])"), "bad_value", "rules[0].if.platform"},
      {rule(R"("time":{"from":"9:00"})"), "bad_value", "rules[0].if.time.from"},
      {rule(R"("time":{"weekdays":[8]})"), "bad_value", "rules[0].if.time.weekdays"},
      {rule(R"("time":{"weekdays":[]})"), "bad_value", "rules[0].if.time.weekdays"},
      {rule(R"("time":{"tz":"Mars"})"), "bad_time_zone", "rules[0].if.time.tz"},
      {rule(R"("query":{"value":"x"})"), "required", "rules[0].if.query.name"},
      {variant("0"), "bad_value", "variants[0].weight"},
      {variant("-1"), "wrong_type", "variants[0].weight"},
      {variant("99999999999"), "bad_value", "variants[0].weight"},
      {R"("click_limit":1.5)", "wrong_type", "click_limit"},
      {R"("click_limit":0)", "bad_value", "click_limit"},
      {R"("status":65838)", "bad_value", "status"},
      {R"("privacy":"none")", "bad_value", "privacy"},
      {R"("landing":null)", "wrong_type", "landing"},
  };
  for (const Row& row : rows) {
    const auto link = laid_over({}, R"({"destination":"https://a.example/",)" + row.rest + "}");
    ASSERT_FALSE(link) << row.rest;
    EXPECT_EQ(link.error().slug, row.slug) << row.rest;
    EXPECT_EQ(link.error().field, row.field) << row.rest;
  }
}

}  // namespace
}  // namespace tally
