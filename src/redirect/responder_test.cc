// SPDX-License-Identifier: Apache-2.0
//
// The rules of the links listener, without sockets or a journal.
#include "redirect/responder.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr UnixMillis kNow = 1'784'548'800'000;  // 2026-07-20T12:00:00Z

class ResponderTest : public ::testing::Test {
 protected:
  ResponderTest() {
    Link link;
    link.id = {1};
    link.workspace = {1};
    link.prefix = "promo";
    link.destination = "https://example.com/a?b=c";
    link.utm.source = "newsletter";
    add(link);
    link.token = "gr\xc3\xbc\xc3\x9f";
    add(link);
    link.token = "";
    link.prefix = "off";
    link.enabled = false;
    add(link);
    link.enabled = true;
    link.prefix = "later";
    link.starts_at = kNow + 1;
    add(link);
    link.starts_at = {};
    link.prefix = "past";
    link.expires_at = kNow;
    add(link);
    link.prefix = "past-with-fallback";
    link.fallback_url = "https://example.com/over";
    add(link);
    live_.publish(std::make_shared<LinkTable>(std::move(builder_).build()));
    responder_.begin_turn(kNow);
  }

  void add(const Link& link) { builder_.add(pack(link)); }

  // The answer's bytes; the hit is kept in hit_ and recorded_ says whether it counts.
  std::string get(const std::string& target, const std::string& fields = "",
                  const std::string& method = "GET") {
    request_ =
        method + " " + target + " HTTP/1.1\r\nHost: Go.Example.com:8080\r\n" + fields + "\r\n";
    const Refusal why = parse_head(request_, head_);
    EXPECT_FALSE(why) << why.detail;
    std::string out;
    const auto answer = responder_.answer(head_, "", *Address::parse("203.0.113.9"), out);
    hit_ = answer.hit;
    recorded_ = answer.record;
    closes_ = answer.close;
    return out;
  }

  LinkBase::Builder builder_;
  LiveLinkTable live_;
  TrustedProxies proxies_;
  Responder responder_{live_, proxies_, WorkspaceId{5}};
  std::string request_;
  RequestHead head_;
  HitView hit_;
  bool recorded_ = false;
  bool closes_ = false;
};

TEST_F(ResponderTest, RedirectIsOneExactAnswer) {
  EXPECT_EQ(get("/promo"),
            "HTTP/1.1 302 Found\r\nDate: Mon, 20 Jul 2026 12:00:00 GMT\r\n"
            "Location: https://example.com/a?b=c\r\nCache-Control: private, no-store\r\n"
            "Content-Length: 0\r\n\r\n");
  EXPECT_TRUE(recorded_);
  EXPECT_FALSE(closes_);
  EXPECT_EQ(hit_.link, LinkId{1});
  EXPECT_EQ(hit_.outcome, Outcome::redirected);
  EXPECT_EQ(hit_.domain, "go.example.com");
  EXPECT_EQ(hit_.saved.source, "newsletter");
  EXPECT_EQ(hit_.time, kNow);
}

TEST_F(ResponderTest, Outcomes) {
  struct Row {
    const char* target;
    const char* status;
    Outcome outcome;
  };
  const Row rows[] = {
      {"/promo", "302", Outcome::redirected},
      {"/promo/", "302", Outcome::redirected},
      {"/promo?x=y", "302", Outcome::redirected},
      {"/%70romo", "302", Outcome::redirected},
      {"/promo/gr%C3%BC%C3%9F", "302", Outcome::redirected},
      {"/promo/gr%C3%BC%C3%9F/", "302", Outcome::redirected},
      {"http://go.example.com/promo", "302", Outcome::redirected},
      {"/Promo", "404", Outcome::not_found},
      {"/promo/x", "404", Outcome::not_found},
      {"/promo//", "404", Outcome::not_found},
      {"//promo", "404", Outcome::not_found},
      {"/", "404", Outcome::not_found},
      {"/promo/a/b", "404", Outcome::not_found},
      {"/promo%2Fx", "404", Outcome::not_found},
      {"/off", "410", Outcome::disabled},
      {"/later", "404", Outcome::scheduled},
      {"/past", "410", Outcome::expired},
      {"/past-with-fallback", "302", Outcome::expired},
  };
  for (const Row& row : rows) {
    const std::string answer = get(row.target);
    EXPECT_EQ(answer.substr(9, 3), row.status) << row.target;
    EXPECT_EQ(hit_.outcome, row.outcome) << row.target;
    EXPECT_TRUE(recorded_) << row.target;
  }
}

