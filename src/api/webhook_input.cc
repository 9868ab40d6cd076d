// SPDX-License-Identifier: Apache-2.0
#include "api/webhook_input.h"

#include <algorithm>
#include <optional>

#include "api/common_input.h"
#include "model/url.h"

namespace tally {
namespace {

constexpr std::size_t kMaxCampaign = 255;  // bytes, as of a link
constexpr std::size_t kMaxEventId = 255;

std::string place(std::string_view name, std::size_t index) {
  return std::string(name) + "[" + std::to_string(index) + "]";
}

void read_events(JsonFields& fields, EventKinds& out) {
  if (!fields.has("events")) return;
  std::vector<std::string> names;
  fields.texts("events", names);
  out = {};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto kind = parse_kind<EventKind>(kEventKindNames, names[i]);
    if (!kind) return fields.refuse(place("events", i), "bad_value", one_of(kEventKindNames));
    out.add(*kind);
  }
  if (out.empty()) fields.refuse("events", "bad_value", "must name at least one event");
}

// Each once: what is said twice is meant once.
void read_links(JsonFields& fields, std::vector<LinkId>& out) {
  if (!fields.has("links")) return;
  std::vector<std::string> ids;
  fields.texts("links", ids);
  out.clear();
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const auto id = LinkId::parse(ids[i]);
    if (!id)
      return fields.refuse(place("links", i), "bad_value", "must be a link's id, like lnk_42");
    if (std::ranges::find(out, *id) == out.end()) out.push_back(*id);
  }
  if (out.size() > kMaxWebhookFilter) fields.refuse("links", "too_many", "must be at most 100");
}

bool is_campaign(std::string_view text) {
  return !text.empty() && text.size() <= kMaxCampaign && std::ranges::none_of(text, [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7f;
  });
}

void read_campaigns(JsonFields& fields, std::vector<std::string>& out) {
  if (!fields.has("campaigns")) return;
  std::vector<std::string> names;
  fields.texts("campaigns", names);
  out.clear();
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!is_campaign(names[i]))
      return fields.refuse(place("campaigns", i), "bad_value", "must be 1 to 255 bytes of text");
    if (std::ranges::find(out, names[i]) == out.end()) out.push_back(names[i]);
  }
  if (out.size() > kMaxWebhookFilter) fields.refuse("campaigns", "too_many", "must be at most 100");
}

void read_fields(JsonFields& fields, Webhook& out) {
  fields.text("name", out.name);
  if (out.is_for_tool()) fields.text("api_key", out.secret);
  fields.text("url", out.url);
  read_events(fields, out.events);
  fields.object_or_null(
      "filter",
      [&](JsonFields& inner) {
        read_links(inner, out.filter.links);
        read_campaigns(inner, out.filter.campaigns);
        read_kind(inner, "traffic", kTrafficFilterNames, out.filter.traffic);
      },
      [&] { out.filter = {}; });
  read_kind(fields, "mode", kWebhookModeNames, out.mode);
  read_kind(fields, "ip", kIpModeNames, out.ip);
  fields.boolean("enabled", out.enabled);
}

// What a tool's webhook is when nothing is said of it.
Webhook of_format(WebhookFormat format) {
  Webhook out;
  out.format = format;
  if (!out.is_for_tool()) return out;
  out.url = kWebhookToolUrls[static_cast<std::size_t>(format)];
  out.events = {EventKind::link_clicked};
  out.mode = WebhookMode::batch;
  return out;
}

// It goes into a header: what could end one is refused.
Result<void> check_key(std::string_view key) {
  const bool visible = std::ranges::all_of(key, [](char c) { return c > 0x20 && c < 0x7f; });
  if (visible && !key.empty() && key.size() <= kMaxWebhookKey) return {};
  return fail_field("api_key", "bad_value", "must be 1 to 255 visible ASCII characters");
}

Result<void> check(const Webhook& webhook) {
  TRY(check_name(webhook.name, kMaxWebhookName));
  TRY(validate_web_url(webhook.url, "url"));
  if (!webhook.is_for_tool()) return {};
  if (webhook.events != EventKinds{EventKind::link_clicked})
    return fail_field("events", "bad_value",
                      "only link.clicked is told to " + std::string(to_text(webhook.format)));
  return check_key(webhook.secret);
}

}  // namespace

Result<Webhook> read_webhook(std::string_view body) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  WebhookFormat format = WebhookFormat::standard;
  read_kind(fields, "format", kWebhookFormatNames, format);
  Webhook out = of_format(format);
  fields.require("name");
  if (out.is_for_tool()) {
    fields.require("api_key");
  } else {
    fields.require("url");
    fields.require("events");
    read_kind(fields, "signature", kWebhookSignatureNames, out.signature);
  }
  read_fields(fields, out);
  TRY(fields.finish());
  TRY(check(out));
  return out;
}

Result<void> patch_webhook(Webhook& webhook, std::string_view body) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  const std::string url = webhook.url;
  read_fields(fields, webhook);
  // Or whoever may change webhooks could have the key of a tool sent to himself.
  if (webhook.is_for_tool() && webhook.url != url) fields.require("api_key");
  TRY(fields.finish());
  return check(webhook);
}

Result<UnixMillis> read_webhook_rotation(std::string_view body) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  constexpr std::uint64_t kMostHours = kMaxWebhookSecretOverlap / kMillisPerHour;
  std::uint64_t hours = kWebhookSecretOverlap / kMillisPerHour;
  fields.number("overlap_hours", hours);
  if (hours > kMostHours)
    fields.refuse("overlap_hours", "out_of_range", "must be at most " + std::to_string(kMostHours));
  TRY(fields.finish());
  return static_cast<UnixMillis>(hours) * kMillisPerHour;
}

Result<WebhookReplay> read_webhook_replay(std::string_view body) {
  TRY_ASSIGN(const JsonDocument document, JsonDocument::parse(body));
  JsonFields fields(document);
  WebhookReplay out;
  std::optional<UnixMillis> from, to;
  const bool by_id = fields.has("event_id");
  fields.text("event_id", out.event_id);
  fields.time_or_null("from", from);
  fields.time_or_null("to", to);
  TRY(fields.finish());
  if (by_id == (from || to))
    return fail_field("event_id", "bad_value",
                      "name either an event or a range by 'from' and 'to'");
  if (by_id && (out.event_id.empty() || out.event_id.size() > kMaxEventId))
    return fail_field("event_id", "bad_value", "must be the id of an event");
  if (by_id) return out;
  if (!from || !to) return fail_field(from ? "to" : "from", "required", "is needed");
  if (*from >= *to) return fail_field("to", "bad_range", "must be later than 'from'");
  out.range = {*from, *to};
  return out;
}

}  // namespace tally
