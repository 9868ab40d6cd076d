// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_export_store.h"

#include <limits>

#include "links/export_json.h"
#include "links/sqlite/export_rows.h"
#include "links/sqlite/outbox_rows.h"

namespace tally {
namespace {

constexpr std::uint64_t kLast = std::numeric_limits<std::int64_t>::max();

constexpr int number_of(ExportRunState state) { return static_cast<int>(state); }
constexpr int kWaiting = number_of(ExportRunState::waiting),
              kWriting = number_of(ExportRunState::writing),
              kReady = number_of(ExportRunState::ready),
              kRemoved = number_of(ExportRunState::removed);

std::unexpected<Error> no_such_export() {
  return fail(ErrorCode::not_found, "there is no such export");
}

Result<ExportSchedule> find_export(Database& db, WorkspaceId workspace, ExportId id) {
  TRY_ASSIGN(auto found, find_export(db, id));
  if (!found || found->workspace != workspace) return no_such_export();
  return std::move(*found);
}

Result<std::vector<ExportSchedule>> read_exports(Database& db, Statement row) {
  std::vector<ExportSchedule> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    TRY_ASSIGN(ExportSchedule schedule, read_export(db, row));
    out.push_back(std::move(schedule));
  }
}

// Whether schedule and run are there, the one unchanged, the other in that state.
Result<bool> stands(Database& db, const ScheduledRun& what, ExportRunState state) {
  TRY_ASSIGN(const auto schedule, find_export(db, what.schedule.id));
  TRY_ASSIGN(const auto run, find_export_run(db, what.run.id));
  return schedule && run && schedule->version == what.schedule.version && run->state == state;
}

// What may be in a bucket of a file that held erased clicks is stale; what waits for its upload
// without a file has missed it.
constexpr std::string_view kStale =
    "UPDATE export_runs SET upload_state = 3, upload_attempts = 0, upload_next_try = 0, "
    "upload_error = '' WHERE id = ? AND upload_state IN (1, 2)";
constexpr std::string_view kMissed =
    "UPDATE export_runs SET upload_state = 5 WHERE id = ? AND upload_state = 1";

Result<void> set_state(Database& db, std::span<const ExportRunId> ids, int state,
                       ExportRemoval why) {
  for (const ExportRunId id : ids) {
    TRY(
        db.run("UPDATE export_runs SET state = ?, removal = coalesce(nullif(?, 0), removal), "
               "failures = 0, next_try = 0, error = '' WHERE id = ?",
               state, static_cast<int>(why), id.value));
    if (why == ExportRemoval::erased) TRY(db.run(kStale, id.value));
    if (state == kRemoved) TRY(db.run(kMissed, id.value));
  }
  return {};
}

// A place that is new gets what is there; what waits for one that changed otherwise is due.
Result<void> follow_bucket(Database& db, const ExportSchedule& before,
                           const ExportSchedule& after) {
  if (before.bucket == after.bucket) return {};
  if (before.bucket && after.bucket && before.bucket->same_place(*after.bucket))
    return db.run(
        "UPDATE export_runs SET upload_attempts = 0, upload_next_try = 0 WHERE export = ? AND "
        "upload_state IN (1, 3)",
        after.id.value);
  return db.run(
      "UPDATE export_runs SET upload_state = CASE WHEN ? AND state = ? THEN 1 ELSE 0 END, "
      "upload_attempts = 0, upload_next_try = 0, upload_error = '', uploaded_at = 0 "
      "WHERE export = ?",
      after.bucket.has_value(), kReady, after.id.value);
}

}  // namespace

Result<ExportSchedule> SqliteExportStore::create(const ExportSchedule& schedule) {
  return db_.write([&](Database& db) -> Result<ExportSchedule> {
    ExportSchedule made = schedule;
    made.id = {};
    made.created_at = made.updated_at = clock_.now_ms();
    made.version = 1;
    made.planned_to = made.begins_at;
    made.standing = {};
    TRY_ASSIGN(const ExportId id, write_export(db, made));
    return find_export(db, schedule.workspace, id);
  });
}

Result<ExportSchedule> SqliteExportStore::get(WorkspaceId workspace, ExportId id) {
  return db_.read([&](Database& db) { return find_export(db, workspace, id); });
}

