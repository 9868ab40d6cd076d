// SPDX-License-Identifier: Apache-2.0
#include "pipeline/eraser.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "base/state_file.h"
#include "base/test_folder.h"
#include "clicks/schema.h"
#include "http/client.h"
#include "http/server.h"

namespace tally {
namespace {

using std::chrono_literals::operator""ms;
using Said = std::vector<std::string>;

constexpr std::int64_t kDay = 20'500;
constexpr WorkspaceId kWorkspace{2};

// What was asked of all parts, in order.
class Diary {
 public:
  void add(std::string line) {
    const std::lock_guard lock(mutex_);
    lines_.push_back(std::move(line));
  }
  Said lines() const {
    const std::lock_guard lock(mutex_);
    return lines_;
  }

 private:
  mutable std::mutex mutex_;
  Said lines_;
};

// A click store that holds five clicks, with views and conversions, until it is told to erase them.
class FakeStore {
 public:
  explicit FakeStore(Diary& diary) : diary_(diary) {
    HttpHandlers handlers;
    handlers.handle = [this](const Request& request) { return answer(request.body); };
    handlers.refuse = [](const Refusal& why, const std::string&) {
      return Response{why.status, {}, {}};
    };
    handlers.new_id = [] { return std::string("id"); };
    server_ = HttpServer::listen({}, std::move(handlers), clock_).value();
    server_->start();
  }
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_->port()); }
  void keep_everything() { deaf_ = true; }

 private:
  Response answer(const std::string& sql) {
    const auto has = [&](std::string_view part) { return sql.contains(part); };
    if (has("version()")) return {200, {}, "26.5.1.1\n"};
    if (has("system.columns")) return {200, {}, "2\n"};
    if (has("max(version)")) return {200, {}, std::to_string(kSchemaVersion) + "\n"};
    if (has("system.mutations")) return {200, {}, "0\t\n"};
    const std::string table = has("ALTER TABLE tallymark.clicks")          ? "clicks"
                              : has("ALTER TABLE tallymark.landing_views") ? "views"
                              : has("ALTER TABLE tallymark.conversions")   ? "conversions"
                                                                           : "";
    if (!table.empty()) {
      diary_.add("erase " + table);
      if (table == "clicks" && !deaf_) there_ = false;
      return {};
    }
    if (has("GROUP BY day")) return {200, {}, there_ ? std::to_string(kDay) + "\t5\n" : ""};
    if (has("visitor IN (SELECT")) {
      diary_.add("first clicks");
      return {200, {}, "0\t0\n"};
    }
    if (has("count(), 0")) return {200, {}, there_ ? "2\t0\n" : "0\t0\n"};
    return {200, {}, ""};
  }

  SystemClock clock_;
  Diary& diary_;
  std::atomic<bool> there_ = true, deaf_ = false;
  std::unique_ptr<HttpServer> server_;
};

// A list of conversions on which there is none.
class NoConversions final : public ConversionStore {
 public:
  Result<TakenConversion> take(const Conversion&, const ConversionRequest&) override { return {}; }
  Result<Conversion> get(WorkspaceId, ConversionId) override { return Conversion{}; }
  Result<ConversionPage> list(const ConversionListing&) override { return ConversionPage{}; }
  Result<Counts> counts(WorkspaceId) override { return Counts{}; }
  Result<bool> any_joined(WorkspaceId) override { return false; }
  Result<std::optional<UnixMillis>> next_due() override { return std::nullopt; }
  Result<std::vector<Conversion>> due(UnixMillis, std::size_t) override {
    return std::vector<Conversion>{};
  }
  Result<void> put_off(ConversionId, UnixMillis) override { return {}; }
  Result<void> give_up(ConversionId) override { return {}; }
  Result<JoiningBatch> begin_batch(std::span<const Conversion>) override { return JoiningBatch{}; }
  Result<JoiningBatch> open_batch() override { return JoiningBatch{}; }
  Result<void> join(std::span<const JoinedLink>) override { return {}; }
  Result<void> remove(std::span<const ConversionId>) override { return {}; }
  Result<void> remove_told_before(WorkspaceId, UnixMillis) override { return {}; }
};

class EraserTest : public testing::Test {
 protected:
  EraserTest() { EXPECT_TRUE(store_.migrate()); }

  Result<void> start() {
    eraser_ = std::make_unique<Eraser>(
        Eraser::Deps{files_,
                     clock_,
                     store_,
                     {store_, conversions_},
                     [this] { return as_of_.load(); },
                     [this](const Erasure&, Worker&) {
                       diary_.add("logs, state " + std::string(to_text(stored().front().state)));
                       return Result<void>();
                     },
                     [this](WorkspaceId, std::span<const std::int64_t> days) {
                       diary_.add("again: " + std::to_string(days.size()));
                       return Result<void>();
                     },
                     [this](WorkspaceId, std::span<const std::int64_t> days) {
                       diary_.add("exports: " + std::to_string(days.size()));
                       return Result<void>();
                     }},
        path_);
    return eraser_->start([this](const std::string& line) { reports_.push_back(line); });
  }
  static Erasure of_link() { return {kWorkspace, {0, 4'000'000'000'000}, LinkId{9}, {}}; }
  static Erasure of_visitor() { return {kWorkspace, {0, 4'000'000'000'000}, std::nullopt, {5, 6}}; }
  EraseJob until_over(EraseId id) {
    for (int i = 0; i < 2000; ++i) {
      const auto job = eraser_->find(kWorkspace, id);
      if (job && is_over(job->state)) return *job;
      std::this_thread::sleep_for(10ms);
    }
    ADD_FAILURE() << "never over";
    return {};
  }
  std::vector<EraseJob> stored() { return load_erase_jobs(files_, path_).value(); }

  TestFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "erase";
  PosixFiles files_;
  ManualClock clock_{(kDay + 9) * kMillisPerDay};
  std::atomic<UnixMillis> as_of_{clock_.now_ms()};
  Diary diary_;
  FakeStore fake_{diary_};
  HttpClient http_;
  ClickStore store_{http_, {fake_.url(), ""}};
  NoConversions conversions_;
  std::vector<std::string> reports_;
  std::unique_ptr<Eraser> eraser_;
};

const Said kWhole = {"logs, state logs", "erase views",  "erase conversions", "erase clicks",
                     "again: 1",         "first clicks", "exports: 1"};

TEST_F(EraserTest, LogsForgetBeforeRowsGoAndFirstClicksComeLast) {
  ASSERT_TRUE(start());
  const auto begun = eraser_->submit(of_link());
  ASSERT_TRUE(begun);
  EXPECT_EQ(begun->what.range.to, clock_.now_ms()) << "what comes later is not meant";
  const EraseJob job = until_over(begun->id);
  EXPECT_EQ(job.state, EraseState::done) << job.error;
  EXPECT_EQ(diary_.lines(), kWhole);
  EXPECT_EQ(std::tuple(job.clicks, job.views, job.conversions), std::tuple(5u, 2u, 2u));
  EXPECT_EQ(stored().front().what.link, LinkId{9});
}

TEST_F(EraserTest, NothingGoesBeforeAllThatCameEarlierIsStored) {
  as_of_ = 0;
  ASSERT_TRUE(start());
  const auto job = eraser_->submit(of_link());
  std::this_thread::sleep_for(300ms);
  EXPECT_EQ(eraser_->find(kWorkspace, job->id)->state, EraseState::waiting);
  EXPECT_TRUE(diary_.lines().empty());
  as_of_ = clock_.now_ms();
  EXPECT_EQ(until_over(job->id).state, EraseState::done);
}

TEST_F(EraserTest, AVisitorsNumberIsForgottenWithTheJob) {
  as_of_ = 0;
  ASSERT_TRUE(start());
  const auto job = eraser_->submit(of_visitor());
  EXPECT_EQ(stored().front().what.visitors.size(), 2u);
  as_of_ = clock_.now_ms();
  EXPECT_EQ(until_over(job->id).state, EraseState::done);
  EXPECT_TRUE(stored().front().what.visitors.empty());
  EXPECT_TRUE(stored().front().of_visitor);
}

TEST_F(EraserTest, AJobThatWasCutOffIsDoneFromTheStartAndKeepsItsReport) {
  EraseJob cut;
  cut.id = EraseId{7};
  cut.what = of_link();
  cut.state = EraseState::rows;
  cut.clicks = 50;
  cut.days = {kDay - 1};
  ASSERT_TRUE(files_.replace(path_, encode_erase_jobs({cut})));
  ASSERT_TRUE(start());
  const EraseJob job = until_over(cut.id);
  EXPECT_EQ(job.state, EraseState::done) << job.error;
  EXPECT_TRUE(job.resumed);
  EXPECT_EQ(job.clicks, 50u);
  EXPECT_EQ(diary_.lines(),
            (Said{"logs, state logs", "erase views", "erase conversions", "erase clicks",
                  "again: 2", "first clicks", "first clicks", "exports: 2"}));
  EXPECT_EQ(eraser_->submit(of_link())->id, EraseId{8});
}

TEST_F(EraserTest, AStoreThatKeepsItsRowsFailsTheJob) {
  fake_.keep_everything();
  ASSERT_TRUE(start());
  const auto job = eraser_->submit(of_visitor());
  const EraseJob over = until_over(job->id);
  EXPECT_EQ(over.state, EraseState::failed);
  EXPECT_FALSE(over.error.empty());
  EXPECT_TRUE(over.what.visitors.empty());
}

TEST_F(EraserTest, JobsWaitForEachOtherAndOnlySoMany) {
  as_of_ = 0;
  ASSERT_TRUE(start());
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(eraser_->submit(of_link()));
  EXPECT_EQ(eraser_->submit(of_link()).error().slug, "too_many_erases");
  EXPECT_EQ(eraser_->jobs(kWorkspace).size(), 100u);
  EXPECT_EQ(eraser_->jobs(kWorkspace).front().id, EraseId{100});
  EXPECT_TRUE(eraser_->jobs({3}).empty());
  EXPECT_EQ(eraser_->find({3}, EraseId{1}).error().code, ErrorCode::not_found);
  as_of_ = clock_.now_ms();
  EXPECT_EQ(until_over(EraseId{100}).state, EraseState::done);
  EXPECT_EQ(eraser_->submit(of_link())->id, EraseId{101});
  EXPECT_FALSE(eraser_->find(kWorkspace, EraseId{1})) << "the oldest makes room";
}

TEST_F(EraserTest, ADamagedFileIsSetAsideAndReported) {
  std::string bytes = encode_erase_jobs({});
  bytes.back() ^= 1;
  ASSERT_TRUE(files_.replace(path_, bytes));
  ASSERT_TRUE(start());
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_TRUE(reports_[0].contains("erase.damaged")) << reports_[0];
  ASSERT_TRUE(files_.replace(path_, seal_state({"TALLYERS", 2, {}}, "news")));
  EXPECT_EQ(start().error().code, ErrorCode::conflict);
}

}  // namespace
}  // namespace tally
