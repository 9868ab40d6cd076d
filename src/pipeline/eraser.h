// SPDX-License-Identifier: Apache-2.0
//
// Erases the clicks of a link or of a person for good, wherever they are.
//
// Jobs wait in a queue and are done one after the other, on a thread of its own. A job waits until
// everything that was received before it began is stored, so that what it is about is fixed. Then
// the logs are made to forget (log_eraser.h), then the rows go (row_eraser.h), and at last the
// first clicks of the days concerned are worked out from what is left, exported files of those days
// are removed, to be made anew, and counts that were made ahead are deleted. What it found is
// durable before anything goes, and every step can be done again, so the next start after a crash
// does them all again.
//
// A visitor of today whose clicks are erased is not known to be new when they come again, because
// enrichment keeps only fingerprints. So days that are not over are noted, and their first clicks
// worked out once more when they are (reclassifier.h).
//
// The number of a visitor is kept as long as the job runs and no longer.
#pragma once

#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/worker.h"
#include "clicks/click_store.h"
#include "pipeline/erase_job.h"
#include "pipeline/row_eraser.h"

namespace tally {

class Eraser {
 public:
  struct Deps {
    Files& files;
    const Clock& clock;
    ClickStore& store;
    RowEraser rows;
    std::function<UnixMillis()> as_of;  // every hit received before is stored
    std::function<Result<void>(const Erasure&, Worker&)> erase_logs;
    // Has first clicks of days that are not over worked out once more when they are.
    std::function<Result<void>(WorkspaceId, std::span<const std::int64_t>)> count_again_when_over;
    // Removes exported files with clicks of these days, once the clicks are gone.
    std::function<Result<void>(WorkspaceId, std::span<const std::int64_t>)> export_anew;
  };

  Eraser(Deps deps, std::filesystem::path state_file)
      : deps_(std::move(deps)), state_file_(std::move(state_file)) {}

  // Reads what an earlier start left and goes on with it. What cannot be read is set aside and
  // reported, because links must not wait for it: those erases have to be asked for again. Only a
  // newer version's file is refused, with `conflict`.
  Result<void> start(const std::function<void(const std::string&)>& report);
  // Ends soon; a job that runs goes on at the next start.
  void stop() { worker_.stop(); }

  // The range ends now at the latest. conflict/"too_many_erases" when too many wait.
  Result<EraseJob> submit(Erasure what);
  // not_found when there is none, or it is older than the last few.
  Result<EraseJob> find(WorkspaceId workspace, EraseId id) const;
  // Of a workspace, newest first.
  std::vector<EraseJob> jobs(WorkspaceId workspace) const;

 private:
  void run();
  Result<void> work(EraseJob job);
  Result<void> plan(EraseJob& job);
  void give_up(const Error& why);
  std::optional<EraseJob> open_job() const;
  Result<void> save(const EraseJob& job);

  Deps deps_;
  const std::filesystem::path state_file_;
  mutable std::mutex mutex_;
  std::vector<EraseJob> jobs_;  // oldest first
  Worker worker_;
};

}  // namespace tally
