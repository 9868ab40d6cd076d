// SPDX-License-Identifier: Apache-2.0
//
// The stage between two real logs under a clock that is moved: what it flags and keeps over
// restarts, midnights and a room for logs that is always too small.
#include "pipeline/enrich_stage.h"

#include <gtest/gtest.h>

#include "base/files_fake.h"
#include "base/test_folder.h"
#include "enrich/enrich_data.h"
#include "journal/recovery.h"

namespace tally {
namespace {

constexpr std::int64_t kDay = 20'000;
constexpr UnixMillis kNoon = kDay * kMillisPerDay + 12 * kMillisPerHour;

// Moved by the test while the stage's thread looks at it. Steady time goes with the system's, as
// the stage waits by it, and may be ahead.
class MovedClock final : public Clock {
 public:
  UnixMillis now_ms() const override { return now_.load(); }
  std::chrono::steady_clock::time_point steady() const override {
    return system_.steady() + ahead_.load();
  }
  void set(UnixMillis now) { now_.store(now); }
  void pass(std::chrono::minutes time) { ahead_.store(ahead_.load() + time); }

 private:
  SystemClock system_;
  std::atomic<UnixMillis> now_{kNoon};
  std::atomic<std::chrono::minutes> ahead_{};
};

class EnrichStageTest : public ::testing::Test {
 protected:
  EnrichStageTest() {
    for (const char* name : {"raw", "enriched", "secrets"})
      std::filesystem::create_directory(folder_.path() / name);
  }

  static const EnrichData& data() {
    static const SystemClock clock;
    static const auto loaded =
        EnrichData::load({.user_agent_rules = "/usr/share/uap-core/regexes.yaml"}, clock).value();
    return *loaded;
  }

  // What one start of the product holds.
  struct Start {
    Start(EnrichStageTest& test, std::uint32_t epoch)
        : enricher(std::make_unique<Enricher>(data(), EnrichSettings{})),
          salts(test.files_, test.clock_, random, test.folder_.path() / "secrets"),
          log(test.files_, test.clock_, test.log_options(epoch)) {
      EXPECT_TRUE(log.open([](const std::string&) {}));
      pin = log.pin();
      LogWriterOptions raw;
      raw.directory = test.folder_.path() / "raw";
      raw.shard = {1, epoch, 0};
      writer = std::make_unique<LogWriter>(test.files_, raw);
      auto found = recover_log(test.files_, raw.directory, LogKind::raw).value();
      left_over = group_by_shard(std::move(found.segments));
      limits = LimitCounter::open(
                   test.files_, test.folder_.path() / "limits", left_over, [] { return true; },
                   [](const std::string&) {})
                   .value();
      auto shards = left_over;
      shards.push_back(writer->shard());
      stage = std::make_unique<EnrichStage>(
          EnrichStage::Deps{test.files_, test.clock_, *enricher, salts, log, *limits,
                            test.folder_.path() / "visitors", epoch, bell,
                            [&test] { return test.clock_.now_ms(); }},
          shards, log.last_positions().value());
      EXPECT_TRUE(
          stage->start([&test](const std::string& line) { test.reports_.push_back(line); }));
    }

    SystemRandom random;
    std::unique_ptr<Enricher> enricher;
    SaltKeeper salts;
    EnrichedLog log;
    std::shared_ptr<EnrichedPin> pin;
    std::unique_ptr<LogWriter> writer;
    std::vector<std::shared_ptr<Shard>> left_over;
    std::unique_ptr<LimitCounter> limits;
    Bell bell;
    std::unique_ptr<EnrichStage> stage;
  };

  EnrichedLogOptions log_options(std::uint32_t epoch) {
    EnrichedLogOptions out;
    out.directory = folder_.path() / "enriched";
    out.epoch = epoch;
    out.sync = false;
    out.segment_bytes = 2000;
    out.keep_ms = keep_ms_;
    return out;
  }

  void start() {
    now_.reset();
    now_ = std::make_unique<Start>(*this, ++epoch_);
  }

  // Clicks of these visitors on one link, received now; waits until they are enriched.
  void click(const std::vector<int>& visitors, UnixMillis received) {
    std::vector<HitView> hits;
    for (const int visitor : visitors) hits.push_back(hit(visitor, received));
    journal(hits, received);
    until_enriched(visitors.size());
  }

