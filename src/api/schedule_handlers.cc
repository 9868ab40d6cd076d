// SPDX-License-Identifier: Apache-2.0
//
// Exports that are written on a schedule: the schedules, their runs, and the files.
#include "api/asked.h"
#include "api/export_body.h"
#include "api/export_input.h"
#include "api/handlers.h"
#include "api/paging.h"
#include "api/test_turn.h"
#include "buckets/object.h"
#include "buckets/uploader.h"
#include "links/export_json.h"

namespace tally {
namespace {

constexpr std::size_t kChunk = 256 * 1024;

Result<ExportId> id_of(const Call& call) {
  const auto id = ExportId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such export");
  return *id;
}

Result<ExportSchedule> schedule_of(Api& api, const Call& call) {
  TRY_ASSIGN(const ExportId id, id_of(call));
  return api.deps.exports.get(call.workspace(), id);
}

std::optional<std::string> time_text(UnixMillis time) {
  return time == 0 ? std::nullopt : std::optional(format_utc(time));
}

// The secret is in no answer.
void put_bucket(JsonWriter& out, const ExportSchedule& schedule) {
  out.key("bucket");
  if (!schedule.bucket) {
    out.value(nullptr);
    return;
  }
  const ExportBucket& bucket = *schedule.bucket;
  const UploadStanding& uploads = schedule.standing.uploads;
  out.begin_object()
      .field("endpoint", bucket.endpoint)
      .field("region", bucket.region)
      .field("name", bucket.name)
      .field("prefix", bucket.prefix)
      .field("access_key_id", bucket.access_key_id)
      .field("secret_access_key_set", !bucket.secret_access_key.empty())
      .field("path_style", bucket.path_style)
      .field("waiting", uploads.waiting)
      .field("missed", uploads.missed)
      .text_or_null("error", uploads.error)
      .end_object();
}

// How far the file of a run is on its way; null where it has none to go.
void put_upload(JsonWriter& out, const ExportSchedule& schedule, const ExportRun& run) {
  const ExportUpload& upload = run.upload;
  out.key("upload");
  if (!schedule.bucket || upload.state == UploadState::none) {
    out.value(nullptr);
    return;
  }
  const bool waits = upload.state == UploadState::waiting || upload.state == UploadState::stale;
  const BucketKeys keys = bucket_keys(*schedule.bucket, schedule, run);
  out.begin_object()
      .field("state", to_text(upload.state))
      .field("key", keys.file)
      .field("manifest", keys.manifest)
      .field("attempts", upload.attempts)
      .text_or_null("error", upload.error)
      .field("next_try_at", waits ? time_text(upload.next_try) : std::nullopt)
      .field("uploaded_at", time_text(upload.uploaded_at))
      .end_object();
}

void put_answer(JsonWriter& out, const BucketAnswer& answer) {
  out.begin_object()
      .field("status", answer.status == 0 ? std::nullopt : std::optional(answer.status))
      .text_or_null("error", answer.error)
      .field("took_ms", answer.took_ms)
      .end_object();
}

void put_schedule(JsonWriter& out, const ExportSchedule& schedule) {
  const ExportStanding& standing = schedule.standing;
  out.begin_object().field("id", schedule.id.text()).field("name", schedule.name);
  put_export_question(out, schedule);
  out.field("keep", schedule.keep)
      .field("enabled", schedule.enabled)
      .field("from", format_utc(schedule.begins_at))
      .field("files", standing.files)
      .field("waiting", standing.waiting)
      .field("passed_by", standing.passed_by)
      .text_or_null("error", standing.error);
  put_bucket(out, schedule);
  out.field("created_at", format_utc(schedule.created_at))
      .field("updated_at", format_utc(schedule.updated_at))
      .end_object();
}

Response schedule_response(const ExportSchedule& schedule, int status = 200) {
  JsonWriter out;
  put_schedule(out, schedule);
  return json_response(out.take(), status);
}

void put_run(JsonWriter& out, const ExportSchedule& schedule, const ExportRun& run) {
  const bool ready = run.state == ExportRunState::ready;
  const bool removed = run.state == ExportRunState::removed;
  const bool timed = run.finished_at >= run.started_at && run.finished_at != 0;
  const bool waits = run.state == ExportRunState::waiting;
  out.begin_object()
      .field("id", run.id.text())
      .field("of", run.period.name)
      .field("from", format_utc(run.period.range.from))
      .field("to", format_utc(run.period.range.to))
      .field("state", to_text(run.state))
      .text_or_null("reason", removed ? to_text(run.removal) : "")
      .field("anew", run.removal == ExportRemoval::erased)
      .field("failures", run.failures)
      .text_or_null("error", run.error)
      .field("next_try_at", waits ? time_text(run.next_try) : std::nullopt)
      .field("started_at", time_text(run.started_at))
      .field("finished_at", time_text(run.finished_at))
      .field("took_ms", timed ? std::optional(run.finished_at - run.started_at) : std::nullopt);
  put_exported_file(out, ready ? &run.file : nullptr);
  put_upload(out, schedule, run);
  out.end_object();
}

// A file that would be past its retention as soon as it could be written is none.
Result<void> check_retention(Api& api, const ExportSchedule& schedule) {
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(schedule.workspace));
  if (workspace.retention_days && *workspace.retention_days < longest_days(schedule.period))
    return fail_field("period", "past_retention",
                      "clicks are kept for " + std::to_string(*workspace.retention_days) +
                          " days, and a file is gone with the first of its clicks");
  return {};
}

// The bytes of an open file from `at` on, a piece at a time.
BodyProducer pieces_of(std::unique_ptr<ReadFile> opened, std::uint64_t at, std::uint64_t size) {
  return [file = std::shared_ptr<ReadFile>(std::move(opened)), at,
          size](std::string& chunk) mutable -> Result<bool> {
    TRY_ASSIGN(const std::string piece, file->read(at, kChunk));
    at += piece.size();
    if (piece.empty() && at < size)
      return fail(ErrorCode::corrupt, "the file is shorter than it was");
    chunk += piece;
    return at < size;
  };
}

}  // namespace

