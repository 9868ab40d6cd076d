// SPDX-License-Identifier: Apache-2.0
#include "pipeline/export_runner.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "base/files_fake.h"
#include "base/random.h"
#include "base/test_folder.h"
#include "links/outbox.h"
#include "links/secrets.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_export_store.h"
#include "links/sqlite/sqlite_outbox.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

using Names = std::vector<std::string>;

constexpr UnixMillis kDay = kMillisPerDay;
constexpr UnixMillis kMonday = 1'772'409'600'000;  // 2026-03-02T00:00:00Z

class ExportRunnerTest : public testing::Test {
 protected:
  ExportRunnerTest() {
    database_ = std::move(LinksDatabase::open(folder_.path() / "links.db", clock_).value());
    exports_ = std::make_unique<SqliteExportStore>(*database_, clock_);
    outbox_ = std::make_unique<SqliteOutbox>(*database_);
    workspace_ = SqliteAccountStore(*database_, clock_, random_).default_workspace().value().id;
    EXPECT_TRUE(outbox_->next("test", 1));
    restart();
  }

  // A runner as it is after a start.
  void restart() {
    runner_ = std::make_unique<ExportRunner>(
        ExportRunner::Deps{files_, clock_, *exports_, [this] { return as_of_; },
                           [this](WorkspaceId) { return TimeZone::load(zone_); },
                           [this](WorkspaceId) -> Result<UnixMillis> { return kept_since_; },
                           [this](const ExportSchedule& schedule, TimeRange range,
                                  const TimeZone&) { return open(schedule, range); },
                           [](TimeRange) { return false; }, [this] { ++ready_; }},
        root());
  }
  void start_and_stop() {
    runner_->start();
    runner_->stop();
    restart();  // one that has stopped writes nothing
  }
  std::filesystem::path root() const { return folder_.path() / "exports"; }

  // Three pieces: the range, the clicks that are there, the end.
  Result<ExportBody> open(const ExportSchedule&, TimeRange range) {
    ++asked_;
    if (trouble_) return std::unexpected(*trouble_);
    ExportBody out;
    out.first = format_utc(range.from) + "\n";
    auto left = std::make_shared<Names>(Names{"end\n", clicks_ + "\n"});
    out.more = [this, left](std::string& piece) -> Result<bool> {
      if (meanwhile_) std::exchange(meanwhile_, nullptr)();
      if (cut_off_) return fail(ErrorCode::unavailable, "the store went away");
      piece += left->back();
      left->pop_back();
      return !left->empty();
    };
    out.rows = [] { return std::optional<std::uint64_t>(3); };
    return out;
  }

  ExportSchedule add(ExportSchedule wanted = {}) {
    wanted.workspace = workspace_;
    wanted.name = "Daily";
    wanted.begins_at = kMonday;
    return exports_->create(wanted).value();
  }
  // Everything up to then is stored.
  void pass(UnixMillis time) {
    as_of_ = time;
    clock_.set(time + 300);
  }
  // What lies in the folder of a schedule.
  Names there(const ExportSchedule& schedule) {
    const auto folder = root() / schedule.workspace.text() / schedule.id.text();
    return std::filesystem::exists(folder) ? list_directory(folder).value() : Names();
  }
  std::string contents(const ExportSchedule& schedule, const std::string& name) {
    std::ifstream file(root() / schedule.workspace.text() / schedule.id.text() / name);
    return (std::ostringstream() << file.rdbuf()).str();
  }
  ExportRun run(const ExportSchedule& schedule, const std::string& period) {
    return exports_->run(workspace_, schedule.id, period).value();
  }
  std::size_t events() { return outbox_->next("test", 1000)->size(); }
  // What is told of is there, whole, and so is nothing else.
  void expect_true(const ExportSchedule& schedule) {
    Names ready;
    const auto runs = exports_->runs({workspace_, schedule.id, {}, 1000});
    for (const ExportRun& each : runs.value()) {
      if (each.state != ExportRunState::ready) continue;
      const std::string bytes = contents(schedule, each.file.name);
      EXPECT_EQ(hash_secret(bytes), each.file.sha256);
      EXPECT_EQ(bytes.size(), each.file.bytes);
      EXPECT_TRUE(bytes.ends_with("end\n"));
      ready.insert(ready.begin(), each.file.name);
    }
    EXPECT_EQ(there(schedule), ready);
  }

  TestFolder folder_;
  SystemRandom random_;
  ManualClock clock_{kMonday};
  FaultyFiles files_;
  std::unique_ptr<LinksDatabase> database_;
  std::unique_ptr<ExportStore> exports_;
  std::unique_ptr<Outbox> outbox_;
  WorkspaceId workspace_;
  UnixMillis as_of_ = kMonday, kept_since_ = 0;
  std::string zone_ = "UTC", clicks_ = "seven";
  std::optional<Error> trouble_;
  bool cut_off_ = false;
  std::function<void()> meanwhile_;  // once, while a file is written
  int asked_ = 0, ready_ = 0;
  std::unique_ptr<ExportRunner> runner_;
};

