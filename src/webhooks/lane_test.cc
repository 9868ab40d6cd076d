// SPDX-License-Identifier: Apache-2.0
#include "webhooks/lane.h"

#include <gtest/gtest.h>

#include "base/files_fake.h"
#include "base/test_folder.h"
#include "clicklog/test_batch.h"

namespace tally {
namespace {

constexpr WorkspaceId kWorkspace{3};
constexpr UnixMillis kNow = 1'800'000'000'000;

class LaneTest : public testing::Test {
 protected:
  LaneTest() {
    options_.directory = folder_.path();
    log_ = std::make_unique<EnrichedLog>(files_, clock_, options_);
    EXPECT_TRUE(log_->open([](const std::string&) {}));
    log_->publish_through(0);
    webhook_.id = WebhookId{5};
    webhook_.workspace = kWorkspace;
    webhook_.events = {EventKind::link_clicked};
    webhook_.version = 1;
  }

  std::unique_ptr<Lane> lane() {
    return std::make_unique<Lane>(
        Lane::Deps{*log_, random_,
                   [this](const Webhook&,
                          std::span<const Click> clicks) -> Result<std::vector<std::string>> {
                     if (no_links_) return fail(ErrorCode::unavailable, "links are away");
                     std::vector<std::string> out;
                     for (const Click& click : clicks) out.push_back(click.city);
                     return out;
                   },
                   undecodable_},
        webhook_);
  }

  static Click click(std::string city, std::uint64_t link = 1, Traffic traffic = Traffic::human) {
    Click out;
    out.key = {1, 1, 0, ++numbers_};
    out.workspace = kWorkspace;
    out.link = LinkId{link};
    out.outcome = Outcome::redirected;
    out.traffic = traffic;
    out.time = kNow;
    out.visitor = 9;
    out.city = std::move(city);
    return out;
  }
  void append(std::vector<Click> clicks) {
    ASSERT_TRUE(log_->append(batch_of(clicks)));
    log_->publish_through(kNow);
  }

  using Parcels = std::vector<std::shared_ptr<Parcel>>;
  static Parcels take(Lane& lane, UnixMillis now = kNow) {
    auto parcels = lane.take(now);
    EXPECT_TRUE(parcels) << parcels.error().line();
    return parcels.value_or(Parcels());
  }
  static std::string bodies(const Parcels& parcels) {
    std::string out;
    for (const auto& parcel : parcels) out += (out.empty() ? "" : " ") + *parcel->body;
    return out;
  }
  static WebhookStep note(Lane& lane) {
    WebhookStep step;
    lane.put(step);
    lane.noted();
    return step;
  }
  // Fails `count` requests, one click each.
  void fail_all(Lane& lane, std::size_t count, int status = 500) {
    for (std::size_t i = 0; i < count; ++i) append({click("x")});
    for (std::size_t failed = 0; failed < count;)
      for (const auto& parcel : take(lane)) {
        lane.settle(*parcel, {.status = status}, kNow);
        ++failed;
      }
  }

