// SPDX-License-Identifier: Apache-2.0
// What every store must tell webhooks of: changes of links and conversions that are joined, in the
// outbox exactly when the change is there and a webhook asks for it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/stores.h"
#include "model/click_id.h"

namespace tally {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::Pair;

class ToldEventsContract : public testing::TestWithParam<Implementation> {
 protected:
  ToldEventsContract() : stores_(GetParam().make()) {
    workspace_ = stores_->accounts().default_workspace()->id;
    EXPECT_THAT(stores_->outbox().next("test", 10).value(), IsEmpty());
  }
  LinkStore& links() { return stores_->links(); }
  UnixMillis now() { return stores_->clock.now_ms(); }

  Webhook ask_for(EventKinds events, WorkspaceId workspace, bool enabled = true) {
    Webhook out;
    out.workspace = workspace;
    out.name = "W";
    out.url = "https://hooks.example/";
    out.events = events;
    out.enabled = enabled;
    return stores_->webhooks().create(out).value();
  }
  Webhook ask_for(EventKinds events) { return ask_for(events, workspace_); }
  Link named(const std::string& prefix, std::optional<UnixMillis> expires_at = {}) const {
    Link out;
    out.workspace = workspace_;
    out.prefix = prefix;
    out.destination = "https://example.com/";
    out.expires_at = expires_at;
    return out;
  }
  Link add(const std::string& prefix, std::optional<UnixMillis> expires_at = {}) {
    return links().create(named(prefix, expires_at)).value();
  }
  std::vector<OutboxEvent> events() { return stores_->outbox().next("test", 20'000).value(); }
  // Each as its name and what it is about.
  std::vector<std::pair<std::string, std::uint64_t>> told() {
    std::vector<std::pair<std::string, std::uint64_t>> out;
    for (const OutboxEvent& one : events()) out.emplace_back(one.event, one.about);
    return out;
  }
  Conversion convert(std::uint64_t n) {
    Conversion out;
    out.workspace = workspace_;
    out.click = {1, 2, 3, n};
    out.time = 1000;
    out.event = "sale \"now\"";
    return stores_->conversions().take(out, {})->conversion;
  }
  void join(const Conversion& one) {
    const JoinedLink joined[] = {{one.id, LinkId{7}, Traffic::crawler, "spring"}};
    ASSERT_TRUE(stores_->conversions().join(joined));
  }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
};

INSTANTIATE_TEST_SUITE_P(Stores, ToldEventsContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

const EventKinds kChanges = {EventKind::link_created, EventKind::link_updated,
                             EventKind::link_deleted};

TEST_P(ToldEventsContract, EveryChangeOfALinkIsToldWithTheLink) {
  ask_for(kChanges);
  Link link = named("promo", 4'000'000'000'000);
  link.password_hash = "$argon2id$secret";
  link.tags = {"a \"b\""};
  link = links().create(link).value();
  stores_->clock.advance(1000);
  link.title = "New";
  link = links().update(link).value();
  stores_->clock.advance(1000);
  ASSERT_TRUE(links().remove(workspace_, link.id));
  const auto all = events();
  ASSERT_EQ(all.size(), 3u);
  for (const OutboxEvent& one : all) {
    EXPECT_EQ(one.workspace, workspace_);
    EXPECT_EQ(one.about, link.id.value);
    EXPECT_THAT(one.data, HasSubstr(R"({"id":"lnk_1","domain":null,"prefix":"promo")"));
    EXPECT_THAT(one.data, HasSubstr(R"("tags":["a \"b\""])"));
    EXPECT_THAT(one.data, AllOf(HasSubstr(R"("password":"********")"), Not(HasSubstr("argon"))));
    EXPECT_THAT(one.data, HasSubstr(R"("expires_at":"2096-10-02T07:06:40.000Z")"));
  }
  EXPECT_EQ(all[0].event, "link.created");
  EXPECT_EQ(all[0].time, now() - 2000);
  EXPECT_THAT(all[0].data, HasSubstr(R"("title":null)"));
  EXPECT_EQ(all[1].event, "link.updated");
  EXPECT_EQ(all[1].time, now() - 1000);
  EXPECT_THAT(all[1].data, HasSubstr(R"("title":"New")"));
  EXPECT_EQ(all[2].event, "link.deleted");
  EXPECT_EQ(all[2].time, now());
  EXPECT_THAT(all[2].data, HasSubstr(R"("title":"New")"));
}

TEST_P(ToldEventsContract, OnlyWhatIsAskedForIsWritten) {
  ask_for(kChanges, stores_->add_workspace("other"));
  ask_for(kChanges, workspace_, false);
  ask_for({EventKind::link_clicked, EventKind::link_deleted});
  Link link = add("a");
  link.title = "T";
  ASSERT_TRUE(links().update(link));
  join(convert(1));
  EXPECT_THAT(told(), IsEmpty());
  ASSERT_TRUE(links().remove(workspace_, link.id));
  EXPECT_THAT(told(), ElementsAre(Pair("link.deleted", link.id.value)));
}

TEST_P(ToldEventsContract, WhatFailsOrChangesNothingIsNotTold) {
  ask_for(kChanges);
  const Link link = add("a");
  Link other = add("b");
  ASSERT_EQ(told().size(), 2u);
  EXPECT_FALSE(links().create(named("a")));
  other.prefix = "a";
  EXPECT_FALSE(links().update(other));
  stores_->clock.advance(1000);
  ASSERT_TRUE(links().update(link));
  EXPECT_FALSE(links().remove(workspace_, LinkId{99}));
  EXPECT_EQ(told().size(), 2u);
}

TEST_P(ToldEventsContract, ManyAtOnceAreToldOneByOneOrNotAtAll) {
  ask_for(kChanges);
  const std::vector<Link> bad = {named("a"), named("b"), named("a")};
  ASSERT_EQ(links().create_many(bad, {})->faults.size(), 1u);
  EXPECT_THAT(told(), IsEmpty());
  const std::vector<Link> good = {named("a"), named("b"), named("c")};
  const RequestKey key{"k", "f"};
  const auto made = links().create_many(good, key).value();
  ASSERT_EQ(made.links.size(), 3u);
  EXPECT_THAT(told(), ElementsAre(Pair("link.created", made.links[0].id.value),
                                  Pair("link.created", made.links[1].id.value),
                                  Pair("link.created", made.links[2].id.value)));
  EXPECT_TRUE(links().create_many(good, key)->repeated);
  EXPECT_EQ(told().size(), 3u);
}

TEST_P(ToldEventsContract, ALinkThatExpiresIsToldOfOnce) {
  ask_for({EventKind::link_expired});
  Link first = add("a", now() + 1000), second = add("b", now() + 1000);
  add("c", now() + 5000);
  add("d");
  const Link gone = add("e", now() + 1000);
  ASSERT_TRUE(links().remove(workspace_, gone.id));
  EXPECT_EQ(links().expire_due(now() + 999).value(), 0u);
  second.expires_at = now() + 3000;  // it was put off
  ASSERT_TRUE(links().update(second));
  stores_->clock.advance(2000);
  EXPECT_EQ(links().expire_due(now()).value(), 1u);
  EXPECT_EQ(links().expire_due(now()).value(), 0u);
  ASSERT_THAT(told(), ElementsAre(Pair("link.expired", first.id.value)));
  EXPECT_EQ(events()[0].time, now());
  EXPECT_THAT(events()[0].data, HasSubstr(R"("prefix":"a")"));
  stores_->clock.advance(kMillisPerDay);  // nobody called meanwhile
  EXPECT_EQ(links().expire_due(now()).value(), 2u);
  // Once more when it has a new end.
  first.expires_at = now() + 1000;
  ASSERT_TRUE(links().update(first));
  EXPECT_EQ(links().expire_due(now()).value(), 0u);
  EXPECT_EQ(links().expire_due(now() + 1000).value(), 1u);
  EXPECT_EQ(told().size(), 4u);
}

TEST_P(ToldEventsContract, ManyThatExpiredAreToldOfAFewAtATime) {
  ask_for({EventKind::link_expired});
  std::vector<Link> many;
  for (int i = 0; i < 1'005; ++i) {
    Link link = named("m" + std::to_string(i));
    link.expires_at = now() + 1'000 + (i < 1'002 ? 0 : i);  // most in one moment, which is not cut
    many.push_back(link);
  }
  ASSERT_TRUE(links().create_many(many, {}));
  EXPECT_EQ(links().expire_due(now() + 10'000).value(), 1'002u);
  EXPECT_EQ(links().expire_due(now() + 10'000).value(), 3u);
  EXPECT_EQ(links().expire_due(now() + 10'000).value(), 0u);
}

TEST_P(ToldEventsContract, AClockThatWasAheadHidesNoLaterEnd) {
  ask_for({EventKind::link_expired});
  add("early", now() + 1'000);
  EXPECT_EQ(links().expire_due(now() + 365 * kMillisPerDay).value(), 1u);
  add("late", now() + 2'000);
  stores_->clock.advance(1'500);
  EXPECT_EQ(links().expire_due(now()).value(), 0u);
  stores_->clock.advance(1'000);
  EXPECT_EQ(links().expire_due(now()).value(), 1u);
}

TEST_P(ToldEventsContract, AnEndInThePastIsToldOfAtOnceOrAtTheNextLook) {
  ask_for({EventKind::link_expired});
  const Link later = add("later", now() + 1000);
  stores_->clock.advance(2000);
  ASSERT_EQ(links().expire_due(now()).value(), 1u);
  Link link = add("a");
  stores_->clock.advance(2000);
  link.expires_at = now() - 1000;  // since the last look
  ASSERT_TRUE(links().update(link));
  EXPECT_EQ(told().size(), 1u);
  EXPECT_EQ(links().expire_due(now()).value(), 1u);
  link.expires_at = now() - kMillisPerDay;
  ASSERT_TRUE(links().update(link));
  EXPECT_EQ(told().size(), 3u);
  link.title = "Another";
  ASSERT_TRUE(links().update(link));
  const Link over = add("over", now() - kMillisPerDay);
  EXPECT_EQ(links().expire_due(now()).value(), 0u);
  EXPECT_THAT(
      told(),
      ElementsAre(Pair("link.expired", later.id.value), Pair("link.expired", link.id.value),
                  Pair("link.expired", link.id.value), Pair("link.expired", over.id.value)));
}

TEST_P(ToldEventsContract, WhatExpiredBeforeSomebodyAskedIsNotTold) {
  const Link before = add("a", now() + 1000);
  Webhook off = ask_for({EventKind::link_expired}, workspace_, false);
  stores_->clock.advance(2000);
  EXPECT_EQ(links().expire_due(now()).value(), 1u) << "for its history";
  EXPECT_THAT(told(), IsEmpty());
  // One that asks for it does not bring another workspace's to light, nor does a change.
  ask_for({EventKind::link_expired}, stores_->add_workspace("other"));
  off.enabled = true;
  ASSERT_TRUE(stores_->webhooks().update(off));
  const Link after = add("b", now() + 1000);
  stores_->clock.advance(2000);
  // Whoever asked already is told of what was due when somebody else begins to ask.
  ask_for({EventKind::link_expired});
  EXPECT_THAT(told(), ElementsAre(Pair("link.expired", after.id.value)));
  EXPECT_EQ(links().expire_due(now()).value(), 0u);
  EXPECT_NE(before.id, after.id);
}

TEST_P(ToldEventsContract, AConversionIsToldOfWhenItsClickIsFound) {
  ask_for({EventKind::conversion_created});
  const Conversion first = convert(1);
  EXPECT_THAT(told(), IsEmpty());
  join(first);
  const auto all = events();
  ASSERT_EQ(all.size(), 1u);
  EXPECT_EQ(all[0].event, "conversion.created");
  EXPECT_EQ(all[0].workspace, workspace_);
  EXPECT_EQ(all[0].time, now());
  EXPECT_EQ(all[0].about, first.id.value);
  EXPECT_THAT(all[0].data,
              HasSubstr(R"({"id":")" + first.id.text() + R"(","click_id":")" +
                        ClickIdCodec(ClickIdCodec::Key{}).encode(first.click) + R"(")"));
  EXPECT_THAT(all[0].data,
              HasSubstr(R"("event":"sale \"now\"","value":null,"currency":null,)"
                        R"("time":"1970-01-01T00:00:01.000Z","received_at":"2027-01-15T)"));
  EXPECT_THAT(all[0].data, HasSubstr(R"("status":"joined","link_id":"lnk_7",)"
                                     R"("traffic":"crawler","campaign":"spring"})"));
}

TEST_P(ToldEventsContract, WhatToldOfAnErasedConversionGoesWithIt) {
  const Webhook webhook = ask_for({EventKind::conversion_created, EventKind::link_created});
  const Conversion first = convert(1), second = convert(2);
  const Link link = add("a");  // whose number may be that of a conversion
  join(first);
  join(second);
  WebhookStep step;
  const auto add_rows = [&](const std::string& id, EventKind kind, std::uint64_t about) {
    WebhookEvent event;
    event.webhook = webhook.id;
    event.event_id = id;
    event.event = kind;
    event.time = now();
    event.subject.about = about;
    step.events.push_back(event);
    WebhookDelivery delivery;
    delivery.webhook = webhook.id;
    delivery.event_id = id;
    delivery.event = kind;
    delivery.time = delivery.first_event_at = delivery.last_event_at = now();
    delivery.subject.about = about;
    step.deliveries.push_back(delivery);
  };
  add_rows("msg_first", EventKind::conversion_created, first.id.value);
  add_rows("msg_second", EventKind::conversion_created, second.id.value);
  add_rows("msg_link", EventKind::link_created, first.id.value);
  step.deliveries.push_back(step.deliveries.back());
  step.deliveries.back().event_id = "msg_batch";
  step.deliveries.back().events = 2;
  ASSERT_TRUE(stores_->webhooks().note(step));
  const auto waiting = [&] {
    std::vector<std::string> out;
    const auto found = stores_->webhooks().due(now(), 10, 10);
    for (const WebhookEvent& one : found.value()) out.push_back(one.event_id);
    return out;
  };
  const auto logged = [&] {
    std::vector<std::string> out;
    const auto found = stores_->webhooks().deliveries({workspace_, webhook.id});
    for (const WebhookDelivery& one : found.value()) out.push_back(one.event_id);
    return out;
  };
  ASSERT_EQ(logged().size(), 4u);

  const ConversionId erased[] = {first.id};
  ASSERT_TRUE(stores_->conversions().remove(erased));
  EXPECT_THAT(told(), ElementsAre(Pair("link.created", link.id.value),
                                  Pair("conversion.created", second.id.value)));
  EXPECT_THAT(waiting(), ElementsAre("msg_second", "msg_link"));
  EXPECT_THAT(logged(), ElementsAre("msg_link", "msg_second"));

  ASSERT_TRUE(stores_->conversions().remove_told_before(workspace_, now() + 1));
  EXPECT_THAT(told(), ElementsAre(Pair("link.created", link.id.value)));
  EXPECT_THAT(waiting(), ElementsAre("msg_link"));
  EXPECT_THAT(logged(), ElementsAre("msg_link"));
}

}  // namespace
}  // namespace tally
