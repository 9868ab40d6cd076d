// SPDX-License-Identifier: Apache-2.0
// The feed over a real log and a broker on a real socket.
#include "sinks/kafka_feed.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <thread>

#include "base/files_fake.h"
#include "base/test_folder.h"
#include "clicklog/click_json.h"
#include "clicklog/test_batch.h"
#include "sinks/kafka_broker_fake.h"

namespace tally {
namespace {

using testing::HasSubstr;
using testing::Not;
constexpr std::chrono::milliseconds kSoon{50}, kPatience = KafkaFeed::Waits{}.patience;

class KafkaFeedTest : public testing::Test {
 protected:
  KafkaFeedTest() {
    options_.epoch = 0;
    std::filesystem::create_directories(folder_.path() / "log");
    settings_.brokers = broker_.brokers();
    // Who comes back is found at once.
    settings_.config = folder_.path() / "fixture.properties";
    std::ofstream(settings_.config) << "reconnect.backoff.ms=10\nreconnect.backoff.max.ms=50\n"
                                       "retry.backoff.ms=10\n";
    open_log();
  }
  ~KafkaFeedTest() override { feed_.reset(); }

  // As another start does.
  void open_log() {
    options_.directory = folder_.path() / "log";
    ++options_.epoch;
    log_ = std::make_unique<EnrichedLog>(files_, clock_, options_);
    ASSERT_TRUE(log_->open([](const std::string&) {}));
    log_->publish_through(clock_.now_ms());
  }

  Result<void> open(std::chrono::milliseconds patience = kPatience) {
    feed_ = std::make_unique<KafkaFeed>(
        KafkaFeed::Deps{files_, clock_, *log_, kIds, folder_.path() / "kafka"}, settings_,
        KafkaFeed::Waits{.patience = patience, .grace = kSoon});
    return feed_->open([this](const std::string& line) { reports_.push_back(line); });
  }
  void start(std::chrono::milliseconds patience = kPatience) {
    const auto opened = open(patience);
    ASSERT_TRUE(opened) << opened.error().line();
    feed_->start();
  }
  void restart() {
    feed_.reset();
    open_log();
    start();
  }

  void append(std::size_t count) {
    std::vector<Click> clicks(count);
    for (Click& click : clicks) {
      click.key = {1, options_.epoch, 0, ++clicks_};
      click.workspace = WorkspaceId{3};
      click.link = LinkId{clicks_ % 5 + 1};
      click.outcome = Outcome::redirected;
      click.time = clock_.now_ms();
      click.visitor = 987654321;
      click.ip = *Address::parse("203.0.113.42");
      click.city = "Köln";
    }
    ASSERT_TRUE(log_->append(batch_of(clicks)));
    log_->publish_through(clock_.now_ms());
  }

  static bool until(const std::function<bool()>& done) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!done() && std::chrono::steady_clock::now() < deadline)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    return done();
  }
  bool delivered(std::uint64_t count) {
    return until([&] { return feed_->counters().delivered >= count; });
  }
  // Everything that is in the log now.
  bool passed() {
    return until([this] { return log_->is_passed(log_->end()); });
  }
  static std::multiset<std::string> sequences(const std::vector<KafkaReceived>& records) {
    std::multiset<std::string> out;
    for (const KafkaReceived& one : records) out.insert(one.headers.at("seq"));
    return out;
  }

  static inline const ClickIdCodec kIds{ClickIdCodec::Key{}};
  KafkaSettings settings_;
  TestFolder folder_;
  FaultyFiles files_;
  SystemClock clock_;
  KafkaBrokerFake broker_{settings_.topic};
  EnrichedLogOptions options_;
  std::unique_ptr<EnrichedLog> log_;
  std::uint64_t clicks_ = 0;
  std::vector<std::string> reports_;
  std::unique_ptr<KafkaFeed> feed_;
};

