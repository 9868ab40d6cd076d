// SPDX-License-Identifier: Apache-2.0
#include "api/rule_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

#include "base/text.h"

namespace tally {
namespace {

template <class Kind, std::size_t N>
void read_kinds(JsonFields& fields, std::string_view name,
                const std::array<std::string_view, N>& names, std::vector<Kind>& out) {
  std::vector<std::string> texts;
  fields.texts(name, texts);
  for (const std::string& text : texts) {
    const auto kind = parse_kind<Kind>(names, text);
    if (!kind)
      return fields.refuse(name, "bad_value",
                           fmt::format("must be among {}", fmt::join(names, ", ")));
    if (std::ranges::find(out, *kind) == out.end()) out.push_back(*kind);
  }
}

// "09:30"; nothing for any other text, "24:00" and later included but for the end of the day.
std::optional<std::uint16_t> parse_clock(std::string_view text) {
  if (text.size() != 5 || text[2] != ':') return std::nullopt;
  const auto hour = parse_number<std::uint16_t>(text.substr(0, 2));
  const auto minute = parse_number<std::uint16_t>(text.substr(3));
  if (!hour || !minute || *minute > 59 || *hour > 24 || (*hour == 24 && *minute > 0))
    return std::nullopt;
  return static_cast<std::uint16_t>(*hour * 60 + *minute);
}

void read_clock(JsonFields& fields, std::string_view name, std::uint16_t& out) {
  if (!fields.has(name)) return;
  std::string text;
  fields.text(name, text);
  const auto minute = parse_clock(text);
  if (!minute) return fields.refuse(name, "bad_value", "must be a time of day, like 09:30");
  out = *minute;
}

void read_weekdays(JsonFields& fields, std::uint8_t& out) {
  if (!fields.has("weekdays")) return;
  std::vector<std::uint64_t> days;
  fields.numbers("weekdays", days);
  out = 0;
  for (const std::uint64_t day : days) {
    if (day < 1 || day > 7)
      return fields.refuse("weekdays", "bad_value", "must name days from 1 (Monday) to 7");
    out = static_cast<std::uint8_t>(out | (1u << (day - 1)));
  }
}

void read_conditions(JsonFields& fields, Rule& rule) {
  read_kinds(fields, "platform", kPlatformNames, rule.platforms);
  read_kinds(fields, "device", kDeviceNames, rule.devices);
  fields.texts("country", rule.countries);
  fields.texts("region", rule.regions);
  fields.texts("language", rule.languages);
  fields.object_or_null(
      "time",
      [&](JsonFields& inner) {
        WeekWindow& time = rule.time.emplace();
        read_weekdays(inner, time.weekdays);
        read_clock(inner, "from", time.from_minute);
        read_clock(inner, "to", time.to_minute);
        inner.text("tz", time.zone);
      },
      [] {});
  fields.object_or_null(
      "query",
      [&](JsonFields& inner) {
        QueryCondition& query = rule.query.emplace();
        inner.require("name");
        inner.text("name", query.name);
        if (!inner.has("value")) return;
        inner.text("value", query.value.emplace());
      },
      [] {});
}

}  // namespace

void read_rules(JsonFields& fields, std::vector<Rule>& out) {
  fields.objects(
      "rules", [&] { out.clear(); },
      [&](JsonFields& inner) {
        Rule& rule = out.emplace_back();
        inner.require("if");
        inner.require("destination");
        inner.object_or_null(
            "if", [&](JsonFields& conditions) { read_conditions(conditions, rule); }, [] {});
        inner.text("destination", rule.destination);
      });
}

void read_variants(JsonFields& fields, std::vector<Variant>& out) {
  fields.objects(
      "variants", [&] { out.clear(); },
      [&](JsonFields& inner) {
        Variant& variant = out.emplace_back();
        inner.require("name");
        inner.require("destination");
        inner.text("name", variant.name);
        std::uint64_t weight = variant.weight;
        inner.number("weight", weight);
        constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
        variant.weight = static_cast<std::uint32_t>(std::min(weight, kMost));
        inner.text("destination", variant.destination);
      });
}

}  // namespace tally
