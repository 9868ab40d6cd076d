// SPDX-License-Identifier: Apache-2.0
#include "links/link_table.h"

#include <gtest/gtest.h>

#include <map>

#include "base/random.h"

namespace tally {
namespace {

Link make(std::uint64_t id, std::string prefix, std::string token = "") {
  Link link;
  link.id = {id};
  link.workspace = {1};
  link.prefix = std::move(prefix);
  link.token = std::move(token);
  link.destination = "https://example.com/" + std::to_string(id);
  return link;
}

std::shared_ptr<const LinkTable> table_of(const std::vector<Link>& links) {
  LinkTable::Builder builder;
  for (const Link& link : links) builder.add(link);
  return std::move(builder).build();
}

std::string where(const LinkTable& table, const LinkName& name) {
  const auto link = table.find(name);
  return link ? std::string(link->location) : "";
}

TEST(EdgeLink, APlainLinkDecidesNothing) {
  Link link = make(9, "promo");
  link.title = "Summer";
  link.utm.source = "newsletter";
  link.fallback_url = "https://example.com/gone";
  link.privacy = LinkPrivacy::do_not_record;
  std::size_t size = 0;
  const std::string bytes = pack(link, kDefaultDomain);
  EXPECT_FALSE(unpack(bytes, size).has(link_flag::kDecides));
  EXPECT_TRUE(unpack(bytes, size).has(link_flag::kDoNotRecord));
}

TEST(EdgeLink, CarriesEverythingTheEdgeNeeds) {
  Link link = make(9, "promo", "sale");
  link.enabled = false;
  link.starts_at = 5;
  link.expires_at = 10;
  link.fallback_url = "https://example.com/gone \xc3\xbc";
  link.utm.source = "newsletter";
  link.campaign = "spring";
  link.channel = "crm";
  link.title = "Sale";
  link.click_limit = 300;
  link.status = 307;
  link.password_hash = "$argon2id$x";
  link.open_graph = {"t", "d", "https://example.com/i.png"};
  link.ios = {"https://example.com/ios", ""};
  link.android = {"", "https://example.com/store"};
  link.landing = link.passthrough = link.append_click_id = true;
  const std::string bytes = pack(link, 7) + "next";
  std::size_t size = 0;
  const EdgeLink back = unpack(bytes, size);
  EXPECT_EQ(size, bytes.size() - 4);
  EXPECT_EQ(back.id, link.id);
  EXPECT_EQ(back.name, (LinkName{7, "promo", "sale"}));
  EXPECT_TRUE(back.has(link_flag::kDisabled));
  EXPECT_TRUE(back.has(link_flag::kLanding));
  EXPECT_TRUE(back.has(link_flag::kPassthrough));
  EXPECT_TRUE(back.has(link_flag::kAppendClickId));
  EXPECT_FALSE(back.has(link_flag::kRules | link_flag::kVariants | link_flag::kPlaceholders));
  const EdgeLinkMore more = back.more();
  EXPECT_EQ(more.starts_at, 5);
  EXPECT_EQ(more.expires_at, 10);
  EXPECT_EQ(more.fallback_location, "https://example.com/gone%20%C3%BC");
  EXPECT_EQ(more.saved.source, "newsletter");
  EXPECT_EQ(more.saved.link_campaign, "spring");
  EXPECT_EQ(more.saved.channel, "crm");
  EXPECT_EQ(more.title, "Sale");
  EXPECT_EQ(more.click_limit, 300u);
  EXPECT_EQ(more.status, 307);
  EXPECT_EQ(more.password_hash, "$argon2id$x");
  EXPECT_EQ(more.og_image_url, "https://example.com/i.png");
  EXPECT_EQ(more.ios.location, "https://example.com/ios");
  EXPECT_EQ(more.android.store_location, "https://example.com/store");
}

TEST(EdgeLink, RulesAndVariantsAreWalkedInTheirOrder) {
  Link link = make(9, "promo");
  Rule all;
  all.platforms = {Platform::ios, Platform::desktop};
  all.devices = {Device::tablet};
  all.countries = {"DE", "AT"};
  all.regions = {"Bavaria"};
  all.languages = {"de"};
  all.time = WeekWindow{0x1f, 540, 1020, "Europe/Berlin"};
  all.query = QueryCondition{"ref", "x"};
  all.destination = "https://example.com/all";
  Rule named;
  named.query = QueryCondition{"beta", {}};
  named.destination = "https://example.com/beta";
  link.rules = {all, named};
  link.variants = {{"a", 3, "https://example.com/a"}, {"b", 1, "https://example.com/b"}};
  const std::string bytes = pack(link, kDefaultDomain);
  std::size_t size = 0;
  const EdgeLinkMore more = unpack(bytes, size).more();
  EdgeRules rules(more.rules);
  EdgeRule rule;
  ASSERT_TRUE(rules.next(rule));
  EXPECT_EQ(rule.platforms, 0b101);
  EXPECT_EQ(rule.devices, 0b10);
  EXPECT_TRUE(rule.countries.any([](std::string_view text) { return text == "AT"; }));
  EXPECT_FALSE(rule.countries.any([](std::string_view text) { return text == "CH"; }));
  EXPECT_TRUE(rule.regions.any([](std::string_view text) { return text == "Bavaria"; }));
  EXPECT_TRUE(rule.has_window);
  EXPECT_EQ(rule.weekdays, 0x1f);
  EXPECT_EQ(rule.to_minute, 1020);
  EXPECT_EQ(rule.zone, "Europe/Berlin");
  EXPECT_EQ(rule.query_name, "ref");
  EXPECT_EQ(rule.query_value, "x");
  EXPECT_EQ(rule.location, "https://example.com/all");
  ASSERT_TRUE(rules.next(rule));
  EXPECT_TRUE(rule.countries.empty());
  EXPECT_FALSE(rule.has_window);
  EXPECT_EQ(rule.query_name, "beta");
  EXPECT_FALSE(rule.query_value);
  EXPECT_FALSE(rules.next(rule));
  EdgeVariants variants(more.variants);
  EXPECT_EQ(variants.total_weight(), 4u);
  EdgeVariant variant;
  ASSERT_TRUE(variants.next(variant));
  EXPECT_EQ(variant.name, "a");
  ASSERT_TRUE(variants.next(variant));
  EXPECT_EQ(variant.location, "https://example.com/b");
  EXPECT_FALSE(variants.next(variant));
}

TEST(DomainTable, TheDefaultDomainAnswersEverywhereUntilThereIsAnother) {
  DomainTable domains({"go.example", WorkspaceId{5}, "https://example.com/", ""});
  EXPECT_EQ(domains.find("whatever")->workspace, WorkspaceId{5});
  EXPECT_EQ(domains.find("whatever")->root_location, "https://example.com/");
  Domain other;
  other.workspace = {6};
  other.host = "b.example";
  other.not_found_redirect = "https://b.example.com/404";
  const DomainNumber early = domains.number_or_new("b.example");  // a link came first
  EXPECT_EQ(domains.find("b.example")->number, kDefaultDomain);
  domains.set_domains(std::vector{other});
  EXPECT_EQ(domains.find("b.example")->number, early);
  EXPECT_EQ(domains.find("b.example")->workspace, WorkspaceId{6});
  EXPECT_EQ(domains.find("b.example")->not_found_location, "https://b.example.com/404");
  EXPECT_EQ(domains.find("go.example")->number, kDefaultDomain);
  EXPECT_EQ(domains.find("whatever"), nullptr);
  domains.set_domains({});
  EXPECT_EQ(domains.find("b.example")->number, kDefaultDomain);
  EXPECT_EQ(domains.number_of("b.example"), early);
}

TEST(LinkTable, StaticAndExactNamesAreDifferent) {
  const auto table = table_of({make(1, "promo"), make(2, "promo", "x")});
  EXPECT_EQ(where(*table, {0, "promo", ""}), "https://example.com/1");
  EXPECT_EQ(where(*table, {0, "promo", "x"}), "https://example.com/2");
  EXPECT_EQ(where(*table, {0, "promo", "y"}), "");
  EXPECT_EQ(where(*table, {0, "Promo", ""}), "");
  EXPECT_EQ(where(*table, {1, "promo", ""}), "");
  EXPECT_EQ(where(LinkTable(), {0, "promo", ""}), "");
}

TEST(LinkTable, ChangesShowAndOlderTablesStayAsTheyWere) {
  const auto before = table_of({make(1, "a"), make(2, "b")});
  const std::vector<LinkChange> changes = {
      {1, make(3, "c"), false}, {2, make(1, "a"), true}, {3, make(4, "b"), false}};
  const auto after = before->with(changes);
  EXPECT_EQ(where(*after, {0, "a", ""}), "");
  EXPECT_EQ(where(*after, {0, "b", ""}), "https://example.com/4");
  EXPECT_EQ(where(*after, {0, "c", ""}), "https://example.com/3");
  EXPECT_EQ(after->size(), 2u);
  EXPECT_EQ(where(*before, {0, "a", ""}), "https://example.com/1");
  EXPECT_EQ(before->size(), 2u);
}

TEST(LinkTable, ALinkOfAnotherDomainIsFoundThereOnly) {
  Link link = make(1, "a");
  link.domain = "b.example";
  const auto before = table_of({make(2, "a")});
  const auto after = before->with(std::vector<LinkChange>{{1, link, false}});
  const DomainNumber number = after->domains().number_of("b.example");
  EXPECT_EQ(where(*after, {number, "a", ""}), "https://example.com/1");
  EXPECT_EQ(where(*after, {kDefaultDomain, "a", ""}), "https://example.com/2");
  EXPECT_EQ(before->domains().number_of("b.example"), DomainTable::kUnknown);
}

TEST(LinkTable, OfSeveralChangesToANameTheLastOneCounts) {
  const std::vector<LinkChange> changes = {
      {1, make(1, "a"), false}, {2, make(1, "a"), true}, {3, make(2, "a"), false},
      {4, make(3, "b"), false}, {5, make(3, "b"), true},
  };
  const auto table = LinkTable().with(changes);
  EXPECT_EQ(where(*table, {0, "a", ""}), "https://example.com/2");
  EXPECT_EQ(where(*table, {0, "b", ""}), "");
  EXPECT_EQ(table->size(), 1u);
}

// Links of ordinary length; a million of them may take 250 MB.
TEST(LinkTable, APlainLinkTakesLessThanAHundredBytes) {
  LinkTable::Builder builder;
  for (std::uint64_t i = 0; i < 200'000; ++i) {
    Link link = make(i + 1, "p" + std::to_string(1'000'000 + i));
    link.destination = "https://shop.example.com/products/" + std::to_string(1'000'000 + i);
    builder.add(link);
  }
  const auto table = std::move(builder).build();
  EXPECT_LT(table->memory_bytes() / table->size(), 100u);
}

// Random edits against a plain map.
TEST(LinkTable, AgreesWithAPlainMap) {
  SeededRandom random(3);
  std::map<std::string, std::uint64_t> model;
  std::shared_ptr<const LinkTable> table = std::make_shared<LinkTable>();
  for (std::uint64_t version = 1; version <= 12'000;) {
    std::vector<LinkChange> changes;
    for (int i = 0; i < 500; ++i, ++version) {
      const std::string prefix = "p" + std::to_string(random.below(9000));
      const bool removed = random.below(4) == 0;
      changes.push_back({version, make(version, prefix), removed});
      if (removed)
        model.erase(prefix);
      else
        model[prefix] = version;
    }
    table = table->with(changes);
  }
  EXPECT_EQ(table->size(), model.size());
  for (int i = 0; i < 9000; ++i) {
    const std::string prefix = "p" + std::to_string(i);
    const auto known = model.find(prefix);
    const std::string expected =
        known == model.end() ? "" : "https://example.com/" + std::to_string(known->second);
    EXPECT_EQ(where(*table, {0, prefix, ""}), expected) << prefix;
  }
}

}  // namespace
}  // namespace tally
