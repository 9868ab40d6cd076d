// SPDX-License-Identifier: Apache-2.0
//
// ExportStore in links.db. Thread-safe. What is about uploads is in sqlite_export_uploads.cc.
#pragma once

#include "links/export_store.h"
#include "links/sqlite/export_rows.h"
#include "links/sqlite/links_database.h"

namespace tally {

class SqliteExportStore final : public ExportStore {
 public:
  SqliteExportStore(LinksDatabase& db, const Clock& clock) : db_(db), clock_(clock) {}

  Result<ExportSchedule> create(const ExportSchedule& schedule) override;
  Result<ExportSchedule> get(WorkspaceId workspace, ExportId id) override;
  Result<std::vector<ExportSchedule>> list(const ExportListing& listing) override;
  Result<ExportSchedule> update(const ExportSchedule& schedule) override;
  Result<void> remove(WorkspaceId workspace, ExportId id) override;
  Result<std::vector<ExportRun>> runs(const ExportRunListing& listing) override;
  Result<ExportRun> run(WorkspaceId workspace, ExportId id, std::string_view period) override;

  Result<std::vector<ExportSchedule>> enabled() override;
  Result<bool> plan(const ExportSchedule& schedule, const ExportPlan& plan) override;
  Result<std::vector<ScheduledRun>> due(UnixMillis now, std::size_t limit) override;
  Result<std::vector<ScheduledRun>> writing() override;
  Result<std::vector<ScheduledRun>> not_kept() override;
  Result<std::vector<ScheduledRun>> ready(WorkspaceId workspace, TimeRange range) override;
  Result<std::vector<ScheduledRun>> held(WorkspaceId workspace, TimeRange range) override;
  Result<std::vector<ScheduledRun>> ready(WorkspaceId workspace, ExportId id) override;

  Result<bool> begin(const ScheduledRun& what, UnixMillis time) override;
  Result<bool> finish(const ScheduledRun& what, const ExportedFile& file, UnixMillis time) override;
  Result<void> postpone(ExportRunId id, std::string_view error, UnixMillis time,
                        UnixMillis next_try) override;
  Result<void> wait_again(std::span<const ExportRunId> ids, ExportRemoval why) override;
  Result<void> give_up(std::span<const ExportRunId> ids, ExportRemoval why) override;
  Result<std::size_t> forget(UnixMillis before) override;

  Result<std::vector<ScheduledRun>> uploads_due(UnixMillis now) override;
  Result<bool> uploaded(const ScheduledRun& what, UnixMillis time) override;
  Result<bool> withdrawn(const ScheduledRun& what) override;
  Result<void> postpone_upload(const ScheduledRun& what, std::string_view error,
                               UnixMillis next_try) override;
  Result<bool> is_due_as_read(const ScheduledRun& what) override;
  Result<UploadStanding> uploads() override;

 private:
  // In this order: the runs that `where` means, each with its schedule.
  template <class... Values>
  Result<std::vector<ScheduledRun>> find(std::string_view where, const Values&... values) {
    return db_.read([&](Database& db) -> Result<std::vector<ScheduledRun>> {
      TRY_ASSIGN(Statement row, db.query(std::string(kSelectExportRun).append(where), values...));
      return read_scheduled_runs(db, std::move(row));
    });
  }

  LinksDatabase& db_;
  const Clock& clock_;
};

}  // namespace tally
