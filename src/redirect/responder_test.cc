// SPDX-License-Identifier: Apache-2.0
//
// The rules of the links listener, without sockets or a journal: names, methods, headers, pages.
#include "redirect/responder_fixture.h"

namespace tally {
namespace {

class ResponderTest : public ResponderFixture {
 protected:
  ResponderTest() {
    Link link = named("promo");
    link.destination = "https://example.com/a?b=c";
    link.utm.source = "newsletter";
    publish(link);
    link = named("promo", "gr\xc3\xbc\xc3\x9f");
    publish(link);
    link = named("off");
    link.enabled = false;
    publish(link);
    link = named("later");
    link.starts_at = kNow + 1;
    publish(link);
    link = named("past");
    link.expires_at = kNow;
    publish(link);
    link = named("past-with-fallback");
    link.expires_at = kNow;
    link.fallback_url = "https://example.com/over";
    publish(link);
  }
};

TEST_F(ResponderTest, RedirectIsOneExactAnswer) {
  EXPECT_EQ(get("/promo"),
            "HTTP/1.1 302 Found\r\nDate: Mon, 20 Jul 2026 12:00:00 GMT\r\n"
            "Location: https://example.com/a?b=c\r\n"
            "Accept-CH: Sec-CH-UA-Platform-Version, Sec-CH-UA-Model, Sec-CH-UA-Form-Factors\r\n"
            "Cache-Control: private, no-store\r\n"
            "Content-Length: 0\r\n\r\n");
  EXPECT_TRUE(answer_.record);
  EXPECT_FALSE(answer_.close);
  EXPECT_EQ(hit().link, LinkId{1});
  EXPECT_EQ(hit().outcome, Outcome::redirected);
  EXPECT_EQ(hit().domain, "go.example.com");
  EXPECT_EQ(hit().saved.source, "newsletter");
  EXPECT_EQ(hit().time, kNow);
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
    EXPECT_EQ(hit().outcome, row.outcome) << row.target;
    EXPECT_TRUE(answer_.record) << row.target;
  }
}

TEST_F(ResponderTest, AnOrphanBelongsToTheDefaultWorkspace) {
  get("/nothing/here");
  EXPECT_EQ(hit().workspace, WorkspaceId{5});
  EXPECT_EQ(hit().link, LinkId{});
  EXPECT_EQ(hit().prefix, "/nothing/here");
  get("/promo");
  EXPECT_EQ(hit().workspace, WorkspaceId{1});
}

TEST_F(ResponderTest, ReservedPathsAreNoHits) {
  for (const char* path : {"/robots.txt", "/favicon.ico", "/.well-known/x", "/_t/beacon"}) {
    get(path);
    EXPECT_FALSE(answer_.record) << path;
  }
}

TEST_F(ResponderTest, HeadIsAnsweredWithoutABodyAndRecorded) {
  const std::string answer = ask("HEAD", "/nothing", "");
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
  EXPECT_TRUE(hit().is_head);
  EXPECT_TRUE(answer_.record);
}

TEST_F(ResponderTest, OtherMethodsAreRefusedAndNotRecorded) {
  for (const char* method : {"POST", "PUT", "DELETE", "OPTIONS", "BREW"}) {
    EXPECT_TRUE(ask(method, "/promo", "").starts_with("HTTP/1.1 405 ")) << method;
    EXPECT_FALSE(answer_.record);
  }
}

TEST_F(ResponderTest, PrefetchIsPutOffWhateverTheHeader) {
  for (const char* field : {"Sec-Purpose: prefetch;prerender\r\n", "Purpose: Prefetch\r\n",
                            "X-Purpose: preview\r\n", "X-Moz: prefetch\r\n"}) {
    const std::string answer = get("/promo", field);
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 503 ")) << field;
    EXPECT_NE(answer.find("Cache-Control: no-store\r\n"), std::string::npos);
    EXPECT_EQ(hit().outcome, Outcome::prefetch);
    EXPECT_EQ(hit().saved.source, "newsletter");
  }
}

TEST_F(ResponderTest, FactsAreTakenFromTheHeaders) {
  get("/promo?qr=1&utm_source=x",
      "User-Agent: UA\r\nReferer: https://r.example/\r\nAccept-Language: fr\r\nSec-GPC: 1\r\n"
      "Sec-CH-UA-Platform: \"Windows\"\r\nSec-CH-UA-Platform-Version: \"15.0.0\"\r\n");
  EXPECT_EQ(hit().trigger, Trigger::qr);
  EXPECT_EQ(hit().query, "qr=1&utm_source=x");
  EXPECT_EQ(hit().user_agent, "UA");
  EXPECT_EQ(hit().referrer, "https://r.example/");
  EXPECT_EQ(hit().accept_language, "fr");
  EXPECT_TRUE(hit().wants_privacy);
  EXPECT_EQ(hit().ch_platform_version, "\"15.0.0\"");
  EXPECT_EQ(hit().address.text(), "203.0.113.9");
}

TEST_F(ResponderTest, ARequestToCloseEndsTheConnectionAndABodyDoesNot) {
  EXPECT_NE(get("/promo", "Connection: close\r\n").find("Connection: close\r\n"),
            std::string::npos);
  EXPECT_TRUE(answer_.close);
  get("/promo", "Content-Length: 5\r\n");
  EXPECT_FALSE(answer_.close);
}

TEST_F(ResponderTest, ABrokenEscapeIsNamed) {
  const std::string answer = get("/pro%zzmo");
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 400 "));
  EXPECT_NE(answer.find("percent escape"), std::string::npos);
  EXPECT_FALSE(answer_.record);
}

TEST_F(ResponderTest, EditsShowInTheNextTurn) {
  get("/promo");
  Link link = named("promo");
  link.destination = "https://example.com/new";
  publish(link);
  EXPECT_EQ(location_of(get("/promo")), "https://example.com/new");
  publish(link, true);
  EXPECT_EQ(status_of(get("/promo")), "404");
}

TEST_F(ResponderTest, AnExactNameGoesBeforeAPattern) {
  publish(named("product", ":token"));
  publish(named("product", "special"));
  publish(named("product", "c+"));
  Link link = named("product", "special");
  link.destination = "https://example.com/special";
  publish(link);
  EXPECT_EQ(location_of(get("/product/special")), "https://example.com/special");
  EXPECT_EQ(location_of(get("/product/other")), "https://example.com/product");
  EXPECT_EQ(hit().token, "other");
  EXPECT_EQ(status_of(get("/product/other/more")), "404");
  EXPECT_EQ(status_of(get("/product")), "404");
  EXPECT_EQ(location_of(get("/product/c+")), "https://example.com/product");
  EXPECT_EQ(outcome(), Outcome::redirected);
}

TEST_F(ResponderTest, DomainsHaveTheirOwnLinks) {
  Link link = named("promo");
  link.domain = "b.example";
  link.workspace = {9};
  link.destination = "https://b.example.com/";
  publish(link);
  host_ = "b.example";
  // As long as no domain is added, the default one answers everywhere.
  EXPECT_EQ(location_of(get("/promo")), "https://example.com/a?b=c");
  Domain domain;
  domain.host = "b.example";
  domain.workspace = {9};
  domain.not_found_redirect = "https://b.example.com/lost";
  live_.publish(live_.current()->with_domains(std::vector{domain}));
  host_ = "B.example:8080";
  EXPECT_EQ(location_of(get("/promo")), "https://b.example.com/");
  EXPECT_EQ(hit().workspace, WorkspaceId{9});
  EXPECT_EQ(location_of(get("/nothing")), "https://b.example.com/lost");
  EXPECT_EQ(outcome(), Outcome::not_found);
  EXPECT_EQ(hit().workspace, WorkspaceId{9});
  EXPECT_EQ(status_of(get("/")), "404");
  host_ = "go.example.com";
  EXPECT_EQ(location_of(get("/promo")), "https://example.com/a?b=c");
  host_ = "other.example";
  EXPECT_EQ(status_of(get("/promo")), "404");
  EXPECT_EQ(hit().workspace, WorkspaceId{5});
}

TEST_F(ResponderTest, TheDefaultDomainMayRedirectItsBarePaths) {
  live_.publish(std::make_shared<LinkTable>(DefaultDomain{
      "go.example.com", WorkspaceId{5}, "https://example.com/home", "https://example.com/lost"}));
  EXPECT_EQ(location_of(get("/")), "https://example.com/home");
  EXPECT_TRUE(answer_.record);
  EXPECT_EQ(location_of(get("/nothing")), "https://example.com/lost");
  EXPECT_EQ(outcome(), Outcome::not_found);
}

TEST_F(ResponderTest, AForwardedHostCountsFromATrustedProxyOnly) {
  get("/promo", "X-Forwarded-Host: evil.example\r\n");
  EXPECT_EQ(hit().domain, "go.example.com");
  proxies_ = TrustedProxies({*Network::parse("203.0.113.0/24")});
  get("/promo", "X-Forwarded-Host: evil.example, Front.example:443\r\n");
  EXPECT_EQ(hit().domain, "front.example");
}

TEST_F(ResponderTest, LookingForLinksIsLimitedAndRedirectsAreNot) {
  for (int i = 0; i < 60; ++i) EXPECT_EQ(status_of(get("/x" + std::to_string(i))), "404");
  const std::string refused = get("/x60");
  EXPECT_EQ(status_of(refused), "429");
  EXPECT_EQ(field_of(refused, "Retry-After"), "60");
  EXPECT_FALSE(answer_.record);
  EXPECT_EQ(source_limits_.unknown_paths.refused(), 1u);
  for (int i = 0; i < 100; ++i) EXPECT_EQ(status_of(get("/promo")), "302");
  peer_ = "203.0.113.10";
  EXPECT_EQ(status_of(get("/x61")), "404");
  peer_ = "203.0.113.9";
  now_ += kMillisPerMinute;
  EXPECT_EQ(status_of(get("/x62")), "404");
}

TEST_F(ResponderTest, APlusShowsWhereALinkLeads) {
  Link link = named("product", ":token");
  link.title = "Shop <b>";
  publish(link);
  for (const char* path : {"/promo+", "/promo+/", "/product/7+"}) {
    const std::string page = get(path);
    EXPECT_EQ(status_of(page), "200") << path;
    EXPECT_EQ(outcome(), Outcome::preview_page) << path;
    EXPECT_NE(page.find("https://example.com/"), std::string::npos) << path;
    EXPECT_EQ(location_of(page), "") << path;
  }
  EXPECT_EQ(hit().token, "7");
  const std::string page = get("/product/7+");
  EXPECT_NE(page.find("Shop &lt;b&gt;"), std::string::npos);
  EXPECT_NE(page.find("href=\"/product/7\""), std::string::npos);
  EXPECT_NE(get("/off+").find("not open"), std::string::npos);
  EXPECT_EQ(status_of(get("/nothing+")), "404");
  EXPECT_EQ(status_of(get("/+")), "404");
}

}  // namespace
}  // namespace tally
