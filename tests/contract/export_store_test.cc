// SPDX-License-Identifier: Apache-2.0
// What every ExportStore must do: a period has one run, and an event is there exactly when its file
// is written down.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/stores.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr UnixMillis kDay = kMillisPerDay;

ClosedPeriod day(int n) { return {"day-" + std::to_string(n), {n * kDay, (n + 1) * kDay}}; }

class ExportStoreContract : public testing::TestWithParam<Implementation> {
 protected:
  ExportStoreContract() : stores_(GetParam().make()) {
    workspace_ = stores_->accounts().default_workspace()->id;
    EXPECT_THAT(stores_->outbox().next("test", 10).value(), IsEmpty());
  }
  ExportStore& store() { return stores_->exports(); }
  UnixMillis now() { return stores_->clock.now_ms(); }

  ExportSchedule schedule() const {
    ExportSchedule out;
    out.workspace = workspace_;
    out.name = "Näher \"dran\"";
    out.filters = {{Dimension::tag, false, {"a,b", "!c"}}, {Dimension::country, true, {"DE"}}};
    out.begins_at = 5 * kDay;
    return out;
  }
  static ExportBucket bucket(const std::string& prefix) {
    return {"https://s3.example", "eu-1", "logs", prefix, "AK", "SK", true};
  }
  ExportSchedule with_bucket(const std::string& prefix = "a") const {
    ExportSchedule out = schedule();
    out.bucket = bucket(prefix);
    return out;
  }
  ExportRun run_of(const ExportSchedule& of, int n) {
    return store().run(workspace_, of.id, day(n).name).value();
  }
  UploadState upload_of(const ExportSchedule& of, int n) { return run_of(of, n).upload.state; }
  std::vector<std::string> uploads_due() { return periods(store().uploads_due(now())); }
  // One with runs of the days 5, 6 and 7.
  ExportSchedule planned(ExportSchedule wanted) {
    const ExportSchedule made = store().create(wanted).value();
    EXPECT_TRUE(store().plan(made, {{day(5), day(6), day(7)}, 2, 8 * kDay}).value());
    return store().get(workspace_, made.id).value();
  }
  ExportedFile file(int n) const {
    return {day(n).name + ".csv", 1234, 56, std::string(64, 'a'), true};
  }
  ScheduledRun first_due() { return store().due(now(), 10).value().at(0); }
  void write_first() {
    const ScheduledRun what = first_due();
    ASSERT_TRUE(store().begin(what, now()).value());
    ASSERT_TRUE(store()
                    .finish(what, file(static_cast<int>(what.run.period.range.from / kDay)), now())
                    .value());
  }
  static std::vector<std::string> periods(const Result<std::vector<ScheduledRun>>& found) {
    std::vector<std::string> out;
    for (const ScheduledRun& each : found.value()) out.push_back(each.run.period.name);
    return out;
  }
  std::vector<std::string> due() { return periods(store().due(now(), 10)); }
  std::vector<OutboxEvent> events() { return stores_->outbox().next("test", 100).value(); }

  std::unique_ptr<Stores> stores_;
  WorkspaceId workspace_;
};

