// SPDX-License-Identifier: Apache-2.0
#include "pipeline/reclassifier.h"

#include <gtest/gtest.h>

#include <thread>

#include "base/state_file.h"
#include "base/test_folder.h"
#include "clicks/schema.h"
#include "http/client.h"
#include "http/server.h"

namespace tally {
namespace {

using std::chrono_literals::operator""ms;

constexpr std::int64_t kToday = 20'600, kDay = 20'500;
constexpr WorkspaceId kWorkspace{2};

// A click store that holds one hit of a tool, on kDay, which was taken for a person. It says of its
// rewriting what it is told to say, and at the end that it is done.
class FakeStore {
 public:
  FakeStore() {
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

  void say(std::vector<std::string> rewriting) {
    const std::lock_guard lock(mutex_);
    rewriting_ = {rewriting.rbegin(), rewriting.rend()};
  }
  // While a job is planned; and when its order is given.
  void on_plan(std::function<void()> seen) {
    const std::lock_guard lock(mutex_);
    on_plan_ = std::move(seen);
  }
  void on_order(std::function<void()> seen) {
    const std::lock_guard lock(mutex_);
    on_order_ = std::move(seen);
  }
  // Of known visitors, by day.
  void have_hits(std::string tsv) {
    const std::lock_guard lock(mutex_);
    hits_ = std::move(tsv);
  }
  // While first clicks are worked out.
  void on_first_clicks(std::function<void()> seen) {
    const std::lock_guard lock(mutex_);
    on_first_clicks_ = std::move(seen);
  }
  std::string last_order() const {
    const std::lock_guard lock(mutex_);
    return last_order_;
  }
  // "order conversions", "order", "first clicks DAY" and "rewriting?", as they were asked for.
  std::vector<std::string> asked() const {
    const std::lock_guard lock(mutex_);
    return asked_;
  }

 private:
  Response answer(const std::string& sql) {
    const std::lock_guard lock(mutex_);
    const auto has = [&](std::string_view part) { return sql.contains(part); };
    if (has("version()")) return {200, {}, "26.5.1.1\n"};
    if (has("system.columns")) return {200, {}, "2\n"};
    if (has("max(version)")) return {200, {}, std::to_string(kSchemaVersion) + "\n"};
    if (has("system.mutations")) {
      asked_.emplace_back("rewriting?");
      if (rewriting_.empty()) return {200, {}, "0\t\n"};
      const std::string out = rewriting_.back();
      rewriting_.pop_back();
      return {200, {}, out + "\n"};
    }
    if (has("ALTER TABLE")) {
      asked_.emplace_back(has("tallymark.conversions") ? "order conversions" : "order");
      last_order_ = sql;
      if (on_order_) on_order_();
      return {};
    }
    if (has(" AS day FROM tallymark.clicks WHERE") && has("SELECT count()"))
      return {200, {}, hits_};
    if (has("SELECT user_agent, traffic")) {
      const bool first_page = has("user_agent > ''");
      return {200, {}, first_page ? "curl/8.0\thuman\told\t1\n" : ""};
    }
    if (has("SELECT intDiv(time")) {
      if (on_plan_) on_plan_();
      return {200, {}, std::to_string(kDay) + "\t1\n"};
    }
    if (has("visitor IN")) {
      const auto from = sql.find("time >= ") + 8;
      asked_.push_back("first clicks " +
                       std::to_string(std::stoll(sql.substr(from)) / kMillisPerDay));
      if (on_first_clicks_) on_first_clicks_();
      return {200, {}, "0\t0\n"};
    }
    return {200, {}, has("count()") ? "1\t0\n" : ""};
  }

  SystemClock clock_;
  mutable std::mutex mutex_;
  std::vector<std::string> rewriting_, asked_;
  std::function<void()> on_plan_, on_order_, on_first_clicks_;
  std::string last_order_, hits_;
  std::unique_ptr<HttpServer> server_;
};

std::shared_ptr<const AgentRules> rules() {
  static const auto loaded = AgentRules::load("/usr/share/uap-core/regexes.yaml");
  if (!loaded) {
    ADD_FAILURE() << loaded.error().line() << "; install Debian's package uap-core";
    std::abort();
  }
  return *loaded;
}

class ReclassifierTest : public testing::Test {
 protected:
  Result<void> start() {
    reclassifier_ = std::make_unique<Reclassifier>(
        Reclassifier::Deps{files_, clock_, store_, [this] { return clock_.now_ms(); },
                           [this] {
                             ++rules_read_;
                             return rules();
                           },
                           [this](WorkspaceId) { return limited_links(); }},
        path_);
    return reclassifier_->start([this](const std::string& line) { reports_.push_back(line); });
  }
  // A job of everything, as it is when it is over.
  ReclassifyJob run_job() {
    EXPECT_TRUE(store_.migrate());
    EXPECT_TRUE(start());
    const auto job = reclassifier_->submit({kWorkspace, {0, clock_.now_ms()}, {}, false, false});
    EXPECT_TRUE(job);
    return until_over(job->id);
  }
  ReclassifyJob until_over(ReclassifyId id) {
    for (int i = 0; i < 2000; ++i) {
      const auto job = reclassifier_->find(kWorkspace, id);
      if (job && is_over(job->state)) return *job;
      std::this_thread::sleep_for(10ms);
    }
    ADD_FAILURE() << "never over";
    return {};
  }
  std::vector<LinkId> limited_links() const {
    return limited_ == 0 ? std::vector<LinkId>() : std::vector<LinkId>{{limited_}};
  }
  // What a job that had been applying goes on with.
  ReclassifyJob cut_off_job() const {
    ReclassifyJob job;
    job.id = ReclassifyId{7};
    job.request = {kWorkspace, {0, clock_.now_ms()}, {}, false, false};
    job.state = JobState::applying;
    job.created_at = clock_.now_ms();
    job.examined = 30;
    job.by = {{Traffic::human, "browser", Traffic::crawler, "generic_bot", 12}};
    return job;
  }
  ReclassifyState stored() { return load_reclassify_state(files_, path_).value(); }

