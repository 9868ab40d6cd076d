// SPDX-License-Identifier: Apache-2.0
//
// Rows of scheduled exports, their buckets and their runs, in and out.
#pragma once

#include "links/export_store.h"
#include "links/sqlite/database.h"
#include "model/export_schedule.h"

namespace tally {

// What the readers below expect of a row.
inline constexpr std::string_view kSelectExport =
    "SELECT id, workspace, name, format, period, traffic, dimension, interval, raw, keep, enabled, "
    "begins_at, planned_to, passed_by, created_at, updated_at, version, "
    "(SELECT count(*) FROM export_runs WHERE export = exports.id AND state = 2), "
    "(SELECT count(*) FROM export_runs WHERE export = exports.id AND state < 2), "
    "(SELECT error FROM export_runs WHERE export = exports.id AND state = 0 AND error <> '' "
    "ORDER BY range_from LIMIT 1), "
    "(SELECT count(*) FROM export_runs WHERE export = exports.id AND upload_state IN (1, 3)), "
    "(SELECT count(*) FROM export_runs WHERE export = exports.id AND upload_state IN (1, 3) AND "
    "upload_attempts >= 10), "  // kDeliveryAttempts
    "(SELECT count(*) FROM export_runs WHERE export = exports.id AND upload_state = 5), "
    "(SELECT upload_error FROM export_runs WHERE export = exports.id AND upload_state IN (1, 3) "
    "AND upload_error <> '' ORDER BY range_from LIMIT 1) FROM exports ";
inline constexpr std::string_view kSelectExportRun =
    "SELECT id, export, period, range_from, range_to, state, removal, failures, next_try, error, "
    "started_at, finished_at, file, bytes, row_count, sha256, incomplete, "
    "upload_state, upload_attempts, upload_next_try, upload_error, uploaded_at FROM export_runs ";

// The row that was stepped to; `corrupt` when it holds what nobody writes.
Result<ExportSchedule> read_export(Database& db, const Statement& row);
Result<ExportRun> read_export_run(const Statement& row);

// All rows that are left.
Result<std::vector<ExportRun>> read_export_runs(Statement row);
// The same, each with its schedule.
Result<std::vector<ScheduledRun>> read_scheduled_runs(Database& db, Statement row);

Result<std::optional<ExportSchedule>> find_export(Database& db, ExportId id);
Result<std::optional<ExportRun>> find_export_run(Database& db, ExportRunId id);

// As row `schedule.id`; 0 takes a new one, whose number it gives.
Result<ExportId> write_export(Database& db, const ExportSchedule& schedule);

}  // namespace tally
