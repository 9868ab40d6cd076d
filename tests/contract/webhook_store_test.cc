// SPDX-License-Identifier: Apache-2.0
// What every WebhookStore must do for owners and for deliveries, who write the same webhooks.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/stores.h"
#include "model/delivery_schedule.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class WebhookStoreContract : public testing::TestWithParam<Implementation> {
 protected:
  WebhookStoreContract() : stores_(GetParam().make()) {
    workspace_ = stores_->accounts().default_workspace()->id;
  }
  WebhookStore& store() { return stores_->webhooks(); }
  UnixMillis now() { return stores_->clock.now_ms(); }

  Webhook webhook() const {
    Webhook out;
    out.workspace = workspace_;
    out.name = "Näher \"dran\"";
    out.url = "https://hooks.example/in?key=1";
    out.events = {EventKind::link_clicked, EventKind::export_ready};
    out.secret = "whsec_AAAA";
    return out;
  }
  Webhook made() { return store().create(webhook()).value(); }
  Webhook read(const Webhook& of) { return store().get(of.workspace, of.id).value(); }

  WebhookEvent event(const Webhook& of, const std::string& id, UnixMillis time = 1000) const {
    WebhookEvent out;
    out.webhook = of.id;
    out.event_id = id;
    out.body = R"({"id":")" + id + R"(","data":{}})";
    out.first_event_at = out.time = time;
    out.subject = {LinkId{7}, ~std::uint64_t{0} - 5, 0};
    out.attempts = 1;
    out.next_try = 5000;
    out.last_status = 503;
    out.last_error = "503";
    return out;
  }
  WebhookEvent dead(const Webhook& of, const std::string& id, UnixMillis time) const {
    WebhookEvent out = event(of, id, time);
    out.state = WebhookEventState::dead;
    return out;
  }
  WebhookDelivery delivery(const Webhook& of, const std::string& id, int status = 200) {
    WebhookDelivery out;
    out.webhook = of.id;
    out.event_id = id;
    out.first_event_at = out.last_event_at = 1000;
    out.subject = {LinkId{7}, 70, 0};
    out.time = now();
    out.took_ms = 12;
    out.status = status;
    out.error = status == 200 ? "" : "refused";
    out.request = "{}";
    out.response = "thanks";
    return out;
  }
  void note(const WebhookStep& step) {
    const auto noted = store().note(step);
    ASSERT_TRUE(noted) << noted.error().line();
  }
  std::vector<std::string> due(UnixMillis at, std::size_t each = 10, std::size_t all = 100) {
    std::vector<std::string> out;
    const auto found = store().due(at, each, all);
    for (const WebhookEvent& one : found.value()) out.push_back(one.event_id);
    return out;
  }
  std::vector<std::string> dead_letters(const Webhook& of) {
    std::vector<std::string> out;
    const auto found = store().dead_letters({of.workspace, of.id});
    for (const WebhookEvent& one : found.value()) out.push_back(one.event_id);
    return out;
  }
  std::vector<std::string> deliveries(const Webhook& of, std::optional<bool> ok = {}) {
    std::vector<std::string> out;
    const auto found = store().deliveries({of.workspace, of.id, {}, 2000, ok});
    for (const WebhookDelivery& one : found.value()) out.push_back(one.event_id);
    return out;
  }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
};

