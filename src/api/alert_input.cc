// SPDX-License-Identifier: Apache-2.0
#include "api/alert_input.h"

#include <algorithm>

#include "api/common_input.h"
#include "mail/address.h"

namespace tally {
namespace {

constexpr std::int64_t kMicros = 1'000'000;

void read_interval(JsonFields& fields, Interval& out) {
  if (!fields.has("interval")) return;
  std::string text;
  fields.text("interval", text);
  const auto interval = parse_interval(text);
  if (interval == Interval::hour || interval == Interval::day)
    out = *interval;
  else
    fields.refuse("interval", "bad_value", "must be hour or day");
}

void read_amount(JsonFields& fields, AlertRule& rule) {
  const bool threshold = rule.kind == AlertKind::threshold;
  if (threshold || rule.kind == AlertKind::bots_share) {
    std::optional<std::int64_t> micros;
    fields.micros_or_null("value", micros);
    if (!fields.has("value")) return;
    const bool good =
        micros && *micros > 0 && (threshold ? *micros % kMicros == 0 : *micros <= kMicros);
    if (!good)
      fields.refuse("value", "out_of_range",
                    threshold ? "must be a whole number from 1 on" : "must be from 0.000001 to 1");
    else
      rule.amount = static_cast<std::uint64_t>(threshold ? *micros / kMicros : *micros);
  } else if (rule.kind == AlertKind::no_clicks) {
    fields.number("hours", rule.amount);
    if (fields.has("hours") && (rule.amount == 0 || rule.amount > kMaxAlertHours))
      fields.refuse("hours", "out_of_range", "must be from 1 to 744");
  }
}

// The fields of its kind; those of another are then left over, and refused by name.
void read_question(JsonFields& fields, AlertRule& rule) {
  if (rule.kind != AlertKind::no_clicks) read_interval(fields, rule.interval);
  if (rule.kind == AlertKind::drop) {
    fields.text_or_null("platform", rule.platform);
    if (!rule.platform.empty() &&
        std::ranges::find(kPlatformNames, rule.platform) == kPlatformNames.end())
      fields.refuse("platform", "bad_value", one_of(kPlatformNames));
  }
  if (rule.kind == AlertKind::threshold) {
    read_kind(fields, "measure", kAlertMeasureNames, rule.measure);
    read_kind(fields, "bound", kAlertBoundNames, rule.bound);
  }
  read_amount(fields, rule);
  read_filters(fields, rule.filters);
}

void read_telling(JsonFields& fields, AlertRule& rule) {
  fields.text("name", rule.name);
  fields.texts("recipients", rule.recipients);
  fields.number("quiet_minutes", rule.quiet_minutes);
  fields.boolean("enabled", rule.enabled);
}

Result<void> check(const AlertRule& rule) {
  TRY(check_name(rule.name, kMaxAlertName));
  if (rule.recipients.size() > kMaxAlertRecipients)
    return fail_field("recipients", "too_many", "must be at most 20 mail addresses");
  for (std::size_t i = 0; i < rule.recipients.size(); ++i) {
    const std::string field = "recipients[" + std::to_string(i) + "]";
    if (!is_mail_address(rule.recipients[i]))
      return fail_field(field, "bad_email", "is not a mail address");
    const auto before = rule.recipients.begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find(rule.recipients.begin(), before, rule.recipients[i]) != before)
      return fail_field(field, "repeated", "is there already");
  }
  if (rule.quiet_minutes > kMaxQuietMinutes)
    return fail_field("quiet_minutes", "out_of_range", "must be at most 44640");
  return {};
}

}  // namespace

Result<AlertRule> read_alert_rule(std::string_view body) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  AlertRule out;
  fields.require("name");
  fields.require("what");
  read_kind(fields, "what", kAlertKindNames, out.kind);
  if (out.kind == AlertKind::threshold || out.kind == AlertKind::bots_share)
    fields.require("value");
  if (out.kind == AlertKind::no_clicks) fields.require("hours");
  read_telling(fields, out);
  read_question(fields, out);
  TRY(fields.finish());
  TRY(check(out));
  return out;
}

Result<void> patch_alert_rule(AlertRule& rule, std::string_view body) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  read_telling(fields, rule);
  read_question(fields, rule);
  TRY(fields.finish());
  return check(rule);
}

}  // namespace tally
