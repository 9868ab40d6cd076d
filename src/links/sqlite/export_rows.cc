// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/export_rows.h"

#include "links/sqlite/filter_rows.h"
#include "links/sqlite/row_values.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr FilterTable kFilters{"export_filters", "export"};

std::unexpected<Error> broken() {
  return fail(ErrorCode::corrupt, "link database: an export holds what no export does");
}

bool read_shape(std::string_view by, std::string_view interval, ExportShape& out) {
  if (!by.empty()) out.by = parse_kind<Dimension>(kDimensionNames, by);
  out.by_time = !interval.empty();
  if (out.by_time && interval != "auto") out.interval = parse_interval(interval);
  return out.by.has_value() == !by.empty() &&
         (interval.empty() || interval == "auto" || out.interval);
}

std::string_view interval_text(const ExportShape& shape) {
  if (!shape.by_time) return "";
  return shape.interval ? to_text(*shape.interval) : "auto";
}

Result<std::optional<ExportBucket>> read_bucket(Database& db, ExportId id) {
  TRY_ASSIGN(Statement row,
             db.query("SELECT endpoint, region, name, prefix, access_key_id, secret_access_key, "
                      "path_style FROM export_buckets WHERE export = ?",
                      id.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return std::nullopt;
  return ExportBucket{row.text(0), row.text(1), row.text(2),       row.text(3),
                      row.text(4), row.text(5), row.number(6) != 0};
}

// Two schedules in one place would overwrite each other's objects.
Result<void> refuse_taken(Database& db, const ExportBucket& bucket) {
  TRY_ASSIGN(Statement row, db.query("SELECT endpoint, name, prefix FROM export_buckets"));
  for (;;) {
    TRY_ASSIGN(const bool more, row.step());
    if (!more) return {};
    ExportBucket other;
    other.endpoint = row.text(0);
    other.name = row.text(1);
    other.prefix = row.text(2);
    if (bucket.same_place(other))
      return fail_field("bucket.prefix", "in_use",
                        "another schedule's files go to this place: choose another prefix");
  }
}

Result<void> write_bucket(Database& db, ExportId id, const std::optional<ExportBucket>& bucket) {
  TRY(db.run("DELETE FROM export_buckets WHERE export = ?", id.value));
  if (!bucket) return {};
  TRY(refuse_taken(db, *bucket));
  return db.run("INSERT INTO export_buckets VALUES (?, ?, ?, ?, ?, ?, ?, ?)", id.value,
                bucket->endpoint, bucket->region, bucket->name, bucket->prefix,
                bucket->access_key_id, bucket->secret_access_key, bucket->path_style);
}

}  // namespace

Result<ExportSchedule> read_export(Database& db, const Statement& row) {
  ExportSchedule out;
  out.id = ExportId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  out.name = row.text(2);
  out.shape.raw = row.number(8) != 0;
  out.keep = static_cast<std::uint32_t>(row.number(9));
  out.enabled = row.number(10) != 0;
  out.begins_at = row.number(11);
  out.planned_to = row.number(12);
  out.created_at = row.number(14);
  out.updated_at = row.number(15);
  out.version = row.unsigned_number(16);
  out.standing = {
      row.unsigned_number(17),
      row.unsigned_number(18),
      row.unsigned_number(13),
      row.text(19),
      {row.unsigned_number(20), row.unsigned_number(21), row.unsigned_number(22), row.text(23)}};
  if (!read_kind(row, 3, kExportFormatNames, out.format) ||
      !read_kind(row, 4, kPeriodKindNames, out.period) ||
      !read_kind(row, 5, kTrafficFilterNames, out.traffic) ||
      !read_shape(row.view(6), row.view(7), out.shape))
    return broken();
  TRY_ASSIGN(out.filters, read_filters(db, kFilters, out.id.value));
  TRY_ASSIGN(out.bucket, read_bucket(db, out.id));
  return out;
}

Result<ExportRun> read_export_run(const Statement& row) {
  ExportRun out;
  out.id = ExportRunId{row.unsigned_number(0)};
  out.schedule = ExportId{row.unsigned_number(1)};
  out.period = {row.text(2), {row.number(3), row.number(4)}};
  out.failures = static_cast<std::uint32_t>(row.number(7));
  out.next_try = row.number(8);
  out.error = row.text(9);
  out.started_at = row.number(10);
  out.finished_at = row.number(11);
  out.file.name = row.text(12);
  out.file.bytes = row.unsigned_number(13);
  if (const auto rows = row.optional_number(14)) out.file.rows = *rows;
  out.file.sha256 = row.text(15);
  out.file.incomplete = row.number(16) != 0;
  out.upload.attempts = static_cast<std::uint32_t>(row.number(18));
  out.upload.next_try = row.number(19);
  out.upload.error = row.text(20);
  out.upload.uploaded_at = row.number(21);
  if (!read_kind(row, 5, kExportRunStateNames, out.state) ||
      !read_kind(row, 17, kUploadStateNames, out.upload.state) ||
      !read_kind(row, 6, kExportRemovalNames, out.removal))
    return broken();
  return out;
}

Result<std::optional<ExportSchedule>> find_export(Database& db, ExportId id) {
  TRY_ASSIGN(Statement row, db.query(std::string(kSelectExport) + "WHERE id = ?", id.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return std::nullopt;
  TRY_ASSIGN(ExportSchedule schedule, read_export(db, row));
  return schedule;
}

Result<std::vector<ExportRun>> read_export_runs(Statement row) {
  std::vector<ExportRun> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    TRY_ASSIGN(ExportRun run, read_export_run(row));
    out.push_back(std::move(run));
  }
}

Result<std::vector<ScheduledRun>> read_scheduled_runs(Database& db, Statement row) {
  TRY_ASSIGN(auto runs, read_export_runs(std::move(row)));
  std::vector<ScheduledRun> out;
  for (ExportRun& run : runs) {
    TRY_ASSIGN(auto schedule, find_export(db, run.schedule));
    if (schedule) out.push_back({std::move(*schedule), std::move(run)});
  }
  return out;
}

Result<std::optional<ExportRun>> find_export_run(Database& db, ExportRunId id) {
  TRY_ASSIGN(Statement row, db.query(std::string(kSelectExportRun) + "WHERE id = ?", id.value));
  TRY_ASSIGN(auto runs, read_export_runs(std::move(row)));
  return runs.empty() ? std::nullopt : std::optional(std::move(runs.front()));
}

Result<ExportId> write_export(Database& db, const ExportSchedule& schedule) {
  // An update in place: to replace the row would take its runs with it.
  TRY(db.run(
      "INSERT INTO exports (id, workspace, name, format, period, traffic, dimension, "
      "interval, raw, keep, enabled, begins_at, planned_to, passed_by, created_at, "
      "updated_at, version) VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, "
      "traffic = excluded.traffic, dimension = excluded.dimension, "
      "interval = excluded.interval, raw = excluded.raw, keep = excluded.keep, "
      "enabled = excluded.enabled, updated_at = excluded.updated_at, "
      "version = excluded.version",
      schedule.id.value, schedule.workspace.value, schedule.name, static_cast<int>(schedule.format),
      static_cast<int>(schedule.period), static_cast<int>(schedule.traffic),
      schedule.shape.by ? to_text(*schedule.shape.by) : std::string_view(),
      interval_text(schedule.shape), schedule.shape.raw, static_cast<std::int64_t>(schedule.keep),
      schedule.enabled, schedule.begins_at, schedule.planned_to, schedule.standing.passed_by,
      schedule.created_at, schedule.updated_at, schedule.version));
  const ExportId id =
      schedule.id ? schedule.id : ExportId{static_cast<std::uint64_t>(db.last_id())};
  TRY(write_filters(db, kFilters, id.value, schedule.filters));
  TRY(write_bucket(db, id, schedule.bucket));
  return id;
}

}  // namespace tally
