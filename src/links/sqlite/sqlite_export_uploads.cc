// SPDX-License-Identifier: Apache-2.0
//
// How far files are on their way into buckets. The numbers in the statements are the places in
// kUploadStateNames (waiting 1, uploaded 2, stale 3, deleted 4, missed 5) and kExportRunStateNames
// (ready 2, removed 3).
#include "links/sqlite/sqlite_export_store.h"
#include "model/delivery_schedule.h"

namespace tally {
namespace {

static_assert(to_text(UploadState{1}) == "waiting" && to_text(UploadState{2}) == "uploaded" &&
              to_text(UploadState{3}) == "stale" && to_text(UploadState{4}) == "deleted" &&
              to_text(UploadState{5}) == "missed");
static_assert(to_text(ExportRunState{2}) == "ready" && to_text(ExportRunState{3}) == "removed");

// Whether the run still has that file, and its schedule names that place.
Result<bool> stands(Database& db, const ScheduledRun& what) {
  TRY_ASSIGN(const auto schedule, find_export(db, what.schedule.id));
  TRY_ASSIGN(const auto run, find_export_run(db, what.run.id));
  return schedule && run && schedule->bucket && what.schedule.bucket &&
         schedule->bucket->same_place(*what.schedule.bucket) &&
         run->finished_at == what.run.finished_at && run->file == what.run.file;
}

}  // namespace

Result<std::vector<ScheduledRun>> SqliteExportStore::uploads_due(UnixMillis now) {
  return find(
      "WHERE id IN (SELECT min(r.id) FROM export_runs r JOIN exports e ON e.id = r.export WHERE "
      "r.upload_next_try <= ? AND ((r.upload_state = 1 AND r.state = 2 AND e.enabled <> 0) OR "
      "(r.upload_state = 3 AND (r.state = 3 OR r.failures > 0 OR e.enabled = 0))) "
      "GROUP BY r.export) ORDER BY id",
      now);
}

// What was put while its file was removed is there as well.
Result<bool> SqliteExportStore::uploaded(const ScheduledRun& what, UnixMillis time) {
  return db_.write([&](Database& db) -> Result<bool> {
    TRY_ASSIGN(const bool as_read, stands(db, what));
    if (!as_read) return false;
    TRY(
        db.run("UPDATE export_runs SET upload_state = 2, upload_attempts = 0, upload_next_try = 0, "
               "upload_error = '', uploaded_at = ? WHERE id = ? AND upload_state IN (1, 5)",
               time, what.run.id.value));
    if (db.changed_rows() == 0) return false;
    TRY(
        db.run("UPDATE export_runs SET upload_next_try = 0 WHERE export = ? AND upload_state = 1 "
               "AND upload_next_try > 0",
               what.schedule.id.value));
    return true;
  });
}

Result<bool> SqliteExportStore::withdrawn(const ScheduledRun& what) {
  return db_.write([&](Database& db) -> Result<bool> {
    TRY_ASSIGN(const bool as_read, stands(db, what));
    if (!as_read) return false;
    TRY(
        db.run("UPDATE export_runs SET upload_state = 4, upload_attempts = 0, upload_next_try = 0, "
               "upload_error = '' WHERE id = ? AND upload_state = 3",
               what.run.id.value));
    return db.changed_rows() != 0;
  });
}

Result<void> SqliteExportStore::postpone_upload(const ScheduledRun& what, std::string_view error,
                                                UnixMillis next_try) {
  return db_.write([&](Database& db) {
    return db.run(
        "UPDATE export_runs SET upload_attempts = upload_attempts + 1, upload_error = ?, "
        "upload_next_try = ? WHERE id = ? AND upload_state = ? AND upload_state IN (1, 3)",
        error, next_try, what.run.id.value, static_cast<int>(what.run.upload.state));
  });
}

Result<bool> SqliteExportStore::is_due_as_read(const ScheduledRun& what) {
  return db_.read([&](Database& db) -> Result<bool> {
    TRY_ASSIGN(const bool as_read, stands(db, what));
    if (!as_read) return false;
    TRY_ASSIGN(const auto run, find_export_run(db, what.run.id));
    return run && run->upload.state == what.run.upload.state;
  });
}

Result<UploadStanding> SqliteExportStore::uploads() {
  return db_.read([&](Database& db) -> Result<UploadStanding> {
    TRY_ASSIGN(Statement row,
               db.query("SELECT count(*) FILTER (WHERE upload_state IN (1, 3)), count(*) FILTER "
                        "(WHERE upload_state IN (1, 3) AND upload_attempts >= ?), count(*) FILTER "
                        "(WHERE upload_state = 5) FROM export_runs WHERE upload_state IN (1, 3, 5)",
                        static_cast<std::int64_t>(kDeliveryAttempts)));
    TRY(row.step());
    return UploadStanding{
        row.unsigned_number(0), row.unsigned_number(1), row.unsigned_number(2), {}};
  });
}

}  // namespace tally