Result<Response> create_schedule(Api& api, const Call& call) {
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  TRY_ASSIGN(const TimeZone zone, TimeZone::load(workspace.time_zone));
  TRY_ASSIGN(ExportSchedule schedule,
             read_export_schedule(call.request.body, api.deps.clock.now_ms(), zone));
  schedule.workspace = call.workspace();
  TRY(check_retention(api, schedule));
  TRY(check_filter_links(api, schedule.workspace, schedule.filters));
  TRY_ASSIGN(const ExportSchedule made, api.deps.exports.create(schedule));
  api.deps.export_runner.wake();
  Response out = schedule_response(made, 201);
  out.fields.push_back({"Location", "/api/v1/exports/" + made.id.text()});
  return out;
}

Result<Response> list_schedules(Api& api, const Call& call) {
  ExportListing listing{.workspace = call.workspace()};
  TRY(read_page<ExportId>(call, listing));
  TRY_ASSIGN(auto schedules, api.deps.exports.list(listing));
  return page_response(schedules, listing.limit, put_schedule);
}

Result<Response> get_schedule(Api& api, const Call& call) {
  TRY_ASSIGN(const ExportSchedule schedule, schedule_of(api, call));
  return schedule_response(schedule);
}

Result<Response> update_schedule(Api& api, const Call& call) {
  const std::lock_guard lock(api.patching);
  TRY_ASSIGN(ExportSchedule schedule, schedule_of(api, call));
  const auto filters = schedule.filters;
  TRY(patch_export_schedule(schedule, call.request.body));
  if (schedule.filters != filters)
    TRY(check_filter_links(api, schedule.workspace, schedule.filters));
  TRY_ASSIGN(const ExportSchedule changed, api.deps.exports.update(schedule));
  api.deps.export_runner.wake();
  api.deps.buckets.wake();
  return schedule_response(changed);
}

Result<Response> delete_schedule(Api& api, const Call& call) {
  TRY_ASSIGN(const ExportId id, id_of(call));
  TRY(api.deps.export_runner.remove(call.workspace(), id));
  return Response{204, {}, {}};
}

Result<Response> test_schedule(Api& api, const Call& call) {
  TRY_ASSIGN(const ExportSchedule schedule, schedule_of(api, call));
  if (!schedule.bucket)
    return std::unexpected(Error{ErrorCode::conflict,
                                 "this export names no bucket",
                                 "give it one: `bucket`",
                                 {},
                                 "no_bucket"});
  const TestTurn turn(api);
  TRY(turn.check("a webhook or a bucket is being tested already"));
  const BucketTrial trial = api.deps.buckets.test(*schedule.bucket);
  JsonWriter out;
  out.begin_object().field("result", trial.ok() ? "ok" : "failed").field("key", trial.key);
  put_answer(out.key("put"), trial.put);
  out.key("delete");
  if (trial.deleted)
    put_answer(out, *trial.deleted);
  else
    out.value(nullptr);
  return json_response(out.end_object().take());
}

Result<Response> list_export_runs(Api& api, const Call& call) {
  TRY_ASSIGN(const ExportSchedule schedule, schedule_of(api, call));
  ExportRunListing listing{.workspace = call.workspace(), .schedule = schedule.id};
  TRY(read_page<ExportRunId>(call, listing));
  TRY_ASSIGN(auto runs, api.deps.exports.runs(listing));
  return page_response(runs, listing.limit,
                       [&](JsonWriter& out, const ExportRun& run) { put_run(out, schedule, run); });
}

Result<Response> get_export_run(Api& api, const Call& call) {
  TRY_ASSIGN(const ExportSchedule schedule, schedule_of(api, call));
  TRY_ASSIGN(const ExportRun run,
             api.deps.exports.run(call.workspace(), schedule.id, call.route.value("of")));
  JsonWriter out;
  put_run(out, schedule, run);
  return json_response(out.take());
}

Result<Response> get_export_file(Api& api, const Call& call) {
  TRY_ASSIGN(const ExportSchedule schedule, schedule_of(api, call));
  TRY_ASSIGN(const ExportRun run,
             api.deps.exports.run(call.workspace(), schedule.id, call.route.value("of")));
  if (run.state == ExportRunState::removed)
    return fail(ErrorCode::not_found, "the file of that period is gone");
  if (run.state != ExportRunState::ready)
    return std::unexpected(Error{ErrorCode::conflict,
                                 "the file of that period is not written yet",
                                 "ask for the run: it says when it is ready",
                                 {},
                                 "not_ready"});
  TRY_ASSIGN(auto file, api.deps.export_runner.open(schedule, run));
  Response out;
  out.fields = {
      {"Content-Type", std::string(media_type(schedule.format))},
      {"Content-Disposition", "attachment; filename=\"" + std::string(content_of(schedule.shape)) +
                                  "-" + run.file.name + "\""},
      {"X-Tallymark-Incomplete", run.file.incomplete ? "true" : "false"}};
  auto more = pieces_of(std::move(file), 0, run.file.bytes);
  TRY_ASSIGN(const bool rest, more(out.body));
  if (rest) out.more = std::move(more);
  return out;
}

}  // namespace tally
