// SPDX-License-Identifier: Apache-2.0
#include "links/link_event_json.h"

#include <fmt/format.h>

#include "model/calendar.h"

namespace tally {
namespace {

std::optional<std::string> time_text(const std::optional<UnixMillis>& time) {
  if (!time) return std::nullopt;
  return format_utc(*time);
}

void put_texts(JsonWriter& out, std::string_view name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  out.key(name).begin_array();
  for (const std::string& text : texts) out.value(text);
  out.end_array();
}

template <class Kind>
void put_kinds(JsonWriter& out, std::string_view name, const std::vector<Kind>& kinds) {
  if (kinds.empty()) return;
  out.key(name).begin_array();
  for (const Kind kind : kinds) out.value(to_text(kind));
  out.end_array();
}

std::string clock_text(std::uint16_t minute) {
  return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

void put_time(JsonWriter& out, const WeekWindow& time) {
  out.key("time").begin_object().key("weekdays").begin_array();
  for (int day = 0; day < 7; ++day)
    if (time.weekdays & (1u << day)) out.value(day + 1);
  out.end_array()
      .field("from", clock_text(time.from_minute))
      .field("to", clock_text(time.to_minute))
      .field("tz", time.zone)
      .end_object();
}

void put_query(JsonWriter& out, const QueryCondition& query) {
  out.key("query").begin_object().field("name", query.name);
  if (query.value) out.field("value", *query.value);
  out.end_object();
}

void put_rules(JsonWriter& out, const std::vector<Rule>& rules) {
  out.key("rules").begin_array();
  for (const Rule& rule : rules) {
    out.begin_object().key("if").begin_object();
    put_kinds(out, "platform", rule.platforms);
    put_kinds(out, "device", rule.devices);
    put_texts(out, "country", rule.countries);
    put_texts(out, "region", rule.regions);
    put_texts(out, "language", rule.languages);
    if (rule.time) put_time(out, *rule.time);
    if (rule.query) put_query(out, *rule.query);
    out.end_object().field("destination", rule.destination).end_object();
  }
  out.end_array();
}

void put_variants(JsonWriter& out, const std::vector<Variant>& variants) {
  out.key("variants").begin_array();
  for (const Variant& variant : variants)
    out.begin_object()
        .field("name", variant.name)
        .field("weight", variant.weight)
        .field("destination", variant.destination)
        .end_object();
  out.end_array();
}

void put_platform(JsonWriter& out, std::string_view name, const PlatformDestination& to) {
  out.key(name)
      .begin_object()
      .text_or_null("url", to.url)
      .text_or_null("store_url", to.store_url)
      .end_object();
}

void put_labels(JsonWriter& out, const Link& link) {
  out.text_or_null("title", link.title).key("tags").begin_array();
  for (const std::string& tag : link.tags) out.value(tag);
  out.end_array()
      .text_or_null("campaign", link.campaign)
      .text_or_null("channel", link.channel)
      .key("utm")
      .begin_object()
      .text_or_null("source", link.utm.source)
      .text_or_null("medium", link.utm.medium)
      .text_or_null("campaign", link.utm.campaign)
      .text_or_null("content", link.utm.content)
      .text_or_null("term", link.utm.term)
      .end_object();
}

void put_behaviour(JsonWriter& out, const Link& link) {
  put_platform(out, "ios", link.ios);
  put_platform(out, "android", link.android);
  put_rules(out, link.rules);
  put_variants(out, link.variants);
  out.key("og")
      .begin_object()
      .text_or_null("title", link.open_graph.title)
      .text_or_null("description", link.open_graph.description)
      .text_or_null("image_url", link.open_graph.image_url)
      .end_object()
      .text_or_null("fallback_url", link.fallback_url)
      .text_or_null("password", link.password_hash.empty() ? "" : kPasswordMask)
      .field("click_limit", link.click_limit)
      .field("status", link.status)
      .field("passthrough", link.passthrough)
      .field("append_click_id", link.append_click_id)
      .field("landing", link.landing)
      .field("privacy", kLinkPrivacyNames.at(static_cast<std::size_t>(link.privacy)));
}

}  // namespace

void put_link_fields(JsonWriter& out, const Link& link) {
  out.field("id", link.id.text())
      .text_or_null("domain", link.domain)
      .field("prefix", link.prefix)
      .text_or_null("token", link.token)
      .field("destination", link.destination);
  put_labels(out, link);
  put_behaviour(out, link);
  out.field("enabled", link.enabled)
      .field("starts_at", time_text(link.starts_at))
      .field("expires_at", time_text(link.expires_at))
      .field("created_at", format_utc(link.created_at))
      .field("updated_at", format_utc(link.updated_at));
}

std::string link_event_data(const Link& link) {
  JsonWriter out;
  put_link_fields(out.begin_object(), link);
  return out.end_object().take();
}

}  // namespace tally
