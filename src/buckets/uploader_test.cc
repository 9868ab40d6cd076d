// SPDX-License-Identifier: Apache-2.0
// Files on their way to a bucket on the loopback, one that keeps what it is given and fails when it
// is told to. That what it is sent is signed rightly is judged in tests/system/bucket.test.mjs.
#include "buckets/uploader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <condition_variable>
#include <fstream>

#include "base/test_folder.h"
#include "buckets/object.h"
#include "http/outgoing_fixture.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_export_store.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Key;
using testing::UnorderedElementsAre;

constexpr UnixMillis kDay = kMillisPerDay;
constexpr UnixMillis kMonday = 1'772'409'600'000;  // 2026-03-02T00:00:00Z

// Objects by path.
class BucketFake {
 public:
  BucketFake() : receiver_([this](ReceiverFake::Connection& connection) { serve(connection); }) {}
  ~BucketFake() { hold(false); }

  std::string endpoint() const {
    const std::string url = receiver_.url();
    return url.substr(0, url.rfind('/'));
  }
  std::map<std::string, std::string> objects() {
    const std::lock_guard lock(mutex_);
    return objects_;
  }
  // What every request gets; "" when it is done as asked.
  void answer(std::string answer) {
    const std::lock_guard lock(mutex_);
    answer_ = std::move(answer);
  }
  // Nobody gets an answer meanwhile.
  void hold(bool held) {
    const std::lock_guard lock(mutex_);
    held_ = held;
    changed_.notify_all();
  }
  std::vector<std::string> requests() { return receiver_.requests(); }

 private:
  void serve(ReceiverFake::Connection& connection) {
    for (;;) {
      const std::string request = connection.read_request();
      if (request.empty()) return;
      connection.send(take(request));
    }
  }
  std::string take(const std::string& request) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !held_; });
    if (!answer_.empty()) return answer_;
    const auto method = request.substr(0, request.find(' '));
    const auto path = request.substr(method.size() + 1, request.find(" HTTP") - method.size() - 1);
    if (method == "PUT") objects_[path] = request.substr(request.find("\r\n\r\n") + 4);
    if (method == "DELETE") objects_.erase(path);
    return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  }

  std::mutex mutex_;
  std::condition_variable changed_;
  std::map<std::string, std::string> objects_;
  std::string answer_;
  bool held_ = false;
  ReceiverFake receiver_;
};

class BucketUploaderTest : public testing::Test {
 protected:
  BucketUploaderTest() {
    database_ = std::move(LinksDatabase::open(folder_.path() / "links.db", clock_).value());
    exports_ = std::make_unique<SqliteExportStore>(*database_, clock_);
    workspace_ = SqliteAccountStore(*database_, clock_, random_).default_workspace().value().id;
    restart();
  }

  void restart() {
    uploader_ = std::make_unique<BucketUploader>(
        BucketUploader::Deps{clock_, random_, *exports_,
                             [this](const ExportSchedule&, const ExportRun& run) {
                               return files_.open(folder_.path() / run.file.name);
                             }},
        loopback());
  }

  ExportSchedule add(const BucketFake& at, const std::string& prefix) {
    ExportSchedule wanted;
    wanted.workspace = workspace_;
    wanted.name = "Daily";
    wanted.begins_at = kMonday;
    wanted.bucket = ExportBucket{at.endpoint(), "eu-1", "logs", prefix, "AK", "SK", true};
    return exports_->create(wanted).value();
  }
  // The file of the n-th day is there.
  void write(const ExportSchedule& schedule, int n, const std::string& bytes) {
    const UnixMillis from = kMonday + n * kDay;
    const std::string period = "2026-03-0" + std::to_string(2 + n);
    (void)exports_->plan(exports_->get(workspace_, schedule.id).value(),
                         {{{period, {from, from + kDay}}}, 0, from + kDay});
    const auto due = exports_->due(clock_.now_ms(), 1).value();
    ASSERT_EQ(due.size(), 1u);
    ASSERT_EQ(due[0].run.period.name, period);
    const std::string name = schedule.id.text() + "-" + period + ".csv";
    std::ofstream(folder_.path() / name) << bytes;
    ASSERT_TRUE(exports_->begin(due[0], clock_.now_ms()).value());
    ASSERT_TRUE(
        exports_->finish(due[0], {name, bytes.size(), 1, "abc", false}, clock_.now_ms()).value());
  }
  ExportUpload upload(const ExportSchedule& schedule, int n) {
    return exports_->run(workspace_, schedule.id, "2026-03-0" + std::to_string(2 + n))
        .value()
        .upload;
  }
  // Looks until nothing is under way.
  void settle() {
    do {
      ASSERT_TRUE(uploader_->step());
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    } while (uploader_->running() != 0);
  }
  std::vector<ExportRunId> ids(const ExportSchedule& schedule) {
    std::vector<ExportRunId> out;
    const auto runs = exports_->runs({workspace_, schedule.id, {}, 100});
    for (const ExportRun& run : runs.value()) out.push_back(run.id);
    return out;
  }

