// SPDX-License-Identifier: Apache-2.0
#include "enrich/salt.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <set>
#include <thread>

#include "base/files_fake.h"
#include "base/test_folder.h"

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
  std::unique_ptr<SaltKeeper> keeper() {
    return std::make_unique<SaltKeeper>(files_, clock_, random_, directory_);
  }
  std::vector<std::string> names() { return *list_directory(directory_); }

  std::string file(const char* name) { return *files_.read_all(directory_ / name); }

  TestFolder folder_;
  const std::filesystem::path& directory_ = folder_.path();
  FaultyFiles files_;
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
  EXPECT_EQ(status.st_size, 34);
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

// The midnight of two days later, to the millisecond: while the product runs, with hits that are
// enriched late, and whatever else is in the folder.
TEST_F(Salts, LiveForTheirDayAndTheNextAndNotAMomentLonger) {
  auto salts = keeper();
  std::set<Salt> seen;
  for (std::int64_t day = kDay; day < kDay + 5; ++day) {
    clock_.set(day * kMillisPerDay);
    const Salt fresh = salt(*salts, clock_.now_ms());
    EXPECT_TRUE(seen.insert(fresh).second);
    const auto today = "salt-" + std::to_string(day);
    const auto yesterday = "salt-" + std::to_string(day - 1);
    for (const UnixMillis later : {UnixMillis{0}, kMillisPerHour, kMillisPerDay - 1}) {
      clock_.set(day * kMillisPerDay + later);
      ASSERT_TRUE(salts->destroy_expired());
      EXPECT_EQ(salt(*salts, day * kMillisPerDay), fresh);
      if (day > kDay) {
        EXPECT_TRUE(seen.contains(salt(*salts, day * kMillisPerDay - 1))) << "of the day before";
        EXPECT_EQ(names(), (std::vector<std::string>{yesterday, today}));
      }
      EXPECT_EQ(salts->knows(day - 1), day > kDay);
      EXPECT_FALSE(salts->knows(day - 2));
    }
  }
}

TEST_F(Salts, AreOverwrittenBeforeTheyAreRemoved) {
  auto salts = keeper();
  ASSERT_TRUE(salts->for_time(clock_.now_ms()));
  // A second name for the file's bytes shows what became of them.
  std::filesystem::create_hard_link(directory_ / "salt-20000", directory_ / "same");
  const std::string before = file("same");
  clock_.advance(2 * kMillisPerDay);
  ASSERT_TRUE(salts->destroy_expired());
  EXPECT_EQ(names(), std::vector<std::string>{"same"});
  EXPECT_EQ(file("same"), std::string(before.size(), '\0'));
}

TEST_F(Salts, ThatCannotBeRemovedAreForgottenAllTheSameAndTriedAgain) {
  auto salts = keeper();
  const Salt old = salt(*salts, clock_.now_ms());
  clock_.advance(2 * kMillisPerDay);
  files_.fail_removes(1);
  EXPECT_FALSE(salts->destroy_expired());
  EXPECT_NE(salt(*salts, kMidnight), old);
  EXPECT_NE(*keeper()->for_time(kMidnight), old);
  ASSERT_TRUE(salts->destroy_expired());
  EXPECT_TRUE(names().empty());
}

TEST_F(Salts, OfAWrongClockGoToo) {
  auto salts = keeper();
  const Salt today = salt(*salts, clock_.now_ms());
  // Two hours back, over midnight, and forth again.
  clock_.set(kMidnight - kMillisPerHour);
  const Salt yesterday = salt(*salts, clock_.now_ms());
  clock_.set(kMidnight + kMillisPerHour);
  EXPECT_EQ(salt(*salts, clock_.now_ms()), today);
  EXPECT_EQ(salt(*salts, kMidnight - 1), yesterday);
  // A clock that was years ahead has left a salt that its own day would keep for years.
  ASSERT_TRUE(salts->for_time(kMidnight + 3650 * kMillisPerDay));
  EXPECT_EQ(names().size(), 3u);
  clock_.advance(49 * kMillisPerHour);
  ASSERT_TRUE(salts->destroy_expired());
  EXPECT_TRUE(names().empty());
  EXPECT_FALSE(salts->knows(kDay + 3650));
}

