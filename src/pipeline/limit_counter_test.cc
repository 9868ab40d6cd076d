// SPDX-License-Identifier: Apache-2.0
#include "pipeline/limit_counter.h"

#include <gtest/gtest.h>

#include <fstream>
#include <thread>

#include "base/test_folder.h"
#include "journal/recovery.h"
#include "model/hit.h"

namespace tally {
namespace {

constexpr LinkId kLink{7};

class LimitCounterTest : public ::testing::Test {
 protected:
  LimitCounterTest() { std::filesystem::create_directory(raw_); }

  // One start: what earlier ones left is read, as before the listener opens.
  std::unique_ptr<LimitCounter> start() {
    auto found = recover_log(files_, raw_, LogKind::raw).value();
    left_over_ = group_by_shard(std::move(found.segments));
    ++epoch_;
    writer_.reset();
    auto out = LimitCounter::open(
        files_, file_, left_over_, [this] { return can_record_; },
        [this](const std::string& line) { reports_.push_back(line); });
    EXPECT_TRUE(out) << out.error().line();
    return std::move(*out);
  }

  // Hits in the journal of this start, of which each `spent` took a click of kLink.
  void record(const std::vector<bool>& spent) {
    if (!writer_) {
      LogWriterOptions options;
      options.directory = raw_;
      options.shard = {1, epoch_, 0};
      writer_ = std::make_unique<LogWriter>(files_, options);
    }
    const std::uint64_t seed = writer_->begin_batch(0).value();
    std::string batch;
    std::uint64_t n = writer_->next_n();
    for (const bool one : spent) {
      HitView hit;
      hit.link = kLink;
      hit.outcome = Outcome::redirected;
      hit.limit_spent = one;
      std::string bytes(kRecordHeaderSize, '\0');
      encode_hit(hit, bytes);
      finish_record(bytes, seed, n++);
      batch += bytes;
    }
    ASSERT_TRUE(writer_->commit(batch, spent.size(), false));
  }

  void remove_all_segments() {
    writer_.reset();
    std::filesystem::remove_all(raw_);
    std::filesystem::create_directory(raw_);
  }

  static std::uint64_t left(LimitCounter& counter, std::uint64_t limit) {
    std::uint64_t out = 0;
    while (counter.take(kLink, limit)) ++out;
    return out;
  }

  TestFolder folder_;
  const std::filesystem::path raw_ = folder_.path() / "raw";
  const std::filesystem::path file_ = folder_.path() / "limits";
  PosixFiles files_;
  std::vector<std::shared_ptr<Shard>> left_over_;
  std::unique_ptr<LogWriter> writer_;
  std::vector<std::string> reports_;
  std::uint32_t epoch_ = 0;
  bool can_record_ = true;
};

TEST_F(LimitCounterTest, ManyThreadsTakeExactlyTheLimit) {
  const auto counter = start();
  std::atomic<std::uint64_t> taken{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (std::uint64_t k = 0; k < 40'000; ++k)
        if (counter->take(LinkId{1 + k % 10}, 1000)) taken.fetch_add(1);
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(taken.load(), 10'000u);
  for (std::uint64_t id = 1; id <= 10; ++id) {
    EXPECT_TRUE(counter->used_up(LinkId{id}, 1000));
    EXPECT_FALSE(counter->used_up(LinkId{id}, 1001));
  }
  EXPECT_FALSE(counter->used_up(LinkId{11}, 1));
}

TEST_F(LimitCounterTest, NothingIsTakenWhileHitsCannotBeRecorded) {
  const auto counter = start();
  can_record_ = false;
  EXPECT_TRUE(counter->used_up(kLink, 5));
  EXPECT_FALSE(counter->take(kLink, 5));
  can_record_ = true;
  EXPECT_EQ(left(*counter, 5), 5u);
}

TEST_F(LimitCounterTest, ACrashForgetsWhatNoHitSays) {
  auto counter = start();
  for (int i = 0; i < 4; ++i) EXPECT_TRUE(counter->take(kLink, 10));
  record({true, false, true, true});  // the fourth was not written, and so not answered
  counter = start();
  EXPECT_EQ(left(*counter, 10), 7u);
}

TEST_F(LimitCounterTest, AnEarlierStartsHitsAreCountedOnceHoweverFarEnrichmentWas) {
  auto counter = start();
  record({true, true, true});
  counter->settle({1, 1, 0}, 0, kLink);
  ASSERT_TRUE(counter->save());
  counter->settle({1, 1, 0}, 1, kLink);  // and then the crash
  for (int restarts = 0; restarts < 3; ++restarts) {
    counter = start();
    // Enrichment comes by all of them again.
    for (std::uint64_t n = 0; n < 3; ++n) counter->settle({1, 1, 0}, n, kLink);
    ASSERT_TRUE(counter->save());
  }
  EXPECT_EQ(left(*counter, 10), 7u);
}

TEST_F(LimitCounterTest, TheFileStandsForSegmentsThatAreGone) {
  auto counter = start();
  record({true, false, true});
  for (const std::uint64_t n : {0u, 2u}) counter->settle({1, 1, 0}, n, kLink);
  ASSERT_TRUE(counter->save());
  remove_all_segments();
  for (int restarts = 0; restarts < 2; ++restarts) counter = start();
  record({true});
  counter->settle({1, epoch_, 0}, 0, kLink);
  ASSERT_TRUE(counter->save());
  remove_all_segments();
  counter = start();
  EXPECT_EQ(left(*counter, 10), 7u);
  EXPECT_TRUE(reports_.empty());
}

TEST_F(LimitCounterTest, ACountIsRaisedForGoodAndNeverLowered) {
  auto counter = start();
  record({true, true});
  for (int i = 0; i < 2; ++i) EXPECT_TRUE(counter->take(kLink, 10));
  ASSERT_TRUE(counter->count_at_least(kLink, 5));
  ASSERT_TRUE(counter->count_at_least(kLink, 4));
  counter->settle({1, 1, 0}, 0, kLink);
  for (int restarts = 0; restarts < 2; ++restarts) {
    counter = start();
    EXPECT_FALSE(counter->used_up(kLink, 6));
    EXPECT_TRUE(counter->used_up(kLink, 5));
  }
  for (const std::uint64_t n : {0u, 1u}) counter->settle({1, 1, 0}, n, kLink);
  ASSERT_TRUE(counter->save());
  remove_all_segments();
  counter = start();
  EXPECT_EQ(left(*counter, 10), 5u);
}

TEST_F(LimitCounterTest, ARaiseThatCannotBeWrittenIsTriedAgain) {
  auto counter = start();
  std::filesystem::create_directory(file_);  // in the way
  EXPECT_FALSE(counter->count_at_least(kLink, 5));
  std::filesystem::remove(file_);
  ASSERT_TRUE(counter->count_at_least(kLink, 5));
  counter = start();
  EXPECT_EQ(left(*counter, 10), 5u);
}

TEST_F(LimitCounterTest, ADamagedFileIsReportedAndTheJournalStillCounts) {
  auto counter = start();
  record({true, true});
  counter->settle({1, 1, 0}, 0, kLink);
  ASSERT_TRUE(counter->save());
  const std::string whole = files_.read_all(file_).value();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    std::ofstream(file_, std::ios::binary) << damaged;
    reports_.clear();
    counter = start();
    EXPECT_EQ(reports_.size(), 1u) << "byte " << at;
  }
  EXPECT_EQ(left(*counter, 10), 8u);
}

}  // namespace
}  // namespace tally
