// SPDX-License-Identifier: Apache-2.0
#include "journal/group_commit.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <map>
#include <semaphore>

#include "base/files_fake.h"
#include "base/test_folder.h"
#include "journal/follower.h"

namespace tally {
namespace {

class GroupCommitTest : public ::testing::TestWithParam<Durability> {
 protected:
  std::unique_ptr<GroupCommit> make(Files& files) {
    LogWriterOptions log;
    log.directory = folder_.path();
    log.shard = {1, 1, 0};
    log.space = space_;
    return std::make_unique<GroupCommit>(
        LogWriter(files, log), clock_, JournalShared{bell_, *unrecorded_},
        GroupCommitOptions{GetParam(), std::chrono::milliseconds(20)},
        [this] { woken_.release(); });
  }

  static void add(GroupCommit& commit, std::string_view payload) {
    commit.add(1000, [&](std::string& out) { out.append(payload); });
  }

  // Until `count` records are committed: the committing thread wakes us.
  void await(GroupCommit& commit, std::uint64_t count) {
    while (commit.committed() < count) {
      ASSERT_TRUE(woken_.try_acquire_for(std::chrono::seconds(10)));
      commit.flush();
    }
  }

  TestFolder folder_;
  SystemClock clock_;
  Bell bell_;
  LogSpace* space_ = nullptr;
  PosixFiles real_;
  std::unique_ptr<Unrecorded> unrecorded_ =
      Unrecorded::open(real_, folder_.path() / "unrecorded", [](const std::string&) {}).value();
  std::counting_semaphore<> woken_{0};
};

TEST_P(GroupCommitTest, CommitsInOrderWhatIsAddedWhileTheDiskIsBusy) {
  FaultyFiles files;
  const auto commit = make(files);
  for (int i = 0; i < 100; ++i) {
    add(*commit, "hit " + std::to_string(i));
    commit->flush();
  }
  await(*commit, 100);
  EXPECT_EQ(commit->oldest_uncommitted(), 0);
  ShardFollower follower(files, commit->shard(), 0);
  std::uint64_t next = 0;
  ASSERT_TRUE(follower.read(1000, [&](const LogRecord& record) {
    EXPECT_EQ(record.n, next);
    EXPECT_EQ(record.payload, "hit " + std::to_string(next));
    ++next;
    return true;
  }));
  EXPECT_EQ(next, 100u);
}

TEST_P(GroupCommitTest, NothingIsCommittedBeforeItIsFlushed) {
  FaultyFiles files;
  const auto commit = make(files);
  add(*commit, "hit");
  EXPECT_EQ(commit->committed(), 0u);
  EXPECT_EQ(commit->oldest_uncommitted(), 1000);
  commit->flush();
  await(*commit, 1);
}

TEST_P(GroupCommitTest, AFullDiskCountsUnrecordedAndRecovers) {
  FaultyFiles files;
  const auto commit = make(files);
  add(*commit, "one");
  commit->flush();
  await(*commit, 1);
  files.fail_writes(1);
  add(*commit, "two");
  commit->flush();
  await(*commit, 2);
  EXPECT_EQ(unrecorded_->total(), 1u);
  EXPECT_TRUE(commit->degraded());
  add(*commit, "three");
  commit->flush();
  await(*commit, 3);
  EXPECT_FALSE(commit->degraded());
  EXPECT_EQ(unrecorded_->total(), 1u);
}

// Whatever fails on the way, a ticket is the number under which its hit is read, or names nothing.
TEST_P(GroupCommitTest, ATicketIsTheRecordsNumberAcrossFailures) {
  FaultyFiles files;
  const auto commit = make(files);
  std::map<std::uint64_t, std::string> given;
  for (int round = 0; round < 40; ++round) {
    if (round % 5 == 1) files.fail_writes(1);
    if (round % 7 == 3) {
      files.fail_writes(1);
      files.fail_creates(2);
    }
    for (int i = 0; i < 3; ++i) {
      const std::string payload = fmt::format("hit {}.{}", round, i);
      given[commit->add(1000, [&](std::string& out) { out.append(payload); })] = payload;
    }
    commit->flush();
    await(*commit, given.size());
  }
  EXPECT_EQ(given.size(), 120u);
  EXPECT_EQ(given.rbegin()->first, 119u);
  commit->close();
  std::map<std::uint64_t, std::string> read;
  ShardFollower follower(files, commit->shard(), 0);
  ASSERT_TRUE(follower.read(1000, [&](const LogRecord& record) {
    read[record.n] = record.payload;
    return true;
  }));
  EXPECT_EQ(read.size() + unrecorded_->total(), given.size());
  EXPECT_GT(unrecorded_->total(), 0u);
  EXPECT_EQ(follower.lost(), 0u) << "a gap between segments is no damage";
  for (const auto& [n, payload] : read) EXPECT_EQ(payload, given.at(n));
}

// Nobody clicks any more, and yet the journal notices that the disk has room again.
TEST_P(GroupCommitTest, ADegradedJournalTriesByItself) {
  FaultyFiles files;
  const auto commit = make(files);
  files.fail_creates(2);
  add(*commit, "lost");
  commit->flush();
  await(*commit, 1);
  EXPECT_TRUE(commit->degraded());
  EXPECT_TRUE(commit->trouble().contains("disk is full")) << commit->trouble();
  const auto give_up = clock_.steady() + std::chrono::seconds(10);
  while (commit->degraded() && clock_.steady() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  EXPECT_FALSE(commit->degraded());
  EXPECT_EQ(commit->trouble(), "");
  EXPECT_EQ(commit->failures(), 2u);
}

// While nothing can be written each batch is counted with its time, and the disk is left in peace.
TEST_P(GroupCommitTest, AJournalThatStaysDegradedCountsEveryHit) {
  FaultyFiles files;
  const auto commit = make(files);
  files.fail_creates(1'000'000);
  for (std::uint64_t i = 1; i <= 2000; ++i) {
    add(*commit, "lost");
    commit->flush();
    await(*commit, i);
  }
  EXPECT_EQ(unrecorded_->total(), 2000u);
  EXPECT_EQ(unrecorded_->ranges(), (std::vector<UnrecordedRange>{{1000, 1001, 2000}}));
  EXPECT_LT(commit->failures(), 200u);
  files.fail_creates(0);
  commit->close();
  const auto again =
      Unrecorded::open(real_, folder_.path() / "unrecorded", [](const std::string&) {}).value();
  EXPECT_EQ(again->total(), 2000u);
}

TEST_P(GroupCommitTest, AJournalWithoutRoomIsDegradedUntilSomeIsGivenBack) {
  FaultyFiles files;
  LogSpace space(64 << 20, 32 << 20);
  space.add(48 << 20);
  space_ = &space;
  const auto commit = make(files);
  add(*commit, "lost");
  commit->flush();
  await(*commit, 1);
  EXPECT_TRUE(commit->trouble().contains("journal.max_bytes")) << commit->trouble();
  space.give_back(48 << 20);
  add(*commit, "recorded");
  commit->flush();
  await(*commit, 2);
  EXPECT_FALSE(commit->degraded());
  EXPECT_EQ(unrecorded_->total(), 1u);
}

TEST_P(GroupCommitTest, IntervalSaysHowOldTheOldestUnsyncedHitIs) {
  FaultyFiles files;
  const auto commit = make(files);
  add(*commit, "hit");
  commit->flush();
  await(*commit, 1);
  if (GetParam() != Durability::interval) {
    EXPECT_EQ(commit->oldest_unsynced(), 0);
    return;
  }
  const auto give_up = clock_.steady() + std::chrono::seconds(10);
  while (commit->oldest_unsynced() != 0 && clock_.steady() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_EQ(commit->oldest_unsynced(), 0);
  const auto segments = [&] { return commit->shard()->segments().size(); };
  EXPECT_EQ(segments(), 1u);
  add(*commit, "hit");
  commit->flush();
  EXPECT_EQ(commit->oldest_unsynced(), 1000);
  // The sync fails: the file is not trusted again.
  files.fail_writes(1);
  while (commit->failures() == 0 && clock_.steady() < give_up)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  EXPECT_TRUE(commit->shard()->segments().back().closed);
  add(*commit, "hit");
  commit->flush();
  EXPECT_EQ(segments(), 2u);
  EXPECT_EQ(unrecorded_->total(), 0u);
}

TEST_P(GroupCommitTest, EndingWritesWhatIsPending) {
  FaultyFiles files;
  auto commit = make(files);
  const auto shard = commit->shard();
  add(*commit, "last words");
  commit.reset();
  ShardFollower follower(files, shard, 0);
  EXPECT_EQ(follower.read(10, [](const LogRecord&) { return true; }).value(), 1u);
}

INSTANTIATE_TEST_SUITE_P(Modes, GroupCommitTest,
                         ::testing::Values(Durability::sync, Durability::interval, Durability::os));

}  // namespace
}  // namespace tally
