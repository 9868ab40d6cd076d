// SPDX-License-Identifier: Apache-2.0
#include "journal/unrecorded.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/test_folder.h"

namespace tally {
namespace {

constexpr UnixMillis kNow = 1'784'548'800'000;

class UnrecordedTest : public ::testing::Test {
 protected:
  std::unique_ptr<Unrecorded> open() {
    auto out =
        Unrecorded::open(files_, path_, [&](const std::string& line) { reports_.push_back(line); });
    EXPECT_TRUE(out) << out.error().line();
    return std::move(*out);
  }

  void damage(std::size_t at) {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekg(static_cast<std::streamoff>(at));
    const int byte = file.get();
    file.seekp(static_cast<std::streamoff>(at));
    file.put(static_cast<char>(byte ^ 4));
  }

  TestFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "unrecorded";
  PosixFiles files_;
  std::vector<std::string> reports_;
};

TEST_F(UnrecordedTest, CountAndTimesSurviveARestart) {
  open()->note(kNow, kNow + 10, 3, true);
  {
    const auto again = open();
    EXPECT_EQ(again->total(), 3u);
    again->note(kNow + kMillisPerHour, kNow + kMillisPerHour + 1, 2, false);
  }
  const auto last = open();
  EXPECT_EQ(last->total(), 5u);
  EXPECT_EQ(last->ranges(),
            (std::vector<UnrecordedRange>{{kNow, kNow + 10, 3},
                                          {kNow + kMillisPerHour, kNow + kMillisPerHour + 1, 2}}));
  EXPECT_TRUE(reports_.empty());
}

TEST_F(UnrecordedTest, OnlyRangesThatTouchAffectedTimesOverlap) {
  const auto counted = open();
  EXPECT_FALSE(counted->overlaps(0, kNow * 2));
  counted->note(kNow, kNow + 10, 1, true);
  EXPECT_TRUE(counted->overlaps(kNow + 9, kNow + 20));
  EXPECT_TRUE(counted->overlaps(kNow - 5, kNow + 1));
  EXPECT_TRUE(counted->overlaps(kNow + 3, kNow + 4));
  EXPECT_FALSE(counted->overlaps(kNow - 5, kNow));
  EXPECT_FALSE(counted->overlaps(kNow + 10, kNow + 20));
}

TEST_F(UnrecordedTest, NotesThatTouchAreOneRangeWhateverTheirOrder) {
  const auto counted = open();
  counted->note(kNow + 500, kNow + 600, 1, false);
  counted->note(kNow, kNow + 100, 2, false);
  counted->note(kNow + 5000, kNow + 5001, 4, false);
  EXPECT_EQ(counted->ranges(),
            (std::vector<UnrecordedRange>{{kNow, kNow + 600, 3}, {kNow + 5000, kNow + 5001, 4}}));
}

TEST_F(UnrecordedTest, TooManyRangesAreJoinedAndNoneIsLeftOut) {
  {
    const auto counted = open();
    for (int i = 0; i < 1000; ++i)
      counted->note(kNow + i * kMillisPerHour, kNow + i * kMillisPerHour + 1, 1, false);
  }
  const auto again = open();
  EXPECT_EQ(again->total(), 1000u);
  EXPECT_LE(again->ranges().size(), 128u);
  std::uint64_t sum = 0;
  for (const UnrecordedRange& range : again->ranges()) sum += range.hits;
  EXPECT_EQ(sum, 1000u);
  for (int i = 0; i < 1000; ++i)
    EXPECT_TRUE(again->overlaps(kNow + i * kMillisPerHour, kNow + i * kMillisPerHour + 1));
}

// Whichever byte is hit, what is read is what one of the last two notes left.
TEST_F(UnrecordedTest, ADamagedSlotFallsBackToTheOtherOne) {
  for (std::size_t at = 0; at < 8192; at += 97) {
    std::filesystem::remove(path_);
    {
      const auto counted = open();
      counted->note(kNow, kNow + 1, 1, false);
      counted->note(kNow, kNow + 1, 1, false);
    }
    damage(at);
    const auto total = open()->total();
    EXPECT_TRUE(total == 1 || total == 2) << "byte " << at << ": " << total;
  }
}

TEST_F(UnrecordedTest, AFileWithoutAGoodSlotIsBegunAnewAndReported) {
  open()->note(kNow, kNow + 1, 1, true);
  damage(20);
  damage(4096 + 20);
  EXPECT_EQ(open()->total(), 0u);
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_TRUE(reports_[0].contains("damaged")) << reports_[0];
  EXPECT_EQ(open()->total(), 0u);
  EXPECT_EQ(reports_.size(), 1u) << "mended";
}

TEST_F(UnrecordedTest, TheFileKeepsItsSize) {
  const auto counted = open();
  EXPECT_EQ(std::filesystem::file_size(path_), 8192u);
  for (int i = 0; i < 300; ++i)
    counted->note(kNow + i * kMillisPerMinute, kNow + i * kMillisPerMinute + 1, 1, false);
  counted->save();
  EXPECT_EQ(std::filesystem::file_size(path_), 8192u);
}

}  // namespace
}  // namespace tally
