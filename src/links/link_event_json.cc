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

void put_value(JsonWriter& out, const std::string& text) {
  text.empty() ? out.value(nullptr) : out.value(text);
}
void put_value(JsonWriter& out, bool flag) { out.value(flag); }
void put_value(JsonWriter& out, std::uint16_t number) { out.value(number); }
void put_value(JsonWriter& out, const std::optional<std::uint64_t>& number) { out.value(number); }
void put_value(JsonWriter& out, const std::optional<UnixMillis>& time) {
  out.value(time_text(time));
}
void put_value(JsonWriter& out, LinkPrivacy privacy) {
  out.value(kLinkPrivacyNames.at(static_cast<std::size_t>(privacy)));
}

void put_value(JsonWriter& out, const std::vector<std::string>& tags) {
  out.begin_array();
  for (const std::string& tag : tags) out.value(tag);
  out.end_array();
}

void put_value(JsonWriter& out, const Utm& utm) {
  out.begin_object()
      .text_or_null("source", utm.source)
      .text_or_null("medium", utm.medium)
      .text_or_null("campaign", utm.campaign)
      .text_or_null("content", utm.content)
      .text_or_null("term", utm.term)
      .end_object();
}

void put_value(JsonWriter& out, const PlatformDestination& to) {
  out.begin_object()
      .text_or_null("url", to.url)
      .text_or_null("store_url", to.store_url)
      .end_object();
}

void put_value(JsonWriter& out, const std::vector<Rule>& rules) {
  out.begin_array();
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

void put_value(JsonWriter& out, const std::vector<Variant>& variants) {
  out.begin_array();
  for (const Variant& variant : variants)
    out.begin_object()
        .field("name", variant.name)
        .field("weight", variant.weight)
        .field("destination", variant.destination)
        .end_object();
  out.end_array();
}

void put_value(JsonWriter& out, const OpenGraph& og) {
  out.begin_object()
      .text_or_null("title", og.title)
      .text_or_null("description", og.description)
      .text_or_null("image_url", og.image_url)
      .end_object();
}

void put_password(JsonWriter& out, const Link& link) {
  link.password_hash.empty() ? out.value(nullptr) : out.value(kPasswordMask);
}

template <auto Member>
bool same(const Link& a, const Link& b) {
  return a.*Member == b.*Member;
}

template <auto Member>
constexpr LinkField field(std::string_view name) {
  return {name, [](JsonWriter& out, const Link& link) { put_value(out, link.*Member); },
          same<Member>};
}

constexpr LinkField kFields[] = {
    field<&Link::domain>("domain"),
    field<&Link::prefix>("prefix"),
    field<&Link::token>("token"),
    field<&Link::destination>("destination"),
    field<&Link::title>("title"),
    field<&Link::tags>("tags"),
    field<&Link::campaign>("campaign"),
    field<&Link::channel>("channel"),
    field<&Link::utm>("utm"),
    field<&Link::ios>("ios"),
    field<&Link::android>("android"),
    field<&Link::rules>("rules"),
    field<&Link::variants>("variants"),
    field<&Link::open_graph>("og"),
    field<&Link::fallback_url>("fallback_url"),
    {"password", put_password, same<&Link::password_hash>},
    field<&Link::click_limit>("click_limit"),
    field<&Link::status>("status"),
    field<&Link::passthrough>("passthrough"),
    field<&Link::append_click_id>("append_click_id"),
    field<&Link::landing>("landing"),
    field<&Link::privacy>("privacy"),
    field<&Link::enabled>("enabled"),
    field<&Link::starts_at>("starts_at"),
    field<&Link::expires_at>("expires_at"),
};

}  // namespace

std::span<const LinkField> link_fields() { return kFields; }

void put_link_fields(JsonWriter& out, const Link& link) {
  out.field("id", link.id.text());
  for (const LinkField& field : kFields) field.put(out.key(field.name), link);
  out.field("created_at", format_utc(link.created_at))
      .field("updated_at", format_utc(link.updated_at));
}

std::string link_event_data(const Link& link) {
  JsonWriter out;
  put_link_fields(out.begin_object(), link);
  return out.end_object().take();
}

}  // namespace tally
