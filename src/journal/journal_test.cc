// SPDX-License-Identifier: Apache-2.0
//
// Writer, reader, recovery and follower over real files: what is committed is read, once and in
// order, whatever the end of the file looks like.
#include <gtest/gtest.h>

#include <fstream>

#include "base/files_fake.h"
#include "base/test_folder.h"
#include "journal/follower.h"
#include "journal/recovery.h"

namespace tally {
namespace {

class JournalTest : public ::testing::Test {
 protected:
  LogWriterOptions options(std::uint64_t segment_bytes = 1 << 20) const {
    LogWriterOptions out;
    out.directory = folder_.path();
    out.shard = {1, 1, 0};
    out.segment_bytes = segment_bytes;
    return out;
  }

  // One batch of `count` records "r<n>".
  Result<void> write(LogWriter& writer, int count, UnixMillis now = 1000) {
    TRY_ASSIGN(const std::uint64_t seed, writer.begin_batch(now));
    std::string batch;
    for (int i = 0; i < count; ++i) {
      const std::uint64_t n = writer.next_n() + static_cast<std::uint64_t>(i);
      std::string record(kRecordHeaderSize, '\0');
      record += "r" + std::to_string(n);
      finish_record(record, seed, n);
      batch += record;
    }
    return writer.commit(batch, static_cast<std::uint64_t>(count), true);
  }

  // All that a follower from `from` reads, as "n:payload" text.
  static std::vector<std::string> read(ShardFollower& follower, std::size_t limit = 1000) {
    std::vector<std::string> out;
    const auto got = follower.read(limit, [&](const LogRecord& record) {
      out.push_back(std::to_string(record.n) + ":" + std::string(record.payload));
      return true;
    });
    EXPECT_TRUE(got) << got.error().line();
    return out;
  }

  std::filesystem::path only_segment() const {
    const auto names = list_directory(folder_.path()).value();
    EXPECT_EQ(names.size(), 1u);
    return folder_.path() / names.front();
  }

  TestFolder folder_;
  PosixFiles files_;
};

TEST_F(JournalTest, FollowerReadsWhatIsCommittedAndGoesOn) {
  LogWriter writer(files_, options());
  ShardFollower follower(files_, writer.shard(), 0);
  EXPECT_TRUE(read(follower).empty());
  ASSERT_TRUE(write(writer, 2));
  EXPECT_EQ(read(follower), (std::vector<std::string>{"0:r0", "1:r1"}));
  ASSERT_TRUE(write(writer, 1));
  EXPECT_EQ(read(follower), (std::vector<std::string>{"2:r2"}));
  EXPECT_TRUE(read(follower).empty());
}

TEST_F(JournalTest, FollowerStartsAnywhereAndStopsAtItsLimit) {
  LogWriter writer(files_, options());
  ASSERT_TRUE(write(writer, 5));
  ShardFollower follower(files_, writer.shard(), 2);
  EXPECT_EQ(read(follower, 2), (std::vector<std::string>{"2:r2", "3:r3"}));
  EXPECT_EQ(read(follower, 2), (std::vector<std::string>{"4:r4"}));
}

TEST_F(JournalTest, ARecordThatIsRefusedIsGivenAgain) {
  LogWriter writer(files_, options());
  ASSERT_TRUE(write(writer, 3));
  ShardFollower follower(files_, writer.shard(), 0);
  ASSERT_TRUE(follower.read(10, [](const LogRecord& record) { return record.n < 1; }));
  EXPECT_EQ(read(follower), (std::vector<std::string>{"1:r1", "2:r2"}));
}

TEST_F(JournalTest, RotatesBySizeAndAgeAndFreesWhatWasRead) {
  LogWriter writer(files_, options(100));
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(write(writer, 3));
  EXPECT_GT(writer.shard()->segments().size(), 2u);
  ASSERT_TRUE(write(writer, 1, 1000 + kMillisPerHour));
  ShardFollower follower(files_, writer.shard(), 0);
  EXPECT_EQ(read(follower).size(), 31u);
  follower.free_segments_before(follower.next_n(), [] { return false; });
  EXPECT_GT(writer.shard()->segments().size(), 2u);
  follower.free_segments_before(follower.next_n(), [] { return true; });
  EXPECT_EQ(writer.shard()->segments().size(), 1u);
  EXPECT_EQ(list_directory(folder_.path()).value().size(), 1u);
}

TEST_F(JournalTest, RecoveryAfterACleanEndCutsNothing) {
  {
    LogWriter writer(files_, options());
    ASSERT_TRUE(write(writer, 3));
  }
  const auto found = recover_log(files_, folder_.path(), LogKind::raw).value();
  ASSERT_EQ(found.segments.size(), 1u);
  EXPECT_EQ(found.segments[0].end, 3u);
  EXPECT_TRUE(found.cuts.empty());
}

// The file as a crash leaves it: no seal, reserved zeros behind the last record.
class CrashedJournal : public JournalTest {
 protected:
  CrashedJournal() {
    LogWriter writer(files_, options());
    EXPECT_TRUE(write(writer, 3));
    const auto state = writer.shard()->segments().front();
    committed_ = state.committed;
    whole_ = files_.read_all(state.path).value();
    name_ = state.path.filename();
  }

