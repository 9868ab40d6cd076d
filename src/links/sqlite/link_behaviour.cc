// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/link_behaviour.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/json/value_to.hpp>

#include <exception>

namespace tally {
namespace {

namespace json = boost::json;

std::string text_of(const json::value& value) {
  const json::string& text = value.as_string();
  return {text.data(), text.size()};
}

void put_text(json::object& out, const char* name, const std::string& text) {
  if (!text.empty()) out[name] = text;
}

void get_text(const json::object& in, const char* name, std::string& out) {
  if (const auto* value = in.if_contains(name)) out = text_of(*value);
}

void put_flag(json::object& out, const char* name, bool flag) {
  if (flag) out[name] = true;
}

void get_flag(const json::object& in, const char* name, bool& out) {
  if (const auto* value = in.if_contains(name)) out = value->as_bool();
}

template <class Names, class Kinds>
void put_kinds(json::object& out, const char* name, const Names& names, const Kinds& kinds) {
  if (kinds.empty()) return;
  json::array list;
  for (const auto kind : kinds) {
    const std::string_view text = names.at(static_cast<std::size_t>(kind));
    list.emplace_back(json::string_view(text.data(), text.size()));
  }
  out[name] = std::move(list);
}

template <class Kind, class Names>
void get_kinds(const json::object& in, const char* name, const Names& names,
               std::vector<Kind>& out) {
  const auto* const list = in.if_contains(name);
  if (list == nullptr) return;
  for (const json::value& value : list->as_array())
    out.push_back(parse_kind<Kind>(names, text_of(value)).value());
}

void put_texts(json::object& out, const char* name, const std::vector<std::string>& texts) {
  if (texts.empty()) return;
  json::array list;
  for (const std::string& text : texts) list.emplace_back(text);
  out[name] = std::move(list);
}

void get_texts(const json::object& in, const char* name, std::vector<std::string>& out) {
  const auto* const list = in.if_contains(name);
  if (list == nullptr) return;
  for (const json::value& value : list->as_array()) out.push_back(text_of(value));
}

json::object time_object(const WeekWindow& time) {
  return {{"weekdays", time.weekdays},
          {"from", time.from_minute},
          {"to", time.to_minute},
          {"tz", time.zone}};
}

WeekWindow read_time(const json::object& in) {
  WeekWindow out;
  out.weekdays = json::value_to<std::uint8_t>(in.at("weekdays"));
  out.from_minute = json::value_to<std::uint16_t>(in.at("from"));
  out.to_minute = json::value_to<std::uint16_t>(in.at("to"));
  out.zone = text_of(in.at("tz"));
  return out;
}

json::object rule_object(const Rule& rule) {
  json::object when;
  put_kinds(when, "platform", kPlatformNames, rule.platforms);
  put_kinds(when, "device", kDeviceNames, rule.devices);
  put_texts(when, "country", rule.countries);
  put_texts(when, "region", rule.regions);
  put_texts(when, "language", rule.languages);
  if (rule.time) when["time"] = time_object(*rule.time);
  if (rule.query) {
    json::object query{{"name", rule.query->name}};
    if (rule.query->value) query["value"] = *rule.query->value;
    when["query"] = std::move(query);
  }
  return {{"if", std::move(when)}, {"destination", rule.destination}};
}

Rule read_rule(const json::object& in) {
  Rule out;
  const json::object& when = in.at("if").as_object();
  get_kinds(when, "platform", kPlatformNames, out.platforms);
  get_kinds(when, "device", kDeviceNames, out.devices);
  get_texts(when, "country", out.countries);
  get_texts(when, "region", out.regions);
  get_texts(when, "language", out.languages);
  if (const auto* time = when.if_contains("time")) out.time = read_time(time->as_object());
  if (const auto* query = when.if_contains("query")) {
    out.query.emplace().name = text_of(query->as_object().at("name"));
    if (const auto* value = query->as_object().if_contains("value"))
      out.query->value = text_of(*value);
  }
  out.destination = text_of(in.at("destination"));
  return out;
}

void put_platform(json::object& out, const char* name, const PlatformDestination& to) {
  if (to == PlatformDestination{}) return;
  json::object inner;
  put_text(inner, "url", to.url);
  put_text(inner, "store_url", to.store_url);
  out[name] = std::move(inner);
}

void get_platform(const json::object& in, const char* name, PlatformDestination& out) {
  const auto* const inner = in.if_contains(name);
  if (inner == nullptr) return;
  get_text(inner->as_object(), "url", out.url);
  get_text(inner->as_object(), "store_url", out.store_url);
}

void put_lists(json::object& out, const Link& link) {
  if (!link.rules.empty()) {
    json::array rules;
    for (const Rule& rule : link.rules) rules.emplace_back(rule_object(rule));
    out["rules"] = std::move(rules);
  }
  if (!link.variants.empty()) {
    json::array variants;
    for (const Variant& variant : link.variants)
      variants.emplace_back(json::object{{"name", variant.name},
                                         {"weight", variant.weight},
                                         {"destination", variant.destination}});
    out["variants"] = std::move(variants);
  }
}

void get_lists(const json::object& in, Link& link) {
  if (const auto* rules = in.if_contains("rules"))
    for (const json::value& rule : rules->as_array())
      link.rules.push_back(read_rule(rule.as_object()));
  if (const auto* variants = in.if_contains("variants"))
    for (const json::value& variant : variants->as_array())
      link.variants.push_back({text_of(variant.at("name")),
                               json::value_to<std::uint32_t>(variant.at("weight")),
                               text_of(variant.at("destination"))});
}

void read_object(const json::object& in, Link& link) {
  get_platform(in, "ios", link.ios);
  get_platform(in, "android", link.android);
  get_lists(in, link);
  if (const auto* og = in.if_contains("og")) {
    get_text(og->as_object(), "title", link.open_graph.title);
    get_text(og->as_object(), "description", link.open_graph.description);
    get_text(og->as_object(), "image_url", link.open_graph.image_url);
  }
  get_text(in, "password", link.password_hash);
  if (const auto* limit = in.if_contains("click_limit"))
    link.click_limit = json::value_to<std::uint64_t>(*limit);
  if (const auto* status = in.if_contains("status"))
    link.status = json::value_to<std::uint16_t>(*status);
  get_flag(in, "passthrough", link.passthrough);
  get_flag(in, "append_click_id", link.append_click_id);
  get_flag(in, "landing", link.landing);
  if (const auto* privacy = in.if_contains("privacy"))
    link.privacy = parse_kind<LinkPrivacy>(kLinkPrivacyNames, text_of(*privacy)).value();
}

}  // namespace

std::string behaviour_text(const Link& link) {
  json::object out;
  put_platform(out, "ios", link.ios);
  put_platform(out, "android", link.android);
  put_lists(out, link);
  if (link.open_graph != OpenGraph{}) {
    json::object og;
    put_text(og, "title", link.open_graph.title);
    put_text(og, "description", link.open_graph.description);
    put_text(og, "image_url", link.open_graph.image_url);
    out["og"] = std::move(og);
  }
  put_text(out, "password", link.password_hash);
  if (link.click_limit) out["click_limit"] = *link.click_limit;
  if (link.status != kUsualStatus) out["status"] = link.status;
  put_flag(out, "passthrough", link.passthrough);
  put_flag(out, "append_click_id", link.append_click_id);
  put_flag(out, "landing", link.landing);
  if (link.privacy != LinkPrivacy::standard)
    out["privacy"] = std::string(kLinkPrivacyNames.at(static_cast<std::size_t>(link.privacy)));
  return out.empty() ? std::string() : json::serialize(out);
}

Result<void> read_behaviour(std::string_view text, Link& link) {
  try {
    read_object(json::parse(json::string_view(text.data(), text.size())).as_object(), link);
    return {};
  } catch (const std::exception&) {
    return fail(ErrorCode::corrupt,
                "link database: the behaviour of link " + link.id.text() + " cannot be read");
  }
}

}  // namespace tally
