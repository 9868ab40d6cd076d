// SPDX-License-Identifier: Apache-2.0
#include "enrich/salt.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tally {
namespace {

constexpr std::int64_t kDay = 20'000;
constexpr UnixMillis kMidnight = kDay * kMillisPerDay;

Salt salt(SaltKeeper& keeper, UnixMillis received) {
  auto result = keeper.for_time(received);
  EXPECT_TRUE(result);
  return result ? *result : Salt{};
}

class Salts : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::filesystem::path(testing::TempDir()) /
                 ("salts-" + std::to_string(::getpid()) + "-" +
                  testing::UnitTest::GetInstance()->current_test_info()->name());
    std::filesystem::remove_all(directory_);
    ASSERT_TRUE(make_directory(directory_));
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::unique_ptr<SaltKeeper> keeper() {
    return std::make_unique<SaltKeeper>(files_, clock_, random_, directory_);
  }
  std::vector<std::string> names() { return *list_directory(directory_); }

  std::filesystem::path directory_;
  PosixFiles files_;
  ManualClock clock_{kMidnight + 10 * kMillisPerHour};
  SystemRandom random_;
};

TEST_F(Salts, AreOneForEachDayAndSurviveARestart) {
  auto first = keeper();
  const auto today = first->for_time(clock_.now_ms());
  ASSERT_TRUE(today);
  EXPECT_EQ(salt(*first, kMidnight), *today);
  EXPECT_EQ(salt(*first, kMidnight + kMillisPerDay - 1), *today);
  EXPECT_NE(*first->for_time(kMidnight - 1), *today);
  EXPECT_EQ(salt(*keeper(), kMidnight + 5), *today);
  EXPECT_EQ(names(), (std::vector<std::string>{"salt-19999", "salt-20000"}));
}

TEST_F(Salts, AreWrittenForTheirOwnerOnlyBeforeUse) {
  ASSERT_TRUE(keeper()->for_time(clock_.now_ms()));
  struct stat status{};
  ASSERT_EQ(::stat((directory_ / "salt-20000").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  EXPECT_EQ(status.st_size, 16);
}

TEST_F(Salts, AreDestroyed48HoursAfterTheyBegan) {
  auto salts = keeper();
  const auto old = *salts->for_time(kMidnight + 1);
  clock_.set(kMidnight + 2 * kMillisPerDay - 1);
  ASSERT_TRUE(salts->for_time(clock_.now_ms()));
  EXPECT_EQ(salt(*salts, kMidnight + 1), old) << "yesterday's hits may be enriched late";
  clock_.advance(1);
  ASSERT_TRUE(salts->for_time(clock_.now_ms()));
  EXPECT_EQ(names(), (std::vector<std::string>{"salt-20001", "salt-20002"}));
  EXPECT_NE(*salts->for_time(kMidnight + 1), old);
  EXPECT_EQ(salt(*salts, kMidnight + 1), salt(*salts, kMidnight + 2))
      << "hits later than that are visitors among themselves";
  EXPECT_EQ(names().size(), 2u) << "and their salt is never written";
}

TEST_F(Salts, GoWithoutTrafficToo) {
  auto salts = keeper();
  ASSERT_TRUE(salts->for_time(clock_.now_ms()));
  clock_.set(kMidnight + 2 * kMillisPerDay);
  ASSERT_TRUE(salts->destroy_expired());
  EXPECT_TRUE(names().empty());
}

TEST_F(Salts, OfADownTimeAreDestroyedAtTheStart) {
  ASSERT_TRUE(keeper()->for_time(clock_.now_ms()));
  ASSERT_TRUE(files_.replace(directory_ / "salt-19000.new", "left by a crash"));
  clock_.advance(5 * kMillisPerDay);
  ASSERT_TRUE(keeper()->for_time(clock_.now_ms()));
  EXPECT_EQ(names(), (std::vector<std::string>{"salt-20005"}));
}

TEST_F(Salts, ThatCannotBeReadOrWrittenAreErrors) {
  ASSERT_TRUE(files_.replace(directory_ / "salt-20000", "short"));
  const auto broken = keeper()->for_time(clock_.now_ms());
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().code, ErrorCode::corrupt);
  std::filesystem::remove_all(directory_);
  EXPECT_FALSE(keeper()->for_time(clock_.now_ms()));
}

}  // namespace
}  // namespace tally