TEST_F(ExportRunnerTest, APeriodIsWrittenOnceItIsStoredToItsEnd) {
  const ExportSchedule made = add();
  pass(kMonday + kDay - 1);
  EXPECT_EQ(runner_->run_due().value(), 0u);
  pass(kMonday + kDay);
  EXPECT_EQ(runner_->run_due().value(), 1u);
  EXPECT_THAT(there(made), ElementsAre("2026-03-02.csv"));
  EXPECT_EQ(contents(made, "2026-03-02.csv"), "2026-03-02T00:00:00.000Z\nseven\nend\n");
  EXPECT_EQ(run(made, "2026-03-02").file.rows, 3u);
  restart();
  EXPECT_EQ(runner_->run_due().value(), 0u);
  EXPECT_EQ(asked_, 1);
  EXPECT_EQ(events(), 1u);
  expect_true(made);
}

TEST_F(ExportRunnerTest, PeriodsAreThoseOfTheReportingZone) {
  zone_ = "Asia/Kathmandu";
  ExportSchedule weekly;
  weekly.period = PeriodKind::weekly;
  weekly.format = ExportFormat::ndjson;
  const ExportSchedule made = add(weekly);
  pass(kMonday + 7 * kDay);
  EXPECT_EQ(runner_->run_due().value(), 1u);
  EXPECT_EQ(contents(made, "2026-W10.ndjson").substr(0, 24), "2026-03-01T18:15:00.000Z");
}

TEST_F(ExportRunnerTest, ABreakIsMadeUpForUpToALimit) {
  ExportSchedule many;
  many.keep = 100;
  const ExportSchedule made = add(many);
  pass(kMonday + 40 * kDay);
  EXPECT_EQ(runner_->run_due().value(), kMostPeriodsMadeUpFor);
  EXPECT_EQ(there(made).front(), "2026-03-11.csv");
  const ExportStanding standing = exports_->get(workspace_, made.id)->standing;
  EXPECT_EQ(standing, (ExportStanding{kMostPeriodsMadeUpFor, 0, 9, "", {}}));
  pass(kMonday + 41 * kDay);
  EXPECT_EQ(runner_->run_due().value(), 1u);
  expect_true(made);
}

TEST_F(ExportRunnerTest, OfHoursThoseOfAMonthAreMadeUpFor) {
  zone_ = "Asia/Kathmandu";
  ExportSchedule hours;
  hours.period = PeriodKind::hourly;
  hours.keep = 2;
  const ExportSchedule made = add(hours);
  pass(kMonday + 40 * kDay + 30 * kMillisPerMinute);
  EXPECT_EQ(runner_->run_due().value(), 31u * 24);
  EXPECT_THAT(there(made), ElementsAre("2026-04-10T22Z.csv", "2026-04-10T23Z.csv"));
  EXPECT_EQ(exports_->get(workspace_, made.id)->standing.passed_by, 9u * 24);
  EXPECT_EQ(contents(made, "2026-04-10T23Z.csv").substr(0, 24), "2026-04-10T23:00:00.000Z");
}

// What is kept nowhere but in a bucket is made anew for it; what waits for its upload is kept.
TEST_F(ExportRunnerTest, ABucketsObjectsAreMadeAnewToo) {
  ExportSchedule wanted;
  wanted.keep = 1;
  wanted.bucket = ExportBucket{"https://s3.example", "eu-1", "logs", "", "AK", "SK", false};
  const ExportSchedule made = add(wanted);
  pass(kMonday + 3 * kDay);
  ASSERT_EQ(runner_->run_due().value(), 3u);
  EXPECT_EQ(ready_, 3);
  EXPECT_EQ(there(made).size(), 3u);
  const auto upload_all = [&] {
    for (auto due = exports_->uploads_due(clock_.now_ms()).value(); !due.empty();
         due = exports_->uploads_due(clock_.now_ms()).value())
      ASSERT_TRUE(exports_->uploaded(due[0], clock_.now_ms()).value());
  };
  upload_all();
  ASSERT_EQ(runner_->run_due().value(), 0u);
  EXPECT_THAT(there(made), ElementsAre("2026-03-04.csv"));
  clicks_ = "six";
  const std::int64_t days[] = {kMonday / kDay};
  ASSERT_TRUE(runner_->make_anew(workspace_, days));
  EXPECT_EQ(run(made, "2026-03-02").upload.state, UploadState::stale);
  EXPECT_EQ(runner_->run_due().value(), 1u);
  EXPECT_THAT(contents(made, "2026-03-02.csv"), HasSubstr("six"));
  EXPECT_EQ(run(made, "2026-03-02").upload.state, UploadState::waiting);
  upload_all();
  ASSERT_EQ(runner_->run_due().value(), 0u);
  EXPECT_THAT(there(made), ElementsAre("2026-03-04.csv"));
}

