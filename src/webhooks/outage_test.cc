// SPDX-License-Identifier: Apache-2.0
// A receiver that is away for days, over a real log and a real retry table, with the clock turned.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/files_fake.h"
#include "base/test_folder.h"
#include "clicklog/click_json.h"
#include "clicklog/test_batch.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_webhook_store.h"
#include "webhooks/lane.h"

namespace tally {
namespace {

constexpr UnixMillis kBegin = 1'800'000'000'000;
constexpr UnixMillis kAway = 72 * kMillisPerHour;
constexpr UnixMillis kStep = 10 * kMillisPerSecond;
constexpr UnixMillis kClickEvery = 5 * kMillisPerMinute;

class OutageTest : public testing::Test {
 protected:
  OutageTest() {
    std::filesystem::create_directories(folder_.path() / "log");
    EnrichedLogOptions options;
    options.directory = folder_.path() / "log";
    log_ = std::make_unique<EnrichedLog>(files_, clock_, options);
    EXPECT_TRUE(log_->open([](const std::string&) {}));
    log_->publish_through(kBegin);
    database_ = std::move(LinksDatabase::open(folder_.path() / "links.db", clock_).value());
    store_ = std::make_unique<SqliteWebhookStore>(*database_, clock_);
    Webhook webhook;
    webhook.workspace = SqliteAccountStore(*database_, clock_, random_).default_workspace()->id;
    webhook.name = "away";
    webhook.url = "http://receiver.test/";
    webhook.events = {EventKind::link_clicked};
    webhook.secret = "whsec_AAAA";
    webhook_ = store_->create(webhook).value();
    begin_lane();
  }

  // As a start of the server does.
  void begin_lane() {
    lane_ = std::make_unique<Lane>(
        Lane::Deps{
            *log_, random_,
            [](const Webhook&, std::span<const Click> clicks) -> Result<std::vector<std::string>> {
              std::vector<std::string> out;
              for (const Click& click : clicks) out.push_back(sequence_of(click.key));
              return out;
            },
            undecodable_},
        store_->get(webhook_.workspace, webhook_.id).value());
  }

  void click() {
    Click click;
    click.key = {1, 1, 0, ++clicks_};
    click.workspace = webhook_.workspace;
    click.link = LinkId{1};
    click.outcome = Outcome::redirected;
    click.time = clock_.now_ms();
    ASSERT_TRUE(log_->append(batch_of(std::span(&click, 1))));
    log_->publish_through(click.time);
  }

  // What the courier does in a turn, with a receiver that answers at once.
  void turn(bool away) {
    const UnixMillis now = clock_.now_ms();
    auto due = store_->due(now, 200, 2'000).value();
    for (WebhookEvent& event : due) lane_->offer(std::move(event));
    const auto parcels = lane_->take(now);
    ASSERT_TRUE(parcels);
    for (const auto& parcel : *parcels) {
      tries_.push_back(now);
      if (!away) delivered_[*parcel->body].insert(parcel->id);
      lane_->settle(*parcel, {.status = away ? 503 : 200}, now);
    }
    if (!lane_->has_news()) return;
    WebhookStep step;
    lane_->put(step);
    ASSERT_TRUE(store_->note(step));
    lane_->noted();
  }

  TestFolder folder_;
  FaultyFiles files_;
  ManualClock clock_{kBegin};
  SeededRandom random_{4};
  std::unique_ptr<EnrichedLog> log_;
  std::unique_ptr<LinksDatabase> database_;
  std::unique_ptr<SqliteWebhookStore> store_;
  Webhook webhook_;
  std::atomic<std::uint64_t> undecodable_ = 0;
  std::unique_ptr<Lane> lane_;
  std::uint64_t clicks_ = 0;
  std::vector<UnixMillis> tries_;
  std::map<std::string, std::set<std::string>> delivered_;  // body, and under which ids
};

TEST_F(OutageTest, ThreeDaysAreTriedOnScheduleAndNothingIsLost) {
  std::size_t most_waiting = 0;
  UnixMillis back = 0;
  for (UnixMillis passed = 0; passed < kAway + 40 * kMillisPerHour; passed += kStep) {
    clock_.set(kBegin + passed);
    if (passed % kClickEvery == 0) click();
    // A restart now and then.
    if (passed > 0 && passed % (6 * kMillisPerHour) == 0) begin_lane();
    turn(passed < kAway);
    if (passed % kMillisPerHour == 0)
      most_waiting = std::max(most_waiting, store_->due(INT64_MAX / 2, 9'999, 9'999)->size());
    if (back == 0 && !delivered_.empty()) back = passed;
  }
  EXPECT_EQ(delivered_.size(), clicks_);
  for (const auto& [body, ids] : delivered_) EXPECT_EQ(ids.size(), 1u) << body;
  EXPECT_TRUE(store_->dead_letters({webhook_.workspace, webhook_.id})->empty());
  EXPECT_EQ(store_->due(INT64_MAX / 2, 9'999, 9'999)->size(), 0u);
  EXPECT_EQ(lane_->standing().state, WebhookState::ok);
  // Found to be back within the longest wait, and what waited filled the log, not the table.
  EXPECT_LE(back - kAway, 24 * kMillisPerHour * 6 / 5 + kStep);
  EXPECT_LE(most_waiting, Lane::kDownAfter + 9);

  // Once it is down: a try for each step of the schedule, give or take a fifth.
  constexpr UnixMillis kHour = kMillisPerHour;
  const UnixMillis waits[] = {5'000,      300'000,    1'800'000,  2 * kHour, 5 * kHour,
                              10 * kHour, 14 * kHour, 20 * kHour, 24 * kHour};
  std::vector<UnixMillis> probes;
  for (const UnixMillis time : tries_)
    if (time >= tries_[Lane::kDownAfter - 1] && time <= kBegin + back &&
        (probes.empty() || probes.back() != time))
      probes.push_back(time);
  ASSERT_GE(probes.size(), 7u);
  for (std::size_t i = 0; i + 1 < probes.size() && i < std::size(waits); ++i) {
    const UnixMillis waited = probes[i + 1] - probes[i];
    EXPECT_GE(waited, waits[i] * 4 / 5) << i;
    // Where there is nothing to send there is nothing to try with.
    EXPECT_LE(waited, std::max(waits[i] * 6 / 5, kClickEvery) + kStep) << i;
  }
}

}  // namespace
}  // namespace tally
