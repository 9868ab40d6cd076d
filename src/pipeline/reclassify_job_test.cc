// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reclassify_job.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/state_file.h"
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
  job.kept_links = {LinkId{4}, LinkId{300}};
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
  EXPECT_EQ(job.kept_links, full_state().jobs[0].kept_links);
  EXPECT_EQ(back->jobs[1].finished_at, 4000);
  EXPECT_EQ(back->jobs[1].error, "no");
  EXPECT_EQ(back->jobs[1].request.link, std::nullopt);
  EXPECT_EQ(back->open_days, full_state().open_days);
}

// As the release before jobs wrote down which links they keep.
TEST(ReclassifyState, TheFirstVersionIsStillRead) {
  std::string body;
  put_varint(body, 1);  // jobs
  put_varint(body, 7);
  for (const std::uint64_t number : {2, 1000, 2000, 0}) put_fixed(body, number);
  put_fixed(body, std::uint8_t{1});
  put_fixed(body, std::uint8_t{2});
  for (const UnixMillis time : {3000, 0}) put_fixed(body, time);
  put_varint(body, 400);
  put_varint(body, 0);  // changes
  put_varint(body, 1);  // days
  put_fixed(body, std::int64_t{20'500});
  put_text(body, "");
  put_varint(body, 1);  // open days
  put_fixed(body, std::uint64_t{2});
  put_fixed(body, std::int64_t{20'501});
  const auto read = decode_reclassify_state(seal_state({"TALLYRCL", 1, {}}, body));
  ASSERT_TRUE(read);
  ASSERT_EQ(read->jobs.size(), 1u);
  EXPECT_EQ(read->jobs[0].state, JobState::applying);
  EXPECT_EQ(read->jobs[0].days, (std::vector<std::int64_t>{20'500}));
  EXPECT_TRUE(read->jobs[0].kept_links.empty());
  EXPECT_EQ(read->open_days, full_state().open_days);
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
