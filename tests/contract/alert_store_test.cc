// SPDX-License-Identifier: Apache-2.0
// What every AlertStore and every Outbox must do, beside each other: an event is there exactly when
// the change that it tells of is.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/stores.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class AlertStoreContract : public testing::TestWithParam<Implementation> {
 protected:
  AlertStoreContract() : stores_(GetParam().make()) {
    workspace_ = stores_->accounts().default_workspace()->id;
    // From its first look on a reader sees what happens.
    EXPECT_THAT(stores_->outbox().next("test", 10).value(), IsEmpty());
  }
  AlertStore& store() { return stores_->alerts(); }
  UnixMillis now() { return stores_->clock.now_ms(); }

  AlertRule rule(AlertKind kind = AlertKind::spike) const {
    AlertRule out;
    out.workspace = workspace_;
    out.name = "Näher \"dran\"";
    out.kind = kind;
    out.filters = {{Dimension::tag, false, {"a,b", "!c"}}, {Dimension::country, true, {"DE"}}};
    out.recipients = {"a@example.com", "b@example.org"};
    return out;
  }
  static AlertStep step(AlertState state, UnixMillis to, bool told) {
    AlertStep out{.status = {}, .changed = true, .told = told};
    out.status.state = state;
    out.status.judged_at = out.status.since = to + 5;
    out.status.judged_to = to;
    out.status.is_open = told;
    out.status.evidence = {{to - 60, to}, 40, 3.25, 1e-12, {}, "", AlertDoubt::none};
    return out;
  }
  std::vector<AlertState> states(AlertHistoryListing listing) {
    listing.workspace = workspace_;
    std::vector<AlertState> out;
    const auto found = store().history(listing);
    for (const AlertChange& one : found.value()) out.push_back(one.state);
    return out;
  }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
};

INSTANTIATE_TEST_SUITE_P(Stores, AlertStoreContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST_P(AlertStoreContract, EveryFieldComesBack) {
  AlertRule drop = rule(AlertKind::drop), few = rule(AlertKind::threshold);
  drop.platform = "ios";
  drop.interval = Interval::day;
  drop.enabled = false;
  few.measure = AlertMeasure::conversions;
  few.bound = AlertBound::below;
  few.amount = 12;
  few.quiet_minutes = 0;
  few.recipients.clear();
  few.filters.clear();
  for (AlertRule wanted : {drop, few}) {
    const auto made = store().create(wanted);
    ASSERT_TRUE(made) << made.error().line();
    wanted.id = made->id;
    wanted.created_at = wanted.updated_at = wanted.status.since = now();
    wanted.version = 1;
    EXPECT_TRUE(made->id);
    EXPECT_EQ(*made, wanted);
    EXPECT_EQ(store().get(workspace_, made->id).value(), wanted);
  }
}

TEST_P(AlertStoreContract, ListsNewestFirstInPages) {
  const AlertId one = store().create(rule())->id, two = store().create(rule())->id,
                three = store().create(rule())->id;
  const auto ids = [&](std::optional<AlertId> after, std::size_t limit) {
    std::vector<AlertId> out;
    const auto found = store().list({workspace_, after, limit});
    for (const AlertRule& each : found.value()) out.push_back(each.id);
    return out;
  };
  EXPECT_THAT(ids({}, 50), ElementsAre(three, two, one));
  EXPECT_THAT(ids({}, 2), ElementsAre(three, two));
  EXPECT_THAT(ids(two, 50), ElementsAre(one));
}

TEST_P(AlertStoreContract, AChangeItsHistoryAndItsEventGoTogether) {
  const AlertRule made = store().create(rule()).value();
  EXPECT_TRUE(store().record(made, step(AlertState::ok, 1000, false), now()).value());
  EXPECT_THAT(stores_->outbox().next("test", 10).value(), IsEmpty());
  const AlertRule ok = store().get(workspace_, made.id).value();
  const AlertStep fired = step(AlertState::firing, 2000, true);
  EXPECT_TRUE(store().record(ok, fired, now()).value());
  const AlertRule firing = store().get(workspace_, made.id).value();
  EXPECT_EQ(firing.status, fired.status);
  EXPECT_EQ(firing.filters, made.filters);

  const auto history = store().history({workspace_, made.id, {}, 50}).value();
  ASSERT_EQ(history.size(), 2u);
  EXPECT_EQ(history[0].state, AlertState::firing);
  EXPECT_EQ(history[0].evidence, fired.status.evidence);
  EXPECT_TRUE(history[0].told);
  EXPECT_FALSE(history[1].told);
  EXPECT_THAT(states({{}, made.id, history[0].id, 50}), ElementsAre(AlertState::ok));
  EXPECT_THAT(states({{}, made.id, {}, 1}), ElementsAre(AlertState::firing));

  const auto events = stores_->outbox().next("test", 10).value();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].event, "alert.fired");
  EXPECT_EQ(events[0].workspace, workspace_);
  EXPECT_EQ(events[0].time, now());
  EXPECT_EQ(events[0].about, history[0].id.value);
  EXPECT_THAT(events[0].data, HasSubstr(R"("state":"firing")"));
  const auto told = store().told(AlertChangeId{events[0].about}).value();
  ASSERT_TRUE(told);
  EXPECT_EQ(told->alert, firing);
  EXPECT_EQ(told->change, history[0]);

  EXPECT_TRUE(store().record(firing, step(AlertState::ok, 3000, true), now()).value());
  EXPECT_EQ(stores_->outbox().next("test", 10).value().at(1).event, "alert.resolved");
}

