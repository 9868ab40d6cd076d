// SPDX-License-Identifier: Apache-2.0
#include "webhooks/tool_request.h"

#include <fmt/format.h>

#include "base/check.h"
#include "base/json_writer.h"
#include "base/text.h"
#include "clicklog/click_json.h"
#include "model/calendar.h"

namespace tally {
namespace {

constexpr std::string_view kClicked = "Link Clicked", kTest = "Tallymark Test";
constexpr std::string_view kSender = "Tallymark";

// What every tool wants to know of an event.
struct Told {
  std::string id;   // 32 hexadecimal digits
  std::string who;  // likewise
  std::string_view name;
  UnixMillis time = 0;
  const Click* click = nullptr;  // none of a test
  std::string_view ip;
};

std::string hash_of(const Webhook& webhook, std::string_view what) {
  return event_id(webhook.id, what).substr(kEventIdPrefix.size());
}

// What is not known is "Unknown" here, and left out there.
std::string_view known(std::string_view text) { return text == "Unknown" ? "" : text; }

void put_if_known(JsonWriter& out, std::string_view name, std::string_view text) {
  if (!known(text).empty()) out.field(name, text);
}

void put_segment_context(JsonWriter& out, const Told& told) {
  out.key("context").begin_object().key("library").begin_object();
  out.field("name", kSender).end_object();
  if (told.click != nullptr) {
    const Click& click = *told.click;
    put_if_known(out, "ip", told.ip);
    put_if_known(out, "locale", click.language);
    out.key("os").begin_object();
    put_if_known(out, "name", click.os);
    put_if_known(out, "version", click.os_version);
    out.end_object().key("location").begin_object();
    put_if_known(out, "country", click.country);
    put_if_known(out, "region", click.region);
    put_if_known(out, "city", click.city);
    out.end_object().key("campaign").begin_object();
    put_if_known(out, "name", click.campaign);
    put_if_known(out, "source", click.source);
    put_if_known(out, "medium", click.medium);
    put_if_known(out, "content", click.content);
    put_if_known(out, "term", click.term);
    out.end_object();
  }
  out.end_object();
}

template <class Properties>
std::string segment_event(const Told& told, Properties properties) {
  JsonWriter out;
  out.begin_object()
      .field("type", "track")
      .field("messageId", told.id)
      .field("anonymousId", told.who)
      .field("event", told.name)
      .field("timestamp", format_utc(told.time));
  put_segment_context(out, told);
  properties(out.key("properties").begin_object());
  return out.end_object().end_object().take();
}

template <class Properties>
std::string amplitude_event(const Told& told, Properties properties) {
  JsonWriter out;
  out.begin_object()
      .field("device_id", told.who)
      .field("insert_id", told.id)
      .field("event_type", told.name)
      .field("time", told.time);
  if (told.click != nullptr) {
    const Click& click = *told.click;
    put_if_known(out, "ip", told.ip);
    put_if_known(out, "language", click.language);
    put_if_known(out, "os_name", click.os);
    put_if_known(out, "os_version", click.os_version);
    // Those three are taken together or not at all.
    out.field("platform", to_text(click.platform))
        .field("country", known(click.country))
        .field("region", known(click.region))
        .field("city", known(click.city));
  }
  properties(out.key("event_properties").begin_object());
  return out.end_object().end_object().take();
}

template <class Properties>
std::string mixpanel_event(const Told& told, Properties properties) {
  JsonWriter out;
  out.begin_object().field("event", told.name).key("properties").begin_object();
  out.field("time", told.time).field("distinct_id", told.who).field("$insert_id", told.id);
  if (told.click != nullptr) {
    const Click& click = *told.click;
    put_if_known(out, "$os", click.os);
    put_if_known(out, "$browser", click.browser);
    put_if_known(out, "mp_country_code", click.country);
    put_if_known(out, "$region", click.region);
    put_if_known(out, "$city", click.city);
    put_if_known(out, "$referring_domain", click.referrer_host);
    put_if_known(out, "utm_source", click.source);
    put_if_known(out, "utm_medium", click.medium);
    put_if_known(out, "utm_campaign", click.campaign);
    put_if_known(out, "utm_content", click.content);
    put_if_known(out, "utm_term", click.term);
  }
  properties(out);
  return out.end_object().end_object().take();
}

template <class Properties>
std::string event_for(WebhookFormat format, const Told& told, Properties properties) {
  switch (format) {
    case WebhookFormat::standard:
      break;
    case WebhookFormat::segment:
      return segment_event(told, properties);
    case WebhookFormat::amplitude:
      return amplitude_event(told, properties);
    case WebhookFormat::mixpanel:
      return mixpanel_event(told, properties);
  }
  CHECK(false);
}

// Segment's write key is a user without a password; so is Mixpanel's project token, beside which
// there are service accounts, "user:secret".
std::string user_of(const Webhook& webhook) {
  return webhook.secret.contains(':') ? webhook.secret : webhook.secret + ":";
}

std::string with_key(std::string_view key, std::string_view events) {
  JsonWriter quoted;
  quoted.value(key);
  return fmt::format(R"({{"api_key":{},"events":{}}})", quoted.take(), events);
}

}  // namespace

std::string tool_click(const Webhook& webhook, const Click& click, const ClickContext& context) {
  const std::string sequence = sequence_of(click.key);
  const std::string ip = part_of(click.ip, webhook.ip).text();
  const std::string who =
      click.visitor == 0 ? "click " + sequence : "visitor " + std::to_string(click.visitor);
  const Told told{
      hash_of(webhook, sequence), hash_of(webhook, who), kClicked, click.time, &click, ip};
  return event_for(webhook.format, told,
                   [&](JsonWriter& out) { put_click_data(out, webhook, click, context); });
}

std::string tool_test(const Webhook& webhook, UnixMillis now) {
  const std::string what = "test " + std::to_string(now);
  const Told told{hash_of(webhook, what), hash_of(webhook, "test"), kTest, now, nullptr, {}};
  return event_for(webhook.format, told,
                   [&](JsonWriter& out) { out.field("webhook", webhook.id.text()); });
}

std::string without_key(const Webhook& webhook, std::string text) {
  constexpr std::string_view kHidden = "***";
  for (const std::string& key : {webhook.secret, base64(user_of(webhook))})
    for (auto at = text.find(key); at != text.npos; at = text.find(key, at + kHidden.size()))
      text.replace(at, key.size(), kHidden);
  return text;
}

void address_to_tool(const Webhook& webhook, OutgoingRequest& request) {
  request.headers.emplace_back("Content-Type", "application/json");
  const std::string user = "Basic " + base64(user_of(webhook));
  switch (webhook.format) {
    case WebhookFormat::standard:
      break;
    case WebhookFormat::segment:
      request.headers.emplace_back("Authorization", user);
      request.body = std::make_shared<const std::string>(R"({"batch":)" + *request.body + "}");
      return;
    case WebhookFormat::amplitude:
      request.body = std::make_shared<const std::string>(with_key(webhook.secret, *request.body));
      return;
    case WebhookFormat::mixpanel:
      request.headers.emplace_back("Authorization", user);
      return;
  }
  CHECK(false);
}

}  // namespace tally