TEST_F(ExportRunnerTest, OnlyTheNewestAreKept) {
  ExportSchedule few;
  few.keep = 2;
  const ExportSchedule made = add(few);
  pass(kMonday + 4 * kDay);
  EXPECT_EQ(runner_->run_due().value(), 4u);
  EXPECT_THAT(there(made), ElementsAre("2026-03-04.csv", "2026-03-05.csv"));
  EXPECT_EQ(run(made, "2026-03-02").removal, ExportRemoval::not_kept);
  EXPECT_EQ(events(), 4u);
  expect_true(made);
}

// Every place where the disk can fail, and a crash there: nothing is told of that is not there, and
// in the end there is one file and one event.
TEST_F(ExportRunnerTest, WhereverTheDiskFailsThereIsOneFileAndOneEvent) {
  const struct {
    const char* what;
    std::function<void()> fail;
  } rows[] = {
      {"create", [this] { files_.fail_creates(1); }},
      {"write", [this] { files_.fail_writes(1); }},
      {"rename", [this] { files_.fail_renames(1); }},
      {"rename, and what is left cannot be removed",
       [this] {
         meanwhile_ = [this] {
           files_.fail_renames(1);
           files_.fail_removes(1);
         };
       }},
  };
  const ExportSchedule made = add();
  std::size_t days = 0;
  for (const auto& row : rows) {
    for (const bool crash : {false, true}) {
      SCOPED_TRACE(row.what);
      pass(kMonday + static_cast<UnixMillis>(++days) * kDay);
      row.fail();
      EXPECT_FALSE(runner_->run_due());
      EXPECT_EQ(events(), days - 1);
      if (crash) {
        restart();
        start_and_stop();
      }
      clock_.advance(kMillisPerMinute);
      (void)runner_->run_due();
      clock_.advance(kMillisPerMinute);
      (void)runner_->run_due();
      EXPECT_EQ(events(), days);
      EXPECT_EQ(there(made).size(), days);
      expect_true(made);
    }
  }
}

// A process that ended at any point: what the run left does not matter.
TEST_F(ExportRunnerTest, WhatACrashLeftIsRemoved) {
  const ExportSchedule made = add();
  const auto folder = root() / made.workspace.text() / made.id.text();
  pass(kMonday + kDay);
  ASSERT_TRUE(exports_->plan(made, {{{"2026-03-02", {kMonday, kMonday + kDay}}}, 0, kMonday + kDay})
                  .value());
  const ScheduledRun what = exports_->due(clock_.now_ms(), 1).value().at(0);
  ASSERT_TRUE(exports_->begin(what, clock_.now_ms()).value());
  ASSERT_TRUE(make_directory(folder));
  std::ofstream(folder / "2026-03-02.csv") << "renamed, and not written down";
  std::ofstream(folder / "2026-03-02.csv.part") << "begun";
  std::ofstream(folder / "2026-03-01.csv.part") << "of a schedule that is gone";
  std::ofstream(folder / "notes.txt") << "somebody's";
  trouble_ = Error{ErrorCode::unavailable, "the store is down", {}, {}, {}};
  start_and_stop();
  EXPECT_THAT(there(made), ElementsAre("notes.txt"));
  EXPECT_EQ(events(), 0u);
  trouble_.reset();
  clock_.advance(kMillisPerMinute);
  EXPECT_EQ(runner_->run_due().value(), 1u);
  EXPECT_THAT(there(made), ElementsAre("2026-03-02.csv", "notes.txt"));
  EXPECT_EQ(events(), 1u);
}

TEST_F(ExportRunnerTest, WhatFailsIsTriedAgainAfterAGrowingPause) {
  const ExportSchedule made = add();
  pass(kMonday + kDay);
  trouble_ = Error{ErrorCode::invalid, "the server is too old", {}, {}, {}};
  std::vector<UnixMillis> pauses;
  for (int i = 0; i < 9; ++i) {
    EXPECT_FALSE(runner_->run_due());
    EXPECT_TRUE(runner_->run_due());  // not due
    const ExportRun failed = run(made, "2026-03-02");
    EXPECT_THAT(failed.error, HasSubstr("the server is too old"));
    pauses.push_back((failed.next_try - clock_.now_ms()) / 1000);
    clock_.set(failed.next_try);
  }
  EXPECT_THAT(pauses, ElementsAre(30, 60, 120, 240, 480, 960, 1920, 3600, 3600));
  EXPECT_EQ(runner_->failures(), 9u);
  trouble_.reset();
  EXPECT_EQ(runner_->run_due().value(), 1u);
  EXPECT_EQ(run(made, "2026-03-02").failures, 0u);
  expect_true(made);
}