TEST_F(KafkaFeedTest, EachClickIsOneRecordFromTheFirstStartOn) {
  append(3);
  start();
  const std::uint64_t before = clicks_;
  append(4);
  append(1);
  ASSERT_TRUE(passed());
  const auto records = broker_.read(5);
  ASSERT_EQ(records.size(), 5u);
  EXPECT_EQ(sequences(records).size(), 5u);
  for (std::uint64_t n = before + 1; n <= clicks_; ++n)
    EXPECT_EQ(sequences(records).count(sequence_of({1, 1, 0, n})), 1u) << n;
  EXPECT_EQ(feed_->counters().delivered, 5u);
}

TEST_F(KafkaFeedTest, ARecordSaysWhatIsStoredAndNoVisitor) {
  Click click;
  click.key = {1, 2, 3, 4};
  click.workspace = WorkspaceId{7};
  click.link = LinkId{9};
  click.time = 1'800'000'000'123;
  click.visitor = 987654321;
  click.ip = *Address::parse("203.0.113.42");
  const KafkaRecord record = kafka_record(click, kIds, IpMode::full);
  EXPECT_EQ(record.value, click_json(click, kIds));
  EXPECT_THAT(record.value, Not(HasSubstr("987654321")));
  EXPECT_EQ(record.key, "lnk_9");
  EXPECT_EQ(record.workspace, "ws_7");
  EXPECT_EQ(record.seq, "1-2-3-4");
  EXPECT_EQ(record.click_id, kIds.encode(click.key));
  EXPECT_EQ(record.time, click.time);
  struct Row {
    IpMode mode;
    const char* told;
  };
  for (const Row& row : {Row{IpMode::none, "\"ip\":null"}, Row{IpMode::full, "\"203.0.113.42\""},
                         Row{IpMode::truncated, "\"203.0.113.0\""}})
    EXPECT_THAT(kafka_record(click, kIds, row.mode).value, HasSubstr(row.told));
}

TEST_F(KafkaFeedTest, RecordsOfALinkAreInOnePartitionAndInOrder) {
  start();
  for (int i = 0; i < 20; ++i) append(10);
  ASSERT_TRUE(passed());
  std::map<std::string, std::int32_t> partition;
  std::map<std::string, std::uint64_t> last;
  for (const KafkaReceived& one : broker_.read(200)) {
    EXPECT_EQ(partition.emplace(one.key, one.partition).first->second, one.partition);
    const std::string& seq = one.headers.at("seq");
    const std::uint64_t n = std::stoull(seq.substr(seq.rfind('-') + 1));
    EXPECT_LT(std::exchange(last[one.key], n), n);
    EXPECT_EQ(one.headers.at("workspace"), "ws_3");
    EXPECT_GT(one.time, 0);
  }
  EXPECT_EQ(partition.size(), 5u);
}

TEST_F(KafkaFeedTest, ACleanStopRepeatsNothing) {
  start();
  append(10);
  ASSERT_TRUE(delivered(10));
  restart();
  append(10);
  ASSERT_TRUE(passed());
  EXPECT_EQ(sequences(broker_.read(20)).size(), 20u);
  EXPECT_EQ(feed_->counters().delivered, 10u);
}

TEST_F(KafkaFeedTest, ABrokerThatIsAwayIsWaitedFor) {
  start();
  append(1);
  ASSERT_TRUE(passed());
  broker_.go_down();
  append(5);
  ASSERT_TRUE(until([this] { return !feed_->standing().trouble.empty(); }));
  EXPECT_FALSE(log_->is_passed(log_->end()));
  // Nor does a start need one.
  restart();
  append(5);
  ASSERT_TRUE(until([this] { return !feed_->standing().trouble.empty(); }));
  EXPECT_FALSE(log_->is_passed(log_->end()));
  broker_.come_up();
  ASSERT_TRUE(passed());
  ASSERT_TRUE(until([this] { return feed_->standing().trouble.empty(); }));
  EXPECT_EQ(sequences(broker_.read(11)).size(), 11u);
  EXPECT_EQ(feed_->standing().gaps, 0u);
}

