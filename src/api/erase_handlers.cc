// SPDX-License-Identifier: Apache-2.0
//
// Erasing the clicks of a link or of a visitor. A visitor's number is seen by nobody: a visitor is
// named by a click of theirs, or, as long as a day's salt lives, by what the number is made of.
#include <limits>

#include "api/handlers.h"
#include "api/json.h"
#include "base/json_writer.h"
#include "api/problem.h"
#include "model/calendar.h"

namespace tally {
namespace {

void put_job(JsonWriter& out, const EraseJob& job) {
  std::optional<std::string> finished;
  if (job.finished_at) finished = format_utc(*job.finished_at);
  out.begin_object()
      .field("id", job.id.text())
      .field("state", to_text(job.state))
      .field("of", job.of_visitor ? "visitor" : "link")
      .text_or_null("link", job.what.link.value_or(LinkId{}).text());
  out.key("range")
      .begin_object()
      .field("from", format_utc(job.what.range.from))
      .field("to", format_utc(job.what.range.to))
      .end_object();
  out.field("created_at", format_utc(job.created_at))
      .field("finished_at", finished)
      .field("resumed", job.resumed)
      .field("clicks", job.clicks)
      .field("landing_views", job.views)
      .field("conversions", job.conversions)
      .text_or_null("error", job.error)
      .end_object();
}

Response job_response(const EraseJob& job, int status) {
  JsonWriter out;
  put_job(out, job);
  return json_response(out.take(), status);
}

struct Visitor {
  std::string click_id, ip, user_agent;
};

// What a request asks for; a visitor as it is named there.
struct EraseWish {
  Erasure what;
  std::optional<Visitor> visitor;
};

Result<EraseWish> read_request(const Call& call) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  EraseWish out;
  out.what.workspace = call.workspace();
  std::string link;
  std::optional<UnixMillis> from, to;
  fields.text_or_null("link", link);
  fields.object_or_null(
      "visitor",
      [&](JsonFields& of) {
        Visitor& visitor = out.visitor.emplace();
        of.text("click_id", visitor.click_id);
        of.text("ip", visitor.ip);
        of.text("user_agent", visitor.user_agent);
        const bool by_click = of.has("click_id");
        if (by_click == of.has("ip") || of.has("ip") != of.has("user_agent"))
          of.refuse("click_id", "bad_value", "a visitor is a click_id, or ip and user_agent");
      },
      [] {});
  fields.time_or_null("from", from);
  fields.time_or_null("to", to);
  if (link.empty() == !out.visitor)
    fields.refuse("link", "bad_value", "name either a link or a visitor");
  TRY(fields.finish());
  if (!link.empty()) {
    out.what.link = LinkId::parse(link);
    if (!out.what.link) return fail_field("link", "bad_value", "is not the id of a link");
  }
  out.what.range = {from.value_or(0), to.value_or(std::numeric_limits<UnixMillis>::max())};
  if (out.what.range.from < 0 || out.what.range.from >= out.what.range.to)
    return fail_field("to", "bad_range", "must be later than 'from', and neither before 1970");
  return out;
}

// The number behind a click, which is one of that click's UTC day only.
Result<void> find_by_click(Api& api, std::string_view id, Erasure& what) {
  const auto key = api.click_ids.decode(id);
  if (!key) return fail_field("visitor.click_id", "bad_value", "is not the id of a click");
  // It may have been made a moment ago.
  if (!api.deps.await_stored(api.deps.clock.now_ms()))
    return fail(ErrorCode::unavailable, "clicks are not stored at the moment", "try again later");
  TRY_ASSIGN(const auto found,
             api.deps.clicks.find_clicks(std::span(&what.workspace, 1), std::span(&*key, 1)));
  if (found.empty())
    return fail_field("visitor.click_id", "unknown_click", "there is no such click");
  const Click& click = found.front();
  if (click.visitor == 0)
    return fail_field("visitor.click_id", "no_visitor",
                      "this click was stored without its visitor: nothing connects it with others");
  what.visitors = {click.visitor};
  const UnixMillis day = click.time / kMillisPerDay * kMillisPerDay;
  what.range.from = std::max(what.range.from, day);
  what.range.to = std::min(what.range.to, day + kMillisPerDay);
  if (what.range.from >= what.range.to)
    return fail_field("visitor.click_id", "bad_range", "this click's day is not in the range");
  return {};
}

Result<void> find_visitor(Api& api, const Visitor& visitor, Erasure& what) {
  if (!visitor.click_id.empty()) return find_by_click(api, visitor.click_id, what);
  const auto address = Address::parse(visitor.ip);
  if (!address) return fail_field("visitor.ip", "bad_value", "is not an address");
  TRY_ASSIGN(what.visitors, api.deps.visitors_of(what.workspace, *address, visitor.user_agent));
  if (what.visitors.empty())
    return fail_field("visitor.ip", "unknown_visitor",
                      "no salt is left with which anybody could be found by their address");
  return {};
}

}  // namespace

Result<Response> start_erase(Api& api, const Call& call) {
  TRY_ASSIGN(EraseWish wish, read_request(call));
  if (wish.visitor) TRY(find_visitor(api, *wish.visitor, wish.what));
  TRY_ASSIGN(const EraseJob job, api.deps.eraser.submit(std::move(wish.what)));
  return job_response(job, 202);
}

Result<Response> list_erases(Api& api, const Call& call) {
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const EraseJob& job : api.deps.eraser.jobs(call.workspace())) put_job(out, job);
  return json_response(out.end_array().end_object().take());
}

Result<Response> get_erase(Api& api, const Call& call) {
  const auto id = EraseId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such erase");
  TRY_ASSIGN(const EraseJob job, api.deps.eraser.find(call.workspace(), *id));
  return job_response(job, 200);
}

}  // namespace tally
