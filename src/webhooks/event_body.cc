// SPDX-License-Identifier: Apache-2.0
#include "webhooks/event_body.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

#include "base/encoding.h"
#include "clicklog/click_json.h"
#include "http/client.h"
#include "model/calendar.h"

namespace tally {
namespace {

constexpr std::size_t kIdBytes = 16;

// Ids, names and times of ours need no escape, and `data` is JSON already.
std::string envelope(std::string_view id, std::string_view event, UnixMillis time,
                     std::string_view data) {
  return fmt::format(R"({{"id":"{}","event":"{}","timestamp":"{}","data":{}}})", id, event,
                     format_utc(time), data);
}

std::string short_url(const Click& click, std::string_view base_url) {
  const auto colon = base_url.find("://");
  std::string url(base_url.substr(0, colon == base_url.npos ? 0 : colon + 3));
  url.append(click.domain).append("/").append(percent_encode(click.prefix));
  if (!click.token.empty()) url.append("/").append(percent_encode(click.token));
  return url;
}

std::string array_of(std::span<const std::string> events) {
  std::string list = "[";
  for (const std::string& event : events) {
    if (list.size() > 1) list += ',';
    list += event;
  }
  return list + "]";
}

}  // namespace

std::string event_id(WebhookId webhook, std::string_view what) {
  const std::string text = fmt::format("{} {}", webhook.value, what);
  std::array<unsigned char, kIdBytes> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                     text.size(), nullptr, 0);
  return std::string(kEventIdPrefix) + hex(as_text(hash));
}

void put_click_data(JsonWriter& out, const Webhook& webhook, const Click& click,
                    const ClickContext& context) {
  out.field("prefix", click.prefix)
      .text_or_null("token", click.token)
      .field("platform", to_text(click.platform))
      .field("device_type", to_text(click.device))
      .field("hostname", click.domain)
      .text_or_null("ip", part_of(click.ip, webhook.ip).text())
      .text_or_null("campaign", click.campaign)
      .field("url", short_url(click, context.links_base_url))
      .text_or_null("destination", context.destination)
      .field("click_id", context.click_ids.encode(click.key))
      .field("link_id", click.link.text())
      .field("country", click.country)
      .field("region", click.region)
      .field("city", click.city)
      .field("os", click.os)
      .field("browser", click.browser)
      .field("in_app", click.in_app)
      .text_or_null("referrer", click.referrer_host)
      .field("channel", click.channel)
      .text_or_null("source", click.source)
      .text_or_null("medium", click.medium)
      .text_or_null("content", click.content)
      .text_or_null("term", click.term)
      .field("trigger", to_text(click.trigger))
      .field("unique", click.first)
      .field("traffic", to_text(click.traffic))
      .text_or_null("variant", click.variant)
      .field("outcome", to_text(click.outcome))
      .field("seq", sequence_of(click.key));
}

std::string click_event(const Webhook& webhook, const Click& click, const ClickContext& context) {
  JsonWriter out;
  put_click_data(out.begin_object(), webhook, click, context);
  return envelope(event_id(webhook.id, sequence_of(click.key)), to_text(EventKind::link_clicked),
                  click.time, out.end_object().take());
}

std::string outbox_event(const Webhook& webhook, const OutboxEvent& event) {
  return envelope(event_id(webhook.id, event.id.text()), event.event, event.time, event.data);
}

std::string_view event_name(std::string_view body) {
  constexpr std::string_view kBefore = R"(","event":")";
  const auto at = body.find(kBefore);
  if (at == body.npos) return {};
  body.remove_prefix(at + kBefore.size());
  return body.substr(0, body.find('"'));
}

std::string test_event(const Webhook& webhook, std::string_view id, UnixMillis now) {
  JsonWriter out;
  out.begin_object()
      .field("webhook", webhook.id.text())
      .field("name", webhook.name)
      .field("message", "This is a test: nothing has happened.")
      .end_object();
  return envelope(id, "test", now, out.take());
}

std::string batch_event(std::string_view id, UnixMillis time, std::span<const std::string> events) {
  return envelope(id, "batch", time, array_of(events));
}

std::string parcel_body(const Webhook& webhook, std::string_view id, UnixMillis time,
                        std::span<const std::string> events) {
  if (webhook.is_for_tool()) return array_of(events);
  return webhook.mode == WebhookMode::batch ? batch_event(id, time, events) : events.front();
}

}  // namespace tally