TEST_P(AlertStoreContract, ABucketIsRecordedOnceAndOnlyForTheRuleThatWasRead) {
  const AlertRule made = store().create(rule()).value();
  ASSERT_TRUE(store().record(made, step(AlertState::firing, 1000, true), now()).value());
  EXPECT_FALSE(store().record(made, step(AlertState::firing, 1000, true), now()).value());

  const AlertRule read = store().get(workspace_, made.id).value();
  AlertRule renamed = read;
  renamed.name = "renamed";
  ASSERT_TRUE(store().update(renamed));
  EXPECT_FALSE(store().record(read, step(AlertState::ok, 2000, true), now()).value());
  ASSERT_TRUE(store().remove(workspace_, made.id));
  EXPECT_FALSE(store().record(read, step(AlertState::ok, 2000, true), now()).value());
  EXPECT_EQ(stores_->outbox().next("test", 10).value().size(), 1u);
}

TEST_P(AlertStoreContract, OnlyWhatIsAskedAnewIsJudgedAnew) {
  const AlertRule made = store().create(rule()).value();
  ASSERT_TRUE(store().record(made, step(AlertState::firing, 1000, true), now()).value());
  stores_->clock.advance(1000);
  AlertRule wanted = store().get(workspace_, made.id).value();
  const AlertStatus status = wanted.status;
  wanted.name = "other";
  wanted.recipients = {"c@example.com"};
  wanted.quiet_minutes = 5;
  wanted.updated_at = now();
  ++wanted.version;
  EXPECT_EQ(store().update(wanted).value(), wanted);
  wanted.filters.pop_back();
  const AlertRule anew = store().update(wanted).value();
  EXPECT_EQ(anew.status.state, AlertState::unknown);
  EXPECT_EQ(anew.status.judged_to, 0);
  EXPECT_EQ(anew.filters, wanted.filters);
  EXPECT_NE(anew.status, status);
  EXPECT_THAT(states({{}, made.id, {}, 50}), ElementsAre(AlertState::firing));
}