INSTANTIATE_TEST_SUITE_P(Stores, ExportStoreContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST_P(ExportStoreContract, EveryFieldComesBack) {
  ExportSchedule counts = schedule(), series = schedule();
  counts.format = ExportFormat::parquet;
  counts.period = PeriodKind::monthly;
  counts.traffic = TrafficFilter::all;
  counts.shape = {Dimension::referrer_path, false, {}, true};
  counts.keep = 3;
  series.format = ExportFormat::ndjson;
  series.period = PeriodKind::weekly;
  series.shape = {{}, true, Interval::quarter_hour, false};
  series.enabled = false;
  series.filters.clear();
  ExportSchedule readable = series;
  readable.shape.interval = {};
  ExportSchedule put = schedule();
  put.period = PeriodKind::hourly;
  put.bucket = bucket("a/b");
  for (ExportSchedule wanted : {schedule(), counts, series, readable, put}) {
    const auto made = store().create(wanted);
    ASSERT_TRUE(made) << made.error().line();
    EXPECT_TRUE(made->id);
    wanted.id = made->id;
    wanted.created_at = wanted.updated_at = now();
    wanted.planned_to = wanted.begins_at;
    wanted.version = 1;
    EXPECT_EQ(*made, wanted);
    EXPECT_EQ(store().get(workspace_, made->id).value(), wanted);
  }
}

TEST_P(ExportStoreContract, ListsNewestFirstInPages) {
  const ExportId one = store().create(schedule())->id, two = store().create(schedule())->id,
                 three = store().create(schedule())->id;
  const auto ids = [&](std::optional<ExportId> after, std::size_t limit) {
    std::vector<ExportId> out;
    const auto found = store().list({workspace_, after, limit});
    for (const ExportSchedule& each : found.value()) out.push_back(each.id);
    return out;
  };
  EXPECT_THAT(ids({}, 50), ElementsAre(three, two, one));
  EXPECT_THAT(ids({}, 2), ElementsAre(three, two));
  EXPECT_THAT(ids(two, 50), ElementsAre(one));
}

TEST_P(ExportStoreContract, WhatIsPlannedIsPlannedOnce) {
  const ExportSchedule made = store().create(schedule()).value();
  EXPECT_TRUE(store().plan(made, {{day(5), day(6)}, 3, 7 * kDay}).value());
  EXPECT_FALSE(store().plan(made, {{day(5), day(6)}, 3, 7 * kDay}).value());
  const ExportSchedule after = store().get(workspace_, made.id).value();
  EXPECT_EQ(after.planned_to, 7 * kDay);
  EXPECT_EQ(after.version, made.version);
  EXPECT_EQ(after.standing, (ExportStanding{0, 2, 3, "", {}}));
  // A name that is there gets no second run.
  EXPECT_TRUE(store().plan(after, {{day(6), day(7)}, 0, 8 * kDay}).value());
  EXPECT_THAT(due(), ElementsAre("day-5", "day-6", "day-7"));
  EXPECT_THAT(periods(store().due(now(), 2)), ElementsAre("day-5", "day-6"));
}

TEST_P(ExportStoreContract, AFileAndItsEventGoTogether) {
  const ExportSchedule made = planned(schedule());
  const ScheduledRun what = first_due();
  EXPECT_EQ(what.schedule, made);
  EXPECT_FALSE(store().finish(what, file(5), now()).value());  // nobody began
  EXPECT_TRUE(store().begin(what, now()).value());
  EXPECT_FALSE(store().begin(what, now()).value());
  EXPECT_THAT(events(), IsEmpty());
  EXPECT_THAT(periods(store().writing()), ElementsAre("day-5"));
  stores_->clock.advance(250);
  EXPECT_TRUE(store().finish(what, file(5), now()).value());
  EXPECT_FALSE(store().finish(what, file(5), now()).value());
  const ExportRun run = store().run(workspace_, made.id, "day-5").value();
  EXPECT_EQ(run.state, ExportRunState::ready);
  EXPECT_EQ(run.file, file(5));
  EXPECT_EQ(run.finished_at - run.started_at, 250);
  EXPECT_THAT(store().writing().value(), IsEmpty());
  const auto told = events();
  ASSERT_EQ(told.size(), 1u);
  EXPECT_EQ(told[0].event, kExportReady);
  EXPECT_EQ(told[0].workspace, workspace_);
  EXPECT_EQ(told[0].about, run.id.value);
  EXPECT_THAT(told[0].data, HasSubstr(R"("export_id":"exp_1")"));
  EXPECT_THAT(told[0].data, HasSubstr(R"("of":"day-5")"));
  EXPECT_THAT(told[0].data,
              HasSubstr(R"("anew":false,"file":"day-5.csv","bytes":1234,"rows":56,)"));
  EXPECT_THAT(due(), ElementsAre("day-6", "day-7"));
}

TEST_P(ExportStoreContract, AnOwnerWhoChangesSomethingWins) {
  const ExportSchedule made = planned(schedule());
  const ScheduledRun what = first_due();
  ASSERT_TRUE(store().begin(what, now()).value());
  ExportSchedule wanted = made;
  wanted.traffic = TrafficFilter::bot;
  wanted.keep = 2;
  wanted.name = "other";
  wanted.format = ExportFormat::ndjson;  // stays
  const ExportSchedule changed = store().update(wanted).value();
  wanted.format = made.format;
  wanted.version = made.version + 1;
  EXPECT_EQ(changed, wanted);
  EXPECT_FALSE(store().finish(what, file(5), now()).value());
  EXPECT_THAT(events(), IsEmpty());
  const ExportRunId ids[] = {what.run.id};
  ASSERT_TRUE(store().wait_again(ids, ExportRemoval::none));
  EXPECT_FALSE(store().begin(what, now()).value());
  EXPECT_TRUE(store().begin(first_due(), now()).value());
}

TEST_P(ExportStoreContract, WhatFailsWaitsForItsTime) {
  const ExportSchedule made = planned(schedule());
  const ScheduledRun what = first_due();
  ASSERT_TRUE(store().begin(what, now()).value());
  ASSERT_TRUE(store().postpone(what.run.id, "no space left", now(), now() + 1000));
  EXPECT_THAT(due(), ElementsAre("day-6", "day-7"));
  EXPECT_EQ(store().get(workspace_, made.id)->standing,
            (ExportStanding{0, 3, 2, "no space left", {}}));
  stores_->clock.advance(1000);
  EXPECT_THAT(due(), ElementsAre("day-5", "day-6", "day-7"));
  EXPECT_EQ(first_due().run.failures, 1u);
  ASSERT_TRUE(store().begin(first_due(), now()).value());
  ASSERT_TRUE(store().postpone(what.run.id, "again", now(), now() + 1000));
  EXPECT_EQ(store().run(workspace_, made.id, "day-5")->failures, 2u);
  stores_->clock.advance(1000);
  write_first();
  const ExportRun run = store().run(workspace_, made.id, "day-5").value();
  EXPECT_EQ(run.failures, 0u);
  EXPECT_EQ(run.error, "");
}

TEST_P(ExportStoreContract, WhatIsMadeAnewIsToldOfAgain) {
  const ExportSchedule made = planned(schedule());
  write_first();
  write_first();
  const WorkspaceId other = stores_->add_workspace("other");
  EXPECT_THAT(store().ready(other, {0, 100 * kDay}).value(), IsEmpty());
  EXPECT_THAT(periods(store().ready(workspace_, {0, 5 * kDay})), IsEmpty());
  EXPECT_THAT(periods(store().ready(workspace_, {6 * kDay, 7 * kDay})), ElementsAre("day-6"));
  EXPECT_THAT(periods(store().ready(workspace_, {6 * kDay - 1, 6 * kDay + 1})),
              ElementsAre("day-5", "day-6"));
  const ExportRunId ids[] = {store().run(workspace_, made.id, "day-5")->id};
  ASSERT_TRUE(store().wait_again(ids, ExportRemoval::erased));
  EXPECT_THAT(due(), ElementsAre("day-5", "day-7"));
  // A crash in between forgets nothing.
  ASSERT_TRUE(store().begin(first_due(), now()).value());
  ASSERT_TRUE(store().wait_again(ids, ExportRemoval::none));
  write_first();
  ASSERT_EQ(events().size(), 3u);
  EXPECT_THAT(events()[2].data, HasSubstr(R"("anew":true)"));
  EXPECT_EQ(events()[2].about, events()[0].about);
}

TEST_P(ExportStoreContract, OnlyTheNewestAreKept) {
  ExportSchedule wanted = schedule();
  wanted.keep = 1;
  const ExportSchedule made = planned(wanted);
  const ExportSchedule all = planned(schedule());
  for (int i = 0; i < 6; ++i) write_first();
  const auto left = store().not_kept().value();
  ASSERT_EQ(left.size(), 2u);
  EXPECT_THAT(periods(store().not_kept()), ElementsAre("day-5", "day-6"));
  for (const ScheduledRun& each : left) {
    EXPECT_EQ(each.schedule.id, made.id);
    const ExportRunId ids[] = {each.run.id};
    ASSERT_TRUE(store().give_up(ids, ExportRemoval::not_kept));
  }
  EXPECT_THAT(store().not_kept().value(), IsEmpty());
  EXPECT_THAT(due(), IsEmpty());
  EXPECT_EQ(store().get(workspace_, made.id)->standing.files, 1u);
  const ExportRun gone = store().run(workspace_, made.id, "day-5").value();
  EXPECT_EQ(gone.state, ExportRunState::removed);
  EXPECT_EQ(gone.removal, ExportRemoval::not_kept);
  EXPECT_EQ(store().forget(7 * kDay).value(), 1u);  // of day 5
  EXPECT_EQ(store().run(workspace_, made.id, "day-5").error().code, ErrorCode::not_found);
  EXPECT_EQ(store().runs({workspace_, made.id, {}, 10})->size(), 2u);
}

TEST_P(ExportStoreContract, OnlyThoseThatAreOnRun) {
  ExportSchedule off = schedule();
  off.enabled = false;
  planned(off);
  EXPECT_THAT(due(), IsEmpty());
  EXPECT_THAT(store().enabled().value(), IsEmpty());
  ExportSchedule foreign = schedule();
  foreign.workspace = stores_->add_workspace("other");
  const ExportSchedule other = store().create(foreign).value();
  EXPECT_THAT(store().enabled().value(), ElementsAre(other));
}

TEST_P(ExportStoreContract, AnotherWorkspaceDoesNotSeeThem) {
  const ExportSchedule made = planned(schedule());
  write_first();
  const WorkspaceId other = stores_->add_workspace("other");
  ExportSchedule stolen = made;
  stolen.workspace = other;
  EXPECT_EQ(store().get(other, made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().update(stolen).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().remove(other, made.id).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().runs({other, made.id, {}, 50}).error().code, ErrorCode::not_found);
  EXPECT_EQ(store().run(other, made.id, "day-5").error().code, ErrorCode::not_found);
  EXPECT_THAT(store().ready(other, made.id).value(), IsEmpty());
  EXPECT_THAT(store().list({.workspace = other}).value(), IsEmpty());
  EXPECT_THAT(periods(store().ready(workspace_, made.id)), ElementsAre("day-5"));
}

TEST_P(ExportStoreContract, AScheduleTakesItsRunsAlongAndLeavesItsEvents) {
  const ExportSchedule made = planned(schedule());
  write_first();
  const ScheduledRun what = first_due();
  ASSERT_TRUE(store().begin(what, now()).value());
  ASSERT_TRUE(store().remove(workspace_, made.id));
  EXPECT_EQ(store().remove(workspace_, made.id).error().code, ErrorCode::not_found);
  EXPECT_FALSE(store().finish(what, file(6), now()).value());
  EXPECT_FALSE(store().plan(made, {{}, 0, 9 * kDay}).value());
  EXPECT_THAT(store().writing().value(), IsEmpty());
  EXPECT_EQ(events().size(), 1u);
  EXPECT_GT(store().create(schedule())->id, made.id);  // a number is given out once
}

TEST_P(ExportStoreContract, TwoSchedulesDoNotShareAPlace) {
  ExportSchedule made = store().create(with_bucket()).value();
  const auto second = store().create(with_bucket());
  EXPECT_EQ(second.error().field, "bucket.prefix");
  EXPECT_EQ(second.error().slug, "in_use");
  ExportSchedule by_host = with_bucket("");
  by_host.bucket->endpoint = "https://logs.s3.example";
  by_host.bucket->name = "a";
  EXPECT_EQ(store().create(by_host).error().slug, "in_use") << "the same, spelt otherwise";
  ExportSchedule other = store().create(with_bucket("b")).value();
  other.bucket->prefix = "a";
  EXPECT_EQ(store().update(other).error().slug, "in_use");
  EXPECT_EQ(store().get(workspace_, other.id)->bucket->prefix, "b");
  made.name = "itself";
  EXPECT_TRUE(store().update(made));
  ASSERT_TRUE(store().remove(workspace_, made.id));
  EXPECT_TRUE(store().update(other));
}

TEST_P(ExportStoreContract, AFileThatIsReadyWaitsForItsUpload) {
  const ExportSchedule plain = planned(schedule());
  for (int i = 0; i < 3; ++i) write_first();
  EXPECT_EQ(upload_of(plain, 5), UploadState::none);
  const ExportSchedule made = planned(with_bucket());
  EXPECT_THAT(uploads_due(), IsEmpty());
  for (int i = 0; i < 3; ++i) write_first();
  EXPECT_THAT(uploads_due(), ElementsAre("day-5"));  // one of each schedule
  EXPECT_EQ(store().uploads().value(), (UploadStanding{3, 0, 0, ""}));
  const ScheduledRun what = store().uploads_due(now()).value().at(0);
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(store().postpone_upload(what, "no", now() + 1000));
  EXPECT_THAT(uploads_due(), ElementsAre("day-6"));
  EXPECT_EQ(store().uploads().value(), (UploadStanding{3, 1, 0, ""}));
  EXPECT_EQ(store().get(workspace_, made.id)->standing.uploads, (UploadStanding{3, 1, 0, "no"}));
  // When one goes well the others are due.
  EXPECT_TRUE(store().uploaded(store().uploads_due(now()).value().at(0), now()).value());
  EXPECT_THAT(uploads_due(), ElementsAre("day-5"));
  EXPECT_EQ(run_of(made, 5).upload, (ExportUpload{UploadState::waiting, 10, 0, "no", 0}));
  EXPECT_TRUE(store().uploaded(what, now()).value());
  EXPECT_FALSE(store().uploaded(what, now()).value());
  EXPECT_EQ(run_of(made, 5).upload, (ExportUpload{UploadState::uploaded, 0, 0, "", now()}));
}

TEST_P(ExportStoreContract, WhatWaitsForItsUploadIsKept) {
  ExportSchedule wanted = with_bucket();
  wanted.keep = 1;
  const ExportSchedule made = planned(wanted);
  for (int i = 0; i < 3; ++i) write_first();
  EXPECT_THAT(periods(store().not_kept()), IsEmpty());
  const ScheduledRun first = store().uploads_due(now()).value().at(0);
  ASSERT_TRUE(store().uploaded(first, now()).value());
  EXPECT_THAT(periods(store().not_kept()), ElementsAre("day-5"));
  // What is removed all the same has missed it, unless it was on its way.
  const ScheduledRun second = store().uploads_due(now()).value().at(0);
  const ExportRunId ids[] = {second.run.id};
  ASSERT_TRUE(store().give_up(ids, ExportRemoval::past_retention));
  EXPECT_EQ(upload_of(made, 6), UploadState::missed);
  EXPECT_EQ(store().uploads()->missed, 1u);
  EXPECT_TRUE(store().uploaded(second, now()).value());
  EXPECT_EQ(upload_of(made, 6), UploadState::uploaded);
}

TEST_P(ExportStoreContract, WhatWasErasedDoesNotStayInABucket) {
  const ExportSchedule made = planned(with_bucket());
  for (int i = 0; i < 3; ++i) write_first();
  const ScheduledRun what = store().uploads_due(now()).value().at(0);
  ASSERT_TRUE(store().uploaded(what, now()).value());
  const ExportRunId ids[] = {what.run.id};
  ASSERT_TRUE(store().give_up(ids, ExportRemoval::not_kept));
  EXPECT_THAT(periods(store().ready(workspace_, {0, 6 * kDay})), IsEmpty());
  EXPECT_THAT(periods(store().held(workspace_, {0, 6 * kDay})), ElementsAre("day-5"));
  ASSERT_TRUE(store().wait_again(ids, ExportRemoval::erased));
  EXPECT_EQ(upload_of(made, 5), UploadState::stale);
  EXPECT_THAT(uploads_due(), ElementsAre("day-6"));  // a file will follow
  EXPECT_FALSE(store().uploaded(what, now()).value());
  // Its file is late: it goes now.
  ASSERT_TRUE(store().begin(first_due(), now()).value());
  ASSERT_TRUE(store().postpone(what.run.id, "full", now(), now()));
  EXPECT_THAT(uploads_due(), ElementsAre("day-5"));
  const ScheduledRun stale = store().uploads_due(now()).value().at(0);
  EXPECT_TRUE(store().withdrawn(stale).value());
  EXPECT_FALSE(store().withdrawn(stale).value());
  EXPECT_EQ(upload_of(made, 5), UploadState::deleted);
  write_first();
  EXPECT_EQ(upload_of(made, 5), UploadState::waiting);
}

TEST_P(ExportStoreContract, AnotherPlaceBeginsAnew) {
  ExportSchedule made = planned(schedule());
  write_first();
  write_first();
  made.bucket = bucket("a");
  made = store().update(made).value();
  EXPECT_EQ(upload_of(made, 5), UploadState::waiting);
  EXPECT_EQ(upload_of(made, 7), UploadState::none);
  const ScheduledRun what = store().uploads_due(now()).value().at(0);
  ASSERT_TRUE(store().postpone_upload(what, "wrong secret", now() + kDay));
  made.bucket->secret_access_key = "right";
  made = store().update(made).value();
  EXPECT_THAT(uploads_due(), ElementsAre("day-5"));
  EXPECT_EQ(run_of(made, 5).upload.attempts, 0u);
  EXPECT_TRUE(store().uploaded(what, now()).value());
  made.enabled = false;
  made = store().update(made).value();
  EXPECT_THAT(uploads_due(), IsEmpty());
  made.enabled = true;
  made.bucket->prefix = "b";
  made = store().update(made).value();
  EXPECT_EQ(upload_of(made, 5), UploadState::waiting);
  EXPECT_FALSE(store().uploaded(what, now()).value());  // it went to the other place
  made.bucket.reset();
  made = store().update(made).value();
  EXPECT_EQ(upload_of(made, 5), UploadState::none);
  EXPECT_THAT(uploads_due(), IsEmpty());
}

}  // namespace
}  // namespace tally
