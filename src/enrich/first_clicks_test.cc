// SPDX-License-Identifier: Apache-2.0
#include "enrich/first_clicks.h"

#include <gtest/gtest.h>
#include <xxhash.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <tuple>

#include "base/files_fake.h"
#include "base/random.h"
#include "base/test_folder.h"

namespace tally {
namespace {

constexpr UnixMillis kDay = kMillisPerDay;
constexpr std::int64_t kFirstDay = 20'000;
constexpr UnixMillis kStart = kFirstDay * kDay;

Click click_of(std::uint64_t visitor, std::uint64_t link, UnixMillis time,
               std::uint64_t workspace = 1) {
  Click click;
  click.visitor = visitor;
  click.link = LinkId{link};
  click.workspace = WorkspaceId{workspace};
  click.time = time;
  click.outcome = Outcome::redirected;
  return click;
}

using Flags = std::pair<bool, bool>;

Flags mark(FirstClicks& firsts, Click click) {
  firsts.mark(click);
  return {click.first, click.first_ws};
}

class FirstClicksTest : public ::testing::Test {
 protected:
  // So small that everything spills.
  static constexpr std::size_t kTinyTable = 64, kTinyUnsaved = 24;

  std::unique_ptr<FirstClicks> open(std::size_t table = 1 << 20, std::size_t unsaved = 1 << 19,
                                    std::uint64_t largest_run = 1 << 20) {
    auto out = FirstClicks::open(files_, {folder_.path() / "visitors", table, unsaved, largest_run},
                                 [&](const std::string& line) { reports_.push_back(line); });
    EXPECT_TRUE(out) << out.error().line();
    return std::move(*out);
  }
  std::vector<std::string> names() { return *list_directory(folder_.path() / "visitors"); }

  TestFolder folder_;
  FaultyFiles files_;
  std::vector<std::string> reports_;
};

TEST_F(FirstClicksTest, FlagsOncePerLinkAndOncePerWorkspaceADay) {
  const auto firsts = open();
  const std::pair<Click, Flags> rows[] = {
      {click_of(7, 1, kStart), {true, true}},
      {click_of(7, 1, kStart + 5), {false, false}},
      {click_of(7, 2, kStart + 6), {true, false}},
      {click_of(8, 1, kStart + 7), {true, true}},
      {click_of(7, 1, kStart + kDay), {true, true}},
      {click_of(7, 1, kStart + 9), {false, false}},  // late, still known
      {click_of(7, 3, kStart, 2), {true, true}},
      {click_of(7, 1, kStart + 3650 * kDay), {true, true}},  // a clock far ahead
      {click_of(7, 1, kStart + 10), {false, false}},         // and right again
      {click_of(9, 1, kStart + 11), {true, true}},
      {click_of(7, 1, kStart - 9 * kDay), {true, true}},  // late by many days
      {click_of(7, 1, kStart - 9 * kDay + 1), {false, false}},
  };
  for (const auto& [click, wanted] : rows) EXPECT_EQ(mark(*firsts, click), wanted) << click.time;
}

TEST_F(FirstClicksTest, CountsOnlyHumanHeadlineClicksOfAVisitorOnALink) {
  const auto firsts = open();
  auto bot = click_of(7, 1, kStart);
  bot.traffic = Traffic::crawler;
  auto expired = click_of(7, 1, kStart);
  expired.outcome = Outcome::expired;
  for (Click click : {bot, expired, click_of(0, 1, kStart), click_of(7, 0, kStart)}) {
    click.first = click.first_ws = true;
    firsts->note(click);
    EXPECT_EQ(mark(*firsts, click), Flags(false, false));
  }
  auto imported = click_of(7, 1, kStart);
  imported.imported = true;
  firsts->note(imported);
  auto landing = click_of(7, 1, kStart);
  landing.outcome = Outcome::landing;
  EXPECT_EQ(mark(*firsts, landing), Flags(true, true));
}

TEST_F(FirstClicksTest, ADayGoesWhenItsVisitorsCannotComeBackAndItsFilesToo) {
  auto firsts = open();
  mark(*firsts, click_of(1, 1, kStart));
  mark(*firsts, click_of(1, 1, kStart + kDay));
  firsts->commit({1, 1});
  ASSERT_TRUE(firsts->save());
  EXPECT_EQ(names(), (std::vector<std::string>{"list", "run-20000-1", "run-20001-2"}));
  ASSERT_TRUE(firsts->keep_only([](std::int64_t day) { return day > kFirstDay; }));
  EXPECT_EQ(names(), (std::vector<std::string>{"list", "run-20001-2"}));
  firsts = open();
  EXPECT_EQ(mark(*firsts, click_of(1, 1, kStart + kDay)), Flags(false, false));
  EXPECT_EQ(mark(*firsts, click_of(1, 1, kStart)), Flags(true, true));
}

TEST_F(FirstClicksTest, ADayWhoseFilesCouldNotGoIsTriedAgain) {
  using Fail = void (FaultyFiles::*)(int);
  for (const Fail fail : {&FaultyFiles::fail_replaces, &FaultyFiles::fail_removes}) {
    TestFolder folder;
    const auto directory = folder.path() / "visitors";
    auto firsts = FirstClicks::open(files_, {directory}, [](const auto&) {}).value();
    mark(*firsts, click_of(1, 1, kStart));
    firsts->commit({1, 1});
    ASSERT_TRUE(firsts->save());
    const auto nobody = [](std::int64_t) { return false; };
    (files_.*fail)(2);
    EXPECT_FALSE(firsts->keep_only(nobody));
    EXPECT_FALSE(firsts->keep_only(nobody));
    EXPECT_EQ(*list_directory(directory), (std::vector<std::string>{"list", "run-20000-1"}));
    ASSERT_TRUE(firsts->keep_only(nobody));
    EXPECT_EQ(*list_directory(directory), std::vector<std::string>{"list"});
    files_.fail_replaces(1);
    EXPECT_TRUE(firsts->keep_only(nobody)) << "nothing is left to do";
    files_.fail_replaces(0);
  }
}

// Batches are marked, written to a log and committed, saved now and then, by a disk that fails now
// and then; at any moment the process may be gone, and with it a batch that is not in the log.
// Whatever happens, the flags are those of a plain set over what is in the log.
class Recovery : public FirstClicksTest, public ::testing::WithParamInterface<int> {
 protected:
  static constexpr int kRounds = 900;

