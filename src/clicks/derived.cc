// SPDX-License-Identifier: Apache-2.0
#include "clicks/derived.h"

#include <cstddef>

#include "clicks/conditions.h"
#include "clicks/sql_text.h"
#include "model/click_filter.h"

namespace tally {
namespace {

// `kind` is outcome * kKinds + traffic, both counted from 1: 0 is a name that nobody knows.
constexpr std::size_t kKinds = 16;
static_assert(kOutcomeNames.size() < kKinds && kTrafficNames.size() < kKinds);

// Stored texts have no control bytes (enrich/stored_text.h, api/clicks_input.h).
constexpr std::string_view kSeparator = "'\\x1f'";

std::size_t number_of(Outcome outcome, Traffic traffic) {
  return (static_cast<std::size_t>(outcome) + 1) * kKinds + static_cast<std::size_t>(traffic) + 1;
}

template <class Names>
std::string place_in(const Names& names, std::string_view column) {
  std::string list;
  for (const std::string_view name : names) list += (list.empty() ? "" : ", ") + sql_quote(name);
  return "indexOf([" + list + "], CAST(" + std::string(column) + " AS String))";
}

std::string kind_of_names() {
  return "toUInt8(" + place_in(kOutcomeNames, "outcome") + " * " + std::to_string(kKinds) + " + " +
         place_in(kTrafficNames, "traffic") + ")";
}

std::string carried_together(const Carrier& carrier) {
  std::string out;
  for (const Dimension by : carrier.dimensions)
    out += (out.empty() ? "concat(" : ", " + std::string(kSeparator) + ", ") +
           std::string(stored_column(by));
  return out + ")";
}

}  // namespace

std::optional<HitClass> parse_hit_class(std::uint64_t number) {
  const std::uint64_t outcome = number / kKinds, traffic = number % kKinds;
  if (outcome < 1 || outcome > kOutcomeNames.size()) return std::nullopt;
  if (traffic < 1 || traffic > kTrafficNames.size()) return std::nullopt;
  return HitClass{static_cast<Outcome>(outcome - 1), static_cast<Traffic>(traffic - 1)};
}

std::string kind_sql(Dialect dialect) {
  return dialect == Dialect::modern ? "kind" : kind_of_names();
}

std::string clicks_of_sql(TrafficFilter traffic, Dialect dialect) {
  if (dialect == Dialect::legacy) return headline_sql() + " AND " + asked_sql(traffic);
  std::string list;
  for (std::size_t o = 0; o < kOutcomeNames.size(); ++o)
    for (std::size_t t = 0; t < kTrafficNames.size(); ++t) {
      const auto outcome = static_cast<Outcome>(o);
      const auto hit = static_cast<Traffic>(t);
      if (is_headline(outcome) && is_asked(traffic, hit))
        list += (list.empty() ? "kind IN (" : ", ") + std::to_string(number_of(outcome, hit));
    }
  return list + ")";
}

std::span<const Carrier> carriers() {
  using enum Dimension;
  static const std::vector<Carrier> all = {
      {"place", {country, region, city}},
      {"agent", {platform, device, os, browser}},
      {"origin", {referrer, channel, source, medium, campaign}},
  };
  return all;
}

std::string carried_sql(std::string_view text, std::string_view field) {
  return "splitByChar(" + std::string(kSeparator) + ", " + std::string(text) + ")[" +
         std::string(field) + "]";
}

DerivedColumns derived_columns(bool of_clicks) {
  const auto codec = codec_clause(Dialect::modern, "LZ4");
  DerivedColumns out{"ADD COLUMN IF NOT EXISTS kind UInt8 MATERIALIZED " + kind_of_names() + codec,
                     "MATERIALIZE COLUMN kind"};
  if (!of_clicks) return out;
  for (const Carrier& carrier : carriers()) {
    const std::string name(carrier.column);
    out.add += ", ADD COLUMN IF NOT EXISTS " + name + " LowCardinality(String) MATERIALIZED " +
               carried_together(carrier) + codec;
    out.fill += ", MATERIALIZE COLUMN " + name;
  }
  return out;
}

}  // namespace tally