TEST_P(AlertStoreContract, OnlyThoseThatAreOnAreJudged) {
  const AlertRule on = store().create(rule()).value();
  AlertRule off = rule();
  off.enabled = false;
  ASSERT_TRUE(store().create(off));
  AlertRule foreign = rule();
  foreign.workspace = stores_->add_workspace("other");
  const AlertRule other = store().create(foreign).value();
  EXPECT_THAT(store().enabled().value(), ElementsAre(on, other));
}

TEST_P(AlertStoreContract, AnotherWorkspaceDoesNotSeeThem) {
  const AlertRule made = store().create(rule()).value();
  const WorkspaceId other = stores_->add_workspace("other");
  AlertRule stolen = made;
  stolen.workspace = other;
  EXPECT_EQ(store().get(other, made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().update(stolen).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().remove(other, made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().history({other, made.id, {}, 50}).error().code, ErrorCode::not_found);
  EXPECT_THAT(store().list({.workspace = other}).value(), IsEmpty());
  EXPECT_EQ(store().get(workspace_, made.id).value(), made);
}

TEST_P(AlertStoreContract, AnAlertTakesItsHistoryAlongAndLeavesItsEvents) {
  const AlertRule made = store().create(rule()).value();
  ASSERT_TRUE(store().record(made, step(AlertState::firing, 1000, true), now()).value());
  ASSERT_TRUE(store().remove(workspace_, made.id));
  EXPECT_EQ(store().remove(workspace_, made.id).error().code, ErrorCode::not_found);
  const auto events = stores_->outbox().next("test", 10).value();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_FALSE(store().told(AlertChangeId{events[0].about}).value());
  EXPECT_GT(store().create(rule())->id, made.id);  // a number is given out once
}

TEST_P(AlertStoreContract, ReadersHaveCursorsOfTheirOwn) {
  Outbox& outbox = stores_->outbox();
  AlertRule made = store().create(rule()).value();
  for (UnixMillis to : {1000, 2000, 3000}) {
    ASSERT_TRUE(store().record(made, step(AlertState::firing, to, true), now()).value());
    made = store().get(workspace_, made.id).value();
  }
  const auto ids = [&](std::string_view reader, std::size_t limit = 10) {
    std::vector<std::uint64_t> out;
    const auto found = outbox.next(reader, limit);
    for (const OutboxEvent& each : found.value()) out.push_back(each.id.value);
    return out;
  };
  EXPECT_THAT(ids("late"), IsEmpty());  // it begins at the end
  EXPECT_THAT(ids("test", 2), ElementsAre(1, 2));
  EXPECT_THAT(ids("test"), ElementsAre(1, 2, 3));
  ASSERT_TRUE(outbox.done("test", EventId{2}));
  EXPECT_THAT(ids("test"), ElementsAre(3));
  ASSERT_TRUE(outbox.done("test", EventId{1}));  // never back
  EXPECT_THAT(ids("test"), ElementsAre(3));
  EXPECT_THAT(ids("late"), IsEmpty());
}

TEST_P(AlertStoreContract, WhatEverybodyHasReadIsForgottenAfterAWhile) {
  Outbox& outbox = stores_->outbox();
  AlertRule made = store().create(rule()).value();
  for (UnixMillis to : {1000, 2000}) {
    ASSERT_TRUE(store().record(made, step(AlertState::firing, to, true), now()).value());
    made = store().get(workspace_, made.id).value();
  }
  ASSERT_TRUE(outbox.done("test", EventId{1}));
  EXPECT_EQ(outbox.forget(now() + kOutboxKeep).value(), 0u);
  EXPECT_EQ(outbox.forget(now() + kOutboxKeep + 1).value(), 1u);
  EXPECT_EQ(outbox.next("test", 10).value().at(0).id, EventId{2});
  EXPECT_EQ(outbox.forget(now() + kOutboxKeepUnread + 1).value(), 1u);
  ASSERT_TRUE(store().record(made, step(AlertState::ok, 3000, true), now()).value());
  EXPECT_EQ(outbox.next("test", 10).value().at(0).id, EventId{3});
}

}  // namespace
}  // namespace tally