  static inline const ParcelAnswer kTaken{.status = 204};
  static inline std::uint64_t numbers_ = 0;
  TestFolder folder_;
  FaultyFiles files_;
  ManualClock clock_{kNow};
  SeededRandom random_{1};
  EnrichedLogOptions options_;
  std::unique_ptr<EnrichedLog> log_;
  Webhook webhook_;
  bool no_links_ = false;
  std::atomic<std::uint64_t> undecodable_ = 0;
};

TEST_F(LaneTest, TakesWhatTheWebhookAsksForFromItsPlaceOn) {
  append({click("before")});
  webhook_.filter = {.links = {LinkId{1}, LinkId{2}}, .campaigns = {}, .traffic = {}};
  const auto lane = this->lane();
  Click expired = click("expired");
  expired.outcome = Outcome::expired;
  Click stranger = click("stranger");
  stranger.workspace = WorkspaceId{4};
  append({click("a"), click("other", 3), click("bot", 1, Traffic::crawler), expired, stranger});
  append({click("b", 2)});
  EXPECT_EQ(bodies(take(*lane)), "a b");
  EXPECT_EQ(bodies(take(*lane)), "");
}

TEST_F(LaneTest, ItsPlaceMovesOnceAllOfABatchIsDone) {
  const auto lane = this->lane();
  append({click("a"), click("b")});
  append({click("c")});
  const Parcels parcels = take(*lane);
  ASSERT_EQ(bodies(parcels), "a b c");
  const WebhookCursor begin = note(*lane).places.front().standing.clicks;
  lane->settle(*parcels[2], kTaken, kNow);
  lane->settle(*parcels[0], kTaken, kNow);
  EXPECT_EQ(note(*lane).places.front().standing.clicks, begin);
  lane->settle(*parcels[1], kTaken, kNow);
  EXPECT_EQ(note(*lane).places.front().standing.clicks.n, begin.n + 2);
  EXPECT_FALSE(lane->has_news());
}

TEST_F(LaneTest, WhatFailedWaitsInTheTableAndHoldsUpNobody) {
  const auto lane = this->lane();
  append({click("a"), click("b")});
  const Parcels parcels = take(*lane);
  lane->settle(*parcels[0], {.status = 503, .error = {}, .body = "busy", .retry_after = "7"}, kNow);
  lane->settle(*parcels[1], kTaken, kNow);
  EXPECT_TRUE(lane->has_failures());
  const WebhookStep step = note(*lane);
  ASSERT_EQ(step.events.size(), 1u);
  const WebhookEvent& event = step.events.front();
  EXPECT_EQ(event.body, "a");
  EXPECT_EQ(event.event_id, parcels[0]->id);
  EXPECT_EQ(event.attempts, 1u);
  EXPECT_EQ(event.next_try, kNow + 7'000);
  EXPECT_EQ(event.last_status, 503);
  EXPECT_EQ(event.subject, (EventSubject{LinkId{1}, 9, 0}));
  EXPECT_EQ(step.places.front().standing.failures_in_row, 0u);
  ASSERT_EQ(step.deliveries.size(), 2u);
  EXPECT_EQ(step.deliveries.front().response, "busy");
}

TEST_F(LaneTest, WhatIsDueIsTriedOnceAtATimeUntilItIsDead) {
  const auto lane = this->lane();
  WebhookEvent event;
  event.webhook = webhook_.id;
  event.id = WebhookEventId{8};
  event.event_id = "msg_1";
  event.body = "again";
  for (std::uint32_t attempts = 1; attempts < 10; ++attempts) {
    event.attempts = attempts;
    lane->offer(event);
    lane->offer(event);
    const Parcels parcels = take(*lane);
    ASSERT_EQ(bodies(parcels), "again");
    lane->settle(*parcels[0], {.status = 500}, kNow);
    lane->offer(event);  // the table does not know yet
    EXPECT_EQ(bodies(take(*lane)), "");
    const WebhookStep step = note(*lane);
    ASSERT_EQ(step.events.size(), 1u);
    EXPECT_EQ(step.events[0].attempts, attempts + 1);
    EXPECT_EQ(step.events[0].state,
              attempts == 9 ? WebhookEventState::dead : WebhookEventState::waiting);
  }
  lane->offer(event);
  lane->settle(*take(*lane).front(), kTaken, kNow);
  const WebhookStep step = note(*lane);
  ASSERT_EQ(step.done.size(), 1u);
  EXPECT_EQ(step.done[0].event_id, "msg_1");
}

TEST_F(LaneTest, AfterTwentyFailuresItProbesUntilOneGoesWell) {
  const auto lane = this->lane();
  fail_all(*lane, Lane::kDownAfter);
  EXPECT_EQ(lane->standing().state, WebhookState::down);
  const WebhookCursor place = note(*lane).places.front().standing.clicks;
  append({click("probe"), click("second")});
  EXPECT_EQ(bodies(take(*lane)), "");
  UnixMillis now = lane->standing().next_probe;
  EXPECT_NEAR(static_cast<double>(now - kNow), 5'000, 1'000);
  Parcels probe = take(*lane, now);
  ASSERT_EQ(bodies(probe), "probe");
  EXPECT_EQ(bodies(take(*lane, now)), "") << "one at a time";
  lane->settle(*probe[0], {.status = 0, .error = "refused"}, now);
  EXPECT_EQ(lane->standing().clicks, place);
  EXPECT_NEAR(static_cast<double>(lane->standing().next_probe - now), 300'000, 60'000);
  EXPECT_EQ(bodies(take(*lane, now)), "");
  now = lane->standing().next_probe;
  probe = take(*lane, now);
  ASSERT_EQ(bodies(probe), "second");
  append({click("third"), click("fourth")});
  lane->settle(*probe[0], kTaken, now);
  EXPECT_EQ(lane->standing().state, WebhookState::ok);
  EXPECT_EQ(bodies(take(*lane, now)), "third fourth");
}

TEST_F(LaneTest, AProbeWaitsNoLongerWhenTheClockIsSetBack) {
  const auto lane = this->lane();
  fail_all(*lane, Lane::kDownAfter);
  append({click("probe"), click("second")});
  EXPECT_EQ(bodies(take(*lane, kNow - 1'000)), "") << "within its longest wait";
  const UnixMillis before = kNow - kMillisPerDay;
  const Parcels probe = take(*lane, before);
  ASSERT_EQ(bodies(probe), "probe");
  lane->settle(*probe[0], {.status = 500}, before);
  EXPECT_NEAR(static_cast<double>(lane->standing().next_probe - before), 300'000, 60'000);
  EXPECT_EQ(bodies(take(*lane, before)), "");
  EXPECT_EQ(lane->standing().failing_since, before);
}

TEST_F(LaneTest, BatchesAreTheSameAfterACrash) {
  webhook_.mode = WebhookMode::batch;
  webhook_.standing.clicks = {1, log_->end().n};
  std::vector<Click> many;
  for (int i = 0; i < 1'200; ++i) many.push_back(click("x"));
  const auto before = this->lane();
  append(many);
  const Parcels first = take(*before);
  append({click("y")});
  const auto after = this->lane();
  const Parcels second = take(*after);
  ASSERT_EQ(first.size(), 3u);
  ASSERT_EQ(second.size(), 4u);
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(first[i]->id, second[i]->id);
    EXPECT_EQ(*first[i]->body, *second[i]->body);
  }
  EXPECT_EQ(first[0]->events, 500u);
  EXPECT_EQ(first[2]->events, 200u);
}

TEST_F(LaneTest, AToolIsSentNoMoreAtOnceThanItTakes) {
  webhook_.format = WebhookFormat::segment;
  webhook_.mode = WebhookMode::batch;
  const auto lane = this->lane();
  std::vector<Click> many(9, click(std::string(100'000, 'x')));
  many.push_back(click(std::string(500'000, 'y')));
  append(many);
  const Parcels parcels = take(*lane);
  ASSERT_EQ(parcels.size(), 4u);
  EXPECT_EQ(parcels[0]->events, 4u);
  EXPECT_EQ(parcels[1]->events, 4u);
  EXPECT_EQ(parcels[2]->events, 1u);
  EXPECT_EQ(parcels[3]->events, 1u) << "what is too large alone goes alone";
  EXPECT_EQ(parcels[0]->body->front(), '[');
}

TEST_F(LaneTest, LetsGoOfTheLogWhenAskedTo) {
  const auto lane = this->lane();
  fail_all(*lane, Lane::kDownAfter);
  note(*lane);
  append({click("a")});
  append({click("b"), click("c")});
  const EnrichedCursor end = log_->watermark().end;
  EXPECT_FALSE(log_->is_passed(end));
  while (*lane->pass(end, kNow)) {
  }
  const WebhookStep step = note(*lane);
  std::string waiting;
  for (const WebhookEvent& event : step.events) waiting += event.body;
  EXPECT_EQ(waiting, "abc");
  EXPECT_TRUE(log_->is_passed(end));
}

TEST_F(LaneTest, WhatWasStoppedIsSentAgain) {
  const auto lane = this->lane();
  append({click("a")});
  const Parcels parcels = take(*lane);
  lane->settle(*parcels[0], {.stopped = true}, kNow);
  EXPECT_FALSE(lane->has_failures());
  EXPECT_EQ(bodies(take(*lane)), "a");
}

TEST_F(LaneTest, NothingIsPassedOverWhileItCannotBeTold) {
  const auto lane = this->lane();
  append({click("a")});
  no_links_ = true;
  EXPECT_FALSE(lane->take(kNow));
  no_links_ = false;
  EXPECT_EQ(bodies(take(*lane)), "a");
}

TEST_F(LaneTest, ABatchThatDoesNotDecodeIsPassedOverAndCounted) {
  const auto lane = this->lane();
  const Click one = click("broken");
  ASSERT_TRUE(log_->append(batch_of(std::span(&one, 1)) + "more"));
  append({click("next")});
  const Parcels parcels = take(*lane);
  ASSERT_EQ(bodies(parcels), "next");
  EXPECT_EQ(undecodable_, 1u);
  lane->settle(*parcels[0], kTaken, kNow);
  EXPECT_EQ(note(*lane).places.front().standing.clicks.n, log_->end().n);
}

TEST_F(LaneTest, SaysWhenItsWebhookHasToGo) {
  const auto gone = this->lane();
  fail_all(*gone, 1, 410);
  EXPECT_EQ(gone->verdict(), WebhookOff::gone);
  EXPECT_EQ(bodies(take(*gone)), "");
  const auto failing = this->lane();
  fail_all(*failing, Lane::kDownAfter);
  append({click("late")});
  append({click("later")});
  for (const UnixMillis passed : {5 * kMillisPerDay - 1, 15 * kMillisPerDay}) {
    EXPECT_EQ(failing->verdict(), WebhookOff::none);
    const Parcels probe = take(*failing, kNow + passed);
    ASSERT_EQ(probe.size(), 1u);
    failing->settle(*probe[0], {.status = 500}, kNow + passed);
  }
  EXPECT_EQ(failing->verdict(), WebhookOff::failing);
}

TEST_F(LaneTest, IsNotSwitchedOffWhileSomethingIsUnderWay) {
  const auto lane = this->lane();
  append({click("a"), click("b")});
  const Parcels parcels = take(*lane);
  lane->settle(*parcels[0], {.status = 410}, kNow);
  EXPECT_EQ(lane->verdict(), WebhookOff::none);
  append({click("c")});
  EXPECT_EQ(bodies(take(*lane)), "");
  lane->settle(*parcels[1], {.status = 410}, kNow);
  EXPECT_EQ(lane->verdict(), WebhookOff::gone);
  EXPECT_EQ(note(*lane).events.size(), 2u);
}

TEST_F(LaneTest, WhatWasUnderWayWhenItWentDownIsNoProbe) {
  const auto lane = this->lane();
  for (std::size_t i = 0; i < Lane::kMostRunning; ++i) append({click("x")});
  const Parcels parcels = take(*lane);
  ASSERT_EQ(parcels.size(), Lane::kMostRunning);
  for (const auto& parcel : parcels) lane->settle(*parcel, {.status = 503}, kNow);
  EXPECT_EQ(lane->standing().failures_in_row, Lane::kDownAfter);
  EXPECT_LE(lane->standing().next_probe - kNow, 6'000);
  EXPECT_EQ(note(*lane).events.size(), Lane::kMostRunning);
}

TEST_F(LaneTest, A410OfAnotherAddressIsNotThisOnes) {
  const auto lane = this->lane();
  append({click("x")});
  const Parcels parcels = take(*lane);
  webhook_.version = 2;
  webhook_.url = "https://elsewhere.example/";
  lane->change(webhook_);
  lane->settle(*parcels[0], {.status = 410}, kNow);
  EXPECT_EQ(lane->verdict(), WebhookOff::none);
}

TEST_F(LaneTest, ClicksAndWhatIsDueTakeTurns) {
  const auto lane = this->lane();
  std::vector<Click> many(2 * Lane::kMostRunning, click("click"));
  append(many);
  std::size_t from_table = 0;
  Parcels running = take(*lane);
  for (int i = 0; i < 10; ++i) {
    WebhookEvent event;
    event.id = WebhookEventId{static_cast<std::uint64_t>(i + 1)};
    event.event_id = "msg_" + std::to_string(i);
    event.body = "due";
    lane->offer(event);
  }
  for (int i = 0; i < 20; ++i) {
    lane->settle(*running.back(), kTaken, kNow);
    running.pop_back();
    const Parcels next = take(*lane);
    ASSERT_EQ(next.size(), 1u);
    from_table += *next[0]->body == "due" ? 1 : 0;
    running.insert(running.begin(), next.front());
  }
  EXPECT_EQ(from_table, 10u);
}

TEST_F(LaneTest, WhatIsDueGoesOutWhileTheLogCannotBeTold) {
  const auto lane = this->lane();
  append({click("a")});
  WebhookEvent event;
  event.id = WebhookEventId{1};
  event.event_id = "msg_1";
  event.body = "due";
  lane->offer(event);
  no_links_ = true;
  EXPECT_EQ(bodies(take(*lane)), "due");
}

TEST_F(LaneTest, ABatchOfOneSaysWhoseItIs) {
  webhook_.mode = WebhookMode::batch;
  const auto lane = this->lane();
  append({click("a")});
  append({click("b"), click("c")});
  const Parcels parcels = take(*lane);
  ASSERT_EQ(parcels.size(), 2u);
  EXPECT_EQ(parcels[0]->subject, (EventSubject{LinkId{1}, 9, 0}));
  EXPECT_EQ(parcels[1]->subject, EventSubject());
}

TEST_F(LaneTest, ForgetsWhatTheTableMayNotHoldAnyMore) {
  const auto lane = this->lane();
  WebhookEvent event;
  event.id = WebhookEventId{1};
  event.event_id = "msg_1";
  event.body = "due";
  lane->offer(event);
  lane->forget_rows();
  EXPECT_EQ(bodies(take(*lane)), "");
  lane->offer(event);
  const Parcels under_way = take(*lane);
  EXPECT_EQ(bodies(under_way), "due");
  lane->forget_rows();
  lane->settle(*under_way[0], kTaken, kNow);
  EXPECT_TRUE(note(*lane).deliveries.empty()) << "it would be a row about what is erased";
}

TEST_F(LaneTest, WhoAsksForNoClicksNeitherHoldsTheLogNorWritesAnything) {
  webhook_.events = {EventKind::alert_fired};
  const auto lane = this->lane();
  note(*lane);
  append({click("x")});
  EXPECT_EQ(bodies(take(*lane)), "");
  EXPECT_FALSE(lane->has_news());
  EXPECT_TRUE(log_->is_passed(log_->watermark().end));
  webhook_.events = {EventKind::link_clicked};
  webhook_.version = 2;
  lane->change(webhook_);
  append({click("y")});
  EXPECT_EQ(bodies(take(*lane)), "y");
}

TEST_F(LaneTest, ASlowReceiverDoesNotHoldTheLog) {
  const auto lane = this->lane();
  for (int i = 0; i < 100; ++i) append({click("x")});
  const Parcels parcels = take(*lane);
  const EnrichedCursor end = log_->watermark().end;
  while (*lane->pass(end, kNow)) {
  }
  EXPECT_EQ(note(*lane).events.size(), 100 - Lane::kMostRunning);
  for (const auto& parcel : parcels) lane->settle(*parcel, kTaken, kNow);
  note(*lane);
  EXPECT_TRUE(log_->is_passed(end));
}

}  // namespace
}  // namespace tally