TEST_F(Salts, LeftByAClockFarAheadGoAfter48HoursOfRunningTime) {
  ASSERT_TRUE(keeper()->for_time(kMidnight + 3650 * kMillisPerDay));
  auto salts = keeper();
  ASSERT_TRUE(salts->destroy_expired());
  EXPECT_EQ(names().size(), 1u);
  clock_.advance(48 * kMillisPerHour);
  ASSERT_TRUE(salts->destroy_expired());
  EXPECT_TRUE(names().empty());
}

TEST_F(Salts, InMemoryOnlyGoAnHourAfterTheirLastUse) {
  auto salts = keeper();
  const UnixMillis late = kMidnight - 5 * kMillisPerDay;
  const Salt first = salt(*salts, late);
  for (int i = 0; i < 3; ++i) {
    clock_.advance(50 * kMillisPerMinute);
    ASSERT_TRUE(salts->destroy_expired());
    EXPECT_EQ(salt(*salts, late), first);
    EXPECT_TRUE(salts->knows(kDay - 5));
  }
  clock_.advance(kMillisPerHour);
  ASSERT_TRUE(salts->destroy_expired());
  EXPECT_FALSE(salts->knows(kDay - 5));
  EXPECT_NE(salt(*salts, late), first);
  EXPECT_TRUE(names().empty());
}

TEST_F(Salts, ThatAreDamagedAreMadeAnewAndThatIsSaid) {
  ASSERT_TRUE(keeper()->for_time(clock_.now_ms()));
  const std::string whole = file("salt-20000");
  std::vector<std::string> damaged{
      "", "short", std::string(34, '\0'), whole + "x", whole.substr(0, 16), std::string(16, '\0')};
  for (std::size_t at = 0; at < whole.size(); ++at) {
    damaged.push_back(whole);
    damaged.back()[at] = static_cast<char>(whole[at] ^ 4);
  }
  for (const std::string& bytes : damaged) {
    ASSERT_TRUE(files_.replace(directory_ / "salt-20000", bytes));
    auto salts = keeper();
    EXPECT_EQ(salts->note(), "");
    const Salt fresh = salt(*salts, clock_.now_ms());
    EXPECT_TRUE(salts->note().contains("salt-20000")) << salts->note();
    EXPECT_EQ(salt(*keeper(), clock_.now_ms()), fresh) << "and it stays";
  }
}

TEST_F(Salts, OfTheFormBeforeChecksumsAreKeptAndRenewedInPlace) {
  const Salt made = salt(*keeper(), clock_.now_ms());
  const std::string whole = file("salt-20000");
  const std::string bare(reinterpret_cast<const char*>(made.data()), made.size());
  ASSERT_TRUE(files_.replace(directory_ / "salt-20000", bare));
  std::filesystem::create_hard_link(directory_ / "salt-20000", directory_ / "same");
  auto salts = keeper();
  EXPECT_EQ(salt(*salts, clock_.now_ms()), made);
  EXPECT_EQ(salts->note(), "");
  EXPECT_EQ(file("salt-20000"), whole);
  EXPECT_EQ(file("same"), whole) << "in place: no copy of the salt stays behind";
  EXPECT_EQ(salt(*keeper(), clock_.now_ms()), made);
}

TEST_F(Salts, ThatCannotBeWrittenAreNotUsed) {
  auto salts = keeper();
  files_.fail_replaces(2);
  EXPECT_FALSE(salts->for_time(clock_.now_ms()));
  EXPECT_FALSE(salts->for_time(clock_.now_ms()));
  const Salt made = salt(*salts, clock_.now_ms());
  EXPECT_EQ(salt(*keeper(), clock_.now_ms()), made);
}

TEST_F(Salts, AreOneForAllThreadsAtMidnight) {
  auto salts = keeper();
  for (std::int64_t day = kDay; day < kDay + 20; ++day) {
    clock_.set(day * kMillisPerDay);
    std::array<Salt, 4> got;
    std::vector<std::thread> threads;
    for (Salt& one : got)
      threads.emplace_back([&] { one = *salts->for_time(day * kMillisPerDay); });
    for (std::thread& thread : threads) thread.join();
    EXPECT_EQ(std::set<Salt>(got.begin(), got.end()).size(), 1u);
    EXPECT_EQ(salt(*keeper(), clock_.now_ms()), got[0]);
  }
}

}  // namespace
}  // namespace tally
