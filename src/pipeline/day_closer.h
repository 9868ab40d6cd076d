// SPDX-License-Identifier: Apache-2.0
//
// Closes days: has what is over counted ahead, so that a month of a busy workspace is answered from
// counts (clicks/questions/close_range.cc).
//
// A day is one of the workspace's reporting zone. It is over when everything received in it is
// stored, and a while later, since landing pages of its last minutes are still told of. Days are
// closed newest first: those are asked for most. A day whose rows change afterwards is open again
// by itself and closed once more here; counts that nobody can ask for any more are deleted.
//
// Nothing waits for this: an open day is answered from its rows. What fails is tried again.
#pragma once

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "base/clock.h"
#include "base/worker.h"
#include "clicks/click_store.h"
#include "model/calendar.h"

namespace tally {

class DayCloser {
 public:
  struct Workspace {
    WorkspaceId id;
    TimeZone zone;  // that it reports in
  };
  struct Deps {
    const Clock& clock;
    ClickStore& store;
    std::function<UnixMillis()> as_of;  // every hit received before is stored
    std::function<Result<std::vector<Workspace>>()> workspaces;
  };

  explicit DayCloser(Deps deps) : deps_(std::move(deps)) {}

  void start();
  void stop() { worker_.stop(); }

  // One look at all workspaces; how many days were closed. For tests; start() calls it.
  Result<std::size_t> close_days();

  std::uint64_t closed() const { return closed_; }  // since the start
  // Days that are over and not closed, by the last look.
  std::uint64_t waiting() const { return waiting_; }
  // When a look last came to its end; 0 before the first.
  UnixMillis looked_at() const { return looked_at_; }

 private:
  Result<std::optional<UnixMillis>> oldest(WorkspaceId workspace);
  Result<std::size_t> close_days_of(const Workspace& workspace);
  Result<void> sweep();
  void run();

  Deps deps_;
  // The store reads every row's time to find the oldest: what it said is good for an hour.
  struct Oldest {
    UnixMillis time = 0, asked = 0;
  };
  std::map<WorkspaceId, Oldest> oldest_;
  std::vector<std::uint64_t> stale_;  // counts that were out of use at the last sweep
  UnixMillis swept_ = 0;
  std::atomic<std::uint64_t> closed_ = 0, waiting_ = 0;
  std::atomic<UnixMillis> looked_at_ = 0;
  Worker worker_;
};

}  // namespace tally
