// SPDX-License-Identifier: Apache-2.0
#include "api/api_fixture.h"

namespace tally {
namespace {

class DomainsTest : public ApiFixture {
 protected:
  Response add(const std::string& host) {
    return ask("POST", "/api/v1/domains", R"({"host":")" + host + R"("})");
  }
};

TEST_F(DomainsTest, AHostThatALinkLeadsToCannotBecomeOne) {
  struct Row {
    const char* field;
    void (*lead)(Link& link, const std::string& url);
  };
  const Row rows[] = {
      {"destination", [](Link& l, const std::string& u) { l.destination = u; }},
      {"fallback_url", [](Link& l, const std::string& u) { l.fallback_url = u; }},
      {"ios.url", [](Link& l, const std::string& u) { l.ios.url = u; }},
      {"ios.store_url", [](Link& l, const std::string& u) { l.ios.store_url = u; }},
      {"android.url", [](Link& l, const std::string& u) { l.android.url = u; }},
      {"android.store_url", [](Link& l, const std::string& u) { l.android.store_url = u; }},
      {"rules[0].destination",
       [](Link& l, const std::string& u) {
         l.rules.emplace_back().countries = {"DE"};
         l.rules[0].destination = u;
       }},
      {"variants[0].destination",
       [](Link& l, const std::string& u) { l.variants = {{"a", 1, u}}; }},
  };
  for (std::size_t i = 0; i < std::size(rows); ++i) {
    const std::string host = "h" + std::to_string(i) + ".example";
    Link link;
    link.workspace = workspace_;
    link.prefix = "p" + std::to_string(i);
    link.destination = "https://example.com/";
    rows[i].lead(link, "http://H" + std::to_string(i) + "%2EExample.:80/x");
    const auto made = links_->create(link);
    ASSERT_TRUE(made);
    const Response refused = add(host);
    EXPECT_EQ(refused.status, 409) << rows[i].field;
    EXPECT_EQ(code(refused), "links_lead_here") << rows[i].field;
    EXPECT_EQ(text(json(refused), "field"), "host");
    const std::string detail = text(json(refused), "detail");
    EXPECT_TRUE(detail.starts_with(std::string(rows[i].field) + " of link " + made->id.text() +
                                   " (https://go.example/p" + std::to_string(i) + ")"))
        << detail;
    ASSERT_TRUE(links_->remove(workspace_, made->id));
    EXPECT_EQ(add(host).status, 201) << rows[i].field;
  }
}

TEST_F(DomainsTest, OtherPlacesOnTheHostAreNoneOfItsBusiness) {
  Link link;
  link.workspace = workspace_;
  link.prefix = "p";
  link.destination = "https://a.example:9000/";
  link.ios.url = "myapp://a.example/";
  link.open_graph.image_url = "https://a.example/picture.png";
  ASSERT_TRUE(links_->create(link));
  EXPECT_EQ(add("a.example").status, 201);
}

TEST_F(DomainsTest, WhatAnotherWorkspaceHasIsNotShown) {
  ASSERT_TRUE(database_->write([](Database& db) {
    return db.run("INSERT INTO workspaces (name, created_at) VALUES ('other', 0)");
  }));
  Link link;
  link.workspace = {workspace_.value + 1};
  link.prefix = "secret";
  link.destination = "https://a.example/";
  ASSERT_TRUE(links_->create(link));
  const Response refused = add("a.example");
  EXPECT_EQ(code(refused), "links_lead_here");
  EXPECT_FALSE(refused.body.contains("secret") || refused.body.contains("lnk_")) << refused.body;
}

TEST_F(DomainsTest, AHostThatARedirectLeadsToCannotBecomeOne) {
  EXPECT_EQ(code(add("home.example")), "links_lead_here");  // the setting links.root_redirect
  ASSERT_EQ(ask("POST", "/api/v1/domains",
                R"({"host":"a.example","not_found_redirect":"https://b.example/lost"})")
                .status,
            201);
  const Response refused = add("b.example");
  EXPECT_EQ(code(refused), "links_lead_here");
  EXPECT_TRUE(refused.body.contains("a.example")) << refused.body;
}

TEST_F(DomainsTest, RedirectsDoNotLeadBackHere) {
  struct Row {
    const char* body;
    const char* field;
  };
  const Row rows[] = {
      {R"({"host":"a.example","root_redirect":"https://go.example/x"})", "root_redirect"},
      {R"({"host":"a.example","root_redirect":"https://A.example"})", "root_redirect"},
      {R"({"host":"a.example","not_found_redirect":"http://a.example:443/"})",
       "not_found_redirect"},
  };
  for (const Row& row : rows) {
    const Response refused = ask("POST", "/api/v1/domains", row.body);
    EXPECT_EQ(refused.status, 422) << row.body;
    EXPECT_EQ(code(refused), "own_host") << row.body;
    EXPECT_EQ(text(json(refused), "field"), row.field);
  }
}

}  // namespace
}  // namespace tally
