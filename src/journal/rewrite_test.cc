// SPDX-License-Identifier: Apache-2.0
#include "journal/rewrite.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "journal/reader.h"
#include "journal/recovery.h"

namespace tally {
namespace {

class RewriteTest : public testing::Test {
 protected:
  RewriteTest() {
    LogWriterOptions options;
    options.directory = folder_.path();
    options.kind = LogKind::enriched;
    options.shard = {1, 7, 0};
    options.space = &space_;
    LogWriter writer(files_, options);
    shard_ = writer.shard();
    for (const char* text : {"keep", "erase me", "", "and me, erase", "last"}) {
      const auto seed = writer.begin_batch(1'800'000'000'000).value();
      std::string record(kRecordHeaderSize, '\0');
      record += text;
      if (record.size() == kRecordHeaderSize) record += "x";
      finish_record(record, seed, writer.next_n());
      EXPECT_TRUE(writer.commit(record, 1, false));
    }
    EXPECT_TRUE(writer.close());
  }
  static Result<std::optional<std::string>> without_erase(std::string_view payload) {
    if (!payload.contains("erase")) return std::nullopt;
    return std::string("gone");
  }
  std::vector<std::string> records(const SegmentState& segment) {
    auto reader = SegmentReader::open(files_, segment.path, segment.id.kind).value();
    std::vector<std::string> out;
    LogRecord record;
    while (reader.next(segment.committed, record).value()) out.emplace_back(record.payload);
    EXPECT_EQ(reader.stop(), SegmentReader::Stop::sealed);
    return out;
  }

  TestFolder folder_;
  PosixFiles files_;
  LogSpace space_{1 << 30, 0};
  std::shared_ptr<Shard> shard_;
};

const std::vector<std::string> kRewritten = {"keep", "gone", "x", "gone", "last"};

TEST_F(RewriteTest, RecordsKeepTheirNumbersAndTheRestIsGone) {
  const SegmentState before = shard_->segments().front();
  const auto rewritten = rewrite_segment(files_, before, without_erase);
  ASSERT_TRUE(rewritten && *rewritten);
  const SegmentState& now = **rewritten;
  EXPECT_EQ(now.id, before.id);
  EXPECT_EQ(now.end, before.end);
  EXPECT_LT(now.committed, before.committed);
  EXPECT_EQ(records(now), kRewritten);
  EXPECT_FALSE(files_.read_all(now.path)->contains("erase"));
  shard_->replace(now);
  EXPECT_EQ(shard_->segments().front().committed, now.committed);
  EXPECT_EQ(space_.used(), now.on_disk);
  // The next start finds the same.
  const auto found = recover_log(files_, folder_.path(), LogKind::enriched).value();
  ASSERT_EQ(found.segments.size(), 1u);
  EXPECT_TRUE(found.cuts.empty() && found.losses.empty());
  EXPECT_EQ(records(found.segments[0]), kRewritten);
}

TEST_F(RewriteTest, ASegmentWithoutAnyOfItIsNotTouched) {
  const SegmentState segment = shard_->segments().front();
  const std::string bytes = files_.read_all(segment.path).value();
  const auto nothing = [](std::string_view) -> Result<std::optional<std::string>> {
    return std::nullopt;
  };
  EXPECT_EQ(rewrite_segment(files_, segment, nothing)->has_value(), false);
  EXPECT_EQ(files_.read_all(segment.path).value(), bytes);
}

TEST_F(RewriteTest, NobodyKnowsWhatIsInDamage) {
  const SegmentState segment = shard_->segments().front();
  const std::string bytes = files_.read_all(segment.path).value();
  ASSERT_TRUE(files_.overwrite(segment.path, bytes.find("erase me"), "E", false));
  EXPECT_EQ(rewrite_segment(files_, segment, without_erase).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace tally
