// SPDX-License-Identifier: Apache-2.0
#include "pipeline/day_closer.h"

#include <algorithm>

#include "base/log.h"

namespace tally {
namespace {

constexpr std::chrono::seconds kLook{60};
constexpr int kMaxFailed = 3;  // days, of a workspace in one look
constexpr UnixMillis kGrace = 10 * kMillisPerMinute;
// Long after the last question that began when they were in use.
constexpr UnixMillis kSweep = kMillisPerHour;

constexpr std::size_t kMaxDays = 100'000;

}  // namespace

void DayCloser::start() {
  worker_.start("days", [this] { run(); });
}

void DayCloser::run() {
  do {
    const auto closed = close_days();
    if (!closed) log_info("days are not counted ahead yet: {}", closed.error().line());
  } while (worker_.pause(kLook));
}

Result<std::size_t> DayCloser::close_days() {
  TRY_ASSIGN(const auto workspaces, deps_.workspaces());
  std::size_t closed = 0;
  Result<void> all;
  waiting_ = 0;
  for (const Workspace& workspace : workspaces) {
    const auto of_workspace = close_days_of(workspace);
    if (of_workspace)
      closed += *of_workspace;
    else
      all = std::unexpected(of_workspace.error());
  }
  TRY(sweep());
  TRY(all);
  looked_at_ = deps_.clock.now_ms();
  return closed;
}

// Rows that are older by an import of the last hour answer for themselves until then.
Result<std::optional<UnixMillis>> DayCloser::oldest(WorkspaceId workspace) {
  const UnixMillis now = deps_.clock.now_ms();
  const auto known = oldest_.find(workspace);
  if (known != oldest_.end() && now - known->second.asked < kMillisPerHour)
    return known->second.time;
  TRY_ASSIGN(const auto found, deps_.store.oldest(workspace));
  if (found) oldest_[workspace] = {*found, now};
  return found;
}

Result<std::size_t> DayCloser::close_days_of(const Workspace& workspace) {
  TRY_ASSIGN(const auto begin, oldest(workspace.id));
  if (!begin) return 0;
  const TimeRange past{*begin, deps_.as_of() - kGrace};
  TRY_ASSIGN(const auto starts, bucket_starts(past, Interval::day, workspace.zone, kMaxDays));
  const auto closed = deps_.store.closed_ranges(workspace.id, {0, past.to});
  std::vector<TimeRange> days;
  // The last start is of the day that is not over. What a day notes of visitors rests on the day
  // before, which therefore comes first.
  for (std::size_t i = 1; i < starts.size(); ++i) {
    const TimeRange day{starts[i - 1], starts[i]};
    // Days of a zone that it reported in before: what they cover is answered as well.
    const auto meets = [&](TimeRange other) { return other.from < day.to && day.from < other.to; };
    if (std::ranges::none_of(closed, meets)) days.push_back(day);
  }
  waiting_ += days.size();
  std::size_t done = 0;
  int failed = 0;
  Result<void> all;
  for (const TimeRange day : days) {
    const auto result = deps_.store.close_range(workspace.id, day);
    if (!result && result.error().code != ErrorCode::conflict) {
      // One day may be too much for the store; several in a look are the store's trouble.
      all = std::unexpected(result.error());
      if (++failed == kMaxFailed) break;
    }
    if (result && *result) {
      ++done;
      ++closed_;
      --waiting_;
    }
    if (!worker_.pause(std::chrono::milliseconds(0))) break;
  }
  TRY(all);
  return done;
}

Result<void> DayCloser::sweep() {
  const UnixMillis now = deps_.clock.now_ms();
  if (now - swept_ < kSweep) return {};
  swept_ = now;
  if (!stale_.empty()) TRY(deps_.store.delete_counts(stale_));
  TRY_ASSIGN(stale_, deps_.store.stale_counts());
  return {};
}

}  // namespace tally
