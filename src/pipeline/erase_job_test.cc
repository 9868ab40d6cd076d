// SPDX-License-Identifier: Apache-2.0
#include "pipeline/erase_job.h"

#include <gtest/gtest.h>

#include "base/state_file.h"

namespace tally {
namespace {

EraseJob of_link() {
  EraseJob job;
  job.id = EraseId{3};
  job.what = {WorkspaceId{2}, {5, 1'800'000'000'000}, LinkId{~std::uint64_t{0}}, {}};
  job.state = EraseState::rows;
  job.created_at = 1'800'000'000'000;
  job.resumed = true;
  job.clicks = ~std::uint64_t{0};
  job.views = 1;
  job.conversions = 300;
  job.days = {-1, 20'500};
  return job;
}

EraseJob of_visitor() {
  EraseJob job;
  job.id = EraseId{4};
  job.what = {WorkspaceId{2}, {0, 1'800'000'000'000}, std::nullopt, {~std::uint64_t{0}, 7}};
  job.of_visitor = true;
  return job;
}

EraseJob over() {
  EraseJob job = of_visitor();
  job.what.visitors.clear();
  job.state = EraseState::failed;
  job.finished_at = 1'800'000'000'001;
  job.error = "a \xc3\xbcml\xc3\xa4ut";
  return job;
}

TEST(EraseJob, EveryFieldComesBack) {
  const std::vector<EraseJob> jobs = {over(), of_link(), of_visitor()};
  const auto read = decode_erase_jobs(encode_erase_jobs(jobs));
  ASSERT_TRUE(read) << read.error().line();
  EXPECT_EQ(*read, jobs);
  EXPECT_TRUE(decode_erase_jobs(encode_erase_jobs({}))->empty());
}

TEST(EraseJob, DamageIsNeverRead) {
  const std::string bytes = encode_erase_jobs({of_link(), of_visitor()});
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 4);
    EXPECT_FALSE(decode_erase_jobs(damaged)) << i;
    EXPECT_FALSE(decode_erase_jobs(bytes.substr(0, i))) << i;
  }
  EXPECT_EQ(decode_erase_jobs(seal_state({"TALLYERS", 2, {}}, "news")).error().code,
            ErrorCode::conflict);
}

TEST(EraseJob, AnOpenJobOfEverythingIsNone) {
  EraseJob job = of_visitor();
  job.what.visitors.clear();
  EXPECT_EQ(decode_erase_jobs(encode_erase_jobs({job})).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace tally
