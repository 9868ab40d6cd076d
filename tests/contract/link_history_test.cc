// SPDX-License-Identifier: Apache-2.0
// What every LinkStore must keep of the changes of links.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/stores.h"
#include "links/link_edit_json.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Pair;

class LinkHistoryContract : public testing::TestWithParam<Implementation> {
 protected:
  LinkHistoryContract() : stores_(GetParam().make()) {
    workspace_ = stores_->accounts().default_workspace()->id;
  }
  LinkStore& links() { return stores_->links(); }

  Link named(const std::string& prefix) const {
    Link out;
    out.workspace = workspace_;
    out.prefix = prefix;
    out.destination = "https://example.com/";
    return out;
  }
  Link add(const std::string& prefix) { return links().create(named(prefix), ada_).value(); }
  std::vector<LinkEdit> history(LinkId id) { return links().history({workspace_, id}).value(); }
  // Each as its kind and who made it.
  std::vector<std::pair<LinkEditKind, std::string>> told(LinkId id) {
    std::vector<std::pair<LinkEditKind, std::string>> out;
    for (const LinkEdit& edit : history(id)) out.emplace_back(edit.kind, edit.by.name);
    return out;
  }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
  const Editor ada_{EditorKind::user, 3, "ada@example.com"};
  const Editor key_{EditorKind::key, 4, "import"};
};