  static HitView hit(int visitor, UnixMillis received) {
    HitView out;
    out.time = received;
    out.workspace = WorkspaceId{1};
    out.link = LinkId{1};
    out.outcome = Outcome::redirected;
    out.address = *Address::parse("192.0.2." + std::to_string(visitor));
    out.user_agent = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0";
    return out;
  }

  // Writes the hits into the journal; gives the first one's number.
  std::uint64_t journal(const std::vector<HitView>& hits, UnixMillis received) {
    const std::uint64_t seed = now_->writer->begin_batch(received).value();
    std::string batch;
    const std::uint64_t first = now_->writer->next_n();
    for (const HitView& hit : hits) {
      std::string bytes(kRecordHeaderSize, '\0');
      encode_hit(hit, bytes);
      finish_record(bytes, seed, first + static_cast<std::uint64_t>(&hit - hits.data()));
      batch += bytes;
    }
    wanted_ = now_->stage->counters().enriched;
    EXPECT_TRUE(now_->writer->commit(batch, hits.size(), false));
    now_->bell.ring();
    return first;
  }
  void until_enriched(std::uint64_t more) {
    until([&] { return now_->stage->counters().enriched >= wanted_ + more; });
    ASSERT_EQ(now_->stage->counters().enriched, wanted_ + more);
  }
  static void until(const std::function<bool()>& holds) {
    for (int i = 0; i < 5000 && !holds(); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }

  // Of the clicks in the log from `from` on.
  std::vector<bool> firsts(EnrichedCursor from) {
    std::vector<bool> out;
    EnrichedReader reader(now_->log, from);
    EXPECT_TRUE(reader.read([&](const EnrichedCursor&, std::string_view batch) {
      BatchHead head;
      return read_batch(
                 batch, head, [&](const Click& c) { out.push_back(c.first); },
                 [](const LandingView&) {})
          .has_value();
    }));
    return out;
  }
  std::uint64_t views(EnrichedCursor from) {
    std::uint64_t out = 0;
    EnrichedReader reader(now_->log, from);
    EXPECT_TRUE(reader.read([&](const EnrichedCursor&, std::string_view batch) {
      BatchHead head;
      return read_batch(
                 batch, head, [](const Click&) {}, [&](const LandingView&) { ++out; })
          .has_value();
    }));
    return out;
  }
  std::vector<bool> firsts_of(const std::vector<int>& visitors, UnixMillis received) {
    const EnrichedCursor from = now_->log.end();
    click(visitors, received);
    return firsts(from);
  }
  std::vector<std::string> salts() { return *list_directory(folder_.path() / "secrets"); }

  TestFolder folder_;
  FaultyFiles files_;
  MovedClock clock_;
  UnixMillis keep_ms_ = kMillisPerDay;
  std::vector<std::string> reports_;
  std::uint32_t epoch_ = 0;
  std::uint64_t wanted_ = 0;  // clicks enriched before the last journal()
  std::unique_ptr<Start> now_;
};

using Flags = std::vector<bool>;

TEST_F(EnrichStageTest, VisitorsAreKnownAfterARestartThoughTheLogHasForgottenThem) {
  keep_ms_ = 0;
  start();
  EXPECT_EQ(firsts_of({1, 2, 1}, kNoon), (Flags{true, true, false}));
  now_->stage->stop();  // saves
  for (int i = 0; i < 3; ++i) {
    // Time goes on within the day, so that the log's segments are past their time.
    clock_.set(kNoon + (i + 1) * 3 * kMillisPerHour);
    start();
    now_->pin->release_before({epoch_, 0});
    for (int k = 0; k < 4; ++k) click({9}, clock_.now_ms());
    now_->log.tidy();
    EXPECT_EQ(firsts_of({1, 2, 10 + i}, clock_.now_ms()), (Flags{false, false, true}));
    now_->stage->stop();
  }
  EnrichedReader reader(now_->log, {});
  std::uint64_t left = 0;
  ASSERT_TRUE(reader.read([&](const EnrichedCursor&, std::string_view) { return ++left > 0; }));
  EXPECT_LT(left, 12u) << "the log was to forget";
}

TEST_F(EnrichStageTest, ACleanRestartHoldsNothingOfTheLog) {
  keep_ms_ = 0;
  start();
  for (int i = 0; i < 40; ++i) click({i}, kNoon);
  now_->stage->stop();  // saves
  clock_.set(kNoon + 3 * kMillisPerHour);
  start();
  now_->stage->stop();
  now_->pin->release_before(now_->log.end());
  now_->log.tidy();
  EnrichedReader reader(now_->log, {});
  std::uint64_t left = 0;
  ASSERT_TRUE(reader.read([&](const EnrichedCursor&, std::string_view) { return ++left > 0; }));
  EXPECT_LT(left, 40u) << "nobody clicked since, and yet the old segments are not needed";
}

TEST_F(EnrichStageTest, ASaltServesItsDayLateAndGoes48HoursAfterItBegan) {
  constexpr UnixMillis kMidnight = (kDay + 1) * kMillisPerDay;
  start();
  EXPECT_EQ(firsts_of({1}, kNoon), Flags{true});
  clock_.set(kMidnight + 1);
  EXPECT_EQ(firsts_of({1}, kMidnight), Flags{true}) << "another day";
  EXPECT_EQ(firsts_of({1, 2}, kMidnight - 1), (Flags{false, true})) << "received before midnight";
  EXPECT_EQ(salts(), (std::vector<std::string>{"salt-20000", "salt-20001"}));
  clock_.set(kMidnight + kMillisPerDay - 1);
  start();
  EXPECT_EQ(salts().size(), 2u) << "a millisecond is left";
  EXPECT_EQ(firsts_of({1, 3}, kMidnight - 1), (Flags{false, true}));
  clock_.set(kMidnight + kMillisPerDay);
  EXPECT_EQ(firsts_of({1}, clock_.now_ms()), Flags{true});
  EXPECT_EQ(salts(), (std::vector<std::string>{"salt-20001", "salt-20002"}));
  EXPECT_EQ(firsts_of({1, 1}, kMidnight - 1), (Flags{true, false}))
      << "later than that, visitors among themselves";
  start();
  const auto names = list_directory(folder_.path() / "visitors").value();
  for (const std::string& name : names)
    EXPECT_FALSE(name.starts_with("run-20000-")) << "the day's set goes with the salt";
}

TEST_F(EnrichStageTest, NoHitIsLostToADamagedSalt) {
  start();
  EXPECT_EQ(firsts_of({1}, kNoon), Flags{true});
  now_.reset();
  ASSERT_TRUE(files_.replace(folder_.path() / "secrets/salt-20000", "damaged"));
  clock_.set(kNoon + 1);
  start();
  EXPECT_EQ(firsts_of({1, 1}, kNoon + 1), (Flags{true, false}));
  EXPECT_TRUE(now_->stage->visitor_note().contains("salt-20000"));
  EXPECT_EQ(now_->stage->visitor_trouble(), "");
}

TEST_F(EnrichStageTest, ADamagedSetIsReportedAndLearntFromTheLog) {
  start();
  EXPECT_EQ(firsts_of({1, 2}, kNoon), (Flags{true, true}));
  now_.reset();
  ASSERT_TRUE(files_.replace(folder_.path() / "visitors/list", "damaged"));
  clock_.set(kNoon + 1);
  start();
  EXPECT_EQ(reports_.size(), 1u);
  EXPECT_EQ(firsts_of({1, 2, 3}, kNoon + 1), (Flags{false, false, true}));
}

// The log has forgotten who is in the run, so that the run alone knows.
TEST_F(EnrichStageTest, ARunThatCannotBeReadRefusesNoStartAndIsTriedAgain) {
  keep_ms_ = 0;
  start();
  EXPECT_EQ(firsts_of({1, 2, 3}, kNoon), (Flags{true, true, true}));
  for (int i = 0; i < 20; ++i) click({1}, kNoon);
  now_.reset();
  clock_.set(kNoon + 3 * kMillisPerHour);
  start();
  click({4}, clock_.now_ms());
  now_->pin->release_before(now_->log.end());
  now_->log.tidy();
  now_.reset();

  files_.fail_reads_of("run-20000-1");
  start();
  EXPECT_TRUE(reports_.empty()) << reports_.front();
  EXPECT_TRUE(now_->stage->visitor_trouble().starts_with("run-20000-1 cannot be read"));
  EXPECT_EQ(firsts_of({1, 1, 4}, clock_.now_ms()), (Flags{true, false, false}));
  files_.fail_reads_of("");
  clock_.pass(std::chrono::minutes(1));
  now_->bell.ring();
  until([&] { return now_->stage->visitor_trouble().empty(); });
  EXPECT_EQ(now_->stage->visitor_trouble(), "");
  EXPECT_EQ(firsts_of({2, 3, 5}, clock_.now_ms()), (Flags{false, false, true}));
}

// The clock's hour is gone before the next start; the beacon waited in the journal meanwhile.
TEST_F(EnrichStageTest, ABeaconFindsItsPageOverAnHourOfDowntime) {
  start();
  HitView shown = hit(1, kNoon);
  shown.outcome = Outcome::landing;
  const ClickKey page{1, epoch_, 0, journal({shown, shown}, kNoon)};
  until_enriched(2);
  now_->stage->stop();
  for (const std::uint64_t n : {page.n, page.n, page.n + 1}) {
    HitView beacon;
    beacon.kind = HitKind::beacon;
    beacon.time = kNoon + kMillisPerMinute;
    beacon.beacon.click = {page.node, page.epoch, page.shard, n};
    beacon.beacon.screen_w = 390;
    beacon.beacon.screen_h = 844;
    beacon.beacon.dpr = 3;
    journal({beacon}, beacon.time);
  }
  clock_.set(kNoon + kMillisPerHour);
  start();
  const EnrichCounters& counters = now_->stage->counters();
  until([&] { return counters.beacons == 3 && views({}) == 2; });
  EXPECT_EQ(views({}), 2u);
  EXPECT_EQ(counters.repeated_beacons, 1u);
  EXPECT_EQ(counters.unknown_beacons, 0u);
}

TEST_F(EnrichStageTest, WhatIsForgottenMakesNoViewAndLiesInSegmentsThatAreOver) {
  start();
  HitView shown = hit(1, kNoon), other = hit(2, kNoon);
  shown.outcome = other.outcome = Outcome::landing;
  other.link = LinkId{2};
  const ClickKey page{1, epoch_, 0, journal({shown, other}, kNoon)};
  until_enriched(2);
  const auto forgetting = now_->stage->forget({WorkspaceId{1}, {0, kNoon + 1}, LinkId{1}, {}});
  until([&] { return forgetting->done.load(); });
  ASSERT_TRUE(forgetting->done);
  now_->pin->release_before(forgetting->end);
  EXPECT_TRUE(now_->log.is_passed(forgetting->end)) << "first clicks are saved";
  for (const SegmentState& segment : now_->log.shards().back()->segments())
    EXPECT_EQ(segment.closed, segment.end <= forgetting->end.n) << segment.id.first;
  for (const std::uint64_t n : {page.n, page.n + 1}) {
    HitView beacon;
    beacon.kind = HitKind::beacon;
    beacon.time = kNoon + 1;
    beacon.beacon.click = {page.node, page.epoch, page.shard, n};
    beacon.beacon.screen_w = 390;
    beacon.beacon.screen_h = 844;
    beacon.beacon.dpr = 3;
    journal({beacon}, beacon.time);
  }
  clock_.set(kNoon + 2 * kMillisPerSecond);  // no click is waited for any longer
  const EnrichCounters& counters = now_->stage->counters();
  until([&] { return counters.unknown_beacons == 1 && views({}) == 1; });
  EXPECT_EQ(counters.unknown_beacons, 1u);
  EXPECT_EQ(views({}), 1u);
}

// The log's last batch is what says where to go on in the journal, so that one is renewed.
TEST_F(EnrichStageTest, ClicksThatAreTooOldGoThoughNothingComesAfterThem) {
  start();
  click({1}, kNoon);
  now_->pin->release_before(now_->log.end());
  const auto positions = now_->log.last_positions().value();
  const auto first =
      folder_.path() / "enriched" / list_directory(folder_.path() / "enriched").value().front();
  clock_.set(kNoon + 2 * kMillisPerDay);
  clock_.pass(std::chrono::minutes(2));
  now_->bell.ring();
  until([&] { return !std::filesystem::exists(first); });
  EXPECT_FALSE(std::filesystem::exists(first));
  now_->stage->stop();
  EXPECT_TRUE(firsts({}).empty());
  EXPECT_EQ(now_->log.last_positions().value(), positions);
}

}  // namespace
}  // namespace tally