  TestFolder folder_;
  SystemRandom random_;
  ManualClock clock_{kMonday + 5 * kDay};
  PosixFiles files_;
  std::unique_ptr<LinksDatabase> database_;
  std::unique_ptr<ExportStore> exports_;
  WorkspaceId workspace_;
  BucketFake bucket_;
  std::unique_ptr<BucketUploader> uploader_;
};

TEST_F(BucketUploaderTest, AFileIsPutAndThenItsManifest) {
  const ExportSchedule made = add(bucket_, "a");
  write(made, 0, "one\n");
  settle();
  const std::string folder = "/logs/a/date%3D2026-03-02/";
  EXPECT_THAT(bucket_.objects(), UnorderedElementsAre(Key(folder + "2026-03-02.csv"),
                                                      Key(folder + "_2026-03-02.manifest")));
  EXPECT_EQ(bucket_.objects()[folder + "2026-03-02.csv"], "one\n");
  EXPECT_THAT(bucket_.objects()[folder + "_2026-03-02.manifest"],
              HasSubstr(R"("url":"s3://logs/a/date=2026-03-02/2026-03-02.csv")"));
  EXPECT_THAT(bucket_.requests()[0], HasSubstr("x-amz-content-sha256: abc\r\n"));
  EXPECT_THAT(bucket_.requests()[0], HasSubstr("Content-Type: text/csv; charset=utf-8"));
  EXPECT_THAT(bucket_.requests()[1], HasSubstr(".manifest HTTP/1.1"));
  EXPECT_EQ(upload(made, 0), (ExportUpload{UploadState::uploaded, 0, 0, "", clock_.now_ms()}));
  EXPECT_EQ(uploader_->uploaded(), 1u);
  settle();
  EXPECT_EQ(bucket_.requests().size(), 2u);
}

TEST_F(BucketUploaderTest, WhatFailsIsTriedAgainAndNeverGivenUp) {
  const ExportSchedule made = add(bucket_, "a");
  write(made, 0, "one\n");
  bucket_.answer(
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 46\r\n\r\n<Code>AccessDenied</Code><Message>No"
      "</Message>");
  std::vector<UnixMillis> waits;
  for (int i = 0; i < 12; ++i) {
    settle();
    const ExportUpload now = upload(made, 0);
    EXPECT_EQ(now.state, UploadState::waiting);
    EXPECT_EQ(now.attempts, static_cast<std::uint32_t>(i + 1));
    EXPECT_THAT(now.error, HasSubstr("403 AccessDenied"));
    waits.push_back(now.next_try - clock_.now_ms());
    clock_.set(now.next_try);
  }
  EXPECT_LT(waits[0], 7 * kMillisPerSecond);
  EXPECT_GT(waits[8], 19 * kMillisPerHour);
  EXPECT_EQ(waits[11], kDay);
  settle();
  EXPECT_EQ(uploader_->standing().overdue, 1u);
  EXPECT_EQ(exports_->get(workspace_, made.id)->standing.uploads.overdue, 1u);
  bucket_.answer("");
  clock_.advance(kDay);
  settle();
  EXPECT_EQ(upload(made, 0).state, UploadState::uploaded);
  EXPECT_EQ(uploader_->standing(), UploadStanding());
}

TEST_F(BucketUploaderTest, AServerMaySayWhenToComeAgain) {
  const ExportSchedule made = add(bucket_, "a");
  write(made, 0, "one\n");
  bucket_.answer("HTTP/1.1 503 Slow\r\nRetry-After: 8\r\nContent-Length: 0\r\n\r\n");
  settle();
  EXPECT_EQ(upload(made, 0).next_try, clock_.now_ms() + 8'000);
}

// One that does not answer holds up its own schedule only; one that does has all that waited.
TEST_F(BucketUploaderTest, OneBucketsTroubleIsNoOthers) {
  BucketFake other;
  const ExportSchedule stuck = add(bucket_, "a"), well = add(other, "a");
  bucket_.hold(true);
  write(stuck, 0, "one\n");
  write(well, 0, "two\n");
  while (upload(well, 0).state != UploadState::uploaded) ASSERT_TRUE(uploader_->step());
  EXPECT_EQ(uploader_->running(), 1u);
  EXPECT_EQ(upload(stuck, 0).state, UploadState::waiting);
  bucket_.answer("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n");
  bucket_.hold(false);
  settle();
  write(stuck, 1, "three\n");
  settle();
  EXPECT_EQ(upload(stuck, 1).attempts, 1u);
  bucket_.answer("");
  write(stuck, 2, "four\n");
  settle();
  for (const int day : {0, 1, 2}) EXPECT_EQ(upload(stuck, day).state, UploadState::uploaded);
}

TEST_F(BucketUploaderTest, WhatWasErasedIsReplacedOrDeleted) {
  const ExportSchedule made = add(bucket_, "a");
  write(made, 0, "one\n");
  write(made, 1, "two\n");
  settle();
  ASSERT_EQ(bucket_.objects().size(), 4u);
  const auto both = ids(made);
  ASSERT_TRUE(exports_->wait_again(both, ExportRemoval::erased));
  settle();  // files will follow
  EXPECT_EQ(bucket_.objects().size(), 4u);
  EXPECT_EQ(upload(made, 0).state, UploadState::stale);
  write(made, 0, "less\n");
  settle();
  EXPECT_EQ(bucket_.objects()["/logs/a/date%3D2026-03-02/2026-03-02.csv"], "less\n");
  EXPECT_THAT(bucket_.objects()["/logs/a/date%3D2026-03-02/_2026-03-02.manifest"],
              HasSubstr(R"("anew":true)"));
  const ExportRunId second[] = {exports_->run(workspace_, made.id, "2026-03-03")->id};
  ASSERT_TRUE(exports_->give_up(second, ExportRemoval::past_retention));
  settle();
  EXPECT_EQ(bucket_.objects().size(), 2u);
  EXPECT_EQ(upload(made, 1).state, UploadState::deleted);
  EXPECT_EQ(bucket_.requests().back().substr(0, 7), "DELETE ");
}

TEST_F(BucketUploaderTest, AScheduleThatIsOffPutsNothing) {
  ExportSchedule made = add(bucket_, "a");
  write(made, 0, "one\n");
  made.enabled = false;
  ASSERT_TRUE(exports_->update(made));
  settle();
  EXPECT_THAT(bucket_.objects(), IsEmpty());
  made.enabled = true;
  ASSERT_TRUE(exports_->update(made));
  settle();
  EXPECT_EQ(bucket_.objects().size(), 2u);
}

TEST_F(BucketUploaderTest, ANewPlaceGetsWhatIsThere) {
  ExportSchedule made = add(bucket_, "a");
  write(made, 0, "one\n");
  settle();
  made.bucket->prefix = "b";
  ASSERT_TRUE(exports_->update(made));
  settle();
  EXPECT_EQ(bucket_.objects().size(), 4u);
  made.bucket.reset();
  ASSERT_TRUE(exports_->update(made));
  EXPECT_EQ(upload(made, 0).state, UploadState::none);
}

TEST_F(BucketUploaderTest, AFileThatIsGoneOrTooLargeIsSaid) {
  const ExportSchedule made = add(bucket_, "a");
  write(made, 0, "one\n");
  std::filesystem::remove(folder_.path() / (made.id.text() + "-2026-03-02.csv"));
  settle();
  EXPECT_EQ(upload(made, 0).attempts, 1u);
  EXPECT_NE(upload(made, 0).error, "");
  EXPECT_THAT(bucket_.requests(), IsEmpty());
}

TEST_F(BucketUploaderTest, WhatAStartLeftIsPutByTheNext) {
  const ExportSchedule made = add(bucket_, "a");
  write(made, 0, "one\n");
  bucket_.hold(true);
  ASSERT_TRUE(uploader_->step());
  EXPECT_EQ(uploader_->running(), 1u);
  uploader_->stop();
  restart();
  bucket_.hold(false);
  EXPECT_EQ(upload(made, 0).attempts, 0u);
  settle();
  EXPECT_EQ(upload(made, 0).state, UploadState::uploaded);
}

TEST_F(BucketUploaderTest, ATestLeavesNothing) {
  const ExportBucket bucket = *add(bucket_, "a").bucket;
  const BucketTrial trial = uploader_->test(bucket);
  EXPECT_TRUE(trial.ok());
  EXPECT_EQ(trial.put.status, 200);
  EXPECT_EQ(trial.key.substr(0, 18), "a/_tallymark-test-");
  EXPECT_THAT(bucket_.objects(), IsEmpty());
  EXPECT_EQ(bucket_.requests().size(), 2u);
  bucket_.answer("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n");
  const BucketTrial refused = uploader_->test(bucket);
  EXPECT_FALSE(refused.ok());
  EXPECT_EQ(refused.put.error, "403");
  EXPECT_FALSE(refused.deleted);
}

TEST_F(BucketUploaderTest, AnAddressInsideIsNotDialled) {
  uploader_ = std::make_unique<BucketUploader>(BucketUploader::Deps{clock_, random_, *exports_, {}},
                                               OutgoingOptions{});
  const BucketTrial trial = uploader_->test(*add(bucket_, "a").bucket);
  EXPECT_THAT(trial.put.error, HasSubstr("127.0.0.1 is a loopback address"));
  EXPECT_THAT(bucket_.requests(), IsEmpty());
}

}  // namespace
}  // namespace tally
