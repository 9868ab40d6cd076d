// SPDX-License-Identifier: Apache-2.0
#include "pipeline/enriched_log.h"

#include <gtest/gtest.h>

#include "base/files_fake.h"
#include "base/test_folder.h"

namespace tally {
namespace {

class EnrichedLogTest : public ::testing::Test {
 protected:
  std::unique_ptr<EnrichedLog> start(Files& files, std::uint64_t segment_bytes = 1 << 20,
                                     LogSpace* space = nullptr) {
    EnrichedLogOptions options;
    options.space = space;
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
      EXPECT_TRUE(read_batch(
          bytes, head, [&](const Click& click) { out.push_back(click.city); },
          [](const LandingView&) {}));
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
  ASSERT_TRUE(log->replay(
      clock_.now_ms() - 1, [&](const Click& click) { seen.push_back(click.city); },
      [](const LandingView&) {}));
  EXPECT_EQ(seen, std::vector<std::string>{"new"});
}

TEST_F(EnrichedLogTest, OldSegmentsGoOnceNoPinNeedsThemButNeverTheNewest) {
  auto log = start(files_, 64);
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(log->append(batch("x", i)));
  log = start(files_, 64);
  const auto count = [&] { return list_directory(folder_.path()).value().size(); };
  EXPECT_EQ(count(), 4u);
  EnrichedReader reader(*log, {});
  cities(reader);
  auto slow = log->pin();
  const auto quick = log->pin();
  slow->release_before(reader.cursor());
  quick->release_before(reader.cursor());
  log->tidy();
  EXPECT_EQ(count(), 4u) << "still young";
  clock_.advance(3 * kMillisPerDay);
  const auto third = log->pin();
  log->tidy();
  EXPECT_EQ(count(), 4u) << "one consumer has not read them";
  third->release_before({1, 2});
  log->tidy();
  EXPECT_EQ(count(), 2u);
  third->release_before({1, 1});
  EXPECT_EQ(third->cursor(), (EnrichedCursor{1, 2})) << "a pin never goes back";
  third->release_before(reader.cursor());
  log->tidy();
  EXPECT_EQ(count(), 1u);
  EXPECT_EQ(log->last_positions().value(), (JournalPositions{{{1, 1, 0}, 3}}));
}

TEST_F(EnrichedLogTest, WithoutAPinNothingGoes) {
  auto log = start(files_, 64);
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(log->append(batch("x", i)));
  clock_.advance(30 * kMillisPerDay);
  log->tidy();
  EXPECT_EQ(list_directory(folder_.path()).value().size(), 4u);
}

// The room for logs is full of clicks that are not stored: the next segment is refused. As soon as
// they are stored they go, however young, and only as many as it takes.
TEST_F(EnrichedLogTest, StoredClicksGoBeforeTheirTimeWhenRoomIsShort) {
  LogSpace space(1200, 150);
  auto log = start(files_, 100, &space);
  const auto pin = log->pin();
  std::uint64_t written = 0;
  while (log->append(batch("x", written))) ++written;
  EXPECT_GT(written, 3u);
  EXPECT_LE(space.used(), 1200u + batch("x", 0).size());
  log->tidy();
  const auto refused = log->append(batch("x", written));
  ASSERT_FALSE(refused) << "pinned";
  EXPECT_TRUE(refused.error().message.contains("max_bytes")) << refused.error().line();
  EXPECT_FALSE(space.take_leaving_reserve(1));
  pin->release_before(log->end());
  log->tidy();
  EXPECT_FALSE(space.is_tight());
  EXPECT_GT(list_directory(folder_.path()).value().size(), 1u) << "more than needed went";
  ASSERT_TRUE(log->append(batch("y", written)));
  EXPECT_TRUE(space.take_leaving_reserve(1));
}

TEST_F(EnrichedLogTest, RoomIsCountedAcrossStarts) {
  LogSpace space(1 << 20, 0);
  auto log = start(files_, 100, &space);
  for (std::uint64_t i = 0; i < 4; ++i) ASSERT_TRUE(log->append(batch("x", i)));
  log.reset();
  const std::uint64_t used = space.used();
  std::uint64_t on_disk = 0;
  const auto names = list_directory(folder_.path()).value();
  for (const auto& name : names) on_disk += std::filesystem::file_size(folder_.path() / name);
  EXPECT_EQ(used, on_disk);
  LogSpace again(1 << 20, 0);
  log = start(files_, 100, &again);
  EXPECT_EQ(again.used(), on_disk);
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
