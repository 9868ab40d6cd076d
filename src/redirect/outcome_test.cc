// SPDX-License-Identifier: Apache-2.0
//
// What comes of a request for a link that is not simply open: passwords, limits, previews, landing
// pages, apps, beacons.
#include "redirect/responder_fixture.h"

namespace tally {
namespace {

class OutcomeTest : public ResponderFixture {
 protected:
  std::string post(const std::string& target, const std::string& body,
                   PasswordVerdict verdict = PasswordVerdict::not_asked) {
    return ask("POST", target, "Content-Length: " + std::to_string(body.size()) + "\r\n", body,
               verdict);
  }
};

TEST_F(OutcomeTest, ALimitLetsExactlySoManyPeopleThrough) {
  Link link = named("few");
  link.click_limit = 2;
  publish(link);
  const auto is_through = [&](std::string_view agent) {
    return status_of(get_as(agent, "/few")) == "302";
  };
  EXPECT_TRUE(is_through(kCurl));
  EXPECT_EQ(hit().verdict->traffic, Traffic::library);
  EXPECT_FALSE(hit().limit_spent);
  EXPECT_EQ(status_of(ask("HEAD", "/few", "User-Agent: " + std::string(kDesktop) + "\r\n")), "302");
  EXPECT_FALSE(hit().limit_spent);
  EXPECT_TRUE(is_through(kDesktop));
  EXPECT_EQ(hit().verdict->traffic, Traffic::human);
  EXPECT_TRUE(hit().limit_spent);
  EXPECT_EQ(status_of(get_as(kDesktop, "/few", "Sec-Purpose: prefetch\r\n")), "503");
  EXPECT_TRUE(is_through(kIphone));
  EXPECT_EQ(limits_.taken[link.id.value], 2u);
  const std::string page = get_as(kPixel, "/few");
  EXPECT_EQ(status_of(page), "410");
  EXPECT_NE(page.find("limited number"), std::string::npos);
  EXPECT_EQ(outcome(), Outcome::limit_reached);
  EXPECT_FALSE(hit().limit_spent);
  EXPECT_FALSE(is_through(kCurl));
  link.fallback_url = "https://example.com/over";
  publish(link);
  EXPECT_EQ(location_of(get_as(kDesktop, "/few")), "https://example.com/over");
}

TEST_F(OutcomeTest, APasswordIsAskedForCheckedAndLetsThrough) {
  Link link = named("secret");
  link.password_hash = "$argon2id$v=19$...";
  link.title = "Board <minutes>";
  link.status = 307;
  publish(link);
  const std::string page = get("/secret");
  EXPECT_EQ(status_of(page), "200");
  EXPECT_EQ(outcome(), Outcome::password);
  EXPECT_TRUE(answer_.record);
  EXPECT_NE(page.find("<form method=\"post\">"), std::string::npos);
  EXPECT_NE(page.find("Board &lt;minutes&gt;"), std::string::npos);
  EXPECT_EQ(page.find("example.com"), std::string::npos);

  EXPECT_EQ(post("/secret", "x=1&password=a%20b%2Bc+d"), "");
  ASSERT_TRUE(answer_.ask);
  EXPECT_EQ(answer_.ask->hash, "$argon2id$v=19$...");
  EXPECT_EQ(answer_.ask->attempt, "a b+c d");
  EXPECT_FALSE(answer_.record);

  const std::string wrong = post("/secret", "password=x", PasswordVerdict::wrong);
  EXPECT_EQ(status_of(wrong), "403");
  EXPECT_NE(wrong.find("not the password"), std::string::npos);
  EXPECT_FALSE(answer_.record);

  const std::string right = post("/secret", "password=x", PasswordVerdict::right);
  EXPECT_EQ(status_of(right), "303");  // a 307 would send the password on
  EXPECT_EQ(location_of(right), "https://example.com/secret");
  EXPECT_EQ(outcome(), Outcome::redirected);
  EXPECT_TRUE(answer_.record);

  for (const char* body : {"", "password=", "password=%zz", "other=1"}) {
    EXPECT_EQ(status_of(post("/secret", body)), "200") << body;
    EXPECT_FALSE(answer_.ask) << body;
    EXPECT_FALSE(answer_.record) << body;
  }
  EXPECT_EQ(get("/secret+").find("https://example.com/secret"), std::string::npos);
}

TEST_F(OutcomeTest, GuessingIsLimitedPerSource) {
  Link link = named("secret");
  link.password_hash = "$argon2id$";
  publish(link);
  for (std::uint32_t i = 0; i < SourceLimits::kPasswords; ++i) {
    post("/secret", "password=x");
    EXPECT_TRUE(answer_.ask);
  }
  const std::string refused = post("/secret", "password=x");
  EXPECT_EQ(status_of(refused), "429");
  EXPECT_EQ(field_of(refused, "Retry-After"), "60");
  EXPECT_FALSE(answer_.ask);
  EXPECT_FALSE(answer_.record);
  peer_ = "203.0.113.10";
  post("/secret", "password=x");
  EXPECT_TRUE(answer_.ask);
}

TEST_F(OutcomeTest, AFormIsTakenWhereThereIsAPasswordOnly) {
  publish(named("open"));
  for (const char* path : {"/open", "/open+", "/nothing", "/robots.txt"}) {
    EXPECT_EQ(status_of(post(path, "password=x")), "405") << path;
    EXPECT_FALSE(answer_.record) << path;
  }
  EXPECT_EQ(field_of(post("/open", "x"), "Allow"), "GET, HEAD");
}

TEST_F(OutcomeTest, ALimitedLinkWithAPasswordCountsAcceptedOnes) {
  Link link = named("both");
  link.password_hash = "$argon2id$";
  link.click_limit = 1;
  publish(link);
  const std::string person = "User-Agent: " + std::string(kDesktop) + "\r\n";
  EXPECT_EQ(status_of(ask("GET", "/both", person)), "200");
  EXPECT_TRUE(limits_.taken.empty());
  EXPECT_EQ(status_of(ask("POST", "/both", person, "password=x", PasswordVerdict::right)), "303");
  EXPECT_EQ(limits_.taken[link.id.value], 1u);
  EXPECT_EQ(status_of(ask("GET", "/both", person)), "410");
  EXPECT_EQ(outcome(), Outcome::limit_reached);
  // Two had the form open: the second comes too late, and that is recorded.
  EXPECT_EQ(status_of(ask("POST", "/both", person, "password=x", PasswordVerdict::right)), "410");
  EXPECT_TRUE(answer_.record);
}

TEST_F(OutcomeTest, PreviewFetchersGetTheCardAndPeopleTheRedirect) {
  Link link = named("card");
  link.open_graph = {"Title \"1\"", "Text <2>", "https://example.com/i.png"};
  link.password_hash = "";
  publish(link);
  const std::string card = get_as(kSlackbot, "/card");
  EXPECT_EQ(status_of(card), "200");
  EXPECT_EQ(outcome(), Outcome::preview_page);
  EXPECT_EQ(hit().verdict->traffic, Traffic::preview);
  EXPECT_NE(card.find("<meta property=\"og:title\" content=\"Title &quot;1&quot;\">"),
            std::string::npos);
  EXPECT_NE(card.find("<meta property=\"og:image\" content=\"https://example.com/i.png\">"),
            std::string::npos);
  EXPECT_EQ(status_of(get_as(kDesktop, "/card")), "302");
  EXPECT_EQ(outcome(), Outcome::redirected);
  publish(named("plain"));
  EXPECT_EQ(status_of(get_as(kSlackbot, "/plain")), "302");
}

TEST_F(OutcomeTest, ALandingPageGoesOnWithAndWithoutScripts) {
  Link link = named("land");
  link.landing = true;
  link.title = "Sale </title><script>";
  link.destination = "https://example.com/a?b=\"c\"&d";
  publish(link);
  const std::string answer = get_as(kDesktop, "/land");
  EXPECT_EQ(status_of(answer), "200");
  EXPECT_EQ(outcome(), Outcome::landing);
  EXPECT_TRUE(answer_.record);
  const std::string page = body_of(answer);
  const std::string policy = field_of(answer, "Content-Security-Policy");
  EXPECT_NE(policy.find("default-src 'none'"), std::string::npos);
  EXPECT_NE(policy.find("script-src 'sha256-"), std::string::npos);
  EXPECT_EQ(policy.find("unsafe"), std::string::npos);
  EXPECT_NE(page.find("<noscript><meta http-equiv=\"refresh\" "
                      "content=\"1; url=https://example.com/a?b=%22c%22&amp;d\"></noscript>"),
            std::string::npos);
  EXPECT_NE(page.find("data-click=\"" + click_ids_.encode({1, 2, 3, 7}) + "\""), std::string::npos);
  EXPECT_EQ(page.find("</title><script>"), page.rfind("</title><script>"));
  EXPECT_EQ(page.find("Sale </title>"), std::string::npos);
  EXPECT_EQ(status_of(get_as(kSlackbot, "/land")), "302");
  link.privacy = LinkPrivacy::do_not_record;
  publish(link);
  EXPECT_NE(get_as(kDesktop, "/land").find("data-click=\"\""), std::string::npos);
  EXPECT_TRUE(hit().do_not_record);
}

TEST_F(OutcomeTest, WhoIsNotToBeRecordedIsAskedForNoScreen) {
  Link link = named("land");
  link.landing = true;
  publish(link);
  for (const auto policy :
       {SignalPolicy::ignore, SignalPolicy::anonymise, SignalPolicy::do_not_record}) {
    sources_.signals = policy;
    const bool kept = policy != SignalPolicy::do_not_record;
    EXPECT_EQ(get_as(kDesktop, "/land", "DNT: 1\r\n").contains("data-click=\"\""), !kept);
    EXPECT_FALSE(get_as(kDesktop, "/land").contains("data-click=\"\""));
  }
}

TEST_F(OutcomeTest, AnAppIsOpenedByAPageWithTheStoreBehindIt) {
  Link link = named("app");
  link.ios = {"myapp://product/7", "https://apps.apple.com/app/1"};
  publish(link);
  const std::string answer = get_as(kIphone, "/app");
  EXPECT_EQ(status_of(answer), "200");
  EXPECT_EQ(outcome(), Outcome::redirected);
  EXPECT_NE(answer.find("href=\"myapp://product/7\""), std::string::npos);
  EXPECT_NE(answer.find("data-store=\"https://apps.apple.com/app/1\""), std::string::npos);
  EXPECT_NE(answer.find("content=\"1; url=https://apps.apple.com/app/1\""), std::string::npos);
  EXPECT_EQ(status_of(get_as(kDesktop, "/app")), "302");
}

TEST_F(OutcomeTest, ABeaconIsTakenForAClickThatWasGivenOut) {
  const std::string id = click_ids_.encode({1, 2, 3, 7});
  const auto body = [](const std::string& click) {
    return R"({"click_id":")" + click + R"(","screen_w":1080,"screen_h":2340,"dpr":2.5})";
  };
  const std::string taken = post("/_t/beacon", body(id));
  EXPECT_EQ(status_of(taken), "204");
  EXPECT_EQ(field_of(taken, "Access-Control-Allow-Origin"), "*");
  EXPECT_TRUE(answer_.record);
  EXPECT_EQ(hit().kind, HitKind::beacon);
  EXPECT_EQ(hit().beacon.click, (ClickKey{1, 2, 3, 7}));
  EXPECT_EQ(hit().beacon.screen_h, 2340);
  EXPECT_EQ(hit().time, kNow);
  for (const std::string& bad :
       {std::string(), std::string("x"), body("ABC"), body(click_ids_.encode({1, 3, 0, 7})),
        body(click_ids_.encode({2, 2, 3, 7}))}) {
    EXPECT_EQ(status_of(post("/_t/beacon", bad)), "400") << bad;
    EXPECT_FALSE(answer_.record) << bad;
    EXPECT_TRUE(answer_.bad_beacon) << bad;
  }
  const std::string preflight = ask("OPTIONS", "/_t/beacon", "Origin: https://x.example\r\n");
  EXPECT_EQ(status_of(preflight), "204");
  EXPECT_EQ(field_of(preflight, "Access-Control-Allow-Methods"), "POST");
  EXPECT_EQ(status_of(get("/_t/beacon")), "405");
  EXPECT_EQ(status_of(post("/_t/open", "{}")), "405");
  for (std::uint32_t i = 0; i < SourceLimits::kBeacons; ++i) post("/_t/beacon", body(id));
  EXPECT_EQ(status_of(post("/_t/beacon", body(id))), "429");
}

TEST_F(OutcomeTest, AConversionIsSomebodyElsesToTake) {
  EXPECT_EQ(post("/_t/convert", "{}"), "");
  EXPECT_TRUE(answer_.tells);
  EXPECT_FALSE(answer_.record);
  const std::string preflight = ask("OPTIONS", "/_t/convert", "Origin: https://x.example\r\n");
  EXPECT_EQ(status_of(preflight), "204");
  EXPECT_EQ(field_of(preflight, "Access-Control-Allow-Origin"), "*");
  EXPECT_EQ(status_of(get("/_t/convert")), "405");
  RequestHead head;
  for (const auto& [status, line] : {std::pair(204, "204 No Content"), std::pair(403, "403 Forbid"),
                                     std::pair(422, "422 Unprocess"), std::pair(503, "503 Serv")}) {
    std::string out;
    responder().conversion_reply(head, {status, "key: is none"}, out);
    EXPECT_TRUE(out.starts_with("HTTP/1.1 " + std::string(line))) << out;
    EXPECT_EQ(field_of(out, "Access-Control-Allow-Origin"), "*");
    EXPECT_EQ(body_of(out), status == 204 ? "" : "key: is none\n");
  }
  for (std::uint32_t i = 1; i < SourceLimits::kConversions; ++i) post("/_t/convert", "{}");
  EXPECT_EQ(status_of(post("/_t/convert", "{}")), "429");
}

TEST_F(OutcomeTest, StateGoesBeforeEverythingElse) {
  Link link = named("off");
  link.enabled = false;
  link.password_hash = "$argon2id$";
  link.click_limit = 1;
  link.landing = true;
  link.open_graph.title = "t";
  publish(link);
  EXPECT_EQ(status_of(get_as(kSlackbot, "/off")), "410");
  EXPECT_EQ(outcome(), Outcome::disabled);
  EXPECT_EQ(status_of(post("/off", "password=x", PasswordVerdict::right)), "410");
  EXPECT_EQ(outcome(), Outcome::disabled);
  EXPECT_TRUE(limits_.taken.empty());
}

}  // namespace
}  // namespace tally
