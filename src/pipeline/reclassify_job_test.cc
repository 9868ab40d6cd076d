// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reclassify_job.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"

namespace tally {
namespace {

ReclassifyState full_state() {
  ReclassifyJob job;
  job.id = ReclassifyId{7};
  job.request = {WorkspaceId{2}, {1000, 2000}, LinkId{9}, true, true};
  job.state = JobState::applying;
  job.created_at = 3000;
  job.resumed = true;
  job.examined = 400;
  job.by = {{Traffic::human, "browser", Traffic::crawler, "generic_bot", 12},
            {Traffic::library, "curl", Traffic::human, "mine", 3}};
  job.days = {20'500, 20'501};
  ReclassifyJob failed;
  failed.id = ReclassifyId{8};
  failed.state = JobState::failed;
  failed.finished_at = 4000;
  failed.error = "no";
  return {{job, failed}, {{WorkspaceId{2}, 20'501}}};
}

TEST(ReclassifyState, GoesBothWays) {
  const auto back = decode_reclassify_state(encode_reclassify_state(full_state()));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->jobs.size(), 2u);
  const ReclassifyJob& job = back->jobs[0];
  EXPECT_EQ(job.id, ReclassifyId{7});
  EXPECT_EQ(job.request.workspace, WorkspaceId{2});
  EXPECT_EQ(job.request.range, (TimeRange{1000, 2000}));
  EXPECT_EQ(job.request.link, LinkId{9});
  EXPECT_TRUE(job.request.release_suspects && job.request.dry_run && job.resumed);
  EXPECT_EQ(job.state, JobState::applying);
  EXPECT_EQ(job.finished_at, std::nullopt);
  EXPECT_EQ(job.by, full_state().jobs[0].by);
  EXPECT_EQ(job.changed(), 15u);
  EXPECT_EQ(job.days, full_state().jobs[0].days);
  EXPECT_EQ(back->jobs[1].finished_at, 4000);
  EXPECT_EQ(back->jobs[1].error, "no");
  EXPECT_EQ(back->jobs[1].request.link, std::nullopt);
  EXPECT_EQ(back->open_days, full_state().open_days);
}

TEST(ReclassifyState, DamageIsNeverTakenForAJob) {
  const std::string bytes = encode_reclassify_state(full_state());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    for (const std::string& one : {damaged, bytes.substr(0, at)}) {
      const auto read = decode_reclassify_state(one);
      ASSERT_FALSE(read) << at;
      EXPECT_EQ(read.error().code, ErrorCode::corrupt) << at;
    }
  }
}

TEST(ReclassifyState, AMissingFileIsAFreshStartAndADamagedOneIsNot) {
  TestFolder folder;
  PosixFiles files;
  EXPECT_TRUE(load_reclassify_state(files, folder.path() / "reclassify")->jobs.empty());
  ASSERT_TRUE(files.replace(folder.path() / "reclassify", "nonsense"));
  EXPECT_EQ(load_reclassify_state(files, folder.path() / "reclassify").error().code,
            ErrorCode::corrupt);
}

}  // namespace
}  // namespace tally
