// SPDX-License-Identifier: Apache-2.0
#include <fmt/format.h>

#include "api/alert_input.h"
#include "api/asked.h"
#include "api/handlers.h"
#include "api/paging.h"
#include "links/alert_json.h"
#include "model/calendar.h"
#include "pipeline/alert_mail.h"
#include "pipeline/mail_courier.h"

namespace tally {
namespace {

Result<AlertId> id_of(const Call& call) {
  const auto id = AlertId::parse(call.route.value("id"));
  if (!id) return fail(ErrorCode::not_found, "there is no such alert");
  return *id;
}

void put_status(JsonWriter& out, const AlertStatus& status) {
  const bool judged = status.judged_at != 0;
  out.field("state", to_text(status.state))
      .field("since", format_utc(status.since))
      .field("evaluated_at", judged ? std::optional(format_utc(status.judged_at)) : std::nullopt)
      .key("evidence");
  if (judged)
    put_alert_evidence(out, status.evidence);
  else
    out.value(nullptr);
}

void put_alert(JsonWriter& out, const AlertRule& rule) {
  out.begin_object().field("id", rule.id.text()).field("name", rule.name);
  put_alert_question(out, rule);
  out.key("recipients").begin_array();
  for (const std::string& recipient : rule.recipients) out.value(recipient);
  out.end_array().field("quiet_minutes", rule.quiet_minutes).field("enabled", rule.enabled);
  put_status(out, rule.status);
  out.field("created_at", format_utc(rule.created_at))
      .field("updated_at", format_utc(rule.updated_at))
      .end_object();
}

Response alert_response(const AlertRule& rule, int status = 200) {
  JsonWriter out;
  put_alert(out, rule);
  return json_response(out.take(), status);
}

void put_change(JsonWriter& out, const AlertChange& change) {
  out.begin_object()
      .field("id", change.id.text())
      .field("time", format_utc(change.time))
      .field("state", to_text(change.state))
      .field("told", change.told)
      .key("evidence");
  put_alert_evidence(out, change.evidence);
  out.end_object();
}

void put_answer(JsonWriter& out, const std::string& to, const Result<SmtpAnswer>& answer) {
  out.begin_object().field("to", to).field("accepted", answer && answer->accepted);
  out.field("code", answer ? std::optional(answer->code) : std::nullopt)
      .field("answer", answer ? answer->text : answer.error().message)
      .end_object();
}

}  // namespace

Result<Response> create_alert(Api& api, const Call& call) {
  TRY_ASSIGN(AlertRule rule, read_alert_rule(call.request.body));
  rule.workspace = call.workspace();
  TRY(check_filter_links(api, rule.workspace, rule.filters));
  TRY_ASSIGN(const AlertRule made, api.deps.alerts.create(rule));
  api.deps.alerts_changed();
  Response out = alert_response(made, 201);
  out.fields.push_back({"Location", "/api/v1/alerts/" + made.id.text()});
  return out;
}

Result<Response> list_alerts(Api& api, const Call& call) {
  AlertListing listing{.workspace = call.workspace()};
  TRY(read_page<AlertId>(call, listing));
  TRY_ASSIGN(auto rules, api.deps.alerts.list(listing));
  return page_response(rules, listing.limit, put_alert);
}

Result<Response> get_alert(Api& api, const Call& call) {
  TRY_ASSIGN(const AlertId id, id_of(call));
  TRY_ASSIGN(const AlertRule rule, api.deps.alerts.get(call.workspace(), id));
  return alert_response(rule);
}

Result<Response> update_alert(Api& api, const Call& call) {
  TRY_ASSIGN(const AlertId id, id_of(call));
  const std::lock_guard lock(api.patching);
  TRY_ASSIGN(AlertRule rule, api.deps.alerts.get(call.workspace(), id));
  const auto filters = rule.filters;
  TRY(patch_alert_rule(rule, call.request.body));
  if (rule.filters != filters) TRY(check_filter_links(api, rule.workspace, rule.filters));
  TRY_ASSIGN(const AlertRule changed, api.deps.alerts.update(rule));
  api.deps.alerts_changed();
  return alert_response(changed);
}

Result<Response> delete_alert(Api& api, const Call& call) {
  TRY_ASSIGN(const AlertId id, id_of(call));
  TRY(api.deps.alerts.remove(call.workspace(), id));
  return Response{204, {}, {}};
}

Result<Response> list_alert_history(Api& api, const Call& call) {
  AlertHistoryListing listing{.workspace = call.workspace()};
  TRY_ASSIGN(listing.alert, id_of(call));
  TRY(read_page<AlertChangeId>(call, listing));
  TRY_ASSIGN(auto changes, api.deps.alerts.history(listing));
  return page_response(changes, listing.limit, put_change);
}

Result<Response> test_alert(Api& api, const Call& call) {
  TRY_ASSIGN(const AlertId id, id_of(call));
  TRY_ASSIGN(const AlertRule rule, api.deps.alerts.get(call.workspace(), id));
  if (!api.deps.send_mail)
    return std::unexpected(Error{ErrorCode::conflict,
                                 "no mail server is set up",
                                 "set mail.smtp_url and mail.from",
                                 {},
                                 "mail_not_set_up"});
  if (rule.recipients.empty())
    return std::unexpected(Error{
        ErrorCode::conflict, "this alert has no recipients", "give it some", {}, "no_recipients"});
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(rule.workspace));
  TRY_ASSIGN(const TimeZone zone, TimeZone::load(workspace.time_zone));
  TRY_ASSIGN(auto labels, alert_labels(api.deps.links, rule));
  Mail mail = alert_test_mail(rule, {zone, api.deps.console_url, std::move(labels)});
  mail.time = api.deps.clock.now_ms();
  JsonWriter out;
  out.begin_object().key("answers").begin_array();
  for (std::size_t i = 0; i < rule.recipients.size(); ++i) {
    mail.to = rule.recipients[i];
    mail.id = fmt::format("test-{}-{}-{}", rule.id.value, mail.time, i);
    const auto answer = api.deps.send_mail(mail);
    put_answer(out, mail.to, answer);
    // A server that does not answer would not answer for the next one either.
    if (!answer) break;
  }
  return json_response(out.end_array().end_object().take());
}

}  // namespace tally
