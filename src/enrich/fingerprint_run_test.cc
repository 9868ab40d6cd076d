// SPDX-License-Identifier: Apache-2.0
#include "enrich/fingerprint_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "base/files_fake.h"
#include "base/test_folder.h"

namespace tally {
namespace {

class FingerprintRunTest : public ::testing::Test {
 protected:
  // start, start + step … : `count` of them.
  static std::vector<std::uint64_t> numbers(std::uint64_t start, std::uint64_t step,
                                            std::size_t count) {
    std::vector<std::uint64_t> out;
    for (std::size_t i = 0; i < count; ++i) out.push_back(start + i * step);
    return out;
  }
  Result<FingerprintRun> write(std::uint64_t number, const std::vector<std::uint64_t>& fresh,
                               std::span<const FingerprintRun> older = {}) {
    return FingerprintRun::write(files_, folder_.path(), {1, number, 0}, fresh, older, unreadable_);
  }
  Result<FingerprintRun> open(const RunInfo& info, std::vector<std::uint64_t>& entries) {
    return FingerprintRun::open(files_, folder_.path(), info,
                                [&](std::uint64_t one) { entries.push_back(one); });
  }

  TestFolder folder_;
  FaultyFiles files_;
  std::optional<Error> unreadable_;  // what write() said
};

TEST_F(FingerprintRunTest, HoldsWhatWasWrittenAtEverySizeAroundABlock) {
  for (const std::size_t count : {1u, 2u, 510u, 511u, 512u, 1022u, 1023u, 3000u}) {
    const auto wanted = numbers(2, 2, count);
    const auto run = write(count, wanted);
    ASSERT_TRUE(run) << run.error().line();
    EXPECT_EQ(run->info().entries, count);
    std::vector<std::uint64_t> found;
    const auto again = open(run->info(), found);
    ASSERT_TRUE(again) << again.error().line();
    EXPECT_EQ(found, wanted);
    for (std::uint64_t value = 1; value <= 2 * count + 1; ++value) {
      EXPECT_EQ(*run->contains(value), value % 2 == 0 && value <= 2 * count);
      EXPECT_EQ(*again->contains(value), *run->contains(value));
    }
    EXPECT_FALSE(*run->contains(UINT64_MAX));
  }
}

TEST_F(FingerprintRunTest, IsFoundByNameAndSize) {
  for (const std::size_t count : {0u, 1u, 510u, 511u, 512u, 1022u, 1023u}) {
    ASSERT_TRUE(write(count, numbers(1, 1, count)));
    const auto found =
        FingerprintRun::find(files_, folder_.path(), "run-1-" + std::to_string(count));
    ASSERT_TRUE(found && *found);
    EXPECT_EQ(**found, (RunInfo{1, count, count}));
  }
  for (const char* name : {"list", "run-", "run-1", "run-1-", "run--1", "run-1-2x", "run-1-02",
                           "run-1_2", "run-x-1", "run-1--2", "run-1-99999999999999999999999"}) {
    const auto found = FingerprintRun::find(files_, folder_.path(), name);
    EXPECT_TRUE(found && !*found) << name;
  }
  EXPECT_FALSE(FingerprintRun::find(files_, folder_.path(), "run-1-7")) << "not there";
  std::ofstream(folder_.path() / "run-1-7") << "odd";
  std::vector<std::uint64_t> entries;
  const auto odd = FingerprintRun::find(files_, folder_.path(), "run-1-7").value();
  EXPECT_FALSE(open(*odd, entries));
}

TEST_F(FingerprintRunTest, MergesInOrderAndKeepsEachOnce) {
  std::vector<FingerprintRun> older;
  older.push_back(*write(1, numbers(1, 3, 2000)));
  older.push_back(*write(2, numbers(2, 3, 700)));
  const auto merged = write(3, numbers(1, 2, 1500), older);
  ASSERT_TRUE(merged);
  std::vector<std::uint64_t> wanted = numbers(1, 3, 2000), found;
  for (const auto& part : {numbers(2, 3, 700), numbers(1, 2, 1500)})
    wanted.insert(wanted.end(), part.begin(), part.end());
  std::ranges::sort(wanted);
  wanted.erase(std::ranges::unique(wanted).begin(), wanted.end());
  ASSERT_TRUE(open(merged->info(), found));
  EXPECT_EQ(found, wanted);
}

TEST_F(FingerprintRunTest, NothingIsLeftOfARunThatCouldNotBeWritten) {
  files_.fail_writes(1);
  EXPECT_FALSE(write(1, numbers(1, 1, 9)));
  files_.fail_creates(1);
  EXPECT_FALSE(write(1, numbers(1, 1, 9)));
  EXPECT_FALSE(unreadable_);
  EXPECT_TRUE(list_directory(folder_.path())->empty());
}

TEST_F(FingerprintRunTest, AMergeSaysWhetherItWasAnOlderRunThatFailed) {
  std::vector<FingerprintRun> older;
  older.push_back(*write(1, numbers(1, 3, 2000)));
  files_.fail_writes(1);
  EXPECT_FALSE(write(2, numbers(1, 1, 9), older));
  EXPECT_FALSE(unreadable_);
  const auto path = FingerprintRun::path_of(folder_.path(), older.front().info());
  ASSERT_TRUE(files_.overwrite(path, 5000, "?", false));
  EXPECT_FALSE(write(2, numbers(1, 1, 9), older));
  EXPECT_TRUE(unreadable_ && unreadable_->code == ErrorCode::corrupt);
  EXPECT_EQ(list_directory(folder_.path())->size(), 1u);
}

TEST_F(FingerprintRunTest, DamageAndAnotherRunsBytesAreFound) {
  const auto info = write(1, numbers(5, 7, 600))->info();
  const auto path = FingerprintRun::path_of(folder_.path(), info);
  const std::string whole = files_.read_all(path).value();
  const auto refused = [&](const RunInfo& as, const std::string& bytes) {
    std::ofstream(FingerprintRun::path_of(folder_.path(), as), std::ios::binary) << bytes;
    std::vector<std::uint64_t> entries;
    const auto run = open(as, entries);
    return !run && run.error().code == ErrorCode::corrupt;
  };
  for (std::size_t at = 0; at < whole.size(); ++at) {
    std::string damaged = whole;
    damaged[at] = static_cast<char>(damaged[at] ^ 0x40);
    EXPECT_TRUE(refused(info, damaged)) << at;
  }
  for (const std::size_t size : {0u, 8u, 4096u, 4808u})
    EXPECT_TRUE(refused(info, whole.substr(0, size)));
  EXPECT_TRUE(refused(info, whole + std::string(8, '\0')));
  EXPECT_TRUE(refused({2, 1, 600}, whole)) << "another day's";
  EXPECT_TRUE(refused({1, 2, 600}, whole)) << "another run's";
  EXPECT_TRUE(refused({1, 1, UINT64_MAX / 8}, whole));
  EXPECT_FALSE(refused(info, whole));
}

}  // namespace
}  // namespace tally
