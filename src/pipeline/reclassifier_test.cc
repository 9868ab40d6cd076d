// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reclassifier.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/test_folder.h"
#include "http/client.h"
#include "journal/format.h"

namespace tally {
namespace {

class ReclassifierTest : public testing::Test {
 protected:
  Result<void> start() {
    reclassifier_ = std::make_unique<Reclassifier>(
        Reclassifier::Deps{files_, clock_, store_, [this] { return clock_.now_ms(); }, {}, {}},
        path_);
    return reclassifier_->start([this](const std::string& line) { reports_.push_back(line); });
  }

  TestFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "reclassify";
  const std::filesystem::path aside_ = folder_.path() / "reclassify.damaged";
  PosixFiles files_;
  ManualClock clock_{20'600 * kMillisPerDay};
  HttpClient http_;
  ClickStore store_{http_, {}};
  std::vector<std::string> reports_;
  std::unique_ptr<Reclassifier> reclassifier_;
};

TEST_F(ReclassifierTest, ADamagedFileIsSetAsideAndReported) {
  ReclassifyJob done;
  done.id = ReclassifyId{7};
  done.state = JobState::done;
  std::string bytes = encode_reclassify_state({{done}, {}});
  ASSERT_TRUE(files_.replace(path_, bytes));
  ASSERT_TRUE(start());
  EXPECT_TRUE(reclassifier_->find({}, ReclassifyId{7}));
  EXPECT_TRUE(reports_.empty());
  bytes.back() ^= 1;
  ASSERT_TRUE(files_.replace(path_, bytes));
  ASSERT_TRUE(start());
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_TRUE(reports_[0].contains("reclassify.damaged")) << reports_[0];
  EXPECT_FALSE(reclassifier_->find({}, ReclassifyId{7}));
  EXPECT_EQ(files_.read_all(aside_).value(), bytes);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ReclassifierTest, ANewerVersionsFileIsRefusedAndStays) {
  std::string bytes("TALLYRCL");
  put_fixed(bytes, std::uint16_t{2});
  put_fixed(bytes, record_checksum(2, 0, "news"));
  ASSERT_TRUE(files_.replace(path_, bytes + "news"));
  const auto started = start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::conflict);
  EXPECT_EQ(files_.read_all(path_).value(), bytes + "news");
}

}  // namespace
}  // namespace tally
