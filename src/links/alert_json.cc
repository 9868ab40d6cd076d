// SPDX-License-Identifier: Apache-2.0
#include "links/alert_json.h"

#include "model/filter_text.h"

namespace tally {

void put_alert_question(JsonWriter& out, const AlertRule& rule) {
  const bool threshold = rule.kind == AlertKind::threshold;
  const auto of_threshold = [&](std::string_view text) {
    return threshold ? std::optional(text) : std::nullopt;
  };
  std::optional<double> value;
  if (threshold) value = static_cast<double>(rule.amount);
  if (rule.kind == AlertKind::bots_share) value = static_cast<double>(rule.amount) / 1e6;
  const bool no_clicks = rule.kind == AlertKind::no_clicks;
  out.field("what", to_text(rule.kind))
      .field("interval", to_text(rule.interval))
      .text_or_null("platform", rule.platform)
      .field("measure", of_threshold(to_text(rule.measure)))
      .field("bound", of_threshold(to_text(rule.bound)))
      .field("value", value)
      .field("hours", no_clicks ? std::optional(rule.amount) : std::nullopt)
      .key("filters")
      .begin_object();
  for (const Filter& filter : rule.filters) out.field(to_text(filter.by), filter_text(filter));
  out.end_object();
}

void put_alert_evidence(JsonWriter& out, const AlertEvidence& evidence) {
  out.begin_object()
      .field("from", format_utc(evidence.range.from))
      .field("to", format_utc(evidence.range.to))
      .field("count", evidence.count)
      .field("expected", evidence.expected)
      .field("p", evidence.p)
      .field("share", evidence.share)
      .text_or_null("platform", evidence.platform)
      .text_or_null("doubt", to_text(evidence.doubt))
      .end_object();
}

std::string alert_event_data(const AlertRule& rule, const AlertChange& change) {
  JsonWriter out;
  out.begin_object().field("alert_id", rule.id.text()).field("name", rule.name);
  put_alert_question(out, rule);
  out.field("state", to_text(change.state)).key("evidence");
  put_alert_evidence(out, change.evidence);
  return out.end_object().take();
}

}  // namespace tally