  void reopen() {
    firsts_.reset();
    for (auto fail : {&FaultyFiles::fail_writes, &FaultyFiles::fail_creates,
                      &FaultyFiles::fail_replaces, &FaultyFiles::fail_removes})
      (files_.*fail)(0);
    firsts_ = open(kTinyTable, kTinyUnsaved, 700);
    EXPECT_TRUE(reports_.empty()) << reports_.front();
    for (std::uint64_t n = firsts_->saved_through().n; n < log_.size(); ++n) {
      for (const Click& click : log_[n]) {
        firsts_->note(click);
        if (firsts_->full()) {
          firsts_->commit({1, n});  // the rest of this batch is noted again after a crash
          ASSERT_TRUE(firsts_->save());
        }
      }
      firsts_->commit({1, n + 1});
    }
  }

  std::vector<Click> batch(SeededRandom& random, UnixMillis day) {
    std::vector<Click> out;
    for (std::uint64_t left = 1 + random.below(8); left > 0 && !firsts_->full(); --left) {
      Click click = click_of(1 + random.below(600), 1 + random.below(8),
                             kStart + (day - static_cast<UnixMillis>(random.below(2))) * kDay,
                             1 + random.below(3));
      const auto key = std::tuple(click.visitor, click.time / kDay);
      const bool first = !seen_.contains({key, click.link.value, 1}) &&
                         fresh_.emplace(key, click.link.value, 1).second;
      const bool first_ws = !seen_.contains({key, click.workspace.value, 2}) &&
                            fresh_.emplace(key, click.workspace.value, 2).second;
      firsts_->mark(click);
      EXPECT_EQ(Flags(click.first, click.first_ws), Flags(first, first_ws));
      out.push_back(click);
    }
    return out;
  }

