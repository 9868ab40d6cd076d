// SPDX-License-Identifier: Apache-2.0
//
// What every conversion store must do.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "contract/stores.h"

namespace tally {
namespace {

class ConversionStoreTest : public testing::TestWithParam<Implementation> {
 protected:
  ConversionStoreTest() : stores_(GetParam().make()) {
    workspace_ = stores_->accounts().default_workspace()->id;
    EXPECT_TRUE(choose_currency(workspace_, "EUR"));
  }
  ConversionStore& store() { return stores_->conversions(); }
  ManualClock& clock() { return stores_->clock; }

  Conversion about(std::uint64_t n) const {
    Conversion out;
    out.workspace = workspace_;
    out.click = {65'535, 4'294'967'295, 65'535, n};
    out.time = 1'700'000'000'000 + static_cast<UnixMillis>(n % 100);
    out.event = "sale";
    out.value_micros = 19'990'000;
    out.currency = "EUR";
    return out;
  }
  Result<void> choose_currency(WorkspaceId id, const std::string& code) {
    Workspace workspace = stores_->accounts().workspace(id).value();
    workspace.currency = code;
    return stores_->accounts().update_workspace(workspace);
  }
  Conversion taken(std::uint64_t n) { return store().take(about(n), {})->conversion; }
  std::vector<ConversionId> due_ids() {
    std::vector<ConversionId> out;
    const auto due = store().due(clock().now_ms(), 100);
    for (const Conversion& one : due.value()) out.push_back(one.id);
    return out;
  }
  std::vector<ConversionId> listed(const ConversionListing& listing) {
    std::vector<ConversionId> out;
    const auto page = store().list(listing);
    for (const Conversion& one : page.value().conversions) out.push_back(one.id);
    return out;
  }
  ConversionListing everything() const {
    ConversionListing out;
    out.workspace = workspace_;
    return out;
  }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
};

TEST_P(ConversionStoreTest, EveryFieldComesBack) {
  const std::uint64_t far = ~std::uint64_t{0};
  Conversion wanted = about(far);
  const auto made = store().take(wanted, {"", "x"});
  ASSERT_TRUE(made) << made.error().line();
  EXPECT_TRUE(made->conversion.id);
  EXPECT_FALSE(made->repeated);
  wanted.id = made->conversion.id;
  wanted.received_at = clock().now_ms();
  EXPECT_EQ(made->conversion, wanted);
  EXPECT_EQ(store().get(workspace_, wanted.id).value(), wanted);
  EXPECT_EQ(store().get(stores_->add_workspace("other"), wanted.id).error().code,
            ErrorCode::not_found);
  wanted.value_micros.reset();
  wanted.currency.clear();
  const auto bare = store().take(wanted, {"", "x"})->conversion;
  EXPECT_NE(bare.id, made->conversion.id) << "without a key it is another one";
  EXPECT_EQ(store().get(workspace_, bare.id)->value_micros, std::nullopt);
}

TEST_P(ConversionStoreTest, ARequestKeyIsGoodForOne) {
  const auto first = store().take(about(1), {"order-1", "content"}).value();
  clock().advance(400 * kMillisPerDay);
  const auto again = store().take(about(1), {"order-1", "content"}).value();
  EXPECT_TRUE(again.repeated);
  EXPECT_EQ(again.conversion, first.conversion);
  EXPECT_EQ(store().take(about(1), {"order-1", "other"}).error().slug, "idempotency_mismatch");
  Conversion elsewhere = about(1);
  elsewhere.workspace = stores_->add_workspace("other");
  ASSERT_TRUE(choose_currency(elsewhere.workspace, "EUR"));
  EXPECT_FALSE(store().take(elsewhere, {"order-1", "other"})->repeated);
  EXPECT_EQ(store().counts(workspace_).value(), (ConversionStore::Counts{1, 0, 0}));
}

TEST_P(ConversionStoreTest, AFamilyOfKeysIsBounded) {
  const auto tell = [&](const std::string& family, const std::string& name) {
    return store().take(about(1), {family + name, "", family, 2});
  };
  EXPECT_TRUE(tell("page A ", "x"));
  EXPECT_TRUE(tell("page A ", "zzz~"));
  EXPECT_EQ(tell("page A ", "y").error().slug, "too_many_events");
  EXPECT_TRUE(tell("page A ", "x")->repeated);
  EXPECT_TRUE(tell("page AB ", "y"));
  Conversion elsewhere = about(1);
  elsewhere.workspace = stores_->add_workspace("other");
  elsewhere.value_micros.reset();
  EXPECT_TRUE(store().take(elsewhere, {"page A y", "", "page A ", 2}));
}

TEST_P(ConversionStoreTest, TheCurrencyStaysWhileThereAreValues) {
  Conversion bare = about(1);
  bare.value_micros.reset();
  ASSERT_TRUE(store().take(bare, {}));
  ASSERT_TRUE(choose_currency(workspace_, "USD"));
  EXPECT_EQ(store().take(about(2), {}).error().slug, "currency_changed");
  ASSERT_TRUE(choose_currency(workspace_, "EUR"));
  const Conversion valued = taken(2);
  for (const char* other : {"USD", ""}) {
    const auto refused = choose_currency(workspace_, other);
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_EQ(refused.error().slug, "currency_in_use");
    EXPECT_EQ(refused.error().field, "currency");
  }
  EXPECT_TRUE(choose_currency(stores_->add_workspace("other"), "USD"));
  const ConversionId ids[] = {valued.id};
  ASSERT_TRUE(store().remove(ids));
  EXPECT_TRUE(choose_currency(workspace_, "USD"));
}

TEST_P(ConversionStoreTest, WaitsUntilItIsDue) {
  EXPECT_EQ(store().next_due().value(), std::nullopt);
  const UnixMillis now = clock().now_ms();
  const auto first = taken(1), second = taken(2);
  EXPECT_EQ(store().next_due().value(), now);
  EXPECT_EQ(due_ids().size(), 2u);
  EXPECT_EQ(store().due(now, 1)->size(), 1u);
  ASSERT_TRUE(store().put_off(first.id, now + 50));
  EXPECT_EQ(due_ids(), std::vector{second.id});
  ASSERT_TRUE(store().give_up(second.id));
  EXPECT_EQ(store().next_due().value(), now + 50);
  clock().advance(50);
  EXPECT_EQ(due_ids(), std::vector{first.id});
  EXPECT_EQ(store().counts(workspace_).value(), (ConversionStore::Counts{1, 0, 1}));
  EXPECT_EQ(store().get(workspace_, second.id)->state, ConversionState::unmatched);
}

TEST_P(ConversionStoreTest, WhatIsErasedIsNoMore) {
  const auto first = store().take(about(1), {"order-1", "content"})->conversion;
  const auto second = taken(2);
  const JoinedLink joined[] = {{second.id, LinkId{7}}};
  ASSERT_TRUE(store().join(joined));
  const std::vector<ConversionId> gone(1500, first.id);  // more than fit into one write
  ASSERT_TRUE(store().remove(gone));
  EXPECT_EQ(store().get(workspace_, first.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(listed(everything()), std::vector{second.id});
  EXPECT_FALSE(store().take(about(1), {"order-1", "other"})->repeated) << "its name is free again";
  ASSERT_TRUE(store().remove({}));
}

TEST_P(ConversionStoreTest, WhatIsTooOldGoesUnlessItIsBeingStored) {
  const auto old = taken(1), doubtful = taken(2);
  ASSERT_TRUE(store().begin_batch(std::span(&doubtful, 1)));
  const UnixMillis then = clock().now_ms();
  clock().advance(1);
  const auto young = taken(3);
  ASSERT_TRUE(store().remove_told_before(stores_->add_workspace("other"), then + 9));
  ASSERT_TRUE(store().remove_told_before(workspace_, then));
  EXPECT_EQ(listed(everything()).size(), 3u);
  ASSERT_TRUE(store().remove_told_before(workspace_, then + 1));
  EXPECT_FALSE(store().get(workspace_, old.id));
  EXPECT_TRUE(store().get(workspace_, doubtful.id));
  EXPECT_TRUE(store().get(workspace_, young.id));
}

TEST_P(ConversionStoreTest, ABatchStaysOpenUntilItIsJoined) {
  EXPECT_EQ(store().open_batch()->number, 0u);
  const Conversion together[] = {taken(1), taken(2)};
  const auto alone = taken(3);
  const auto batch = store().begin_batch(together).value();
  EXPECT_NE(batch.number, 0u);
  EXPECT_EQ(due_ids(), std::vector{alone.id}) << "those of a batch are nobody else's";
  const auto open = store().open_batch().value();
  EXPECT_EQ(open.number, batch.number);
  ASSERT_EQ(open.conversions.size(), 2u);
  // One of them after all not.
  ASSERT_TRUE(store().put_off(together[1].id, clock().now_ms()));
  const JoinedLink joined[] = {{together[0].id, LinkId{7}}};
  EXPECT_FALSE(store().any_joined(workspace_).value());
  ASSERT_TRUE(store().join(joined));
  EXPECT_TRUE(store().any_joined(workspace_).value());
  EXPECT_FALSE(store().any_joined(stores_->add_workspace("other")).value());
  EXPECT_EQ(store().open_batch()->number, 0u);
  EXPECT_EQ(due_ids().size(), 2u);
  const auto after = store().get(workspace_, together[0].id).value();
  EXPECT_EQ(after.state, ConversionState::joined);
  EXPECT_EQ(after.link, LinkId{7});
  EXPECT_EQ(store().counts(workspace_).value(), (ConversionStore::Counts{2, 1, 0}));
}

TEST_P(ConversionStoreTest, ListsNewestFirstInPages) {
  std::vector<Conversion> made;
  // Several of one millisecond, so that pages have to be cut between equal times.
  for (std::uint64_t n = 0; n < 30; ++n) made.push_back(taken(n / 5));
  std::ranges::sort(made, std::greater<>(),
                    [](const Conversion& one) { return std::pair(one.time, one.id); });
  ConversionListing listing = everything();
  listing.limit = 7;
  std::vector<ConversionId> seen;
  for (;;) {
    const auto page = store().list(listing).value();
    for (const Conversion& one : page.conversions) seen.push_back(one.id);
    if (!page.next) break;
    listing.after = page.next;
  }
  ASSERT_EQ(seen.size(), made.size());
  for (std::size_t i = 0; i < made.size(); ++i) EXPECT_EQ(seen[i], made[i].id);
}

TEST_P(ConversionStoreTest, ListsWhatIsAskedFor) {
  const auto first = taken(1), second = taken(2), third = taken(3);
  const JoinedLink joined[] = {{second.id, LinkId{7}}};
  ASSERT_TRUE(store().join(joined));
  ConversionListing listing = everything();
  listing.state = ConversionState::pending;
  EXPECT_EQ(listed(listing), (std::vector{third.id, first.id}));
  listing = everything();
  listing.link = LinkId{7};
  EXPECT_EQ(listed(listing), std::vector{second.id});
  listing = everything();
  listing.from = second.time;
  listing.to = third.time;
  EXPECT_EQ(listed(listing), std::vector{second.id});
  listing.workspace = stores_->add_workspace("other");
  EXPECT_TRUE(listed(listing).empty());
}

INSTANTIATE_TEST_SUITE_P(Stores, ConversionStoreTest,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

}  // namespace
}  // namespace tally
