// SPDX-License-Identifier: Apache-2.0
#include "api/alert_input.h"

#include <algorithm>
#include <array>
#include <span>

#include "api/json.h"
#include "api/stats_query.h"
#include "base/text.h"
#include "mail/address.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr std::int64_t kMicros = 1'000'000;

std::string one_of(std::span<const std::string_view> names) {
  std::string out = "must be one of ";
  for (std::size_t i = 0; i < names.size(); ++i) out.append(i == 0 ? "" : ", ").append(names[i]);
  return out;
}

template <class Kind, std::size_t N>
void read_kind(JsonFields& fields, const char* name, const std::array<std::string_view, N>& names,
               Kind& out) {
  if (!fields.has(name)) return;
  std::string text;
  fields.text(name, text);
  if (const auto kind = parse_kind<Kind>(names, text))
    out = *kind;
  else
    fields.refuse(name, "bad_value", one_of(names));
}

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

// One filter: its text in the grammar of queries, null takes it away.
void read_filter_field(JsonFields& fields, Dimension by, std::vector<Filter>& out) {
  const std::string name(to_text(by));
  if (!fields.has(name)) return;
  std::optional<std::string> text;
  fields.text_or_null(name, text);
  std::erase_if(out, [&](const Filter& filter) { return filter.by == by; });
  if (!text) return;
  auto filter = read_filter(by, *text);
  if (filter)
    out.push_back(std::move(*filter));
  else
    fields.refuse(name, "bad_value", filter.error().message);
}

void read_filters(JsonFields& fields, std::vector<Filter>& out) {
  fields.object_or_null(
      "filters",
      [&](JsonFields& inner) {
        for (std::size_t i = 0; i < kDimensionNames.size(); ++i)
          // Which traffic counts follows from what is asked.
          if (const auto by = static_cast<Dimension>(i); by != Dimension::traffic)
            read_filter_field(inner, by, out);
      },
      [&] { out.clear(); });
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
  const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; };
  if (trim(rule.name).empty() || rule.name.size() > kMaxAlertName ||
      std::ranges::any_of(rule.name, is_control))
    return fail_field("name", "bad_value", "must be 1 to 200 bytes of text");
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