INSTANTIATE_TEST_SUITE_P(Stores, LinkHistoryContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST_P(LinkHistoryContract, HasEveryChangeNewestFirst) {
  const Link made = add("a");
  stores_->clock.advance(5);
  Link changed = made;
  changed.title = "T";
  changed.enabled = false;
  changed = links().update(changed, key_).value();
  ASSERT_TRUE(links().update(changed, key_)) << "nothing differs: no edit";
  stores_->clock.advance(5);
  ASSERT_TRUE(links().remove(workspace_, made.id));
  const UnixMillis end = stores_->clock.now_ms();
  EXPECT_THAT(
      history(made.id),
      ElementsAre(
          LinkEdit{LinkEditId{3}, end, LinkEditKind::deleted, {}, link_changes(&changed, nullptr)},
          LinkEdit{LinkEditId{2}, end - 5, LinkEditKind::updated, key_,
                   link_changes(&made, &changed)},
          LinkEdit{LinkEditId{1}, end - 10, LinkEditKind::created, ada_,
                   link_changes(nullptr, &made)}))
      << "a link that is gone keeps its history";
}

TEST_P(LinkHistoryContract, ManyAtOnceAreEachInTheirOwn) {
  const Link many[] = {named("a"), named("b")};
  const auto made = links().create_many(many, RequestKey{"k", "f"}, key_);
  ASSERT_TRUE(made && made->faults.empty());
  ASSERT_TRUE(links().create_many(many, RequestKey{"k", "f"}, key_)->repeated);
  for (const Link& link : made->links)
    EXPECT_THAT(told(link.id), ElementsAre(Pair(LinkEditKind::created, "import")));
}

TEST_P(LinkHistoryContract, WhatWasNotChangedIsNotInIt) {
  const Link one = add("one"), two = add("two");
  Link taken = two;
  taken.prefix = "one";
  ASSERT_FALSE(links().update(taken, ada_));
  EXPECT_EQ(history(two.id).size(), 1u);
  const Link many[] = {named("three"), named("one")};
  ASSERT_FALSE(links().create_many(many, std::nullopt, key_)->faults.empty());
  const LinkId next = add("four").id;
  for (std::uint64_t id = two.id.value + 1; id < next.value; ++id)
    EXPECT_FALSE(links().history({workspace_, LinkId{id}})) << id;
  EXPECT_THAT(told(next), ElementsAre(Pair(LinkEditKind::created, "ada@example.com")));
}

TEST_P(LinkHistoryContract, LinksExpireWithoutAWebhookThatAsks) {
  Link link = named("a");
  link.expires_at = stores_->clock.now_ms() + 100;
  const LinkId id = links().create(link, ada_)->id;
  EXPECT_EQ(links().expire_due(stores_->clock.now_ms()).value(), 0u);
  stores_->clock.advance(150);
  EXPECT_EQ(links().expire_due(stores_->clock.now_ms()).value(), 1u);
  EXPECT_EQ(links().expire_due(stores_->clock.now_ms()).value(), 0u);
  link = links().get(workspace_, id).value();
  link.expires_at = *link.expires_at - 50;  // over already, and nobody will find it
  ASSERT_TRUE(links().update(link, ada_));
  EXPECT_THAT(
      told(id),
      ElementsAre(Pair(LinkEditKind::expired, ""), Pair(LinkEditKind::updated, "ada@example.com"),
                  Pair(LinkEditKind::expired, ""), Pair(LinkEditKind::created, "ada@example.com")));
  EXPECT_EQ(history(id).at(2).time, *link.expires_at + 50);
}

TEST_P(LinkHistoryContract, KeepsTheNewest) {
  Link link = add("a");
  for (std::size_t i = 0; i < kKeptEdits + 5; ++i) {
    link.title = std::to_string(i);
    ASSERT_TRUE(links().update(link, ada_));
  }
  const auto all = links().history({workspace_, link.id, std::nullopt, 1000}).value();
  ASSERT_EQ(all.size(), kKeptEdits);
  EXPECT_EQ(all.front().id.value, kKeptEdits + 6);
  EXPECT_EQ(all.back().id.value, 7u);
}

TEST_P(LinkHistoryContract, PagesAndWorkspaces) {
  Link link = add("a");
  for (const char* title : {"b", "c"}) {
    link.title = title;
    ASSERT_TRUE(links().update(link, ada_));
  }
  const auto first = links().history({workspace_, link.id, std::nullopt, 2}).value();
  ASSERT_EQ(first.size(), 2u);
  const auto second = links().history({workspace_, link.id, first.back().id, 2}).value();
  ASSERT_EQ(second.size(), 1u);
  EXPECT_EQ(second.front().kind, LinkEditKind::created);
  EXPECT_THAT(links().history({workspace_, link.id, LinkEditId{1}, 2}).value(), IsEmpty());
  const WorkspaceId other = stores_->add_workspace("other");
  for (const LinkHistoryListing& of :
       {LinkHistoryListing{other, link.id}, {workspace_, LinkId{link.id.value + 1}}}) {
    const auto none = links().history(of);
    ASSERT_FALSE(none);
    EXPECT_EQ(none.error().code, ErrorCode::not_found);
  }
}

TEST_P(LinkHistoryContract, IsErasedOnceTheLinkIsGone) {
  const Link kept = add("kept"), gone = add("gone"), also = add("also");
  const UnixMillis before = stores_->clock.now_ms();
  stores_->clock.advance(100);
  ASSERT_TRUE(links().remove(workspace_, gone.id, ada_));
  ASSERT_TRUE(links().remove(workspace_, also.id, ada_));
  const TimeRange all{0, stores_->clock.now_ms() + 1};
  ASSERT_TRUE(links().erase_history({stores_->add_workspace("other"), all}));
  ASSERT_TRUE(links().erase_history({workspace_, all, kept.id}));
  ASSERT_TRUE(links().erase_history({workspace_, {0, before + 1}, gone.id}));
  EXPECT_EQ(history(kept.id).size(), 1u) << "it is there";
  EXPECT_THAT(told(gone.id), ElementsAre(Pair(LinkEditKind::deleted, "ada@example.com")));
  EXPECT_EQ(history(also.id).size(), 2u);
  ASSERT_TRUE(links().erase_history({workspace_, all, gone.id}));
  EXPECT_FALSE(links().history({workspace_, gone.id}));
  ASSERT_TRUE(links().erase_history({workspace_, all}));
  EXPECT_FALSE(links().history({workspace_, also.id}));
  EXPECT_EQ(history(kept.id).size(), 1u);
}

}  // namespace
}  // namespace tally