  using Key = std::tuple<std::tuple<std::uint64_t, UnixMillis>, std::uint64_t, int>;
  std::set<Key> seen_, fresh_;
  std::vector<std::vector<Click>> log_;
  std::unique_ptr<FirstClicks> firsts_;
};

TEST_P(Recovery, AgreesWithAPlainSetOverTheLog) {
  SeededRandom random(static_cast<std::uint64_t>(GetParam()));
  reopen();
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    fresh_.clear();
    auto clicks = batch(random, round / 300);
    if (random.below(40) == 0) {
      reopen();  // the batch never came to be
      continue;
    }
    seen_.merge(fresh_);
    log_.push_back(std::move(clicks));
    firsts_->commit({1, log_.size()});
    switch (random.below(30)) {
      case 0:
        files_.fail_writes(1);
        break;
      case 1:
        files_.fail_creates(1);
        break;
      case 2:
        files_.fail_replaces(1);
        break;
      case 3:
        files_.fail_removes(2);
        break;
      case 4:
        reopen();
        break;
      default:
        break;
    }
    if (firsts_->half_full() || random.below(50) == 0) {
      if (!firsts_->save() && random.below(2) == 0) reopen();
    }
    while (firsts_->full()) (void)firsts_->save();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, Recovery, ::testing::Range(1, 5));

TEST_F(FirstClicksTest, DamageIsReportedAndTheLogIsReadFromItsFront) {
  auto firsts = open();
  for (std::uint64_t v = 1; v <= 10; ++v) mark(*firsts, click_of(v, v, kStart));
  firsts->commit({3, 17});
  ASSERT_TRUE(firsts->save());
  std::map<std::filesystem::path, std::string> whole;
  for (const std::string& name : names()) {
    const auto path = folder_.path() / "visitors" / name;
    whole[path] = files_.read_all(path).value();
  }
  for (const auto& [path, bytes] : whole) {
    for (std::size_t at = 0; at < bytes.size(); ++at) {
      for (const auto& [file, contents] : whole) std::ofstream(file, std::ios::binary) << contents;
      std::string damaged = bytes;
      damaged[at] = static_cast<char>(damaged[at] ^ 1);
      std::ofstream(path, std::ios::binary) << damaged;
      reports_.clear();
      firsts = open();
      EXPECT_EQ(reports_.size(), 1u) << path << ", byte " << at;
      EXPECT_EQ(firsts->saved_through(), ClicksPlace{});
      const bool run_is_whole = path.filename() == "list";
      EXPECT_EQ(mark(*firsts, click_of(1, 1, kStart)), Flags(!run_is_whole, !run_is_whole));
      EXPECT_EQ(firsts->trouble(), "");
    }
  }
}

TEST_F(FirstClicksTest, ARunThatCannotBeMergedIsSaidAndHoldsUpNoSave) {
  auto firsts = open();
  mark(*firsts, click_of(1, 1, kStart));
  firsts->commit({1, 1});
  ASSERT_TRUE(firsts->save());
  ASSERT_TRUE(files_.overwrite(folder_.path() / "visitors/run-20000-1", 9, "?", false));
  for (std::uint64_t n = 2; n <= 3; ++n) {
    mark(*firsts, click_of(n, 1, kStart));
    firsts->commit({1, n});
    ASSERT_TRUE(firsts->save());
    EXPECT_TRUE(firsts->trouble().contains("run-20000-1")) << firsts->trouble();
    EXPECT_EQ(firsts->saved_through(), (ClicksPlace{1, n}));
  }
  EXPECT_EQ(names(), (std::vector<std::string>{"list", "run-20000-1", "run-20000-3"}));
}

// Three runs of one day; the disk gives all of the second one's blocks but the last.
class UnreadRun : public FirstClicksTest {
 protected:
  static constexpr std::uint64_t kVisitors[] = {2000, 900, 400};
  static constexpr const char* kName = "run-20000-2";

  UnreadRun() {
    auto firsts = open();
    for (const std::uint64_t count : kVisitors) mark_next(*firsts, count);
    whole_ = names();
    EXPECT_EQ(whole_, (std::vector<std::string>{"list", "run-20000-1", kName, "run-20000-3"}));
    files_.fail_reads_of(kName, 4096);
  }
  void mark_next(FirstClicks& firsts, std::uint64_t count) {
    for (std::uint64_t i = 0; i < count; ++i) mark(firsts, click_of(++last_, 1, kStart));
    firsts.commit({1, last_});
    ASSERT_TRUE(firsts.save());
  }
  // Of visitors from..to, how many count as new.
  static std::uint64_t fresh(FirstClicks& firsts, std::uint64_t from, std::uint64_t to) {
    std::uint64_t out = 0;
    for (; from <= to; ++from) out += mark(firsts, click_of(from, 1, kStart)).first ? 1 : 0;
    return out;
  }

  bool has_file() { return std::ranges::count(names(), kName) == 1; }

