// SPDX-License-Identifier: Apache-2.0
#include "pipeline/export_runner.h"

#include <algorithm>
#include <optional>

#include "base/log.h"
#include "base/threads.h"
#include "pipeline/settling.h"

namespace tally {
namespace {

// The other while clicks are stored late, as after a start: what is due is not known yet.
constexpr std::chrono::milliseconds kLook{15'000}, kLookAgain{1'000};
constexpr std::size_t kAtOnce = 20;
constexpr UnixMillis kFirstPause = 30 * kMillisPerSecond, kLongestPause = kMillisPerHour;
constexpr std::uint32_t kDoublings = 7;  // until the pause is the longest
// A history keeps so much of what it was.
constexpr UnixMillis kHistoryKeep = 400 * kMillisPerDay;
constexpr std::string_view kUnfinished = ".part";

UnixMillis pause_after(std::uint32_t failures) {
  return std::min(kFirstPause << std::min(failures, kDoublings), kLongestPause);
}

// Fine when it is gone already.
Result<void> remove_file(Files& files, const std::filesystem::path& path) {
  auto removed = files.remove(path);
  if (!removed && removed.error().code != ErrorCode::not_found) return removed;
  return {};
}

}  // namespace

void ExportRunner::start() {
  // The first look begins with it as well, and links must not wait for it.
  for (const auto& done : {clean_up(), remove_unfinished()})
    if (!done) log_warn("scheduled exports: {}", done.error().line());
  worker_.start("exports", [this] { run(); });
}

void ExportRunner::run() {
  stand_back();
  std::string said;  // of a trouble that may last: once
  bool late = false;
  do {
    late = deps_.as_of() < deps_.clock.now_ms() - kLook.count();
    const auto done = run_due();
    const std::string trouble = done ? std::string() : done.error().line();
    if (!done && trouble != said) log_warn("scheduled exports wait: {}", trouble);
    said = trouble;
  } while (worker_.pause(late ? kLookAgain : kLook));
}

std::filesystem::path ExportRunner::folder_of(const ExportSchedule& schedule) const {
  return folder_ / schedule.workspace.text() / schedule.id.text();
}

std::filesystem::path ExportRunner::path_of(const ScheduledRun& what) const {
  return export_file_path(folder_, what.schedule, what.run);
}

std::filesystem::path ExportRunner::unfinished(const ScheduledRun& what) const {
  return path_of(what) += kUnfinished;
}

Result<std::unique_ptr<ReadFile>> ExportRunner::open(const ExportSchedule& schedule,
                                                     const ExportRun& run) const {
  return deps_.files.open(path_of({schedule, run}));
}

Result<std::size_t> ExportRunner::run_due() {
  TRY(clean_up());
  TRY(plan(deps_.as_of()));
  std::size_t written = 0;
  std::optional<Error> trouble;  // of the first run that has some
  for (;;) {
    TRY_ASSIGN(const auto due, deps_.exports.due(deps_.clock.now_ms(), kAtOnce));
    for (const ScheduledRun& what : due) {
      const auto outcome = write(what);
      if (outcome && *outcome == Outcome::written) ++written;
      if (outcome) continue;
      if (worker_.stopping()) {
        TRY(drop(what));
        return written;
      }
      TRY(put_off(what, outcome.error()));
      if (!trouble) trouble = outcome.error();
      if (outcome.error().code == ErrorCode::unavailable) return std::unexpected(*trouble);
    }
    if (due.empty() || worker_.stopping()) break;
  }
  TRY(remove_not_kept());
  TRY(deps_.exports.forget(deps_.clock.now_ms() - kHistoryKeep));
  if (trouble) return std::unexpected(std::move(*trouble));
  return written;
}

// Nobody writes now: what a run has left is of no use.
Result<void> ExportRunner::clean_up() {
  TRY_ASSIGN(const auto left, deps_.exports.writing());
  for (const ScheduledRun& what : left) TRY(drop(what));
  return {};
}

// Of schedules that were removed while somebody wrote, too.
Result<void> ExportRunner::remove_unfinished() {
  std::error_code error;
  if (!std::filesystem::exists(folder_, error)) return {};
  TRY_ASSIGN(const auto workspaces, list_directory(folder_));
  for (const std::string& workspace : workspaces) {
    if (!WorkspaceId::parse(workspace)) continue;
    TRY_ASSIGN(const auto schedules, list_directory(folder_ / workspace));
    for (const std::string& schedule : schedules) {
      if (!ExportId::parse(schedule)) continue;
      TRY_ASSIGN(const auto names, list_directory(folder_ / workspace / schedule));
      for (const std::string& name : names)
        if (name.ends_with(kUnfinished))
          TRY(remove_file(deps_.files, folder_ / workspace / schedule / name));
    }
  }
  return {};
}

Result<void> ExportRunner::plan(UnixMillis as_of) {
  TRY_ASSIGN(const auto schedules, deps_.exports.enabled());
  for (const ExportSchedule& schedule : schedules) TRY(plan(schedule, as_of));
  return {};
}

Result<void> ExportRunner::plan(const ExportSchedule& schedule, UnixMillis as_of) {
  TRY_ASSIGN(const TimeZone zone, deps_.zone(schedule.workspace));
  ExportPlan plan;
  TRY_ASSIGN(plan.periods, closed_periods(schedule.period, schedule.planned_to, as_of, zone));
  if (plan.periods.empty()) return {};
  plan.planned_to = plan.periods.back().range.to;
  if (const std::size_t most = most_made_up_for(schedule.period); plan.periods.size() > most) {
    plan.passed_by = plan.periods.size() - most;
    plan.periods.erase(plan.periods.begin(),
                       plan.periods.end() - static_cast<std::ptrdiff_t>(most));
    log_warn("{}: {} periods before {} are not made up for", schedule.id.text(), plan.passed_by,
             plan.periods.front().name);
  }
  // Removed meanwhile when it is not planned.
  TRY(deps_.exports.plan(schedule, plan));
  return {};
}

Result<ExportRunner::Outcome> ExportRunner::write(const ScheduledRun& what) {
  TRY_ASSIGN(const UnixMillis kept_since, deps_.kept_since(what.schedule.workspace));
  if (what.run.period.range.from < kept_since) {
    TRY(give_up({what}, ExportRemoval::past_retention));
    return Outcome::dropped;
  }
  std::uint64_t generation = 0;
  {
    const std::lock_guard lock(mutex_);
    generation = generation_;
  }
  TRY_ASSIGN(const TimeZone zone, deps_.zone(what.schedule.workspace));
  TRY_ASSIGN(const bool begun, deps_.exports.begin(what, deps_.clock.now_ms()));
  if (!begun) return Outcome::dropped;  // changed: the next look sees it as it is
  const TimeRange range = what.run.period.range;
  TRY_ASSIGN(ExportBody body, deps_.open(what.schedule, range, zone));
  TRY(make_directory(folder_of(what.schedule)));
  TRY(remove_file(deps_.files, unfinished(what)));
  TRY_ASSIGN(ExportedFile file,
             write_export_file(deps_.files, unfinished(what), std::move(body), worker_));
  file.name = path_of(what).filename();
  file.incomplete = deps_.incomplete(range);
  return put_in_place(what, file, generation);
}

Result<ExportRunner::Outcome> ExportRunner::put_in_place(const ScheduledRun& what,
                                                         const ExportedFile& file,
                                                         std::uint64_t generation) {
  const std::lock_guard lock(mutex_);
  if (generation == generation_) {
    TRY(deps_.files.rename(unfinished(what), path_of(what)));
    const UnixMillis now = deps_.clock.now_ms();
    TRY_ASSIGN(const bool finished, deps_.exports.finish(what, file, now));
    if (finished) {
      ++written_;
      written_at_ = now;
      log_info("{}: {} is written, {} bytes", what.schedule.id.text(), file.name, file.bytes);
      if (deps_.file_ready) deps_.file_ready();
      return Outcome::written;
    }
  }
  TRY(drop(what));
  return Outcome::dropped;
}

// A run that did not come to its end, for whatever reason.
Result<void> ExportRunner::drop(const ScheduledRun& what) {
  TRY(remove_file(deps_.files, unfinished(what)));
  TRY(remove_file(deps_.files, path_of(what)));
  const ExportRunId ids[] = {what.run.id};
  return deps_.exports.wait_again(ids, ExportRemoval::none);
}

// While its remains cannot be removed it stays as it is, and the next look cleans up.
Result<void> ExportRunner::put_off(const ScheduledRun& what, const Error& why) {
  ++failures_;
  std::error_code hidden;  // where nobody can look there is nothing that was written just now
  for (const auto& path : {unfinished(what), path_of(what)})
    if (std::filesystem::exists(path, hidden)) TRY(remove_file(deps_.files, path));
  const UnixMillis now = deps_.clock.now_ms();
  log_warn("{}: {} is not written yet: {}", what.schedule.id.text(),
           path_of(what).filename().string(), why.line());
  return deps_.exports.postpone(what.run.id, why.line(), now, now + pause_after(what.run.failures));
}

Result<void> ExportRunner::remove_not_kept() {
  const std::lock_guard lock(mutex_);
  TRY_ASSIGN(const auto old, deps_.exports.not_kept());
  return give_up(old, ExportRemoval::not_kept);
}

// The file first: as long as it is there somebody knows of it.
Result<void> ExportRunner::give_up(const std::vector<ScheduledRun>& runs, ExportRemoval why) {
  std::vector<ExportRunId> ids;
  for (const ScheduledRun& each : runs) {
    TRY(remove_file(deps_.files, path_of(each)));
    ids.push_back(each.run.id);
  }
  return ids.empty() ? Result<void>() : deps_.exports.give_up(ids, why);
}

Result<void> ExportRunner::remove(WorkspaceId workspace, ExportId id) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  TRY_ASSIGN(const ExportSchedule schedule, deps_.exports.get(workspace, id));
  TRY_ASSIGN(const auto ready, deps_.exports.ready(workspace, id));
  for (const ScheduledRun& each : ready) TRY(remove_file(deps_.files, path_of(each)));
  std::error_code error;  // it may hold what is not ours
  std::filesystem::remove(folder_of(schedule), error);
  return deps_.exports.remove(workspace, id);
}

Result<void> ExportRunner::make_anew(WorkspaceId workspace, std::span<const std::int64_t> days) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  std::vector<ExportRunId> ids;
  for (const std::int64_t day : days) {
    TRY_ASSIGN(const auto held,
               deps_.exports.held(workspace, {day * kMillisPerDay, (day + 1) * kMillisPerDay}));
    for (const ScheduledRun& each : held) {
      if (std::ranges::find(ids, each.run.id) != ids.end()) continue;
      TRY(remove_file(deps_.files, path_of(each)));
      ids.push_back(each.run.id);
    }
  }
  if (ids.empty()) return {};
  TRY(deps_.exports.wait_again(ids, ExportRemoval::erased));
  log_info("{}: {} exported files held clicks that are erased, and are made anew", workspace.text(),
           ids.size());
  worker_.wake();
  return {};
}

Result<void> ExportRunner::remove_before(WorkspaceId workspace, UnixMillis time) {
  const std::lock_guard lock(mutex_);
  ++generation_;
  TRY_ASSIGN(const auto ready, deps_.exports.ready(workspace, {0, time}));
  return give_up(ready, ExportRemoval::past_retention);
}

}  // namespace tally
