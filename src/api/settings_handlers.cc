// SPDX-License-Identifier: Apache-2.0
//
// What a workspace says of itself: its name, the zone it reports in, its currency, how long it
// keeps clicks, and whether those who get a variant keep it.
#include <algorithm>

#include "api/handlers.h"
#include "api/json.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "model/calendar.h"
#include "model/money.h"

namespace tally {
namespace {

constexpr std::size_t kMaxName = 200;
constexpr std::uint64_t kMaxRetention = 36'525;  // days: a century

Response settings_response(const Workspace& workspace) {
  std::optional<std::uint64_t> days;
  if (workspace.retention_days) days = *workspace.retention_days;
  JsonWriter out;
  out.begin_object()
      .field("workspace_id", workspace.id.text())
      .field("name", workspace.name)
      .field("time_zone", workspace.time_zone)
      .text_or_null("currency", workspace.currency)
      .field("retention_days", days)
      .field("experiment_cookie", workspace.experiment_cookie)
      .field("created_at", format_utc(workspace.created_at))
      .end_object();
  return json_response(out.take());
}

Result<void> validate(const Workspace& workspace) {
  const std::string& name = workspace.name;
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (trim(name).empty() || name.size() > kMaxName || std::ranges::any_of(name, is_control))
    return fail_field("name", "bad_value", "must be 1 to 200 bytes of text");
  if (!TimeZone::load(workspace.time_zone))
    return fail_field("time_zone", "bad_value", "must be an IANA name, like Europe/Berlin");
  if (!workspace.currency.empty() && !is_currency(workspace.currency))
    return fail_field("currency", "bad_value", "must be three capitals (ISO 4217), like EUR");
  return {};
}

}  // namespace

Result<Response> get_settings(Api& api, const Call& call) {
  TRY_ASSIGN(const Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  return settings_response(workspace);
}

Result<Response> update_settings(Api& api, const Call& call) {
  const std::lock_guard lock(api.patching);
  TRY_ASSIGN(Workspace workspace, api.deps.accounts.workspace(call.workspace()));
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(call.request.body));
  JsonFields fields(document);
  fields.text("name", workspace.name);
  fields.text("time_zone", workspace.time_zone);
  fields.text_or_null("currency", workspace.currency);
  std::optional<std::uint64_t> days;
  const bool has_days = fields.has("retention_days");
  fields.number_or_null("retention_days", days);
  fields.boolean("experiment_cookie", workspace.experiment_cookie);
  TRY(fields.finish());
  if (days && (*days == 0 || *days > kMaxRetention))
    return fail_field("retention_days", "bad_value", "must be 1 to 36525 days, or null");
  if (has_days) workspace.retention_days = days;
  TRY(validate(workspace));
  TRY(api.deps.accounts.update_workspace(workspace));
  return settings_response(workspace);
}

}  // namespace tally