  RecoveredLog recover_with(const std::string& bytes) {
    TestFolder folder;
    std::ofstream(folder.path() / name_, std::ios::binary) << bytes;
    auto found = recover_log(files_, folder.path(), LogKind::raw);
    EXPECT_TRUE(found) << found.error().line();
    if (!found->segments.empty()) {
      EXPECT_EQ(std::filesystem::file_size(folder.path() / name_), found->segments[0].committed);
    }
    return *found;
  }

  std::uint64_t committed_ = 0;
  std::string whole_;
  std::filesystem::path name_;
};

TEST_F(CrashedJournal, ReservedZerosAreNotDamage) {
  const auto found = recover_with(whole_);
  EXPECT_EQ(found.segments.at(0).end, 3u);
  EXPECT_TRUE(found.cuts.empty());
}

TEST_F(CrashedJournal, CutAtEveryByteKeepsTheWholeRecordsBefore) {
  const std::uint64_t record = (committed_ - kSegmentHeaderSize) / 3;
  for (std::uint64_t size = kSegmentHeaderSize; size <= committed_; ++size) {
    const auto found = recover_with(whole_.substr(0, size));
    const std::uint64_t kept = (size - kSegmentHeaderSize) / record;
    EXPECT_EQ(found.segments.at(0).end, kept) << "cut at " << size;
    EXPECT_LE(found.cuts.size(), 1u);
  }
}

TEST_F(CrashedJournal, EveryFlippedBitIsSeen) {
  for (std::uint64_t at = 0; at < committed_; ++at) {
    std::string damaged = whole_;
    damaged[at] = static_cast<char>(damaged[at] ^ (1 << (at % 8)));
    TestFolder folder;
    std::ofstream(folder.path() / name_, std::ios::binary) << damaged;
    const auto found = recover_log(files_, folder.path(), LogKind::raw);
    const bool seen = !found || !found->unreadable.empty() || !found->losses.empty() ||
                      found->segments[0].end < 3;
    EXPECT_TRUE(seen) << "byte " << at;
  }
}

TEST_F(CrashedJournal, GarbageBehindTheLastRecordIsCutAndReported) {
  std::string torn = whole_;
  torn.replace(committed_, 6, "\x05garba");
  const auto found = recover_with(torn);
  EXPECT_EQ(found.segments.at(0).end, 3u);
  ASSERT_EQ(found.cuts.size(), 1u);
  EXPECT_EQ(found.cuts[0].kept_records, 3u);
  EXPECT_EQ(found.cuts[0].cut_bytes, 6u);
}

TEST_F(CrashedJournal, AFileWithoutItsHeaderIsRemovedWhenEmpty) {
  EXPECT_TRUE(recover_with("").segments.empty());
  EXPECT_TRUE(recover_with(std::string(100, '\0')).segments.empty());
}

TEST_F(CrashedJournal, ANewerFormatIsRefusedWithAHint) {
  std::string newer = whole_;
  newer[8] = 9;
  const std::uint64_t checksum = header_checksum(newer);
  newer.replace(kSegmentHeaderSize - sizeof checksum, sizeof checksum,
                reinterpret_cast<const char*>(&checksum), sizeof checksum);
  TestFolder folder;
  std::ofstream(folder.path() / name_, std::ios::binary) << newer;
  const auto found = recover_log(files_, folder.path(), LogKind::raw);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().code, ErrorCode::conflict);
  EXPECT_FALSE(found.error().hint.empty());
}

// A flipped bit in the version is no reason to refuse the start.
TEST_F(CrashedJournal, AVersionThatDoesNotCheckIsDamage) {
  std::string damaged = whole_;
  damaged[8] = static_cast<char>(damaged[8] ^ 2);
  TestFolder folder;
  std::ofstream(folder.path() / name_, std::ios::binary) << damaged;
  const auto found = recover_log(files_, folder.path(), LogKind::raw);
  ASSERT_TRUE(found) << found.error().line();
  EXPECT_EQ(found->unreadable.size(), 1u);
}

// The second of three records cannot be read, in a segment that a crash left open: the third is
// kept, and what is lost is reported and counted by whoever reads on.
TEST_F(CrashedJournal, RecordsBehindADamagedOneAreKept) {
  const std::uint64_t record = (committed_ - kSegmentHeaderSize) / 3;
  for (const std::uint64_t at : {std::uint64_t{0}, std::uint64_t{4}, std::uint64_t{9}}) {
    std::string damaged = whole_;
    damaged[kSegmentHeaderSize + record + at] ^= 1;
    TestFolder folder;
    std::ofstream(folder.path() / name_, std::ios::binary) << damaged;
    auto found = recover_log(files_, folder.path(), LogKind::raw).value();
    EXPECT_EQ(found.segments.at(0).end, 3u);
    EXPECT_TRUE(found.cuts.empty());
    ASSERT_EQ(found.losses.size(), 1u) << at;
    EXPECT_EQ(found.losses[0].first, 1u);
    EXPECT_EQ(found.losses[0].count, 1u);
    ShardFollower follower(files_, group_by_shard(std::move(found.segments)).at(0), 0);
    EXPECT_EQ(read(follower), (std::vector<std::string>{"0:r0", "2:r2"}));
    EXPECT_EQ(follower.lost(), 1u);
  }
}

TEST_F(JournalTest, AFailedBatchIsCutBackAndItsNumbersAreNotUsedAgain) {
  FaultyFiles faulty;
  LogWriter writer(faulty, options());
  ASSERT_TRUE(write(writer, 2));
  faulty.fail_writes(1);
  EXPECT_FALSE(write(writer, 2));
  ASSERT_TRUE(write(writer, 2));
  ShardFollower follower(files_, writer.shard(), 0);
  const std::vector<std::string> expected{"0:r0", "1:r1", "4:r4", "5:r5"};
  EXPECT_EQ(read(follower), expected);
  // After a restart the same records are there, and no others.
  ASSERT_TRUE(writer.close());
  auto found = recover_log(files_, folder_.path(), LogKind::raw).value();
  ShardFollower again(files_, group_by_shard(std::move(found.segments)).at(0), 0);
  EXPECT_EQ(read(again), expected);
}

// What a failed batch left behind would come back at the next start, beside its repetition: so
// nothing is written until it is off the disk.
TEST_F(JournalTest, NothingIsWrittenBehindAFailedBatchThatCannotBeCutBack) {
  FaultyFiles faulty;
  LogWriter writer(faulty, options());
  ASSERT_TRUE(write(writer, 2));
  faulty.fail_writes(1);
  faulty.fail_truncates(2);
  EXPECT_FALSE(write(writer, 2)) << "neither written nor cut back";
  EXPECT_FALSE(write(writer, 2)) << "still not cut back";
  ASSERT_TRUE(write(writer, 2));
  const std::vector<std::string> expected{"0:r0", "1:r1", "4:r4", "5:r5"};
  auto found = recover_log(files_, folder_.path(), LogKind::raw).value();
  EXPECT_TRUE(found.cuts.empty());
  ShardFollower follower(files_, group_by_shard(std::move(found.segments)).at(0), 0);
  EXPECT_EQ(read(follower), expected);
}

TEST_F(JournalTest, AFileThatAFailedAttemptLeftIsMadeAgain) {
  LogWriter writer(files_, options());
  const auto path = folder_.path() / segment_name({LogKind::raw, {1, 1, 0}, 0});
  std::ofstream(path, std::ios::binary) << "half a header";
  ASSERT_TRUE(write(writer, 2));
  ASSERT_TRUE(writer.close());
  const auto found = recover_log(files_, folder_.path(), LogKind::raw).value();
  ASSERT_EQ(found.segments.size(), 1u);
  EXPECT_EQ(found.segments[0].end, 2u);
}

// Of three batches the middle one never reached a file: its numbers are a gap between segments,
// which neither the reader nor a restart takes for a loss.
TEST_F(JournalTest, NumbersThatWereSkippedAreAGapAndNoLoss) {
  FaultyFiles faulty;
  LogWriter writer(faulty, options());
  ASSERT_TRUE(write(writer, 2));
  ASSERT_TRUE(writer.close());
  faulty.fail_creates(1);
  ASSERT_FALSE(writer.begin_batch(1000));
  writer.skip(3);
  ASSERT_TRUE(write(writer, 2));
  ASSERT_TRUE(writer.close());
  const std::vector<std::string> expected{"0:r0", "1:r1", "5:r5", "6:r6"};
  auto found = recover_log(files_, folder_.path(), LogKind::raw).value();
  ASSERT_EQ(found.segments.size(), 2u);
  EXPECT_EQ(found.segments[0].end, 2u);
  EXPECT_EQ(found.segments[1].id.first, 5u);
  EXPECT_EQ(found.segments[1].end, 7u);
  const auto shard = group_by_shard(std::move(found.segments)).at(0);
  for (const std::uint64_t from : {0u, 2u, 4u, 5u}) {
    ShardFollower follower(files_, shard, from);
    const auto all = read(follower);
    EXPECT_EQ(all, (std::vector(expected.begin() + (from == 0 ? 0 : 2), expected.end()))) << from;
    EXPECT_EQ(follower.lost(), 0u);
    EXPECT_EQ(follower.next_n(), 7u);
    EXPECT_TRUE(follower.finished());
  }
}

TEST_F(JournalTest, ASealThatCannotBeWrittenCostsNoRecord) {
  FaultyFiles faulty;
  LogWriter writer(faulty, options());
  ASSERT_TRUE(write(writer, 3));
  faulty.fail_writes(1);
  ASSERT_TRUE(write(writer, 3, 1000 + kMillisPerHour)) << "only the old segment's seal failed";
  EXPECT_EQ(writer.shard()->segments().size(), 2u);
  ShardFollower follower(files_, writer.shard(), 0);
  EXPECT_EQ(read(follower).size(), 6u);
  ASSERT_TRUE(writer.close());
  const auto found = recover_log(files_, folder_.path(), LogKind::raw).value();
  EXPECT_TRUE(found.cuts.empty());
  EXPECT_EQ(found.segments.back().end, 6u);
}

TEST_F(JournalTest, DamageInsideAClosedSegmentDoesNotStopWhatComesAfter) {
  LogWriter writer(files_, options(100));
  for (int i = 0; i < 6; ++i) ASSERT_TRUE(write(writer, 3));
  const auto first = writer.shard()->segments().front();
  std::fstream file(first.path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(kSegmentHeaderSize + kRecordHeaderSize));
  file << 'X';
  file.close();
  ShardFollower follower(files_, writer.shard(), 0);
  EXPECT_EQ(read(follower).size() + follower.lost(), 18u);
  EXPECT_EQ(follower.lost(), 1u) << "only the record that is damaged";
}

TEST(SegmentName, GoesBothWaysAndRefusesOthers) {
  const SegmentId id{LogKind::raw, {1, 7, 3}, 42};
  EXPECT_EQ(parse_segment_name(LogKind::raw, segment_name(id)), id);
  for (const char* name :
       {"", "x.log", "1-2-3.log", "1-2-3-4", "1-2-3-x.log", "99999999-1-1-1.log"})
    EXPECT_FALSE(parse_segment_name(LogKind::raw, name)) << name;
}

}  // namespace
}  // namespace tally
