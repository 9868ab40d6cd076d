// SPDX-License-Identifier: Apache-2.0
#include "pipeline/enriched_log.h"

#include <gtest/gtest.h>

#include "base/files_fake.h"
#include "base/test_folder.h"

namespace tally {
namespace {

class EnrichedLogTest : public ::testing::Test {
 protected:
  std::unique_ptr<EnrichedLog> start(Files& files, std::uint64_t segment_bytes = 1 << 20) {
    EnrichedLogOptions options;
    options.directory = folder_.path();
    options.epoch = ++epoch_;
    options.segment_bytes = segment_bytes;
    auto log = std::make_unique<EnrichedLog>(files, clock_, options);
    EXPECT_TRUE(log->open([&](const std::string& line) { reports_.push_back(line); }));
    return log;
  }

  // A batch of one click whose city says which, reaching `position` of the journal.
  std::string batch(const std::string& city, std::uint64_t position) {
    BatchHead head;
    head.positions = {{{1, epoch_, 0}, position}};
    head.clicks = 1;
    std::string out;
    encode_batch_head(head, out);
    Click click;
    click.time = clock_.now_ms();
    click.city = city;
    encode_click(click, out);
    return out;
  }

  static std::vector<std::string> cities(EnrichedReader& reader) {
    std::vector<std::string> out;
    EXPECT_TRUE(reader.read([&](const EnrichedCursor&, std::string_view bytes) {
      BatchHead head;
      EXPECT_TRUE(read_batch(bytes, head, [&](const Click& click) { out.push_back(click.city); }));
      return true;
    }));
    return out;
  }

  TestFolder folder_;
  FaultyFiles files_;
  ManualClock clock_{1'784'548'800'000};
  std::uint32_t epoch_ = 0;
  std::vector<std::string> reports_;
};

TEST_F(EnrichedLogTest, AReaderGoesOnAcrossStarts) {
  auto log = start(files_);
  ASSERT_TRUE(log->append(batch("a", 1)));
  ASSERT_TRUE(log->append(batch("b", 2)));
  EnrichedReader reader(*log, {});
  EXPECT_EQ(cities(reader), (std::vector<std::string>{"a", "b"}));
  const EnrichedCursor place = reader.cursor();
  ASSERT_TRUE(log->append(batch("c", 3)));
  log = start(files_);
  EXPECT_EQ(log->last_positions().value(), (JournalPositions{{{1, 1, 0}, 3}}));
  ASSERT_TRUE(log->append(batch("d", 1)));
  EnrichedReader later(*log, place);
  EXPECT_EQ(cities(later), (std::vector<std::string>{"c", "d"}));
  EXPECT_GE(later.cursor(), log->end());
}

TEST_F(EnrichedLogTest, AReaderThatStopsGetsTheSameBatchAgain) {
  const auto log = start(files_);
  ASSERT_TRUE(log->append(batch("a", 1)));
  ASSERT_TRUE(log->append(batch("b", 2)));
  EnrichedReader reader(*log, {});
  int seen = 0;
  ASSERT_TRUE(reader.read([&](const EnrichedCursor&, std::string_view) { return ++seen < 2; }));
  EXPECT_EQ(cities(reader), (std::vector<std::string>{"b"}));
}

TEST_F(EnrichedLogTest, ABatchWrittenAgainAfterAFailureIsThereOnce) {
  auto log = start(files_);
  ASSERT_TRUE(log->append(batch("a", 1)));
  files_.fail_writes(1);
  EXPECT_FALSE(log->append(batch("b", 2)));
  ASSERT_TRUE(log->append(batch("b", 2)));
  log = start(files_);
  EnrichedReader reader(*log, {});
  EXPECT_EQ(cities(reader), (std::vector<std::string>{"a", "b"}));
  EXPECT_TRUE(reports_.empty());
}

TEST_F(EnrichedLogTest, ReplayGivesWhatIsYoungEnough) {
  const auto log = start(files_);
  ASSERT_TRUE(log->append(batch("old", 1)));
  clock_.advance(kMillisPerDay);
  ASSERT_TRUE(log->append(batch("new", 2)));
  std::vector<std::string> seen;
  ASSERT_TRUE(
      log->replay(clock_.now_ms() - 1, [&](const Click& click) { seen.push_back(click.city); }));
  EXPECT_EQ(seen, std::vector<std::string>{"new"});
}

TEST_F(EnrichedLogTest, OldSegmentsGoOnceReadButNeverTheNewest) {
  auto log = start(files_, 64);
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(log->append(batch("x", i)));
  log = start(files_, 64);
  const auto count = [&] { return list_directory(folder_.path()).value().size(); };
  EXPECT_EQ(count(), 4u);
  EnrichedReader reader(*log, {});
  cities(reader);
  log->remove_read(reader.cursor());
  EXPECT_EQ(count(), 4u) << "still young";
  clock_.advance(3 * kMillisPerDay);
  log->remove_read({});
  EXPECT_EQ(count(), 4u) << "not read";
  log->remove_read(reader.cursor());
  EXPECT_EQ(count(), 1u);
  EXPECT_EQ(log->last_positions().value(), (JournalPositions{{{1, 1, 0}, 3}}));
}

TEST_F(EnrichedLogTest, WaitEndsWhenSomethingIsPublished) {
  const auto log = start(files_);
  ASSERT_TRUE(log->append(batch("a", 1)));
  log->publish_through(77);
  log->wait({}, std::chrono::seconds(10));
  EXPECT_EQ(log->watermark().through, 77);
  EXPECT_EQ(log->watermark().end, log->end());
}

}  // namespace
}  // namespace tally
