// SPDX-License-Identifier: Apache-2.0
#include "journal/group_commit.h"

#include <gtest/gtest.h>

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
    return std::make_unique<GroupCommit>(
        LogWriter(files, log), clock_, GroupCommitOptions{GetParam(), {}},
        [this] { woken_.release(); }, bell_);
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
  EXPECT_EQ(commit->unrecorded(), 1u);
  EXPECT_TRUE(commit->degraded());
  add(*commit, "three");
  commit->flush();
  await(*commit, 3);
  EXPECT_FALSE(commit->degraded());
  EXPECT_EQ(commit->unrecorded(), 1u);
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
