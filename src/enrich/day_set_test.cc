// SPDX-License-Identifier: Apache-2.0
#include "enrich/day_set.h"

#include <gtest/gtest.h>

#include <unordered_set>

#include "base/files_fake.h"
#include "base/random.h"
#include "base/test_folder.h"

namespace tally {
namespace {

constexpr std::int64_t kDay = 20'000;

class DaySetTest : public ::testing::Test {
 protected:
  void save(DaySet& set, std::uint64_t largest_run) {
    set.commit();
    trouble_.reset();
    auto change = set.write(files_, folder_.path(), ++number_, largest_run, trouble_);
    ASSERT_TRUE(change) << change.error().line();
    if (*change) set.adopt(std::move(**change));
  }
  static bool insert(DaySet& set, std::uint64_t fingerprint) {
    std::optional<Error> trouble;
    const bool fresh = set.insert(fingerprint, trouble);
    EXPECT_FALSE(trouble) << trouble->line();
    return fresh;
  }

  TestFolder folder_;
  FaultyFiles files_;
  std::uint64_t number_ = 0;
  std::optional<Error> trouble_;  // what the last save met
};

TEST_F(DaySetTest, AgreesWithAPlainSetWhateverTheBudget) {
  struct Row {
    std::size_t table, saved_every;
    std::uint64_t largest_run, values;
  };
  for (const Row& row : {Row{16, 4, 1 << 20, 900}, Row{64, 30, 200, 4000},
                         Row{1024, 100, 1 << 20, 9000}, Row{1 << 20, 1000, 1 << 20, 9000}}) {
    DaySet set(kDay, row.table);
    std::unordered_set<std::uint64_t> plain;
    SeededRandom random(row.table);
    for (int i = 0; i < 12'000; ++i) {
      // Small numbers and large ones: the ends of the runs too.
      std::uint64_t value = 1 + random.below(row.values);
      if (value % 2 == 0) value *= 0x9e3779b97f4a7c15ULL;
      ASSERT_EQ(insert(set, value), plain.insert(value).second) << value;
      if (set.unsaved() >= row.saved_every) save(set, row.largest_run);
      if (i % 1000 == 0) set.rest();
    }
  }
}

TEST_F(DaySetTest, HasFewRunsAndEachAtLeastDoublesTheNext) {
  DaySet set(kDay, 1024);
  SeededRandom random(3);
  for (int i = 0; i < 30'000; ++i) {
    insert(set, 1 + random.below(UINT64_MAX - 1));
    if (set.unsaved() >= 100) save(set, UINT64_MAX);
  }
  EXPECT_LE(set.runs().size(), 11u);
  for (std::size_t i = 1; i < set.runs().size(); ++i)
    EXPECT_GE(set.runs()[i - 1].info().entries, 2 * set.runs()[i].info().entries);
}

TEST_F(DaySetTest, NoRunIsLargerThanAllowed) {
  DaySet set(kDay, 1024);
  SeededRandom random(3);
  for (int i = 0; i < 20'000; ++i) {
    insert(set, 1 + random.below(UINT64_MAX - 1));
    if (set.unsaved() >= 100) save(set, 2000);
  }
  for (const FingerprintRun& run : set.runs()) EXPECT_LE(run.info().entries, 2000u);
}

TEST_F(DaySetTest, ARunThatCannotBeReadIsSaidAndWhatItKnewCountsAsNewOnce) {
  DaySet set(kDay, 16);
  for (std::uint64_t value = 1; value <= 4; ++value) insert(set, value);
  save(set, 1 << 20);
  const auto path = FingerprintRun::path_of(folder_.path(), set.runs().front().info());
  ASSERT_TRUE(files_.overwrite(path, 9, "?", false));
  for (std::uint64_t value = 5; value <= 12; ++value) {
    std::optional<Error> trouble;
    EXPECT_TRUE(set.insert(value, trouble));
  }
  std::optional<Error> trouble;
  EXPECT_TRUE(set.insert(1, trouble));
  EXPECT_TRUE(trouble);
  EXPECT_FALSE(set.insert(1, trouble));
}

// A run costs a read for each fingerprint that it may hold; who is new costs none.
TEST_F(DaySetTest, WhoIsNewIsSeldomLookedUpInRuns) {
  DaySet set(kDay, 512);  // a filter is good for 6,554
  SeededRandom random(5);
  const auto fresh = [&] { return 1 + random.below(UINT64_MAX - 1); };
  for (int i = 0; i < 20'000; ++i) {
    insert(set, fresh());
    if (set.unsaved() >= 200) save(set, 512);
  }
  const auto path = FingerprintRun::path_of(folder_.path(), set.runs().front().info());
  ASSERT_TRUE(files_.overwrite(path, 9, "?", false));
  int looked_up = 0;
  for (int i = 0; i < 200; ++i) {
    std::optional<Error> trouble;
    EXPECT_TRUE(set.insert(fresh(), trouble));
    looked_up += trouble ? 1 : 0;
  }
  EXPECT_LT(looked_up, 40);
}

TEST_F(DaySetTest, ARunThatCannotBeReadStaysAndNewOnesAreMergedAmongThemselves) {
  DaySet set(kDay, 1 << 10);
  std::uint64_t value = 0;
  const auto add = [&](int count) {
    while (count-- > 0) insert(set, ++value);
  };
  add(4);
  save(set, 1 << 20);
  EXPECT_FALSE(trouble_);
  const RunInfo damaged = set.runs().front().info();
  ASSERT_TRUE(files_.overwrite(FingerprintRun::path_of(folder_.path(), damaged), 9, "?", false));

  add(3);
  set.commit();
  files_.fail_creates(1);
  EXPECT_FALSE(set.write(files_, folder_.path(), ++number_, 1 << 20, trouble_));
  EXPECT_FALSE(trouble_) << "to write is what failed";
  EXPECT_EQ(set.unsaved(), 3u);

  struct Row {
    int added;
    bool trouble;
    std::vector<std::uint64_t> runs;  // how many each holds, after the damaged one
  };
  for (const Row& row : {Row{0, true, {3}}, Row{2, false, {5}}, Row{1, false, {5, 1}}}) {
    add(row.added);
    save(set, 1 << 20);
    EXPECT_EQ(trouble_.has_value(), row.trouble);
    EXPECT_EQ(set.unsaved(), 0u);
    ASSERT_EQ(set.runs().size(), 1 + row.runs.size());
    EXPECT_EQ(set.runs().front().info(), damaged);
    for (std::size_t i = 0; i < row.runs.size(); ++i)
      EXPECT_EQ(set.runs()[i + 1].info().entries, row.runs[i]);
  }
}

}  // namespace
}  // namespace tally