TEST_F(ResponderTest, AnOrphanBelongsToTheDefaultWorkspace) {
  get("/nothing/here");
  EXPECT_EQ(hit_.workspace, WorkspaceId{5});
  EXPECT_EQ(hit_.link, LinkId{});
  EXPECT_EQ(hit_.prefix, "/nothing/here");
  get("/promo");
  EXPECT_EQ(hit_.workspace, WorkspaceId{1});
}

TEST_F(ResponderTest, ReservedPathsAreNoHits) {
  for (const char* path : {"/robots.txt", "/favicon.ico", "/.well-known/x", "/_t/beacon"}) {
    get(path);
    EXPECT_FALSE(recorded_) << path;
  }
}

TEST_F(ResponderTest, HeadIsAnsweredWithoutABodyAndRecorded) {
  const std::string answer = get("/nothing", "", "HEAD");
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
  EXPECT_TRUE(hit_.is_head);
  EXPECT_TRUE(recorded_);
}

TEST_F(ResponderTest, OtherMethodsAreRefusedAndNotRecorded) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "BREW"}) {
    EXPECT_TRUE(get("/promo", "", method).starts_with("HTTP/1.1 405 ")) << method;
    EXPECT_FALSE(recorded_);
  }
}

TEST_F(ResponderTest, PrefetchIsPutOffWhateverTheHeader) {
  for (const char* field : {"Sec-Purpose: prefetch;prerender\r\n", "Purpose: Prefetch\r\n",
                            "X-Purpose: preview\r\n", "X-Moz: prefetch\r\n"}) {
    const std::string answer = get("/promo", field);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 503 ")) << field;
    EXPECT_NE(answer.find("Cache-Control: no-store\r\n"), std::string::npos);
    EXPECT_EQ(hit_.outcome, Outcome::prefetch);
  }
}

TEST_F(ResponderTest, FactsAreTakenFromTheHeaders) {
  get("/promo?qr=1&utm_source=x",
      "User-Agent: UA\r\nReferer: https://r.example/\r\nAccept-Language: fr\r\nSec-GPC: 1\r\n"
      "Sec-CH-UA-Platform: \"Windows\"\r\nSec-CH-UA-Platform-Version: \"15.0.0\"\r\n");
  EXPECT_EQ(hit_.trigger, Trigger::qr);
  EXPECT_EQ(hit_.query, "qr=1&utm_source=x");
  EXPECT_EQ(hit_.user_agent, "UA");
  EXPECT_EQ(hit_.referrer, "https://r.example/");
  EXPECT_EQ(hit_.accept_language, "fr");
  EXPECT_TRUE(hit_.wants_privacy);
  EXPECT_EQ(hit_.ch_platform_version, "\"15.0.0\"");
  EXPECT_EQ(hit_.address.text(), "203.0.113.9");
}

TEST_F(ResponderTest, ARequestToCloseEndsTheConnectionAndABodyDoesNot) {
  EXPECT_NE(get("/promo", "Connection: close\r\n").find("Connection: close\r\n"),
            std::string::npos);
  EXPECT_TRUE(closes_);
  get("/promo", "Content-Length: 5\r\n");
  EXPECT_FALSE(closes_);
}

TEST_F(ResponderTest, ABrokenEscapeIsNamed) {
  const std::string answer = get("/pro%zzmo");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 "));
  EXPECT_NE(answer.find("percent escape"), std::string::npos);
  EXPECT_FALSE(recorded_);
}

TEST_F(ResponderTest, EditsShowInTheNextTurn) {
  Link link;
  link.id = {2};
  link.workspace = {1};
  link.prefix = "promo";
  link.destination = "https://example.com/new";
  live_.publish(live_.current()->with(std::vector<LinkChange>{{1, link, false}}));
  EXPECT_NE(get("/promo").find("b=c"), std::string::npos);
  responder_.begin_turn(kNow + 1);
  EXPECT_NE(get("/promo").find("Location: https://example.com/new\r\n"), std::string::npos);
}

}  // namespace
}  // namespace tally
