// SPDX-License-Identifier: Apache-2.0
//
// Keeps what a workspace's policy allows, and deletes the rest each night.
//
// A policy is a number of days. What is kept are the clicks of today and of that many UTC days
// before it: whole UTC days, as a unique click is one of a UTC day, so that no flag has to move to
// another click. When a day begins, rows that are now too old go: whole partitions first, as far as
// no workspace keeps any of them, which costs nothing; then, workspace by workspace, what is left.
// Views, conversions, counts and exported files go with their clicks.
//
// The logs are shared by all workspaces and hold clicks for a day or so (journal.keep): never
// longer than the shortest policy.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/worker.h"
#include "clicks/click_store.h"
#include "pipeline/row_eraser.h"

namespace tally {

// Clicks before are too old for a policy of so many days; 0: none are.
UnixMillis kept_since(UnixMillis now, std::optional<std::uint32_t> days);

class Retention {
 public:
  struct Policy {
    WorkspaceId workspace;
    std::optional<std::uint32_t> days;  // at least 1; none: for ever
  };
  struct Deps {
    const Clock& clock;
    RowEraser rows;
    std::function<Result<std::vector<Policy>>()> policies;  // of all workspaces
    // Waits until everything received before a time is stored for good.
    std::function<Result<void>(UnixMillis, Worker&)> await_settled;
    std::function<void(std::optional<UnixMillis>)> keep_logs_at_most;
    // Removes exported files of a workspace with clicks received before a time.
    std::function<Result<void>(WorkspaceId, UnixMillis)> remove_exports;
    // Deletes copies of clicks on their way to others, received before a time that is settled.
    std::function<Result<void>(WorkspaceId, UnixMillis)> forget_events;
  };

  explicit Retention(Deps deps) : deps_(std::move(deps)) {}

  void start();
  void stop() { worker_.stop(); }

  // One look at all workspaces. For tests; start() calls it.
  Result<void> enforce();

  std::uint64_t erased() const { return erased_; }    // clicks, since the start
  std::uint64_t dropped() const { return dropped_; }  // partitions, since the start
  // When everything was last found to be as it should; 0: not since the start.
  UnixMillis enforced_at() const { return enforced_at_; }
  // Why it is not; "" when all is well.
  std::string trouble() const;

 private:
  Result<void> remove_files(const std::vector<Policy>& policies, UnixMillis now);
  Result<void> drop_partitions(const std::vector<Policy>& policies, UnixMillis now);
  void run();

  Deps deps_;
  std::map<WorkspaceId, UnixMillis> done_;  // before when everything is deleted
  std::map<WorkspaceId, UnixMillis> files_done_;
  UnixMillis dropped_before_ = 0;
  std::atomic<std::uint64_t> erased_ = 0, dropped_ = 0;
  std::atomic<UnixMillis> enforced_at_ = 0;
  mutable std::mutex mutex_;
  std::string trouble_;
  Worker worker_;
};

}  // namespace tally
