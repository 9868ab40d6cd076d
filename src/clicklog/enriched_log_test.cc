// SPDX-License-Identifier: Apache-2.0
#include "clicklog/enriched_log.h"

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

// Segments of one batch, each with a click of the hour before it.
TEST_F(EnrichedLogTest, WhatWasReceivedBeforeATimeEndsNearTheFront) {
  const auto log = start(files_, 64);
  const UnixMillis begin = clock_.now_ms();
  for (int hour = 1; hour <= 3; ++hour) {
    clock_.set(begin + hour * kMillisPerHour);
    BatchHead head;
    head.through = clock_.now_ms();
    head.clicks = 1;
    std::string bytes;
    encode_batch_head(head, bytes);
    Click click;
    click.time = head.through - kMillisPerHour / 2;
    encode_click(click, bytes);
    ASSERT_TRUE(log->append(bytes));
    log->publish_through(head.through);
  }
  struct Row {
    int minutes;  // after the begin
    std::uint64_t end;
  };
  for (const Row& row : {Row{-10'000, 0}, Row{30, 0}, Row{31, 1}, Row{60, 1}, Row{90, 1},
                         Row{91, 2}, Row{120, 2}, Row{121, 2}, Row{151, 3}, Row{180, 3}})
    EXPECT_EQ(log->end_of(begin + row.minutes * kMillisPerMinute).value(),
              (EnrichedCursor{1, row.end}))
        << row.minutes;
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

// Clicks of cities are erased by their links' numbers.
class ErasingLogTest : public EnrichedLogTest {
 protected:
  std::string of_links(std::initializer_list<std::uint64_t> links) {
    BatchHead head;
    head.positions = {{{1, epoch_, 0}, ++position_}};
    head.clicks = links.size();
    std::string out;
    encode_batch_head(head, out);
    for (const std::uint64_t link : links) {
      Click click;
      click.time = clock_.now_ms();
      click.workspace = {7};
      click.link = {link};
      click.city = "link " + std::to_string(link);
      encode_click(click, out);
    }
    return out;
  }
  Erasure of_link(std::uint64_t link) const {
    return {WorkspaceId{7}, {0, clock_.now_ms() + 1}, LinkId{link}, {}};
  }
  static std::vector<std::string> all(EnrichedLog& log) {
    EnrichedReader reader(log, {});
    return cities(reader);
  }
  std::uint64_t position_ = 0;
};

TEST_F(ErasingLogTest, SegmentsAreWrittenAnewWithoutTheClicks) {
  LogSpace space(1 << 24, 0);
  auto log = start(files_, 1 << 20, &space);
  ASSERT_TRUE(log->append(of_links({1, 2})));
  ASSERT_TRUE(log->append(of_links({2})));
  log = start(files_, 1 << 20, &space);
  const auto pin = log->pin();
  ASSERT_TRUE(log->append(of_links({3, 2, 2})));
  ASSERT_TRUE(log->end_segment());
  const EnrichedCursor end = log->end();
  EXPECT_FALSE(log->is_passed(end));
  pin->release_before(end);
  EXPECT_TRUE(log->is_passed(end));
  ASSERT_TRUE(log->append(of_links({2})));
  const std::uint64_t used = space.used();
  ASSERT_TRUE(log->erase_before(end, of_link(2), {}));
  EXPECT_EQ(all(*log), (std::vector<std::string>{"link 1", "link 3", "link 2"}));
  EXPECT_LT(space.used(), used);
  const std::uint64_t now = space.used();
  ASSERT_TRUE(log->erase_before(end, of_link(9), {}));
  EXPECT_EQ(space.used(), now);
  ASSERT_TRUE(log->append(of_links({5})));
  const auto positions = log->last_positions().value();
  log = start(files_);
  EXPECT_EQ(all(*log), (std::vector<std::string>{"link 1", "link 3", "link 2", "link 5"}));
  EXPECT_EQ(log->last_positions().value(), positions);
  EXPECT_TRUE(reports_.empty()) << reports_.front();
}

TEST_F(ErasingLogTest, ADamagedSegmentGoesAndACrashsRemainsToo) {
  auto log = start(files_);
  ASSERT_TRUE(log->append(of_links({1})));
  ASSERT_TRUE(log->append(of_links({2})));
  ASSERT_TRUE(log->end_segment());
  const EnrichedCursor end = log->end();
  ASSERT_TRUE(log->append(of_links({3})));
  const auto names = list_directory(folder_.path()).value();
  ASSERT_EQ(names.size(), 2u);
  const auto path = folder_.path() / names[0];
  const std::string bytes = files_.read_all(path).value();
  ASSERT_TRUE(files_.overwrite(path, bytes.find("link 1"), "LINK", false));
  ASSERT_TRUE(log->erase_before(end, of_link(2), {}));
  EXPECT_EQ(list_directory(folder_.path()).value(), (std::vector{names[1]}));
  ASSERT_TRUE(files_.replace(folder_.path() / (names[0] + ".new"), "half a segment"));
  log = start(files_);
  EXPECT_EQ(list_directory(folder_.path()).value(), (std::vector{names[1]}));
}

TEST_F(ErasingLogTest, AFailureLeavesTheOldSegment) {
  auto log = start(files_);
  ASSERT_TRUE(log->append(of_links({1, 2})));
  ASSERT_TRUE(log->end_segment());
  const EnrichedCursor end = log->end();
  ASSERT_TRUE(log->append(of_links({3})));
  files_.fail_replaces(1);
  EXPECT_FALSE(log->erase_before(end, of_link(2), {}));
  EXPECT_EQ(all(*log), (std::vector<std::string>{"link 1", "link 2", "link 3"}));
  ASSERT_TRUE(log->erase_before(end, of_link(2), {}));
  EXPECT_EQ(all(*log), (std::vector<std::string>{"link 1", "link 3"}));
}

TEST_F(ErasingLogTest, APolicyShortensTheTimeThatClicksStay) {
  auto log = start(files_);
  const auto pin = log->pin();
  ASSERT_TRUE(log->append(of_links({1})));
  ASSERT_TRUE(log->end_segment());
  pin->release_before(log->end());
  EXPECT_FALSE(log->is_outlived());
  clock_.advance(20 * kMillisPerHour);
  log->keep_at_most(20 * kMillisPerHour);
  EXPECT_FALSE(log->is_outlived());
  clock_.advance(1);
  EXPECT_TRUE(log->is_outlived());
  log->tidy();
  EXPECT_EQ(all(*log).size(), 1u) << "it says where to go on";
  log->keep_at_most(std::nullopt);
  EXPECT_FALSE(log->is_outlived());
  clock_.advance(5 * kMillisPerHour);
  EXPECT_TRUE(log->is_outlived());
  ASSERT_TRUE(log->append(of_links({})));
  EXPECT_FALSE(log->is_outlived());
  log->tidy();
  EXPECT_TRUE(all(*log).empty());
}

}  // namespace
}  // namespace tally
