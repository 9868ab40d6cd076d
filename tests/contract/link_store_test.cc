// SPDX-License-Identifier: Apache-2.0
// What every LinkStore must do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <set>
#include <thread>

#include "contract/stores.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

// Everything that decides where a link leads, with text that needs quoting.
void give_behaviour(Link& link) {
  link.ios = {"myapp://\"p\"", "itms-apps://apps.example/1"};
  link.android = {"", "market://details?id=\xc3\xa4"};
  Rule full;
  full.platforms = {Platform::ios, Platform::other};
  full.devices = {Device::mobile, Device::wearable};
  full.countries = {"DE", "AT"};
  full.regions = {"BY",
                  "\xc3\x8e"
                  "le-de-France"};
  full.languages = {"de", "fil"};
  full.time = WeekWindow{0x41, 1320, 360, "Europe/Berlin"};
  full.query = QueryCondition{"a\\b", ""};
  full.destination = "https://example.com/'rule'";
  Rule bare;
  bare.query = QueryCondition{"only", std::nullopt};
  bare.destination = "https://example.com/bare";
  link.rules = {full, bare};
  link.variants = {{"a\"", 1, "https://example.com/a"}, {"b", 10'000, "https://example.com/b"}};
  link.open_graph = {"Title", "", "https://example.com/i.png"};
  link.password_hash = "$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA";
  link.click_limit = 1'000'000'000;
  link.status = 307;
  link.passthrough = link.append_click_id = link.landing = true;
  link.privacy = LinkPrivacy::do_not_record;
}

class LinkStoreContract : public testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override {
    stores_ = GetParam().make();
    workspace_ = stores_->accounts().default_workspace().value().id;
  }

  LinkStore& store() { return stores_->links(); }

  Link named(std::string prefix, std::string token = {}) const {
    Link link;
    link.workspace = workspace_;
    link.prefix = std::move(prefix);
    link.token = std::move(token);
    link.destination = "https://example.com/" + link.prefix;
    return link;
  }
  Link add(const Link& link) {
    auto made = store().create(link);
    EXPECT_TRUE(made) << made.error().line();
    stores_->clock.advance(1000);
    return made.value_or(Link{});
  }

  // All pages of a listing, one after the other.
  std::vector<std::string> walk(LinkListing listing) {
    listing.workspace = workspace_;
    std::vector<std::string> out;
    do {
      const auto page = store().list(listing);
      EXPECT_TRUE(page) << page.error().line();
      if (!page) break;
      EXPECT_LE(page->links.size(), listing.limit);
      for (const Link& link : page->links) out.push_back(link.prefix);
      listing.cursor = page->next_cursor;
    } while (!listing.cursor.empty());
    return out;
  }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
};

INSTANTIATE_TEST_SUITE_P(Stores, LinkStoreContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST_P(LinkStoreContract, GivesBackEveryField) {
  Link link = named("promo", "summer \xc3\xa4%");
  link.title = "A 'quoted' \"title\"";
  link.tags = {"b", "a", "with space"};
  link.campaign = "summer";
  link.channel = "email";
  link.utm = {"s", "m", "c", "o", "t"};
  link.fallback_url = "https://example.com/closed";
  link.enabled = false;
  link.starts_at = 0;
  link.expires_at = 1'900'000'000'001;
  give_behaviour(link);
  const Link made = store().create(link).value();
  EXPECT_TRUE(made.id);
  EXPECT_EQ(made.created_at, stores_->clock.now_ms());
  EXPECT_EQ(made.updated_at, made.created_at);
  link.id = made.id;
  link.created_at = made.created_at;
  link.updated_at = made.updated_at;
  EXPECT_EQ(made, link);
  EXPECT_EQ(store().get(workspace_, made.id).value(), link);
}

TEST_P(LinkStoreContract, EveryPartOfABehaviourStandsAlone) {
  const std::vector<void (*)(Link& to, const Link& from)> parts = {
      [](Link& to, const Link& from) { to.ios = from.ios; },
      [](Link& to, const Link& from) { to.android = from.android; },
      [](Link& to, const Link& from) { to.rules = from.rules; },
      [](Link& to, const Link& from) { to.variants = from.variants; },
      [](Link& to, const Link& from) { to.open_graph = from.open_graph; },
      [](Link& to, const Link& from) { to.password_hash = from.password_hash; },
      [](Link& to, const Link& from) { to.click_limit = from.click_limit; },
      [](Link& to, const Link& from) { to.status = from.status; },
      [](Link& to, const Link& from) { to.passthrough = from.passthrough; },
      [](Link& to, const Link& from) { to.append_click_id = from.append_click_id; },
      [](Link& to, const Link& from) { to.landing = from.landing; },
      [](Link& to, const Link& from) { to.privacy = from.privacy; },
  };
  Link full;
  give_behaviour(full);
  Link link = add(named("p"));
  add(named("plain"));
  for (const auto part : parts) {
    Link next = link;
    const Link plain = named("p");
    next.ios = plain.ios, next.android = plain.android, next.rules = plain.rules;
    next.variants = plain.variants, next.open_graph = plain.open_graph;
    next.password_hash = plain.password_hash, next.click_limit = plain.click_limit;
    next.status = plain.status, next.passthrough = plain.passthrough;
    next.append_click_id = plain.append_click_id, next.landing = plain.landing;
    next.privacy = plain.privacy;
    const Link without = next;
    part(next, full);
    EXPECT_NE(next, without);
    link = store().update(next).value();
    next.updated_at = link.updated_at;
    EXPECT_EQ(link, next);
    EXPECT_EQ(store().get(workspace_, link.id).value(), next);
    // Read one after the other, no link takes over what the one before had.
    std::vector<Link> all;
    ASSERT_TRUE(store().read_all([&](const Link& each) { all.push_back(each); }));
    EXPECT_EQ(all.at(0), next);
    EXPECT_EQ(all.at(1).rules.size() + all.at(1).variants.size(), 0u);
    EXPECT_EQ(all.at(1).status, 302);
    EXPECT_EQ(all.at(1).password_hash + all.at(1).ios.url + all.at(1).open_graph.title, "");
  }
}

TEST_P(LinkStoreContract, FindsByName) {
  const Link plain = store().create(named("promo")).value();
  const Link pattern = store().create(named("promo", ":token")).value();
  const auto id = [&](const char* domain, const char* prefix, const char* token) {
    return store().named(workspace_, domain, prefix, token).value();
  };
  EXPECT_EQ(id("", "promo", ""), plain.id);
  EXPECT_EQ(id("", "promo", ":token"), pattern.id);
  EXPECT_EQ(id("", "promo", "x"), std::nullopt);
  EXPECT_EQ(id("", "Promo", ""), std::nullopt);
  EXPECT_EQ(id("go.example", "promo", ""), std::nullopt);
  EXPECT_EQ(store().named(stores_->add_workspace("other"), "", "promo", "").value(), std::nullopt);
}

TEST_P(LinkStoreContract, MakesManyOrNone) {
  std::vector<Link> links = {named("a"), named("b", "x"), named("c")};
  links[1].tags = {"t"};
  give_behaviour(links[2]);
  const std::uint64_t start = store().read_all([](const Link&) {}).value();
  const auto made = store().create_many(links, std::nullopt).value();
  ASSERT_EQ(made.links.size(), 3u);
  EXPECT_FALSE(made.repeated);
  for (std::size_t i = 0; i < links.size(); ++i) {
    EXPECT_EQ(made.links[i].prefix, links[i].prefix);
    EXPECT_EQ(store().get(workspace_, made.links[i].id).value(), made.links[i]);
  }
  EXPECT_THAT(store().tagged(workspace_, {"t"}).value(), ElementsAre(made.links[1].id));
  const auto changes = store().changes_since(start, 10).value();
  ASSERT_EQ(changes.size(), 3u);
  EXPECT_EQ(changes[2].link, made.links[2]);

  // Taken, repeated within the list and on an unknown domain: all are named, nothing is stored.
  std::vector<Link> wrong = {named("d"), named("b", "x"), named("e"), named("e"), named("f")};
  wrong[4].domain = "unknown.example";
  const auto refused = store().create_many(wrong, std::nullopt).value();
  EXPECT_TRUE(refused.links.empty());
  ASSERT_EQ(refused.faults.size(), 3u);
  EXPECT_EQ(refused.faults[0].index, 1u);
  EXPECT_EQ(refused.faults[0].error.slug, "slug_taken");
  EXPECT_EQ(refused.faults[1].index, 3u);
  EXPECT_EQ(refused.faults[1].error.slug, "slug_taken");
  EXPECT_EQ(refused.faults[2].index, 4u);
  EXPECT_EQ(refused.faults[2].error.slug, "unknown_domain");
  EXPECT_THAT(store().changes_since(changes[2].version, 10).value(), IsEmpty());
  EXPECT_TRUE(store().create(named("d")));
  EXPECT_TRUE(store().create_many({}, std::nullopt).value().links.empty());
}

TEST_P(LinkStoreContract, MakesManyOnceForARequestKey) {
  const std::vector<Link> links = {named("a"), named("b")};
  const RequestKey key{"k", "f"};
  const auto first = store().create_many(links, key).value();
  EXPECT_FALSE(first.repeated);
  const auto again = store().create_many(links, key).value();
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.links, first.links);
  EXPECT_EQ(store().create_many(links, RequestKey{"k", "g"}).error().slug, "idempotency_mismatch");
  // A refused list leaves its key free.
  const std::vector<Link> taken = {named("c"), named("a")};
  const std::vector<Link> fine = {named("c"), named("d")};
  EXPECT_EQ(store().create_many(taken, RequestKey{"k2", "f"})->faults.size(), 1u);
  EXPECT_FALSE(store().create_many(fine, RequestKey{"k2", "f"})->repeated);
  ASSERT_TRUE(store().remove(workspace_, first.links[1].id));
  EXPECT_EQ(store().create_many(links, key).error().code, ErrorCode::not_found);
}

TEST_P(LinkStoreContract, DomainsAreMadeReadChangedAndRemoved) {
  Domain domain;
  domain.workspace = workspace_;
  domain.host = "b.example";
  domain.root_redirect = "https://www.b.example/";
  const std::uint64_t start = store().domains_version().value();
  const Domain made = store().create_domain(domain).value();
  EXPECT_TRUE(made.id);
  EXPECT_EQ(made.created_at, stores_->clock.now_ms());
  domain.id = made.id;
  domain.created_at = domain.updated_at = made.created_at;
  EXPECT_EQ(made, domain);
  EXPECT_EQ(store().get_domain(workspace_, made.id).value(), domain);
  EXPECT_GT(store().domains_version().value(), start);

  const WorkspaceId other = stores_->add_workspace("other");
  Domain foreign = domain;
  foreign.workspace = other;
  EXPECT_EQ(store().create_domain(foreign).error().slug, "host_taken");
  EXPECT_EQ(store().create_domain(foreign).error().code, ErrorCode::conflict);
  EXPECT_EQ(store().get_domain(other, made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().update_domain(foreign).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().remove_domain(other, made.id).error().code, ErrorCode::not_found);
  foreign.host = "a.example";
  foreign = store().create_domain(foreign).value();
  EXPECT_THAT(store().domains().value(), ElementsAre(foreign, domain));

  stores_->clock.advance(1000);
  domain.root_redirect.clear();
  domain.not_found_redirect = "https://www.b.example/lost";
  Domain moved = domain;
  moved.host = "c.example";  // not editable
  const std::uint64_t before = store().domains_version().value();
  const Domain changed = store().update_domain(moved).value();
  domain.updated_at = stores_->clock.now_ms();
  EXPECT_EQ(changed, domain);
  EXPECT_EQ(store().get_domain(workspace_, made.id).value(), domain);
  EXPECT_GT(stores_->links_of_another_process().domains_version().value(), before);
  EXPECT_THAT(stores_->links_of_another_process().domains().value(), ElementsAre(foreign, domain));

  ASSERT_TRUE(store().remove_domain(workspace_, made.id));
  EXPECT_EQ(store().remove_domain(workspace_, made.id).error().code, ErrorCode::not_found);
  EXPECT_THAT(store().domains().value(), ElementsAre(foreign));
  EXPECT_NE(store().create_domain(domain).value().id, made.id);
}

TEST_P(LinkStoreContract, KnowsWhoHasTheExperimentCookieOn) {
  stores_->add_workspace("other");
  EXPECT_TRUE(store().cookie_workspaces().value().empty());
  Workspace workspace = stores_->accounts().workspace(workspace_).value();
  EXPECT_FALSE(workspace.experiment_cookie);
  for (const bool on : {true, false}) {
    workspace.experiment_cookie = on;
    const std::uint64_t before = store().domains_version().value();
    ASSERT_TRUE(stores_->accounts().update_workspace(workspace));
    EXPECT_EQ(stores_->accounts().workspace(workspace_).value(), workspace);
    EXPECT_GT(store().domains_version().value(), before);
    EXPECT_EQ(store().cookie_workspaces().value(),
              on ? std::vector{workspace_} : std::vector<WorkspaceId>());
  }
}

TEST_P(LinkStoreContract, LinksLiveOnDomainsOfTheirWorkspace) {
  Domain domain;
  domain.workspace = workspace_;
  domain.host = "b.example";
  domain = store().create_domain(domain).value();
  Link link = named("promo");
  link.domain = "b.example";
  add(named("promo"));  // the same name on the default domain
  link = add(link);
  EXPECT_EQ(link.domain, "b.example");
  EXPECT_EQ(store().create(link).error().slug, "slug_taken");
  EXPECT_EQ(store().remove_domain(workspace_, domain.id).error().slug, "domain_in_use");

  Link foreign = link;
  foreign.workspace = stores_->add_workspace("other");
  foreign.prefix = "other";
  EXPECT_EQ(store().create(foreign).error().slug, "unknown_domain");
  Link lost = link;
  lost.domain = "c.example";
  EXPECT_EQ(store().update(lost).error().field, "domain");
  EXPECT_EQ(store().update(lost).error().code, ErrorCode::invalid);

  LinkListing listing;
  listing.domain = "b.example";
  EXPECT_THAT(walk(listing), ElementsAre("promo"));

  // Back to the default domain under another name: the name on this one is free again.
  const std::uint64_t before = store().read_all([](const Link&) {}).value();
  link.domain.clear();
  link.prefix = "promo2";
  link = store().update(link).value();
  const auto changes = store().changes_since(before, 10).value();
  ASSERT_EQ(changes.size(), 2u);
  EXPECT_TRUE(changes[0].removed);
  EXPECT_EQ(changes[0].link.domain, "b.example");
  EXPECT_EQ(changes[1].link, link);
  EXPECT_TRUE(store().remove_domain(workspace_, domain.id));
}

TEST_P(LinkStoreContract, NamesAreUniqueOverAllWorkspaces) {
  add(named("promo"));
  add(named("promo", "x"));
  add(named("Promo"));
  Link foreign = named("promo");
  foreign.workspace = stores_->add_workspace("other");
  for (const Link& link : {named("promo"), named("promo", "x"), foreign}) {
    const auto again = store().create(link);
    ASSERT_FALSE(again);
    EXPECT_EQ(again.error().code, ErrorCode::conflict);
    EXPECT_EQ(again.error().slug, "slug_taken");
  }
  // A name that failed leaves no trace in the versions.
  EXPECT_EQ(store().changes_since(0, 100).value().size(), 3u);
}

TEST_P(LinkStoreContract, WorkspacesDoNotSeeEachOther) {
  const Link mine = add(named("mine"));
  const WorkspaceId other = stores_->add_workspace("other");
  EXPECT_EQ(store().get(other, mine.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().remove(other, mine.id).error().code, ErrorCode::not_found);
  Link stolen = mine;
  stolen.workspace = other;
  EXPECT_EQ(store().update(stolen).error().code, ErrorCode::not_found);
  EXPECT_THAT(store().find(other, {mine.id}).value(), IsEmpty());
  LinkListing listing;
  listing.workspace = other;
  EXPECT_THAT(store().list(listing).value().links, IsEmpty());
  EXPECT_TRUE(store().get(workspace_, mine.id));
}

TEST_P(LinkStoreContract, UpdatesAndRenames) {
  Link link = add(named("one"));
  add(named("two"));
  link.prefix = "three";
  link.tags = {"new"};
  link.created_at = 5;  // not editable
  const Link changed = store().update(link).value();
  EXPECT_NE(changed.created_at, 5);
  EXPECT_GT(changed.updated_at, changed.created_at);
  EXPECT_EQ(store().get(workspace_, link.id).value(), changed);
  EXPECT_THAT(store().tagged(workspace_, {"new"}).value(), ElementsAre(link.id));

  link.prefix = "two";
  EXPECT_EQ(store().update(link).error().slug, "slug_taken");
  EXPECT_EQ(store().get(workspace_, link.id).value(), changed);
  EXPECT_TRUE(store().create(named("one")));
}

TEST_P(LinkStoreContract, RemovingFreesTheName) {
  Link link = named("gone");
  link.tags = {"t"};
  link = add(link);
  ASSERT_TRUE(store().remove(workspace_, link.id));
  EXPECT_EQ(store().get(workspace_, link.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().remove(workspace_, link.id).error().code, ErrorCode::not_found);
  EXPECT_THAT(store().tagged(workspace_, {"t"}).value(), IsEmpty());
  const Link next = store().create(named("gone")).value();
  EXPECT_NE(next.id, link.id);  // an id is never used twice: clicks refer to it
}

TEST_P(LinkStoreContract, VersionsTellWhatChanged) {
  const Link a = add(named("a"));
  Link b = add(named("b"));
  const Link c = add(named("c"));
  std::vector<std::string> seen;
  const std::uint64_t start =
      store().read_all([&](const Link& link) { seen.push_back(link.prefix); }).value();
  EXPECT_THAT(seen, ElementsAre("a", "b", "c"));
  EXPECT_THAT(store().changes_since(start, 10).value(), IsEmpty());

  b.title = "changed";
  b = store().update(b).value();
  ASSERT_TRUE(store().remove(workspace_, a.id));
  b.title = "again";
  b = store().update(b).value();
  const Link d = add(named("d"));

  const auto changes = store().changes_since(start, 10).value();
  ASSERT_EQ(changes.size(), 3u);  // b once, as it is now
  EXPECT_TRUE(changes[0].removed);
  EXPECT_EQ(changes[0].link.id, a.id);
  EXPECT_EQ(changes[0].link.prefix, "a");
  EXPECT_EQ(changes[1].link, b);
  EXPECT_EQ(changes[2].link, d);
  EXPECT_LT(changes[0].version, changes[1].version);
  EXPECT_LT(changes[1].version, changes[2].version);
  EXPECT_EQ(store().read_all([](const Link&) {}).value(), changes[2].version);

  // Read in pieces, nothing is skipped.
  std::vector<LinkId> ids;
  for (std::uint64_t version = 0;;) {
    const auto piece = store().changes_since(version, 1).value();
    if (piece.empty()) break;
    ids.push_back(piece[0].link.id);
    version = piece[0].version;
  }
  EXPECT_THAT(ids, ElementsAre(c.id, a.id, b.id, d.id));
}

TEST_P(LinkStoreContract, ARenameTakesTheOldNameAway) {
  Link a = add(named("a"));
  Link b = add(named("b"));
  const std::uint64_t start = store().read_all([](const Link&) {}).value();
  // The two exchange their names by way of a third one.
  a.prefix = "c";
  a = store().update(a).value();
  b.prefix = "a";
  b = store().update(b).value();
  a.prefix = "b";
  a = store().update(a).value();

  std::map<std::string, LinkId> names = {{"a", a.id}, {"b", b.id}};
  for (std::uint64_t version = start;;) {
    const auto piece = store().changes_since(version, 1).value();
    if (piece.empty()) break;
    version = piece[0].version;
    if (piece[0].removed) {
      names.erase(piece[0].link.prefix);
    } else {
      names[piece[0].link.prefix] = piece[0].link.id;
    }
  }
  EXPECT_EQ(names, (std::map<std::string, LinkId>{{"a", b.id}, {"b", a.id}}));
  a.title = "not a rename";
  a = store().update(a).value();
  EXPECT_EQ(store().changes_since(start, 100).value().back().link, a);
}

TEST_P(LinkStoreContract, KnowsWhichLinksLeadToAHost) {
  const auto leading = [&](const std::string& host, std::size_t most = 100) {
    std::vector<std::string> out;
    EXPECT_TRUE(store().leading_to(host, [&](const Link& link) {
      out.push_back(link.prefix);
      return out.size() < most;
    }));
    return out;
  };
  const auto to = [&](std::string prefix, std::string destination) {
    Link link = named(std::move(prefix));
    link.destination = std::move(destination);
    return link;
  };
  Link a = add(to("a", "https://A.example.:9000/{token}"));
  Link both = to("both", "https://a.example/");
  both.variants = {{"x", 1, "https://a.example/x"}, {"y", 1, "http://b%2Eexample"}};
  both = store().create_many(std::vector{both, to("c", "https://c.example/")}, {}).value().links[0];
  EXPECT_THAT(leading("a.example"), ElementsAre("a", "both"));
  EXPECT_THAT(leading("a.example", 1), ElementsAre("a"));
  EXPECT_THAT(leading("b.example"), ElementsAre("both"));
  EXPECT_THAT(leading("example"), ElementsAre());

  a.fallback_url = "https://b.example/closed";
  a.destination = "https://d.example/";
  ASSERT_TRUE(store().update(a));
  EXPECT_THAT(leading("a.example"), ElementsAre("both"));
  EXPECT_THAT(leading("b.example"), ElementsAre("a", "both"));
  EXPECT_THAT(leading("d.example"), ElementsAre("a"));
  ASSERT_TRUE(store().remove(workspace_, both.id));
  EXPECT_THAT(leading("a.example"), ElementsAre());
  EXPECT_THAT(leading("b.example"), ElementsAre("a"));
}

TEST_P(LinkStoreContract, AnotherProcessSeesTheSameVersions) {
  LinkStore& other = stores_->links_of_another_process();
  const std::uint64_t start = other.read_all([](const Link&) {}).value();
  const Link link = add(named("here"));
  const auto changes = other.changes_since(start, 10).value();
  ASSERT_EQ(changes.size(), 1u);
  EXPECT_EQ(changes[0].link, link);
  ASSERT_TRUE(other.remove(workspace_, link.id));
  EXPECT_TRUE(store().changes_since(changes[0].version, 10).value().at(0).removed);
}

TEST_P(LinkStoreContract, ListsInEveryOrder) {
  for (const char* name : {"b", "d", "a", "c"}) {
    Link link = named(name);
    link.title = std::string(name) == "a" ? "z" : "same";
    add(link);
  }
  struct Row {
    LinkListing::Sort sort;
    bool descending;
    std::vector<std::string> out;
  };
  using Sort = LinkListing::Sort;
  const Row rows[] = {
      {Sort::created_at, true, {"c", "a", "d", "b"}},
      {Sort::created_at, false, {"b", "d", "a", "c"}},
      {Sort::prefix, false, {"a", "b", "c", "d"}},
      {Sort::prefix, true, {"d", "c", "b", "a"}},
      {Sort::title, false, {"b", "d", "c", "a"}},
      {Sort::title, true, {"a", "c", "d", "b"}},
  };
  for (const std::size_t limit : {1, 2, 3, 4, 50})
    for (const Row& row : rows) {
      LinkListing listing;
      listing.sort = row.sort;
      listing.descending = row.descending;
      listing.limit = limit;
      EXPECT_EQ(walk(listing), row.out) << static_cast<int>(row.sort) << " by " << limit;
    }
}

TEST_P(LinkStoreContract, PagesStayWholeWhileLinksComeAndGo) {
  std::vector<LinkId> ids;
  for (int i = 0; i < 10; ++i) ids.push_back(add(named("l" + std::to_string(i))).id);
  LinkListing listing;
  listing.workspace = workspace_;
  listing.limit = 4;
  const LinkPage first = store().list(listing).value();
  EXPECT_EQ(first.links.back().prefix, "l6");
  ASSERT_TRUE(store().remove(workspace_, ids[6]));  // the one the cursor points at
  ASSERT_TRUE(store().remove(workspace_, ids[4]));
  add(named("new"));
  listing.cursor = first.next_cursor;
  const LinkPage second = store().list(listing).value();
  std::vector<std::string> names;
  for (const Link& link : second.links) names.push_back(link.prefix);
  EXPECT_THAT(names, ElementsAre("l5", "l3", "l2", "l1"));
}

TEST_P(LinkStoreContract, FiltersAndSearches) {
  Link a = named("Alpha", "Tok_en");
  a.tags = {"x", "y"};
  a.campaign = "summer";
  Link b = named("beta");
  b.tags = {"y"};
  b.title = "100% Wool";
  b.enabled = false;
  add(a);
  add(b);
  const auto listed = [&](auto change) {
    LinkListing listing;
    change(listing);
    return walk(listing);
  };
  EXPECT_THAT(listed([](auto& l) { l.tag = "x"; }), ElementsAre("Alpha"));
  EXPECT_THAT(listed([](auto& l) { l.tag = "y"; }), ElementsAre("beta", "Alpha"));
  EXPECT_THAT(listed([](auto& l) { l.tag = "X"; }), IsEmpty());
  EXPECT_THAT(listed([](auto& l) { l.campaign = "summer"; }), ElementsAre("Alpha"));
  EXPECT_THAT(listed([](auto& l) { l.enabled = false; }), ElementsAre("beta"));
  EXPECT_THAT(listed([](auto& l) { l.domain = "other.example"; }), IsEmpty());
  EXPECT_THAT(listed([](auto& l) { l.search = "ALPH"; }), ElementsAre("Alpha"));
  EXPECT_THAT(listed([](auto& l) { l.search = "tok_"; }), ElementsAre("Alpha"));
  EXPECT_THAT(listed([](auto& l) { l.search = "0% w"; }), ElementsAre("beta"));
  EXPECT_THAT(listed([](auto& l) { l.search = "%"; }), ElementsAre("beta"));
  EXPECT_THAT(listed([](auto& l) { l.search = "_"; }), ElementsAre("Alpha"));
  EXPECT_THAT(listed([](auto& l) { l.search = "example.com/beta"; }), ElementsAre("beta"));
  EXPECT_THAT(listed([](auto& l) { l.search = "' OR 1=1 --"; }), IsEmpty());
  EXPECT_THAT(store().tagged(workspace_, {"x", "y"}).value().size(), 2u);
}

TEST_P(LinkStoreContract, AFilterByTagBecomesOneByLink) {
  std::vector<std::string> ids;
  for (const std::vector<std::string>& tags : {std::vector<std::string>{"x"}, {"x", "y"}, {}}) {
    Link link = named("link" + std::to_string(ids.size()));
    link.tags = tags;
    ids.push_back(add(link).id.text());
  }
  struct {
    std::vector<std::string> tags;
    bool none_of;
    std::vector<std::string> links;
    bool none_of_links;
  } const rows[] = {
      {{"x"}, false, {ids[0], ids[1]}, false},  // any of
      {{"y"}, true, {ids[1]}, true},            // none of
      {{"z"}, false, {}, false},                // never
      {{""}, false, {ids[0], ids[1]}, true},    // without a tag
      {{""}, true, {ids[0], ids[1]}, false},    // with one
      {{"", "y"}, false, {ids[0]}, true},       // without a tag, or with this one
      {{"x", ""}, true, {}, false},             // with others only
  };
  for (const auto& row : rows) {
    const Filter by_tag{Dimension::tag, row.none_of, row.tags};
    const Filter by_link{Dimension::link, row.none_of_links, row.links};
    EXPECT_EQ(filter_by_link(store(), workspace_, by_tag).value(), by_link)
        << testing::PrintToString(row.tags) << row.none_of;
  }
}

TEST_P(LinkStoreContract, RefusesForeignCursors) {
  add(named("a"));
  add(named("b"));
  LinkListing listing;
  listing.workspace = workspace_;
  listing.limit = 1;
  const std::string cursor = store().list(listing).value().next_cursor;
  listing.descending = false;
  for (const std::string& bad : {cursor, std::string("x"), std::string("AAAA"), cursor + "A",
                                 std::string(5000, 'A'), std::string("\xff")}) {
    listing.cursor = bad;
    const auto page = store().list(listing);
    ASSERT_FALSE(page) << bad;
    EXPECT_EQ(page.error().slug, "bad_cursor");
  }
}

TEST_P(LinkStoreContract, CreatesOnceForARequestKey) {
  const RequestKey key{"k1", "fingerprint"};
  const auto first = store().create_once(named("once"), key).value();
  EXPECT_FALSE(first.repeated);
  const auto again = store().create_once(named("other"), key).value();
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.link, first.link);
  EXPECT_EQ(store().create_once(named("x"), {"k1", "changed"}).error().slug,
            "idempotency_mismatch");

  // A failed request leaves its key free.
  EXPECT_EQ(store().create_once(named("once"), {"k2", "f"}).error().slug, "slug_taken");
  EXPECT_FALSE(store().create_once(named("two"), {"k2", "f"}).value().repeated);

  // Another workspace has its own keys, and a day later the key is new.
  Link foreign = named("three");
  foreign.workspace = stores_->add_workspace("other");
  EXPECT_FALSE(store().create_once(foreign, key).value().repeated);
  stores_->clock.advance(kRequestKeyLife);
  EXPECT_FALSE(store().create_once(named("four"), key).value().repeated);

  ASSERT_TRUE(store().remove(workspace_, first.link.id));
  const auto five = store().create_once(named("five"), {"k5", "f"}).value();
  ASSERT_TRUE(store().remove(workspace_, five.link.id));
  EXPECT_EQ(store().create_once(named("five"), {"k5", "f"}).error().code, ErrorCode::not_found);
}

TEST_P(LinkStoreContract, ManyThreadsMakeEachNameOnce) {
  constexpr int kThreads = 4, kNames = 50;
  std::atomic<int> made = 0, taken = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      LinkStore& mine = t % 2 == 0 ? store() : stores_->links_of_another_process();
      for (int i = 0; i < kNames; ++i) {
        const auto link = mine.create(named("n" + std::to_string(i)));
        if (link) ++made;
        if (!link && link.error().slug == "slug_taken") ++taken;
        LinkListing listing;
        listing.workspace = workspace_;
        EXPECT_TRUE(mine.list(listing));
      }
    });
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(made, kNames);
  EXPECT_EQ(taken, kNames * (kThreads - 1));
  std::set<std::uint64_t> versions;
  const auto changes = store().changes_since(0, 1000).value();
  for (const LinkChange& change : changes) versions.insert(change.version);
  EXPECT_EQ(versions.size(), static_cast<std::size_t>(kNames));
}

}  // namespace
}  // namespace tally
