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
  LinkBase::Builder builder;
  for (const Link& link : links) builder.add(pack(link));
  return std::make_shared<LinkTable>(std::move(builder).build());
}

std::string where(const LinkTable& table, const LinkName& name) {
  const auto link = table.find(name);
  return link ? std::string(link->location) : "";
}

TEST(EdgeLink, CarriesEverythingTheRedirectNeeds) {
  Link link = make(9, "promo", "sale");
  link.domain = "go.example.com";
  link.enabled = false;
  link.starts_at = 5;
  link.expires_at = 10;
  link.fallback_url = "https://example.com/gone \xc3\xbc";
  link.utm.source = "newsletter";
  link.campaign = "spring";
  link.channel = "crm";
  const std::string bytes = pack(link) + "next";
  std::size_t size = 0;
  const EdgeLink back = unpack(bytes, size);
  EXPECT_EQ(size, bytes.size() - 4);
  EXPECT_EQ(back.id, link.id);
  EXPECT_EQ(back.name, (LinkName{"go.example.com", "promo", "sale"}));
  EXPECT_FALSE(back.enabled);
  EXPECT_EQ(back.starts_at, 5);
  EXPECT_EQ(back.expires_at, 10);
  EXPECT_EQ(back.fallback_location, "https://example.com/gone%20%C3%BC");
  EXPECT_EQ(back.saved.source, "newsletter");
  EXPECT_EQ(back.saved.link_campaign, "spring");
  EXPECT_EQ(back.saved.channel, "crm");
}

TEST(LinkTable, StaticAndExactNamesAreDifferent) {
  const auto table = table_of({make(1, "promo"), make(2, "promo", "x")});
  EXPECT_EQ(where(*table, {"", "promo", ""}), "https://example.com/1");
  EXPECT_EQ(where(*table, {"", "promo", "x"}), "https://example.com/2");
  EXPECT_EQ(where(*table, {"", "promo", "y"}), "");
  EXPECT_EQ(where(*table, {"", "Promo", ""}), "");
  EXPECT_EQ(where(*table, {"other.example", "promo", ""}), "");
  EXPECT_EQ(where(LinkTable(), {"", "promo", ""}), "");
}

TEST(LinkTable, ChangesShowAndOlderTablesStayAsTheyWere) {
  const auto before = table_of({make(1, "a"), make(2, "b")});
  const std::vector<LinkChange> changes = {
      {1, make(3, "c"), false}, {2, make(1, "a"), true}, {3, make(4, "b"), false}};
  const auto after = before->with(changes);
  EXPECT_EQ(where(*after, {"", "a", ""}), "");
  EXPECT_EQ(where(*after, {"", "b", ""}), "https://example.com/4");
  EXPECT_EQ(where(*after, {"", "c", ""}), "https://example.com/3");
  EXPECT_EQ(after->size(), 2u);
  EXPECT_EQ(where(*before, {"", "a", ""}), "https://example.com/1");
  EXPECT_EQ(before->size(), 2u);
}

// Random edits against a plain map, across several merges of the overlay.
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
    EXPECT_EQ(where(*table, {"", prefix, ""}), expected) << prefix;
  }
}

}  // namespace
}  // namespace tally
