// SPDX-License-Identifier: Apache-2.0
//
// Where schedules of exports and their runs are written down: in the same database as links, with
// the same implementations, judged by one suite in tests/contract. That a file is ready, the event
// that tells of it, and that it waits for its upload are one transaction.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/export_schedule.h"

namespace tally {

struct ExportListing {
  WorkspaceId workspace = {};
  std::optional<ExportId> after = std::nullopt;  // the last one of the page before
  std::size_t limit = 50;
};

struct ExportRunListing {
  WorkspaceId workspace = {};
  ExportId schedule = {};
  std::optional<ExportRunId> after = std::nullopt;
  std::size_t limit = 50;
};

// What is found to be over.
struct ExportPlan {
  std::vector<ClosedPeriod> periods;  // that get a run each, oldest first
  std::uint64_t passed_by = 0;        // older ones that get none
  UnixMillis planned_to = 0;
};

// A run with the schedule that it is of.
struct ScheduledRun {
  ExportSchedule schedule;
  ExportRun run;
};

class ExportStore {
 public:
  virtual ~ExportStore() = default;

  // Stores a new one (its id, times, version and standing are ignored) and gives it back.
  // `invalid`, on "bucket.prefix", when another schedule's files go to the same place.
  virtual Result<ExportSchedule> create(const ExportSchedule& schedule) = 0;
  virtual Result<ExportSchedule> get(WorkspaceId workspace, ExportId id) = 0;
  // Newest first.
  virtual Result<std::vector<ExportSchedule>> list(const ExportListing& listing) = 0;
  // Replaces what can be changed of schedules(workspace, id): not its format, period and beginning.
  // Files that are there wait for their upload to a place that is new; uploads that wait are due.
  virtual Result<ExportSchedule> update(const ExportSchedule& schedule) = 0;
  // With its runs.
  virtual Result<void> remove(WorkspaceId workspace, ExportId id) = 0;
  // Newest first; not_found when there is no such schedule.
  virtual Result<std::vector<ExportRun>> runs(const ExportRunListing& listing) = 0;
  // By the name of its period.
  virtual Result<ExportRun> run(WorkspaceId workspace, ExportId id, std::string_view period) = 0;

  // Schedules that are on, of every workspace, by id.
  virtual Result<std::vector<ExportSchedule>> enabled() = 0;
  // Gives each period its run, unless it has one. False, and nothing is written, when the schedule
  // has been removed or planned since it was read.
  virtual Result<bool> plan(const ExportSchedule& schedule, const ExportPlan& plan) = 0;
  // Runs that wait and may be tried at that time, of schedules that are on: at most `limit`, the
  // oldest periods first.
  virtual Result<std::vector<ScheduledRun>> due(UnixMillis now, std::size_t limit) = 0;
  // Runs that are written, or were when the process ended; and files beyond what is kept, unless
  // they wait for their upload among the newest kMaxUploadsWaiting.
  virtual Result<std::vector<ScheduledRun>> writing() = 0;
  virtual Result<std::vector<ScheduledRun>> not_kept() = 0;
  // Runs of a workspace whose period meets the range, and those of one schedule: with a file.
  virtual Result<std::vector<ScheduledRun>> ready(WorkspaceId workspace, TimeRange range) = 0;
  // The former, and those whose file is gone because it was not kept but is in a bucket.
  virtual Result<std::vector<ScheduledRun>> held(WorkspaceId workspace, TimeRange range) = 0;
  virtual Result<std::vector<ScheduledRun>> ready(WorkspaceId workspace, ExportId id) = 0;

  // waiting -> writing. False when the schedule or its run is another than what was read.
  virtual Result<bool> begin(const ScheduledRun& what, UnixMillis time) = 0;
  // writing -> ready, with the event. False, and nothing is written, when the schedule has been
  // changed or removed meanwhile.
  virtual Result<bool> finish(const ScheduledRun& what, const ExportedFile& file,
                              UnixMillis time) = 0;
  // waiting or writing -> waiting, to be tried again from a time on.
  virtual Result<void> postpone(ExportRunId id, std::string_view error, UnixMillis time,
                                UnixMillis next_try) = 0;
  // To waiting, at once: what was cut off (without a reason), or has to be made anew. What is of
  // the latter in a bucket, or on its way there, is stale.
  virtual Result<void> wait_again(std::span<const ExportRunId> ids, ExportRemoval why) = 0;
  // To removed. An upload that waits has missed its file.
  virtual Result<void> give_up(std::span<const ExportRunId> ids, ExportRemoval why) = 0;
  // Removes runs that were removed and whose period ended before; how many.
  virtual Result<std::size_t> forget(UnixMillis before) = 0;

  // For each schedule the first run, if any, whose upload may be tried at that time: a file that is
  // ready is to be put, and what is stale is to be deleted where no file will follow, which is when
  // its run is removed or its schedule is off.
  virtual Result<std::vector<ScheduledRun>> uploads_due(UnixMillis now) = 0;
  // The file was put, or what was stale deleted. False, and nothing is written, when the run is
  // another by now, or its schedule names another place. The schedule's other uploads are due.
  virtual Result<bool> uploaded(const ScheduledRun& what, UnixMillis time) = 0;
  virtual Result<bool> withdrawn(const ScheduledRun& what) = 0;
  // Nothing when it is to be done otherwise by now.
  virtual Result<void> postpone_upload(const ScheduledRun& what, std::string_view error,
                                       UnixMillis next_try) = 0;
  // Whether it is still to be put, or to be deleted, as it was read.
  virtual Result<bool> is_due_as_read(const ScheduledRun& what) = 0;
  // Of all schedules.
  virtual Result<UploadStanding> uploads() = 0;
};

}  // namespace tally