Result<std::vector<ExportSchedule>> SqliteExportStore::list(const ExportListing& listing) {
  return db_.read([&](Database& db) -> Result<std::vector<ExportSchedule>> {
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectExport) +
                            "WHERE workspace = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        listing.workspace.value, listing.after.value_or(ExportId{kLast}).value,
                        static_cast<std::int64_t>(listing.limit)));
    return read_exports(db, std::move(row));
  });
}

Result<ExportSchedule> SqliteExportStore::update(const ExportSchedule& schedule) {
  return db_.write([&](Database& db) -> Result<ExportSchedule> {
    TRY_ASSIGN(const ExportSchedule before, find_export(db, schedule.workspace, schedule.id));
    ExportSchedule after = schedule;
    after.updated_at = clock_.now_ms();
    after.version = before.version + 1;
    TRY(write_export(db, after));
    TRY(follow_bucket(db, before, after));
    return find_export(db, schedule.workspace, schedule.id);
  });
}

Result<void> SqliteExportStore::remove(WorkspaceId workspace, ExportId id) {
  return db_.write([&](Database& db) -> Result<void> {
    TRY(db.run("DELETE FROM exports WHERE id = ? AND workspace = ?", id.value, workspace.value));
    if (db.changed_rows() == 0) return no_such_export();
    return {};
  });
}

Result<std::vector<ExportRun>> SqliteExportStore::runs(const ExportRunListing& listing) {
  return db_.read([&](Database& db) -> Result<std::vector<ExportRun>> {
    TRY(find_export(db, listing.workspace, listing.schedule));
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectExportRun) +
                            "WHERE export = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        listing.schedule.value, listing.after.value_or(ExportRunId{kLast}).value,
                        static_cast<std::int64_t>(listing.limit)));
    return read_export_runs(std::move(row));
  });
}

Result<ExportRun> SqliteExportStore::run(WorkspaceId workspace, ExportId id,
                                         std::string_view period) {
  return db_.read([&](Database& db) -> Result<ExportRun> {
    TRY(find_export(db, workspace, id));
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectExportRun) + "WHERE export = ? AND period = ?", id.value,
                        period));
    TRY_ASSIGN(auto runs, read_export_runs(std::move(row)));
    if (runs.empty()) return fail(ErrorCode::not_found, "this export has no run of that period");
    return std::move(runs.front());
  });
}

Result<std::vector<ExportSchedule>> SqliteExportStore::enabled() {
  return db_.read([&](Database& db) -> Result<std::vector<ExportSchedule>> {
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectExport) + "WHERE enabled <> 0 ORDER BY id"));
    return read_exports(db, std::move(row));
  });
}

Result<bool> SqliteExportStore::plan(const ExportSchedule& schedule, const ExportPlan& plan) {
  return db_.write([&](Database& db) -> Result<bool> {
    TRY(
        db.run("UPDATE exports SET planned_to = ?, passed_by = passed_by + ? WHERE id = ? AND "
               "planned_to = ?",
               plan.planned_to, plan.passed_by, schedule.id.value, schedule.planned_to));
    if (db.changed_rows() == 0) return false;
    // A name is there already where the zone was changed within a period.
    for (const ClosedPeriod& period : plan.periods)
      TRY(
          db.run("INSERT INTO export_runs (export, period, range_from, range_to, state) "
                 "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO NOTHING",
                 schedule.id.value, period.name, period.range.from, period.range.to, kWaiting));
    return true;
  });
}

Result<std::vector<ScheduledRun>> SqliteExportStore::due(UnixMillis now, std::size_t limit) {
  return find(
      "WHERE state = ? AND next_try <= ? AND export IN (SELECT id FROM exports WHERE enabled <> 0) "
      "ORDER BY range_from, id LIMIT ?",
      kWaiting, now, static_cast<std::int64_t>(limit));
}

Result<std::vector<ScheduledRun>> SqliteExportStore::writing() {
  return find("WHERE state = ? ORDER BY id", kWriting);
}

Result<std::vector<ScheduledRun>> SqliteExportStore::not_kept() {
  return find(
      "WHERE id IN (SELECT run FROM (SELECT r.id AS run, e.keep AS keep, row_number() OVER "
      "(PARTITION BY r.export ORDER BY r.range_from DESC) AS place, r.upload_state AS upload FROM "
      "export_runs r JOIN exports e ON e.id = r.export WHERE r.state = ?) WHERE place > keep AND "
      "(upload <> 1 OR place > ?)) ORDER BY id",
      kReady, static_cast<std::int64_t>(kMaxUploadsWaiting));
}

