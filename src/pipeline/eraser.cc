// SPDX-License-Identifier: Apache-2.0
#include "pipeline/eraser.h"

#include <algorithm>
#include <ranges>
#include <set>

#include "base/check.h"
#include "base/log.h"
#include "base/state_file.h"
#include "base/threads.h"
#include "pipeline/settling.h"

namespace tally {
namespace {

constexpr std::size_t kKeptJobs = 100;
constexpr std::chrono::milliseconds kRetryAfter{2000};
constexpr std::chrono::minutes kIdle{1};

bool is_open(const EraseJob& job) { return !is_over(job.state); }

}  // namespace

Result<void> Eraser::start(const std::function<void(const std::string&)>& report) {
  auto found = load_erase_jobs(deps_.files, state_file_);
  if (found)
    jobs_ = std::move(*found);
  else if (found.error().code == ErrorCode::conflict)
    return std::unexpected(std::move(found).error());
  else
    report("erases are forgotten and have to be asked for again, " + set_aside(state_file_) + ": " +
           found.error().line());
  for (EraseJob& job : jobs_)
    if (is_open(job)) job.resumed = true;
  worker_.start("erase", [this] { run(); });
  return {};
}

Result<EraseJob> Eraser::submit(Erasure what) {
  CHECK(!what.is_everything());
  const std::lock_guard lock(mutex_);
  std::vector<EraseJob> next = jobs_;
  // The oldest that is over makes room.
  if (next.size() >= kKeptJobs) {
    const auto over = std::ranges::find_if_not(next, is_open);
    if (over == next.end())
      return std::unexpected(Error{ErrorCode::conflict,
                                   "100 erases wait already",
                                   "wait until some of them are done",
                                   {},
                                   "too_many_erases"});
    next.erase(over);
  }
  EraseJob job;
  job.id.value = jobs_.empty() ? 1 : jobs_.back().id.value + 1;
  job.created_at = deps_.clock.now_ms();
  job.of_visitor = !what.visitors.empty();
  job.what = std::move(what);
  job.what.range.to = std::min(job.what.range.to, job.created_at);
  next.push_back(job);
  TRY(deps_.files.replace(state_file_, encode_erase_jobs(next)));
  jobs_ = std::move(next);
  worker_.wake();
  return job;
}

Result<EraseJob> Eraser::find(WorkspaceId workspace, EraseId id) const {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(jobs_, id, &EraseJob::id);
  if (found == jobs_.end() || found->what.workspace != workspace)
    return fail(ErrorCode::not_found, "there is no such erase");
  return *found;
}

std::vector<EraseJob> Eraser::jobs(WorkspaceId workspace) const {
  const std::lock_guard lock(mutex_);
  std::vector<EraseJob> out;
  for (const EraseJob& job : std::views::reverse(jobs_))
    if (job.what.workspace == workspace) out.push_back(job);
  return out;
}

std::optional<EraseJob> Eraser::open_job() const {
  const std::lock_guard lock(mutex_);
  const auto open = std::ranges::find_if(jobs_, is_open);
  return open == jobs_.end() ? std::nullopt : std::optional(*open);
}

void Eraser::run() {
  stand_back();
  std::chrono::milliseconds wait{0};
  while (worker_.pause(wait)) {
    wait = kIdle;
    const auto job = open_job();
    if (!job) continue;
    wait = std::chrono::milliseconds(0);
    const auto done = work(*job);
    if (done) continue;
    if (done.error().code == ErrorCode::unavailable)
      wait = kRetryAfter;  // the store is down: later
    else
      give_up(done.error());
  }
}

void Eraser::give_up(const Error& why) {
  auto job = open_job();
  if (!job) return;
  log_error("erase {}: {}", job->id.text(), why.line());
  // What the store was ordered may still be carried out.
  if (const auto noted = deps_.count_again_when_over(job->what.workspace, job->days); !noted)
    log_error("{}", noted.error().line());
  job->state = EraseState::failed;
  job->what.visitors.clear();
  job->days.clear();
  job->error = why.line();
  job->finished_at = deps_.clock.now_ms();
  if (const auto saved = save(*job); !saved) log_error("{}", saved.error().line());
}

Result<void> Eraser::work(EraseJob job) {
  while (deps_.as_of() < job.created_at)
    if (!worker_.pause(kSettlingPoll)) return stopped();
  TRY(plan(job));
  TRY(deps_.erase_logs(job.what, worker_));
  job.state = EraseState::rows;
  TRY(save(job));
  TRY(deps_.rows.erase(job.what, worker_));
  TRY(deps_.count_again_when_over(job.what.workspace, job.days));
  TRY(put_first_clicks_right(deps_.store, worker_, job.what.workspace, job.days));
  TRY(deps_.export_anew(job.what.workspace, job.days));
  TRY(deps_.rows.forget_counts(worker_));
  log_info("erase {}: {} clicks, {} landing views, {} conversions", job.id.text(), job.clicks,
           job.views, job.conversions);
  job.state = EraseState::done;
  job.what.visitors.clear();
  job.days.clear();
  job.finished_at = deps_.clock.now_ms();
  return save(job);
}

// Notes what will go. A job that is done again finds less than at first.
Result<void> Eraser::plan(EraseJob& job) {
  TRY_ASSIGN(const Erasable found, deps_.store.erasable(job.what));
  job.clicks = std::max(job.clicks, found.clicks);
  job.views = std::max(job.views, found.views);
  job.conversions = std::max(job.conversions, found.conversions);
  std::set<std::int64_t> days(job.days.begin(), job.days.end());
  days.insert(found.days.begin(), found.days.end());
  job.days.assign(days.begin(), days.end());
  job.state = EraseState::logs;
  return save(job);
}

Result<void> Eraser::save(const EraseJob& job) {
  const std::lock_guard lock(mutex_);
  const auto kept = std::ranges::find(jobs_, job.id, &EraseJob::id);
  if (kept != jobs_.end()) *kept = job;
  return deps_.files.replace(state_file_, encode_erase_jobs(jobs_));
}

}  // namespace tally