INSTANTIATE_TEST_SUITE_P(Stores, WebhookStoreContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST_P(WebhookStoreContract, EveryFieldComesBack) {
  Webhook plain = webhook(), full = webhook();
  full.events = EventKinds::from_bits(~0u);
  full.filter = {{LinkId{3}, LinkId{9}}, {"spring", "a,b \"c\""}, TrafficFilter::all};
  full.mode = WebhookMode::batch;
  full.signature = WebhookSignature::ed25519;
  full.ip = IpMode::truncated;
  full.enabled = false;
  full.off_reason = WebhookOff::gone;
  Webhook tool = webhook();
  tool.format = WebhookFormat::mixpanel;
  tool.secret = "their key";
  for (Webhook wanted : {plain, full, tool}) {
    const auto stored = store().create(wanted);
    ASSERT_TRUE(stored) << stored.error().line();
    wanted.id = stored->id;
    wanted.created_at = wanted.updated_at = now();
    wanted.version = 1;
    EXPECT_TRUE(stored->id);
    EXPECT_EQ(*stored, wanted);
    EXPECT_EQ(read(*stored), wanted);
  }
}

TEST_P(WebhookStoreContract, AnOwnerChangesTheKeyOfAToolAndNoSecretOfOurs) {
  for (const auto format : {WebhookFormat::standard, WebhookFormat::segment}) {
    Webhook wanted = webhook();
    wanted.format = format;
    Webhook changed = store().create(wanted).value();
    changed.secret = "another";
    changed.format = WebhookFormat::amplitude;
    const auto after = store().update(changed);
    ASSERT_TRUE(after) << after.error().line();
    EXPECT_EQ(after->format, format) << "stays";
    EXPECT_EQ(after->secret, format == WebhookFormat::standard ? wanted.secret : "another");
  }
}

TEST_P(WebhookStoreContract, ListsNewestFirstInPages) {
  const WebhookId one = made().id, two = made().id, three = made().id;
  const auto ids = [&](std::optional<WebhookId> after, std::size_t limit) {
    std::vector<WebhookId> out;
    const auto found = store().list({workspace_, after, limit});
    for (const Webhook& each : found.value()) out.push_back(each.id);
    return out;
  };
  EXPECT_THAT(ids({}, 50), ElementsAre(three, two, one));
  EXPECT_THAT(ids({}, 2), ElementsAre(three, two));
  EXPECT_THAT(ids(two, 50), ElementsAre(one));
}

TEST_P(WebhookStoreContract, AWorkspaceHasSoManyAndNoMore) {
  for (std::size_t i = 0; i < kMaxWebhooks; ++i) ASSERT_TRUE(store().create(webhook()));
  EXPECT_EQ(store().create(webhook()).error().slug, "too_many_webhooks");
  Webhook elsewhere = webhook();
  elsewhere.workspace = stores_->add_workspace("other");
  EXPECT_TRUE(store().create(elsewhere));
}

TEST_P(WebhookStoreContract, AChangeIsOfWhatWasRead) {
  const Webhook first = made();
  stores_->clock.advance(1000);
  Webhook wanted = first;
  wanted.name = "other";
  wanted.events = {EventKind::alert_fired};
  wanted.filter.campaigns = {"x"};
  wanted.mode = WebhookMode::batch;
  wanted.ip = IpMode::full;
  wanted.secret = "whsec_other";  // not this way
  const Webhook changed = store().update(wanted).value();
  wanted.secret = first.secret;
  wanted.updated_at = now();
  wanted.version = 2;
  EXPECT_EQ(changed, wanted);
  EXPECT_EQ(read(first), wanted);
  EXPECT_EQ(store().update(first).error().slug, "changed_meanwhile");
  EXPECT_EQ(read(first), wanted);
}

TEST_P(WebhookStoreContract, TheOldSecretStaysForAWhile) {
  const Webhook first = made();
  const Webhook rotated = store().rotate(workspace_, first.id, {"whsec_2", now() + 1000}).value();
  EXPECT_EQ(rotated.secret, "whsec_2");
  EXPECT_EQ(rotated.previous_secret, "whsec_AAAA");
  EXPECT_EQ(rotated.previous_until, now() + 1000);
  EXPECT_EQ(rotated.version, 2u);
  EXPECT_EQ(read(first), rotated);
  const Webhook again = store().rotate(workspace_, first.id, {"whsec_3", now() + 500}).value();
  EXPECT_EQ(again.previous_secret, "whsec_2");
  note({});
  EXPECT_EQ(read(first), again);
  stores_->clock.advance(500);
  note({});
  EXPECT_EQ(read(first).previous_secret, "");
  EXPECT_EQ(read(first).previous_until, 0);
  // None at all: whoever has it is not to sign once more.
  const Webhook at_once = store().rotate(workspace_, first.id, {"whsec_4", now()}).value();
  EXPECT_EQ(at_once.secret, "whsec_4");
  EXPECT_EQ(at_once.previous_secret, "");
  EXPECT_EQ(at_once.previous_until, 0);
}

TEST_P(WebhookStoreContract, AStepIsWrittenAsAWhole) {
  const Webhook first = made(), second = made();
  const WebhookStanding standing{{3, 9}, WebhookState::down, 21, 4000, 5000, 3000, "503"};
  note({.places = {{first.id, first.version, standing}},
        .events = {event(first, "msg_a"), event(second, "msg_b")},
        .done = {},
        .deliveries = {delivery(first, "msg_a", 503), delivery(second, "msg_c")}});
  Webhook expected = first;
  expected.standing = standing;
  EXPECT_EQ(read(first), expected);
  EXPECT_EQ(read(second), second);
  EXPECT_THAT(store().enabled().value(), ElementsAre(expected, second));

  auto waiting = store().due(5000, 10, 10).value();
  ASSERT_EQ(waiting.size(), 2u);
  WebhookEvent as_given = event(first, "msg_a");
  as_given.id = waiting[0].id;
  EXPECT_EQ(waiting[0], as_given);
  const auto logged = store().deliveries({workspace_, first.id}).value();
  ASSERT_EQ(logged.size(), 1u);
  WebhookDelivery sent = delivery(first, "msg_a", 503);
  sent.id = logged[0].id;
  EXPECT_EQ(logged[0], sent);

  WebhookEvent again = waiting[0];
  again.attempts = 2;
  again.next_try = 9000;
  note({.places = {}, .events = {again}, .done = {{second.id, "msg_b"}}, .deliveries = {}});
  EXPECT_THAT(due(8999), IsEmpty());
  EXPECT_THAT(store().due(9000, 10, 10).value(), ElementsAre(again));
}

TEST_P(WebhookStoreContract, WhatWasErasedWhileItWasTriedDoesNotComeBack) {
  const Webhook webhook = made();
  note({.places = {}, .events = {event(webhook, "msg_a")}, .done = {}, .deliveries = {}});
  WebhookEvent tried = store().due(9000, 10, 10).value().at(0);
  ASSERT_TRUE(store().erase({webhook.workspace, {0, 2000}}));
  tried.attempts = 2;
  note({.places = {}, .events = {tried}, .done = {}, .deliveries = {}});
  EXPECT_THAT(due(99999), IsEmpty());
}

TEST_P(WebhookStoreContract, SeveralEventsGoWithAnyOfThem) {
  const Webhook webhook = made();
  WebhookEvent batch = event(webhook, "msg_batch", 9000);
  batch.events = 2;
  batch.first_event_at = 1000;
  batch.subject = {};
  for (const TimeRange range : {TimeRange{0, 1001}, TimeRange{5000, 5001}, TimeRange{9000, 9001}}) {
    note({.places = {}, .events = {batch}, .done = {}, .deliveries = {}});
    Erasure of_one{webhook.workspace, range};
    of_one.visitors = {12345};
    ASSERT_TRUE(store().erase(of_one));
    EXPECT_THAT(due(99999), IsEmpty());
  }
  note({.places = {}, .events = {batch}, .done = {}, .deliveries = {}});
  ASSERT_TRUE(store().erase({webhook.workspace, {9001, 10000}}));
  EXPECT_THAT(due(99999), testing::SizeIs(1));
}

TEST_P(WebhookStoreContract, WhatWasChangedMeanwhileKeepsItsStandingButMovesOn) {
  const Webhook first = made();
  WebhookStanding failing{{3, 9}, WebhookState::down, 21, 5, 6, 0, "503"};
  note(
      {.places = {{first.id, first.version, failing}}, .events = {}, .done = {}, .deliveries = {}});
  Webhook moved = read(first);
  moved.url = "https://elsewhere.example/";
  moved = store().update(moved).value();
  EXPECT_EQ(moved.standing, (WebhookStanding{{3, 9}, WebhookState::ok, 0, 0, 0, 0, ""}));
  failing.clicks = {3, 10};
  note(
      {.places = {{first.id, first.version, failing}}, .events = {}, .done = {}, .deliveries = {}});
  EXPECT_EQ(read(first).standing, (WebhookStanding{{3, 10}, WebhookState::ok, 0, 0, 0, 0, ""}));
  ASSERT_TRUE(store().remove(workspace_, first.id));
  note({.places = {{first.id, moved.version, failing}},
        .events = {event(first, "msg_a")},
        .done = {{first.id, "msg_b"}},
        .deliveries = {delivery(first, "msg_a")}});
  EXPECT_THAT(due(5000), IsEmpty());
}

TEST_P(WebhookStoreContract, OneThatIsDownIsLeftAloneUntilItIsProbed) {
  const Webhook down = made();
  WebhookStanding standing;
  standing.state = WebhookState::down;
  standing.next_probe = 7000;
  note({.places = {{down.id, down.version, standing}},
        .events = {event(down, "msg_a")},
        .done = {},
        .deliveries = {}});
  EXPECT_THAT(due(6999), IsEmpty());
  EXPECT_THAT(due(7000), ElementsAre("msg_a"));
}

TEST_P(WebhookStoreContract, WaitsThatTheScheduleDoesNotHaveEnd) {
  const Webhook webhook = made();
  struct Row {
    const char* id;
    std::uint32_t attempts;
    UnixMillis wait;
  };
  constexpr UnixMillis kFirst = 10 * kMillisPerSecond, kLast = 2 * kMillisPerDay;
  for (const Row& row :
       {Row{"msg_0", 0, 1}, Row{"msg_1", 1, kFirst + 1}, Row{"msg_2", 1, kFirst},
        Row{"msg_3", 2, kFirst + 1}, Row{"msg_4", kDeliveryAttempts - 1, kLast},
        Row{"msg_5", kDeliveryAttempts - 1, kLast + 1}, Row{"msg_6", 2 * kDeliveryAttempts, 1}}) {
    WebhookEvent waits = event(webhook, row.id);
    waits.attempts = row.attempts;
    waits.next_try = now() + row.wait;
    note({.places = {}, .events = {waits}, .done = {}, .deliveries = {}});
  }
  EXPECT_THAT(due(now()), IsEmpty());
  ASSERT_TRUE(store().end_long_waits(now()));
  EXPECT_THAT(due(now()), ElementsAre("msg_0", "msg_1", "msg_5", "msg_6"));
  EXPECT_THAT(due(now() + kLast), testing::SizeIs(7));
}

TEST_P(WebhookStoreContract, WhatWaitsForOneThatIsOffDoesNotStayForEver) {
  Webhook off = webhook();
  off.enabled = false;
  off = store().create(off).value();
  note({.places = {},
        .events = {event(off, "msg_old", now() - kWebhookKeep - 1)},
        .done = {},
        .deliveries = {}});
  note({});
  EXPECT_EQ(store().backlogs(workspace_).value().at(off.id), WebhookBacklog());
}

TEST_P(WebhookStoreContract, TheMostOverdueOfEachAreDue) {
  const Webhook slow = made(), other = made();
  Webhook off = webhook();
  off.enabled = false;
  off = store().create(off).value();
  WebhookStep step;
  for (int i = 0; i < 5; ++i) {
    step.events.push_back(event(slow, "msg_s" + std::to_string(i)));
    step.events.back().next_try = 100 - i;
  }
  step.events.push_back(event(other, "msg_o"));
  step.events.back().next_try = 200;
  step.events.push_back(event(off, "msg_x", now()));
  step.events.push_back(dead(other, "msg_d", now()));
  note(step);
  EXPECT_THAT(due(98), ElementsAre("msg_s4", "msg_s3", "msg_s2"));
  EXPECT_THAT(due(5000, 2), ElementsAre("msg_s4", "msg_s3", "msg_o"));
  EXPECT_THAT(due(5000, 2, 2), ElementsAre("msg_s4", "msg_s3"));
  EXPECT_THAT(store().backlogs(workspace_).value(),
              ElementsAre(std::pair(slow.id, WebhookBacklog{5, 0}),
                          std::pair(other.id, WebhookBacklog{1, 1}),
                          std::pair(off.id, WebhookBacklog{1, 0})));
}

TEST_P(WebhookStoreContract, OneThatIsSwitchedOffLeavesDeadLetters) {
  const Webhook first = made();
  WebhookStanding standing;
  standing.clicks = {2, 5};
  standing.state = WebhookState::down;
  note({.places = {{first.id, first.version, standing}},
        .events = {event(first, "msg_a")},
        .done = {},
        .deliveries = {}});
  ASSERT_TRUE(store().switch_off(first, WebhookOff::failing).value());
  EXPECT_FALSE(store().switch_off(first, WebhookOff::failing).value());
  Webhook off = read(first);
  EXPECT_FALSE(off.enabled);
  EXPECT_EQ(off.off_reason, WebhookOff::failing);
  EXPECT_EQ(off.version, 2u);
  EXPECT_THAT(store().enabled().value(), IsEmpty());
  EXPECT_THAT(dead_letters(first), ElementsAre("msg_a"));

  off.enabled = true;
  const Webhook on = store().update(off).value();
  EXPECT_EQ(on.off_reason, WebhookOff::none);
  EXPECT_EQ(on.standing, WebhookStanding());  // from now on
  EXPECT_THAT(dead_letters(first), ElementsAre("msg_a"));
  EXPECT_FALSE(store().switch_off(first, WebhookOff::gone).value());  // it was another one's word
  ASSERT_TRUE(store().switch_off(on, WebhookOff::gone).value());
}

TEST_P(WebhookStoreContract, WhatWaitsIsTriedAtOnceWhenItsOwnerHelps) {
  Webhook first = made();
  WebhookEvent later = event(first, "msg_a");
  later.next_try = now() + kMillisPerDay;
  note({.places = {}, .events = {later}, .done = {}, .deliveries = {}});
  first.name = "only another name";
  first = store().update(first).value();
  EXPECT_THAT(due(now()), IsEmpty());
  first.url = "https://elsewhere.example/";
  ASSERT_TRUE(store().update(first));
  EXPECT_THAT(due(now()), ElementsAre("msg_a"));
}

TEST_P(WebhookStoreContract, DeadLettersArePagedAndReplayed) {
  const Webhook first = made();
  WebhookEvent waits = event(first, "msg_w");
  waits.next_try = now() + 5000;
  note({.places = {},
        .events = {dead(first, "msg_a", now() - 30), dead(first, "msg_b", now() - 20), waits,
                   dead(first, "msg_c", now() - 10)},
        .done = {},
        .deliveries = {}});
  EXPECT_THAT(dead_letters(first), ElementsAre("msg_c", "msg_b", "msg_a"));
  const auto page = store().dead_letters({workspace_, first.id, {}, 1}).value();
  ASSERT_EQ(page.size(), 1u);
  const auto rest = store().dead_letters({workspace_, first.id, page[0].id, 50}).value();
  ASSERT_EQ(rest.size(), 2u);
  EXPECT_EQ(rest[1].attempts, 1u);

  EXPECT_EQ(store().replay(workspace_, first.id, "msg_none").value(), 0u);
  EXPECT_EQ(store().replay(workspace_, first.id, "msg_w").value(), 1u);
  EXPECT_EQ(store().replay(workspace_, first.id, "msg_c").value(), 1u);
  EXPECT_THAT(due(now()), ElementsAre("msg_w", "msg_c"));
  EXPECT_EQ(store().replay(workspace_, first.id, TimeRange{now() - 30, now() - 20}).value(), 1u);
  EXPECT_THAT(due(now()), ElementsAre("msg_a", "msg_w", "msg_c"));
  EXPECT_THAT(dead_letters(first), ElementsAre("msg_b"));
  EXPECT_EQ(store().due(now(), 10, 10).value().at(0).attempts, 1u);
}

TEST_P(WebhookStoreContract, TheLogIsPagedFilteredAndBounded) {
  const Webhook first = made(), second = made();
  const std::size_t many = kWebhookDeliveriesKept + 5;
  WebhookStep step;
  for (std::size_t i = 0; i < many; ++i)
    step.deliveries.push_back(
        delivery(first, "msg_" + std::to_string(i), i % 100 == 0 ? 500 : 200));
  step.deliveries.push_back(delivery(second, "msg_x", 0));
  step.deliveries.push_back(delivery(second, "msg_y"));
  step.deliveries.back().error = "its answer did not end";
  note(step);
  const auto all = deliveries(first);
  ASSERT_EQ(all.size(), kWebhookDeliveriesKept);
  EXPECT_EQ(all.front(), "msg_" + std::to_string(many - 1));
  EXPECT_EQ(deliveries(first, false).size(), 10u);
  EXPECT_EQ(deliveries(first, true).size(), kWebhookDeliveriesKept - 10);
  EXPECT_THAT(deliveries(second, false), ElementsAre("msg_y", "msg_x"));
  EXPECT_THAT(deliveries(second, true), IsEmpty());
  const auto page = store().deliveries({workspace_, second.id, {}, 1}).value();
  const auto rest = store().deliveries({workspace_, second.id, page.at(0).id, 50}).value();
  ASSERT_EQ(rest.size(), 1u);
  EXPECT_EQ(rest[0].event_id, "msg_x");
  stores_->clock.advance(kWebhookKeep + 1);
  EXPECT_THAT(deliveries(first), IsEmpty());  // too old to be shown, and then gone
  note({});
  stores_->clock.advance(-kWebhookKeep);
  EXPECT_THAT(deliveries(first), IsEmpty());
}

TEST_P(WebhookStoreContract, DeadLettersGoAfterAWhileAndWhatWaitsDoesNot) {
  const Webhook first = made();
  note({.places = {},
        .events = {dead(first, "msg_d", now()), event(first, "msg_w", now())},
        .done = {},
        .deliveries = {}});
  stores_->clock.advance(kWebhookKeep);
  note({});
  EXPECT_THAT(dead_letters(first), ElementsAre("msg_d"));
  stores_->clock.advance(1);
  note({});
  EXPECT_THAT(dead_letters(first), IsEmpty());
  EXPECT_THAT(due(now()), ElementsAre("msg_w"));
}

TEST_P(WebhookStoreContract, ExcerptsAreShortAndWellFormed) {
  const Webhook first = made();
  WebhookDelivery long_one = delivery(first, "msg_a");
  long_one.request = std::string(kMaxWebhookExcerpt - 1, 'x') + "ä";
  long_one.response = std::string("a\xff\0b\xc3", 5);
  note({.places = {}, .events = {}, .done = {}, .deliveries = {long_one}});
  const auto logged = store().deliveries({workspace_, first.id}).value();
  ASSERT_EQ(logged.size(), 1u);
  EXPECT_EQ(logged[0].request, std::string(kMaxWebhookExcerpt - 1, 'x'));
  EXPECT_EQ(logged[0].response, std::string("a?\0b?", 5));
}

TEST_P(WebhookStoreContract, WhatIsErasedGoesFromBothTables) {
  const std::uint64_t eve = ~std::uint64_t{0} - 5;
  struct Row {
    const char* what;
    Erasure erasure;
    std::vector<std::string> stay;
  };
  const Row rows[] = {
      {"a link", {workspace_, {0, 5000}, LinkId{7}}, {"msg_event", "msg_other"}},
      {"a visitor", {workspace_, {0, 5000}, {}, {1, eve}}, {"msg_event", "msg_other"}},
      {"both", {workspace_, {0, 5000}, LinkId{8}, {eve}}, {"msg_click", "msg_event", "msg_other"}},
      {"a range", {workspace_, {2001, 5000}}, {"msg_click", "msg_event"}},
      {"everything", {workspace_, {0, 5000}}, {}},
      {"later", {workspace_, {4001, 5000}}, {"msg_click", "msg_event", "msg_other"}},
      {"another workspace's",
       {WorkspaceId{99}, {0, 5000}},
       {"msg_click", "msg_event", "msg_other"}},
  };
  for (const Row& row : rows) {
    const Webhook first = made();
    WebhookStep step;
    const auto add = [&](const char* id, UnixMillis time, EventSubject subject) {
      step.events.push_back(event(first, id, time));
      step.deliveries.push_back(delivery(first, id));
      step.deliveries.back().first_event_at = step.deliveries.back().last_event_at = time;
      step.events.back().subject = step.deliveries.back().subject = subject;
    };
    add("msg_click", 1000, {LinkId{7}, eve, 0});
    add("msg_event", 2000, {{}, 0, 5});
    add("msg_other", 3000, {LinkId{8}, 12, 0});
    note(step);
    ASSERT_TRUE(store().erase(row.erasure));
    EXPECT_EQ(due(5000), row.stay) << row.what;
    EXPECT_EQ(deliveries(first), std::vector(row.stay.rbegin(), row.stay.rend())) << row.what;
    ASSERT_TRUE(store().remove(workspace_, first.id));
  }
}

TEST_P(WebhookStoreContract, ABatchIsErasedWithAnyOfItsEvents) {
  const Webhook first = made();
  WebhookDelivery batch = delivery(first, "msg_batch");
  batch.events = 2;
  batch.first_event_at = 1000;
  batch.last_event_at = 2000;
  batch.subject = {};
  note({.places = {}, .events = {}, .done = {}, .deliveries = {batch}});
  for (const TimeRange aside : {TimeRange{0, 1000}, TimeRange{2001, 3000}}) {
    ASSERT_TRUE(store().erase({workspace_, aside, LinkId{7}}));
    EXPECT_EQ(deliveries(first).size(), 1u);
  }
  ASSERT_TRUE(store().erase({workspace_, {2000, 3000}, LinkId{7}}));
  EXPECT_THAT(deliveries(first), IsEmpty());
}

TEST_P(WebhookStoreContract, WhatIsPastItsRetentionIsForgotten) {
  const Webhook first = made();
  note({.places = {},
        .events = {event(first, "msg_old", 1000), dead(first, "msg_new", now())},
        .done = {},
        .deliveries = {delivery(first, "msg_old")}});
  ASSERT_TRUE(store().forget(workspace_, 1001));
  EXPECT_THAT(due(5000), IsEmpty());
  EXPECT_THAT(dead_letters(first), ElementsAre("msg_new"));
  EXPECT_THAT(deliveries(first), IsEmpty());
}

TEST_P(WebhookStoreContract, AnotherWorkspaceDoesNotSeeThem) {
  const Webhook first = made();
  note({.places = {},
        .events = {dead(first, "msg_a", now())},
        .done = {},
        .deliveries = {delivery(first, "msg_a")}});
  const WorkspaceId other = stores_->add_workspace("other");
  Webhook stolen = first;
  stolen.workspace = other;
  EXPECT_EQ(store().get(other, first.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().update(stolen).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().rotate(other, first.id, {"whsec_2", 0}).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().remove(other, first.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().dead_letters({other, first.id}).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().deliveries({other, first.id}).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().replay(other, first.id, "msg_a").error().code, ErrorCode::not_found);
  EXPECT_EQ(store().replay(other, first.id, TimeRange{0, now() + 1}).error().code,
            ErrorCode::not_found);
  EXPECT_THAT(store().list({.workspace = other}).value(), IsEmpty());
  EXPECT_THAT(store().backlogs(other).value(), IsEmpty());
  EXPECT_EQ(read(first), first);
  EXPECT_THAT(dead_letters(first), ElementsAre("msg_a"));
}

TEST_P(WebhookStoreContract, OneThatIsRemovedTakesAllAlong) {
  const Webhook first = made();
  note({.places = {},
        .events = {event(first, "msg_a")},
        .done = {},
        .deliveries = {delivery(first, "msg_a")}});
  ASSERT_TRUE(store().remove(workspace_, first.id));
  EXPECT_EQ(store().remove(workspace_, first.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().deliveries({workspace_, first.id}).error().code, ErrorCode::not_found);
  EXPECT_THAT(due(5000), IsEmpty());
  EXPECT_GT(made().id, first.id);  // a number is given out once
}

}  // namespace
}  // namespace tally