Result<std::vector<ScheduledRun>> SqliteExportStore::ready(WorkspaceId workspace, TimeRange range) {
  return find(
      "WHERE state = ? AND range_from < ? AND range_to > ? AND export IN "
      "(SELECT id FROM exports WHERE workspace = ?) ORDER BY id",
      kReady, range.to, range.from, workspace.value);
}

Result<std::vector<ScheduledRun>> SqliteExportStore::held(WorkspaceId workspace, TimeRange range) {
  return find(
      "WHERE (state = ? OR (state = ? AND removal = ? AND upload_state = 2)) AND range_from < ? "
      "AND range_to > ? AND export IN (SELECT id FROM exports WHERE workspace = ?) ORDER BY id",
      kReady, kRemoved, static_cast<int>(ExportRemoval::not_kept), range.to, range.from,
      workspace.value);
}

Result<std::vector<ScheduledRun>> SqliteExportStore::ready(WorkspaceId workspace, ExportId id) {
  return find(
      "WHERE state = ? AND export = ? AND export IN (SELECT id FROM exports WHERE workspace = ?) "
      "ORDER BY id",
      kReady, id.value, workspace.value);
}

Result<bool> SqliteExportStore::begin(const ScheduledRun& what, UnixMillis time) {
  return db_.write([&](Database& db) -> Result<bool> {
    TRY_ASSIGN(const bool as_read, stands(db, what, ExportRunState::waiting));
    if (!as_read) return false;
    TRY(db.run("UPDATE export_runs SET state = ?, started_at = ? WHERE id = ?", kWriting, time,
               what.run.id.value));
    return true;
  });
}

Result<bool> SqliteExportStore::finish(const ScheduledRun& what, const ExportedFile& file,
                                       UnixMillis time) {
  return db_.write([&](Database& db) -> Result<bool> {
    TRY_ASSIGN(const bool as_begun, stands(db, what, ExportRunState::writing));
    if (!as_begun) return false;
    TRY_ASSIGN(Statement row,
               db.query("UPDATE export_runs SET state = ?, failures = 0, next_try = 0, error = '', "
                        "finished_at = ?, file = ?, bytes = ?, row_count = ?, sha256 = ?, "
                        "incomplete = ?, upload_state = CASE WHEN export IN (SELECT export FROM "
                        "export_buckets) THEN 1 ELSE 0 END, upload_attempts = 0, "
                        "upload_next_try = 0, upload_error = '' WHERE id = ?",
                        kReady, time, file.name, file.bytes));
    row.bind(file.rows ? std::optional(static_cast<std::int64_t>(*file.rows)) : std::nullopt)
        .bind(file.sha256)
        .bind(file.incomplete)
        .bind(what.run.id.value);
    TRY(row.run());
    const bool anew = what.run.removal == ExportRemoval::erased;
    TRY(add_event(db, {{},
                       what.schedule.workspace,
                       time,
                       std::string(kExportReady),
                       what.run.id.value,
                       export_event_data(what.schedule, what.run, file, anew)}));
    return true;
  });
}

Result<void> SqliteExportStore::postpone(ExportRunId id, std::string_view error, UnixMillis time,
                                         UnixMillis next_try) {
  return db_.write([&](Database& db) {
    return db.run(
        "UPDATE export_runs SET state = ?, failures = failures + 1, error = ?, finished_at = ?, "
        "next_try = ? WHERE id = ? AND state IN (?, ?)",
        kWaiting, error, time, next_try, id.value, kWaiting, kWriting);
  });
}

Result<void> SqliteExportStore::wait_again(std::span<const ExportRunId> ids, ExportRemoval why) {
  return db_.write([&](Database& db) { return set_state(db, ids, kWaiting, why); });
}

Result<void> SqliteExportStore::give_up(std::span<const ExportRunId> ids, ExportRemoval why) {
  return db_.write([&](Database& db) { return set_state(db, ids, kRemoved, why); });
}

Result<std::size_t> SqliteExportStore::forget(UnixMillis before) {
  return db_.write([&](Database& db) -> Result<std::size_t> {
    TRY(db.run("DELETE FROM export_runs WHERE state = ? AND range_to < ?", kRemoved, before));
    return static_cast<std::size_t>(db.changed_rows());
  });
}

}  // namespace tally