TEST_F(KafkaFeedTest, ItDoesNotReadFarAheadOfTheBroker) {
  broker_.go_down();
  start();
  for (int i = 0; i < 30; ++i) append(1'000);
  ASSERT_TRUE(until([this] { return feed_->counters().in_flight >= KafkaFeed::kMostInFlight; }));
  std::this_thread::sleep_for(kSoon);
  EXPECT_LE(feed_->counters().in_flight, KafkaFeed::kMostInFlight + 1'000);
  broker_.come_up();
  ASSERT_TRUE(passed());
  EXPECT_EQ(feed_->counters().delivered, 30'000u);
}

TEST_F(KafkaFeedTest, WhatIsRefusedIsSentAgain) {
  broker_.refuse(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED);
  start();
  append(3);
  ASSERT_TRUE(until([this] { return !feed_->standing().trouble.empty(); }));
  EXPECT_THAT(feed_->standing().trouble, HasSubstr("authoriz"));
  EXPECT_GT(feed_->counters().failed, 0u);
  ASSERT_TRUE(passed());
  const auto got = sequences(broker_.read(3));
  EXPECT_EQ(std::set(got.begin(), got.end()).size(), 3u);
  EXPECT_TRUE(until([this] { return feed_->standing().trouble.empty(); }));
}

TEST_F(KafkaFeedTest, WhatIsInTheWayOfAnEraseIsGivenUpAndCounted) {
  start(kSoon);
  broker_.go_down();
  append(7);
  const UnixMillis before = clock_.now_ms();
  const EnrichedCursor end = log_->end();
  ASSERT_TRUE(until([this] { return feed_->counters().in_flight == 7; }));
  feed_->pass_before(end);
  ASSERT_TRUE(until([&] { return log_->is_passed(end); }));
  const auto standing = feed_->standing();
  EXPECT_EQ(standing.gaps, 1u);
  EXPECT_EQ(standing.gap_clicks, 7u);
  ASSERT_TRUE(standing.last_gap);
  EXPECT_LE(standing.last_gap->from, before);
  EXPECT_GT(standing.last_gap->to, standing.last_gap->from);
  append(2);
  broker_.come_up();
  ASSERT_TRUE(passed());
  // None of those seven comes afterwards.
  EXPECT_EQ(sequences(broker_.read(2)),
            (std::multiset<std::string>{sequence_of({1, 1, 0, 8}), sequence_of({1, 1, 0, 9})}));
  restart();
  EXPECT_EQ(feed_->standing().gap_clicks, 7u);
}

TEST_F(KafkaFeedTest, AnEraseWaitsForABrokerThatTakesRecords) {
  broker_.delay(std::chrono::milliseconds(200));
  start();
  append(5);
  feed_->pass_before(log_->end());
  ASSERT_TRUE(passed());
  EXPECT_EQ(feed_->standing().gaps, 0u);
  EXPECT_EQ(feed_->counters().delivered, 5u);
}

TEST_F(KafkaFeedTest, ALogWithoutRoomIsLetGo) {
  LogSpace space(1 << 20, 1 << 10);
  options_.space = &space;
  options_.segment_bytes = 1 << 16;
  open_log();
  broker_.go_down();
  start(kSoon);
  append(9);
  std::this_thread::sleep_for(2 * kSoon);
  EXPECT_FALSE(log_->is_passed(log_->end()));
  space.add(1 << 20);
  ASSERT_TRUE(passed());
  EXPECT_EQ(feed_->standing().gap_clicks, 9u);
  space.give_back(1 << 20);
  feed_.reset();
  log_.reset();
}

TEST_F(KafkaFeedTest, WhatLeftTheLogMeanwhileIsAGapOfUnknownSize) {
  start();
  append(1);
  ASSERT_TRUE(delivered(1));
  feed_.reset();
  for (int starts = 0; starts < 2; ++starts) {  // without a feed
    open_log();
    append(1);
  }
  open_log();
  const auto names = list_directory(options_.directory).value();
  for (const std::string& name : names)
    if (!name.contains("-0000000003-")) std::filesystem::remove(options_.directory / name);
  open_log();
  start();
  append(1);
  ASSERT_TRUE(passed());
  EXPECT_EQ(feed_->standing().gaps, 1u);
  EXPECT_EQ(feed_->standing().last_gap->clicks, 0u);
  EXPECT_EQ(sequences(broker_.read(3)).size(), 3u);
}

TEST_F(KafkaFeedTest, ABatchThatDoesNotDecodeIsPassedOverAndCounted) {
  start();
  ASSERT_TRUE(log_->append("rubbish"));
  append(1);
  ASSERT_TRUE(passed());
  EXPECT_EQ(feed_->counters().undecodable, 1u);
  EXPECT_EQ(feed_->counters().delivered, 1u);
}

TEST_F(KafkaFeedTest, NothingIsMissingWhenAllOfTheLogIsThere) {
  start();
  append(1);
  ASSERT_TRUE(delivered(1));
  feed_.reset();
  open_log();
  append(1);
  open_log();
  start();
  append(1);
  ASSERT_TRUE(passed());
  EXPECT_EQ(feed_->standing().gaps, 0u);
  EXPECT_EQ(sequences(broker_.read(3)).size(), 3u);
}

TEST_F(KafkaFeedTest, APlaceThatCannotBeReadIsSetAsideAndAllIsSent) {
  start();
  append(2);
  ASSERT_TRUE(delivered(2));
  feed_.reset();
  std::ofstream(folder_.path() / "kafka") << "rubbish";
  open_log();
  start();
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_THAT(reports_[0], HasSubstr("kafka.damaged"));
  ASSERT_TRUE(passed());
  EXPECT_EQ(sequences(broker_.read(4)).size(), 4u);
}

TEST_F(KafkaFeedTest, PropertiesThatCannotBeAreRefused) {
  settings_.config = folder_.path() / "properties";
  EXPECT_FALSE(open());
  struct Row {
    const char* file;
    const char* named;
  };
  for (const Row& row : {Row{"client.id=a\nno.such.key=1",
                             "line 2: No such configuration property: \"no.such.key\""},
                         Row{"acks=1", "line 1: 'acks' cannot be set"},
                         Row{"sasl.mechanism=NONSENSE\nsecurity.protocol=sasl_plaintext", "kafka"},
                         Row{"security.protocol=ssl\nssl.ca.location=/no/such/file", "kafka"},
                         Row{"linger.ms=forever", "kafka.config: line 1"}}) {
    std::ofstream(settings_.config) << row.file;
    const auto opened = open();
    ASSERT_FALSE(opened) << row.file;
    EXPECT_THAT(opened.error().line(), HasSubstr(row.named));
    EXPECT_THAT(opened.error().line(), Not(HasSubstr("\n")));
  }
  std::ofstream(settings_.config) << "compression.codec=lz4\nlinger.ms=1\n";
  start();
  append(3);
  ASSERT_TRUE(passed());
  EXPECT_EQ(broker_.read(3).size(), 3u);
}

TEST_F(KafkaFeedTest, ADiskThatFailsMovesNothing) {
  start();
  append(1);
  ASSERT_TRUE(passed());
  feed_.reset();
  open_log();
  ASSERT_TRUE(open());
  std::filesystem::remove(folder_.path() / "kafka");
  std::filesystem::create_directory(folder_.path() / "kafka");  // cannot be replaced by a file
  feed_->start();
  append(1);
  ASSERT_TRUE(until([this] { return !feed_->standing().trouble.empty(); }));
  EXPECT_FALSE(log_->is_passed(log_->end()));
  std::filesystem::remove(folder_.path() / "kafka");
  EXPECT_TRUE(passed());
}

}  // namespace
}  // namespace tally
