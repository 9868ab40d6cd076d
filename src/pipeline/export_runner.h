// SPDX-License-Identifier: Apache-2.0
//
// Writes scheduled exports: looks now and then which hours, days, weeks or months are over with
// everything received in them stored, gives each a run, and writes the files of the runs that wait,
// the oldest first.
//
// A file is written under another name, synced, and renamed, so one with its own name is whole.
// Then, in one transaction, its run is ready and there is an event. A run is marked before its file
// is begun: after a crash whatever it left, under either name, is removed, and it is done again.
// So there is one file and one event a period, and what a consumer is told of is there.
//
// Files hold clicks, so they end as clicks do (docs/decisions/0026-scheduled-exports.md). What an
// erase took is in no file that it touched: those are removed, and made anew from what is left. A
// file goes with the first of its days that is past the workspace's retention. One that is only in
// a bucket any more is made anew too: it is what the object there is replaced by. Whoever does this
// may find a file half written from rows that were there a moment ago: `generation_` makes its
// writer drop it.
//
// A failure is kept with the run and tried again after a pause that grows. No run's trouble holds
// another up; a store that is down ends the look.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/worker.h"
#include "links/export_store.h"
#include "pipeline/export_file.h"

namespace tally {

// So many periods are made up for after a break: those of a month.
inline constexpr std::size_t kMostPeriodsMadeUpFor = 31;
constexpr std::size_t most_made_up_for(PeriodKind kind) {
  return kMostPeriodsMadeUpFor * (kind == PeriodKind::hourly ? 24 : 1);
}

class ExportRunner {
 public:
  struct Deps {
    Files& files;
    const Clock& clock;
    ExportStore& exports;
    std::function<UnixMillis()> as_of;                  // every hit received before is stored
    std::function<Result<TimeZone>(WorkspaceId)> zone;  // that it reports in
    std::function<Result<UnixMillis>(WorkspaceId)> kept_since;  // clicks before are to go
    std::function<Result<ExportBody>(const ExportSchedule&, TimeRange, const TimeZone&)> open;
    std::function<bool(TimeRange)> incomplete;  // clicks received in it went unrecorded
    std::function<void()> file_ready = {};      // after each that was written
  };

  // Files are FOLDER/WORKSPACE/EXPORT/PERIOD.FORMAT.
  ExportRunner(Deps deps, std::filesystem::path folder)
      : deps_(std::move(deps)), folder_(std::move(folder)) {}

  // Removes what an earlier start left half done before anything else.
  void start();
  void stop() { worker_.stop(); }
  // A schedule is new or changed.
  void wake() { worker_.wake(); }

  // One look; how many files were written. For tests; start() calls it.
  Result<std::size_t> run_due();

  // The file of a run that is ready; not_found when it is gone.
  Result<std::unique_ptr<ReadFile>> open(const ExportSchedule& schedule,
                                         const ExportRun& run) const;

  // Removes a schedule with its files.
  Result<void> remove(WorkspaceId workspace, ExportId id);
  // Clicks of these UTC days are gone from the store: files that may hold them go too, and are made
  // anew.
  Result<void> make_anew(WorkspaceId workspace, std::span<const std::int64_t> days);
  // Removes files with clicks received before.
  Result<void> remove_before(WorkspaceId workspace, UnixMillis time);

  std::uint64_t written() const { return written_; }     // files, since the start
  std::uint64_t failures() const { return failures_; }   // since the start
  UnixMillis written_at() const { return written_at_; }  // the last one; 0: none since the start

 private:
  enum class Outcome { written, dropped };

  void run();
  Result<void> clean_up();
  Result<void> remove_unfinished();
  Result<void> plan(UnixMillis as_of);
  Result<void> plan(const ExportSchedule& schedule, UnixMillis as_of);
  Result<Outcome> write(const ScheduledRun& what);
  Result<Outcome> put_in_place(const ScheduledRun& what, const ExportedFile& file,
                               std::uint64_t generation);
  Result<void> put_off(const ScheduledRun& what, const Error& why);
  Result<void> drop(const ScheduledRun& what);
  Result<void> remove_not_kept();
  Result<void> give_up(const std::vector<ScheduledRun>& runs, ExportRemoval why);

  std::filesystem::path folder_of(const ExportSchedule& schedule) const;
  std::filesystem::path path_of(const ScheduledRun& what) const;
  std::filesystem::path unfinished(const ScheduledRun& what) const;

  Deps deps_;
  const std::filesystem::path folder_;
  std::mutex mutex_;              // held by whoever gives files their names, or removes some
  std::uint64_t generation_ = 0;  // grows when clicks are gone
  std::atomic<std::uint64_t> written_ = 0, failures_ = 0;
  std::atomic<UnixMillis> written_at_ = 0;
  Worker worker_;
};

}  // namespace tally