TEST_F(ExportRunnerTest, AStoreThatGoesAwayLeavesNothing) {
  const ExportSchedule made = add();
  pass(kMonday + 3 * kDay);
  cut_off_ = true;
  EXPECT_FALSE(runner_->run_due());
  EXPECT_EQ(asked_, 1);  // the others wait for the next look
  EXPECT_THAT(there(made), IsEmpty());
  cut_off_ = false;
  clock_.advance(kMillisPerMinute);
  EXPECT_EQ(runner_->run_due().value(), 3u);
  expect_true(made);
}

TEST_F(ExportRunnerTest, AnOwnerWhoChangesItMeanwhileWins) {
  const ExportSchedule made = add();
  pass(kMonday + kDay);
  meanwhile_ = [&] {
    ExportSchedule wanted = made;
    wanted.traffic = TrafficFilter::all;
    ASSERT_TRUE(exports_->update(wanted));
  };
  EXPECT_EQ(runner_->run_due().value(), 1u);
  EXPECT_EQ(asked_, 2);
  EXPECT_EQ(events(), 1u);
  expect_true(made);
}

TEST_F(ExportRunnerTest, AScheduleGoesWithItsFiles) {
  const ExportSchedule made = add(), other = add();
  pass(kMonday + kDay);
  ASSERT_EQ(runner_->run_due().value(), 2u);
  EXPECT_EQ(runner_->remove(WorkspaceId{99}, made.id).error().code, ErrorCode::not_found);
  EXPECT_TRUE(runner_->remove(workspace_, made.id));
  EXPECT_FALSE(std::filesystem::exists(root() / made.workspace.text() / made.id.text()));
  EXPECT_EQ(there(other).size(), 1u);
  // While one is written, too.
  pass(kMonday + 2 * kDay);
  meanwhile_ = [&] { EXPECT_TRUE(runner_->remove(workspace_, other.id)); };
  EXPECT_EQ(runner_->run_due().value(), 0u);
  EXPECT_THAT(there(other), IsEmpty());
  EXPECT_EQ(events(), 2u);
}

TEST_F(ExportRunnerTest, ErasedClicksAreInNoFile) {
  const ExportSchedule made = add();
  pass(kMonday + 3 * kDay);
  ASSERT_EQ(runner_->run_due().value(), 3u);
  clicks_ = "six";
  const std::int64_t days[] = {kMonday / kDay + 1};
  ASSERT_TRUE(runner_->make_anew(workspace_, days));
  EXPECT_THAT(there(made), ElementsAre("2026-03-02.csv", "2026-03-04.csv"));
  EXPECT_EQ(runner_->run_due().value(), 1u);
  EXPECT_THAT(contents(made, "2026-03-03.csv"), HasSubstr("six"));
  EXPECT_THAT(contents(made, "2026-03-02.csv"), HasSubstr("seven"));
  EXPECT_EQ(events(), 4u);
  expect_true(made);
}

// It has read rows that are gone when it is done.
TEST_F(ExportRunnerTest, AFileThatWasBegunBeforeAnEraseIsDropped) {
  const ExportSchedule made = add();
  pass(kMonday + kDay);
  meanwhile_ = [&] {
    clicks_ = "six";
    const std::int64_t days[] = {kMonday / kDay};
    EXPECT_TRUE(runner_->make_anew(workspace_, days));
  };
  EXPECT_EQ(runner_->run_due().value(), 1u);
  EXPECT_EQ(asked_, 2);
  EXPECT_THAT(contents(made, "2026-03-02.csv"), HasSubstr("six"));
  EXPECT_EQ(events(), 1u);
  expect_true(made);
}

TEST_F(ExportRunnerTest, AFileGoesWithTheFirstOfItsClicks) {
  ExportSchedule weekly;
  weekly.period = PeriodKind::weekly;
  const ExportSchedule days = add(), week = add(weekly);
  pass(kMonday + 7 * kDay);
  ASSERT_EQ(runner_->run_due().value(), 8u);
  kept_since_ = kMonday + kDay;
  ASSERT_TRUE(runner_->remove_before(workspace_, kept_since_));
  EXPECT_THAT(there(week), IsEmpty());
  EXPECT_EQ(there(days).front(), "2026-03-03.csv");
  EXPECT_EQ(run(week, "2026-W10").removal, ExportRemoval::past_retention);
  // What is too old already is not written.
  const ExportSchedule late = add(weekly);
  EXPECT_EQ(runner_->run_due().value(), 0u);
  EXPECT_EQ(run(late, "2026-W10").removal, ExportRemoval::past_retention);
  expect_true(days);
}

}  // namespace
}  // namespace tally
