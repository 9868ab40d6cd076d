// SPDX-License-Identifier: Apache-2.0
#include "pipeline/hit_merge.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "model/hit.h"

namespace tally {
namespace {

class HitMergeTest : public ::testing::Test {
 protected:
  LogWriter& shard(std::uint16_t number) {
    while (writers_.size() <= number) {
      LogWriterOptions options;
      options.directory = folder_.path();
      options.shard = {1, 1, static_cast<std::uint16_t>(writers_.size())};
      writers_.push_back(std::make_unique<LogWriter>(files_, options));
    }
    return *writers_[number];
  }

  // Hits received at these times, committed to one shard.
  void write(std::uint16_t number, const std::vector<UnixMillis>& times) {
    LogWriter& writer = shard(number);
    const std::uint64_t seed = writer.begin_batch(0).value();
    std::string batch;
    std::uint64_t n = writer.next_n();
    for (const UnixMillis time : times) {
      HitView hit;
      hit.time = time;
      std::string record(kRecordHeaderSize, '\0');
      encode_hit(hit, record);
      finish_record(record, seed, n++);
      batch += record;
    }
    ASSERT_TRUE(writer.commit(batch, times.size(), false));
  }

  HitMerge merge(const JournalPositions& positions = {}) {
    std::vector<std::shared_ptr<Shard>> shards;
    for (const auto& writer : writers_) shards.push_back(writer->shard());
    return HitMerge(files_, shards, positions);
  }

  // "shard:n" of everything that is given now.
  static std::string take_all(HitMerge& hits) {
    std::string out;
    for (std::size_t most = 1;; most = most % 5 + 1) {
      const auto next = hits.next(most);
      if (next.empty()) return out;
      EXPECT_LE(next.size(), most);
      // Not all that is given has to be taken.
      const auto used = next.first((next.size() + 1) / 2);
      for (const auto& one : used)
        out += std::to_string(one.shard->shard) + ":" + std::to_string(one.hit->n) + " ";
      hits.take(used.size());
    }
  }

  TestFolder folder_;
  PosixFiles files_;
  std::vector<std::unique_ptr<LogWriter>> writers_;
};

TEST_F(HitMergeTest, GivesHitsInTheOrderOfReceipt) {
  write(0, {100, 300, 500});
  write(1, {200, 400});
  HitMerge hits = merge();
  EXPECT_EQ(hits.read_ahead(1000), 1000);
  EXPECT_EQ(take_all(hits), "0:0 1:0 0:1 1:1 0:2 ");
  EXPECT_EQ(hits.positions(), (JournalPositions{{{1, 1, 0}, 3}, {{1, 1, 1}, 2}}));
}

TEST_F(HitMergeTest, WaitsForWhatMayStillBeCommitted) {
  write(0, {100, 300});
  write(1, {});
  HitMerge hits = merge();
  EXPECT_EQ(hits.read_ahead(250), 250);
  EXPECT_EQ(take_all(hits), "0:0 ");
  EXPECT_TRUE(hits.has_more());
  EXPECT_FALSE(hits.behind()) << "waiting is all that can be done";
  EXPECT_EQ(hits.positions().at({1, 1, 0}), 1u) << "what was read and not taken comes again";
  write(1, {280});
  hits.read_ahead(400);
  EXPECT_EQ(take_all(hits), "1:0 0:1 ");
}

TEST_F(HitMergeTest, AShardNotReadToItsEndHoldsTheOthersBack) {
  std::vector<UnixMillis> many;
  for (UnixMillis i = 0; i < 5000; ++i) many.push_back(100 + i / 100);
  write(0, many);
  write(1, {50, 145});
  HitMerge hits = merge();
  const UnixMillis until = hits.read_ahead(1000);
  EXPECT_LT(until, 145);
  const std::string first = take_all(hits);
  EXPECT_TRUE(first.starts_with("1:0 0:0 "));
  EXPECT_EQ(first.find("1:1 "), std::string::npos);
  EXPECT_TRUE(hits.has_more());
  EXPECT_TRUE(hits.behind());
  hits.read_ahead(1000);
  EXPECT_FALSE(hits.behind());
  EXPECT_NE(take_all(hits).find("1:1 "), std::string::npos);
  EXPECT_EQ(hits.positions(), (JournalPositions{{{1, 1, 0}, 5000}, {{1, 1, 1}, 2}}));
}

TEST_F(HitMergeTest, ManyHitsOfOneMillisecondDoNotBlock) {
  write(0, std::vector<UnixMillis>(10'000, 100));
  HitMerge hits = merge();
  for (int i = 0; i < 3; ++i) {
    hits.read_ahead(1000);
    take_all(hits);
  }
  EXPECT_EQ(hits.positions().at({1, 1, 0}), 10'000u);
}

TEST_F(HitMergeTest, AClockSetBackNeitherReordersNorBlocks) {
  write(0, {100, 90, 120});
  write(1, {100'000, 130});
  HitMerge hits = merge();
  hits.read_ahead(200);
  EXPECT_EQ(take_all(hits), "0:0 0:1 0:2 1:0 1:1 ");
}

TEST_F(HitMergeTest, GoesOnFromPositions) {
  write(0, {100, 200, 300});
  HitMerge hits = merge({{{1, 1, 0}, 2}});
  hits.read_ahead(1000);
  EXPECT_EQ(take_all(hits), "0:2 ");
}

}  // namespace
}  // namespace tally