  TestFolder folder_;
  const std::filesystem::path path_ = folder_.path() / "reclassify";
  const std::filesystem::path aside_ = folder_.path() / "reclassify.damaged";
  PosixFiles files_;
  ManualClock clock_{kToday * kMillisPerDay};
  FakeStore fake_;
  HttpClient http_;
  ClickStore store_{http_, {fake_.url(), ""}};
  std::atomic<int> rules_read_ = 0;
  std::atomic<std::uint64_t> limited_ = 0;  // a link with a click limit
  std::vector<std::string> reports_;
  std::unique_ptr<Reclassifier> reclassifier_;
};

TEST_F(ReclassifierTest, ADamagedFileIsSetAsideAndReported) {
  ReclassifyJob done;
  done.id = ReclassifyId{7};
  done.state = JobState::done;
  std::string bytes = encode_reclassify_state({{done}, {}});
  ASSERT_TRUE(files_.replace(path_, bytes));
  ASSERT_TRUE(start());
  EXPECT_TRUE(reclassifier_->find({}, ReclassifyId{7}));
  EXPECT_TRUE(reports_.empty());
  bytes.back() ^= 1;
  ASSERT_TRUE(files_.replace(path_, bytes));
  ASSERT_TRUE(start());
  ASSERT_EQ(reports_.size(), 1u);
  EXPECT_TRUE(reports_[0].contains("reclassify.damaged")) << reports_[0];
  EXPECT_FALSE(reclassifier_->find({}, ReclassifyId{7}));
  EXPECT_EQ(files_.read_all(aside_).value(), bytes);
  EXPECT_FALSE(std::filesystem::exists(path_));
}

TEST_F(ReclassifierTest, ANewerVersionsFileIsRefusedAndStays) {
  const std::string bytes = seal_state({"TALLYRCL", 3, {}}, "news");
  ASSERT_TRUE(files_.replace(path_, bytes));
  const auto started = start();
  ASSERT_FALSE(started);
  EXPECT_EQ(started.error().code, ErrorCode::conflict);
  EXPECT_EQ(files_.read_all(path_).value(), bytes);
}

TEST_F(ReclassifierTest, ATroubleOfTheStoreThatPassesIsWaitedForAndNothingOrderedTwice) {
  fake_.say({"1\tCode: 241. DB::Exception: Memory limit (total) exceeded", "1\t"});
  const ReclassifyJob job = run_job();
  EXPECT_EQ(job.state, JobState::done) << job.error;
  EXPECT_EQ(rules_read_, 1) << "other rules would change what was not planned";
  EXPECT_EQ(fake_.asked(),
            (std::vector<std::string>{"order conversions", "order", "rewriting?", "rewriting?",
                                      "rewriting?", "first clicks 20500"}));
  EXPECT_TRUE(stored().open_days.empty());
}

TEST_F(ReclassifierTest, FirstClicksOfAJobThatFailedWhileItAppliedAreWorkedOutLater) {
  fake_.say({"1\tCode: 47. DB::Exception: Unknown identifier"});
  const ReclassifyJob job = run_job();
  EXPECT_EQ(job.state, JobState::failed);
  EXPECT_TRUE(job.error.contains("Code: 47")) << job.error;
  reclassifier_->stop();
  EXPECT_EQ(stored().jobs.back().state, JobState::failed);
  EXPECT_EQ(stored().open_days, (std::vector<OpenDay>{{kWorkspace, kDay}}));
  EXPECT_EQ(fake_.asked(), (std::vector<std::string>{"order conversions", "order", "rewriting?"}));
  fake_.say({"1\t"});  // the order is being carried out after all
  ASSERT_TRUE(start());
  for (int i = 0; i < 2000 && !stored().open_days.empty(); ++i) std::this_thread::sleep_for(10ms);
  EXPECT_TRUE(stored().open_days.empty());
  EXPECT_EQ(fake_.asked(),
            (std::vector<std::string>{"order conversions", "order", "rewriting?", "rewriting?",
                                      "rewriting?", "first clicks 20500", "rewriting?"}));
}

TEST_F(ReclassifierTest, DaysThatRowsComeIntoAreNotedAndWorkedOut) {
  ASSERT_TRUE(store_.migrate());
  ASSERT_TRUE(start());
  const std::int64_t days[] = {kDay, kToday};
  ASSERT_TRUE(reclassifier_->count_again(kWorkspace, days));
  EXPECT_EQ(stored().open_days, (std::vector<OpenDay>{{kWorkspace, kDay}, {kWorkspace, kToday}}));
  EXPECT_TRUE(reclassifier_->await_counted(WorkspaceId{9}, 0ms)) << "another workspace's";
  EXPECT_TRUE(reclassifier_->await_counted(kWorkspace, 20'000ms));
  EXPECT_EQ(fake_.asked(),
            (std::vector<std::string>{"rewriting?", "first clicks 20500", "rewriting?"}))
      << "few hits: both days at once";
  EXPECT_EQ(stored().open_days, (std::vector<OpenDay>{{kWorkspace, kToday}}))
      << "once more when it is over";
}

TEST_F(ReclassifierTest, DaysOfManyHitsAreWorkedOutApart) {
  ASSERT_TRUE(store_.migrate());
  ASSERT_TRUE(start());
  fake_.have_hits("1000000\t20500\n400000\t20501\n200000\t20502\n9000000\t20504\n");
  const std::int64_t days[] = {20'500, 20'501, 20'502, 20'504, 20'505};
  ASSERT_TRUE(reclassifier_->count_again(kWorkspace, days));
  EXPECT_TRUE(reclassifier_->await_counted(kWorkspace, 20'000ms));
  EXPECT_EQ(fake_.asked(),
            (std::vector<std::string>{"rewriting?", "first clicks 20500", "first clicks 20502",
                                      "first clicks 20504", "first clicks 20505", "rewriting?"}));
}

TEST_F(ReclassifierTest, DaysThatRowsComeIntoSurviveACrash) {
  ASSERT_TRUE(store_.migrate());
  ASSERT_TRUE(files_.replace(path_, encode_reclassify_state({{}, {{kWorkspace, kDay}}})));
  ASSERT_TRUE(start());
  EXPECT_TRUE(reclassifier_->await_counted(kWorkspace, 20'000ms));
  EXPECT_EQ(fake_.asked(),
            (std::vector<std::string>{"rewriting?", "first clicks 20500", "rewriting?"}));
  EXPECT_TRUE(stored().open_days.empty());
}

TEST_F(ReclassifierTest, RowsThatComeIntoADayThatIsBeingWorkedOutAreNotForgotten) {
  ASSERT_TRUE(store_.migrate());
  ASSERT_TRUE(start());
  const std::int64_t days[] = {kDay};
  std::atomic<int> seen = 0;
  fake_.on_first_clicks([&] {
    if (++seen > 1) return;
    EXPECT_TRUE(reclassifier_->count_again(kWorkspace, days));
  });
  ASSERT_TRUE(reclassifier_->count_again(kWorkspace, days));
  EXPECT_TRUE(reclassifier_->await_counted(kWorkspace, 20'000ms));
  EXPECT_EQ(seen, 2);
}

TEST_F(ReclassifierTest, AResumedJobGetsTheDaysOfItsNewPlanBeforeItsFirstOrder) {
  ReclassifyJob job = cut_off_job();
  job.days = {kDay - 1, kDay + 1};
  ASSERT_TRUE(files_.replace(path_, encode_reclassify_state({{job}, {}})));
  ASSERT_TRUE(store_.migrate());
  const std::vector<std::int64_t> both = {kDay - 1, kDay, kDay + 1};
  std::vector<std::int64_t> durable;
  fake_.on_order([&] { durable = stored().jobs.back().days; });
  ASSERT_TRUE(start());
  const ReclassifyJob done = until_over(job.id);
  EXPECT_EQ(done.state, JobState::done) << done.error;
  EXPECT_EQ(done.days, both);
  EXPECT_EQ(done.by, job.by);
  EXPECT_EQ(done.examined, job.examined);
  EXPECT_TRUE(done.resumed);
  EXPECT_EQ(fake_.asked(), (std::vector<std::string>{"order conversions", "order", "rewriting?",
                                                     "first clicks 20499", "first clicks 20500",
                                                     "first clicks 20501"}));
  EXPECT_EQ(durable, both);
}

TEST_F(ReclassifierTest, ALinkThatLosesItsLimitMeanwhileKeepsItsHits) {
  limited_ = 9;
  fake_.on_plan([&] { limited_ = 0; });
  std::vector<LinkId> durable;
  fake_.on_order([&] { durable = stored().jobs.back().kept_links; });
  const ReclassifyJob job = run_job();
  EXPECT_EQ(job.state, JobState::done) << job.error;
  EXPECT_TRUE(fake_.last_order().contains("link_id NOT IN (9)")) << fake_.last_order();
  EXPECT_EQ(durable, std::vector<LinkId>{{9}});
  EXPECT_TRUE(job.kept_links.empty()) << "of no use to a job that is over";
}

TEST_F(ReclassifierTest, AResumedJobKeepsTheLinksOfItsPlanAndThoseThatGotALimit) {
  ReclassifyJob job = cut_off_job();
  job.kept_links = {LinkId{9}};
  ASSERT_TRUE(files_.replace(path_, encode_reclassify_state({{job}, {}})));
  ASSERT_TRUE(store_.migrate());
  limited_ = 8;
  ASSERT_TRUE(start());
  EXPECT_EQ(until_over(job.id).state, JobState::done);
  EXPECT_TRUE(fake_.last_order().contains("link_id NOT IN (8,9)")) << fake_.last_order();
}

}  // namespace
}  // namespace tally