  std::uint64_t last_ = 0;
  std::vector<std::string> whole_;
};

TEST_F(UnreadRun, IsKeptAndSaidAndWhatOnlyItKnowsCountsAsNew) {
  const auto firsts = open();
  EXPECT_TRUE(reports_.empty()) << "it may pass";
  EXPECT_EQ(names(), whole_);
  EXPECT_EQ(firsts->saved_through(), ClicksPlace{}) << "the log may still hold it";
  EXPECT_EQ(firsts->trouble(),
            "run-20000-2 cannot be read, will try again (read: Input/output error): visitors whom "
            "only it knows count as new");
  EXPECT_EQ(fresh(*firsts, 1, 2000), 0u);
  EXPECT_EQ(fresh(*firsts, 2001, 2900), 900u);
  EXPECT_EQ(fresh(*firsts, 2901, 3300), 0u);
  EXPECT_EQ(fresh(*firsts, 2001, 2900), 0u) << "once";
  firsts->read_again();
  EXPECT_NE(firsts->trouble(), "");
  EXPECT_EQ(names(), whole_);
}

TEST_F(UnreadRun, IsTakenUpWhenItCanBeReadAgain) {
  const auto firsts = open();
  EXPECT_EQ(fresh(*firsts, 2001, 2010), 10u);
  files_.fail_reads_of("");
  firsts->read_again();
  EXPECT_EQ(firsts->trouble(), "");
  EXPECT_EQ(fresh(*firsts, 2011, 2900), 0u);
  EXPECT_EQ(fresh(*firsts, 1, 3300), 0u);
  EXPECT_EQ(fresh(*firsts, 3301, 3400), 100u);
}

TEST_F(UnreadRun, StaysOnTheListOverSavesMergesAndRestarts) {
  auto firsts = open();
  for (int i = 0; i < 6; ++i) mark_next(*firsts, 500);
  EXPECT_TRUE(has_file());
  firsts = open();
  EXPECT_NE(firsts->trouble(), "");
  files_.fail_reads_of("");
  firsts = open();
  EXPECT_EQ(firsts->trouble(), "");
  EXPECT_EQ(firsts->saved_through(), (ClicksPlace{1, last_}));
  EXPECT_EQ(fresh(*firsts, 1, last_), 0u);
}

TEST_F(UnreadRun, IsGivenUpWhenItTurnsOutToBeDamaged) {
  const auto firsts = open();
  files_.fail_reads_of("");
  ASSERT_TRUE(files_.overwrite(folder_.path() / "visitors" / kName, 9, "?", false));
  firsts->read_again();
  EXPECT_EQ(firsts->trouble(), "run-20000-2: block 0 is damaged");
  mark_next(*firsts, 1);
  EXPECT_FALSE(has_file());
}

TEST_F(UnreadRun, GoesWithItsDay) {
  const auto firsts = open();
  ASSERT_TRUE(firsts->keep_only([](std::int64_t) { return false; }));
  EXPECT_EQ(names(), std::vector<std::string>{"list"});
  EXPECT_EQ(firsts->trouble(), "");
}

TEST_F(UnreadRun, AListThatCannotBeReadIsMadeAgainFromTheRuns) {
  files_.fail_reads_of("list");
  auto firsts = open();
  EXPECT_EQ(reports_.size(), 1u);
  EXPECT_EQ(firsts->saved_through(), ClicksPlace{});
  EXPECT_EQ(fresh(*firsts, 1, 3300), 0u);
  EXPECT_EQ(names(), whole_);
  mark_next(*firsts, 10);
  files_.fail_reads_of("");
  firsts = open();
  EXPECT_EQ(firsts->saved_through(), (ClicksPlace{1, last_}));
  EXPECT_EQ(fresh(*firsts, 1, last_), 0u);
}

TEST_F(UnreadRun, NothingIsTouchedWhenListAndRunCannotBeOpened) {
  ASSERT_TRUE(files_.replace(folder_.path() / "visitors/list", "damaged"));
  files_.fail_opens_of(kName);
  EXPECT_FALSE(FirstClicks::open(files_, {folder_.path() / "visitors"}, [](const auto&) {}));
  EXPECT_EQ(names(), whole_);
}

TEST_F(FirstClicksTest, ARunThatIsGoneIsReportedAndTheOthersStay) {
  auto firsts = open();
  mark(*firsts, click_of(1, 1, kStart));
  mark(*firsts, click_of(1, 1, kStart + kDay));
  firsts->commit({1, 1});
  ASSERT_TRUE(firsts->save());
  ASSERT_TRUE(files_.remove(folder_.path() / "visitors/run-20000-1"));
  firsts = open();
  EXPECT_EQ(reports_.size(), 1u);
  EXPECT_EQ(firsts->saved_through(), ClicksPlace{});
  EXPECT_EQ(names(), (std::vector<std::string>{"list", "run-20001-2"}));
}

TEST_F(FirstClicksTest, AListOfANewerVersionIsRefusedAndLeftAlone) {
  ASSERT_TRUE(make_directory(folder_.path() / "visitors"));
  std::string newer = encode_first_list({});
  newer[8] = 2;
  const std::string body = newer.substr(18);
  const std::uint64_t sum = XXH3_64bits_withSeed(body.data(), body.size(), 2);
  newer.replace(10, 8, reinterpret_cast<const char*>(&sum), 8);
  ASSERT_TRUE(files_.replace(folder_.path() / "visitors/list", newer));
  const auto refused = FirstClicks::open(files_, {folder_.path() / "visitors"}, [](const auto&) {});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  EXPECT_EQ(files_.read_all(folder_.path() / "visitors/list").value(), newer);
}

}  // namespace
}  // namespace tally
