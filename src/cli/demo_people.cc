// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_people.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/check.h"
#include "base/text.h"
#include "enrich/table.h"

namespace tally {
namespace {

constexpr std::string_view kAgentTable =
#include "cli/data/demo_agents.inc"
    ;
constexpr std::string_view kCountryTable =
#include "cli/data/demo_countries.inc"
    ;

struct MixPart {
  std::string_view mix;
  double weight;
  std::string_view kind;
};
constexpr MixPart kMixes[] = {
    {"people", 52, "phone"},  {"people", 42, "desktop"}, {"people", 5, "tablet"},
    {"people", 1, "tv"},      {"phones", 95, "phone"},   {"phones", 5, "tablet"},
    {"desks", 88, "desktop"}, {"desks", 12, "phone"},
};

// How awake people are by the hour of their day, and how much they shop by the day of their week
// (Sunday first).
constexpr double kHours[24] = {.25, .15, .10, .08, .08, .14, .30, .52, .66, .72, .74, .76,
                               .82, .80, .74, .72, .74, .80, .88, .96, 1.0, .95, .75, .48};
constexpr double kWeekdays[7] = {.90, .88, .94, .97, 1.0, .84, .74};

constexpr std::uint64_t kTriesPerAddress = 40;

// Blocks of /8 that belong to armies, clouds and a few firms: nobody shops from there, and they
// would put a fifth of the United States into Columbus, Ohio.
constexpr unsigned char kWithoutPeople[] = {3,  6,  7,  9,  11, 13, 15, 16, 17, 18,  19,
                                            20, 21, 22, 25, 26, 28, 29, 30, 33, 34,  35,
                                            40, 48, 51, 52, 53, 54, 55, 56, 57, 214, 215};

// Public, and not one of the blocks above.
bool may_be_somebody(const unsigned char (&b)[4]) {
  if (b[0] == 0 || b[0] == 10 || b[0] == 127 || b[0] >= 224) return false;
  if (std::ranges::find(kWithoutPeople, b[0]) != std::ranges::end(kWithoutPeople)) return false;
  if (b[0] == 100 && (b[1] & 0xc0) == 64) return false;
  if (b[0] == 169 && b[1] == 254) return false;
  if (b[0] == 172 && (b[1] & 0xf0) == 16) return false;
  if (b[0] == 192 && (b[1] == 168 || (b[1] == 0 && (b[2] == 0 || b[2] == 2)))) return false;
  if (b[0] == 198 && ((b[1] & 0xfe) == 18 || (b[1] == 51 && b[2] == 100))) return false;
  return !(b[0] == 203 && b[1] == 0 && b[2] == 113);
}

Address draw_address(Random& random) {
  for (;;) {
    unsigned char bytes[4];
    random.fill(std::as_writable_bytes(std::span(bytes)));
    if (!may_be_somebody(bytes)) continue;
    Address out;
    out.bytes[10] = out.bytes[11] = 0xff;
    std::ranges::copy(bytes, out.bytes.begin() + 12);
    return out;
  }
}

}  // namespace

std::size_t Weights::at(double share) const {
  const auto found = std::ranges::upper_bound(sums_, share * sums_.back());
  return std::min<std::size_t>(found - sums_.begin(), sums_.size() - 1);
}

double table_number(std::string_view text) {
  const auto value = parse_number<double>(text);
  CHECK(value.has_value());
  return *value;
}

const std::map<std::string_view, DemoAgents>& demo_agents() {
  static const auto kAgents = [] {
    std::map<std::string_view, DemoAgents> out;
    for (const auto& row : read_table(kAgentTable, 3)) {
      DemoAgents& agents = out[row.at(0)];
      agents.weights.add(table_number(row.at(1)));
      agents.texts.push_back(row.at(2));
    }
    return out;
  }();
  return kAgents;
}

std::vector<KindShare> kinds_of(std::string_view mix) {
  std::vector<KindShare> out;
  for (const MixPart& part : kMixes)
    if (part.mix == mix) out.push_back({part.kind, part.weight});
  if (out.empty()) out.push_back({mix, 1});
  return out;
}

std::span<const DemoCountry> demo_countries() {
  static const auto kCountries = [] {
    std::vector<DemoCountry> out;
    for (const auto& row : read_table(kCountryTable, 5)) {
      const auto offset = std::llround(table_number(row.at(2)) * kMillisPerHour);
      out.push_back({row.at(0), table_number(row.at(1)), offset, row.at(3), row.at(4)});
    }
    return out;
  }();
  return kCountries;
}

double rhythm(UnixMillis time, UnixMillis offset) {
  const UnixMillis local = time + offset;
  const auto day = local / kMillisPerDay;
  const auto weekday = static_cast<std::size_t>((day + 4) % 7);  // 1970 began on a Thursday
  return kHours[local % kMillisPerDay / kMillisPerHour] * kWeekdays[weekday];
}

DemoAddresses draw_addresses(std::uint64_t count, Random& random, const CountryOf& country_of) {
  const auto countries = demo_countries();
  double total = 0;
  for (const DemoCountry& country : countries) total += country.weight;
  DemoAddresses out;
  out.of_country.resize(countries.size());
  std::map<std::string_view, std::pair<std::size_t, std::size_t>> missing;  // which, how many
  for (std::size_t i = 0; i < countries.size(); ++i) {
    const double part = static_cast<double>(count) * countries[i].weight / total;
    missing[countries[i].code] = {i, static_cast<std::size_t>(std::ceil(part))};
  }
  for (std::uint64_t tries = count * kTriesPerAddress; tries > 0 && !missing.empty(); --tries) {
    const Address address = draw_address(random);
    if (out.anywhere.size() < count) out.anywhere.push_back(address);
    const auto found = missing.find(country_of(address));
    if (found == missing.end()) continue;
    const auto [country, places] = found->second;
    out.of_country[country].push_back(address);
    if (out.of_country[country].size() == places) missing.erase(found);
  }
  return out;
}

}  // namespace tally
