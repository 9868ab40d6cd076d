// SPDX-License-Identifier: Apache-2.0
#include "api/handlers.h"
#include "api/json.h"
#include "base/json_writer.h"
#include "api/problem.h"
#include "model/calendar.h"

namespace tally {
namespace {

constexpr std::string_view kKeep = "keep", kRelease = "release";

void put_verdict(JsonWriter& out, std::string_view name, Traffic traffic, std::string_view reason) {
  out.key(name)
      .begin_object()
      .field("traffic", to_text(traffic))
      .field("reason", reason)
      .end_object();
}

std::string job_json(const ReclassifyJob& job, Reclassifier::Progress progress, UnixMillis as_of) {
  const ReclassifyRequest& request = job.request;
  const bool known = is_over(job.state) || job.state == JobState::applying;
  JsonWriter out;
  out.begin_object().field("id", job.id.text()).field("state", to_text(job.state));
  out.key("range")
      .begin_object()
      .field("from", format_utc(request.range.from))
      .field("to", format_utc(request.range.to))
      .end_object();
  out.text_or_null("link", request.link.value_or(LinkId{}).text())
      .field("dry_run", request.dry_run)
      .field("suspects", request.release_suspects ? kRelease : kKeep)
      .field("created_at", format_utc(job.created_at));
  std::optional<std::string> finished;
  if (job.finished_at) finished = format_utc(*job.finished_at);
  out.field("finished_at", finished).field("resumed", job.resumed);
  out.field("total", known ? job.examined : progress.total)
      .field("examined", known ? job.examined : progress.examined)
      .field("changed", job.changed())
      .key("by")
      .begin_array();
  for (const ReclassifyChange& change : job.by) {
    out.begin_object();
    put_verdict(out, "from", change.from, change.from_reason);
    put_verdict(out, "to", change.to, change.to_reason);
    out.field("count", change.hits).end_object();
  }
  out.end_array().text_or_null("error", job.error).field("as_of", format_utc(as_of));
  return out.end_object().take();
}

Result<ReclassifyRequest> read_request(const Call& call) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  ReclassifyRequest out;
  out.workspace = call.workspace();
  std::optional<UnixMillis> from, to;
  std::string link, suspects(kKeep);
  fields.require("from");
  fields.require("to");
  fields.time_or_null("from", from);
  fields.time_or_null("to", to);
  fields.text_or_null("link", link);
  fields.boolean("dry_run", out.dry_run);
  fields.text("suspects", suspects);
  TRY(fields.finish());
  if (!from || !to)
    return fail_field(from ? "to" : "from", "required", "a range needs both of its ends");
  if (*from < 0 || *from >= *to)
    return fail_field("to", "bad_range", "must be later than 'from', and neither before 1970");
  out.range = {*from, *to};
  if (!link.empty()) {
    out.link = LinkId::parse(link);
    if (!out.link) return fail_field("link", "bad_value", "is not the id of a link");
  }
  if (suspects != kKeep && suspects != kRelease)
    return fail_field("suspects", "bad_value", "must be keep or release");
  out.release_suspects = suspects == kRelease;
  return out;
}

}  // namespace

Result<Response> start_reclassify(Api& api, const Call& call) {
  TRY_ASSIGN(const ReclassifyRequest request, read_request(call));
  TRY_ASSIGN(const ReclassifyJob job, api.deps.reclassifier.submit(request));
  return json_response(job_json(job, {}, api.deps.as_of()), 202);
}

Result<Response> get_reclassify(Api& api, const Call& call) {
  const auto id = ReclassifyId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such reclassification");
  TRY_ASSIGN(const ReclassifyJob job, api.deps.reclassifier.find(call.workspace(), *id));
  return json_response(job_json(job, api.deps.reclassifier.progress(), api.deps.as_of()));
}

}  // namespace tally
