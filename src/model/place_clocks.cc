// SPDX-License-Identifier: Apache-2.0
#include "model/place_clocks.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr std::string_view kTable =
#include "model/data/place_zones.inc"
    ;

constexpr std::int64_t kQuarterSeconds = kClockQuarter / kMillisPerSecond;

using Instant = cctz::time_point<cctz::seconds>;

Instant instant(std::int64_t quarter) { return Instant(cctz::seconds(quarter * kQuarterSeconds)); }

// A line of the table: a country, a zone and, after two blanks, regions with bars between them.
void read_line(std::string_view line, std::vector<PlaceZone>& out) {
  const auto blank = line.find(' ');
  CHECK(blank != std::string_view::npos);
  const std::string_view country = line.substr(0, blank);
  const auto end = std::min(line.find(' ', blank + 1), line.size());
  const std::string_view zone = line.substr(blank + 1, end - blank - 1);
  if (end == line.size()) {
    out.push_back({country, "", zone});
    return;
  }
  for (const std::string_view region : split(trim(line.substr(end)), '|'))
    out.push_back({country, region, zone});
}

// The moment of a change: the first that reads what the clock shows after it.
Instant moment_of(const cctz::time_zone::civil_transition& change, const cctz::time_zone& zone) {
  const auto found = zone.lookup(change.to);
  return found.kind == cctz::time_zone::civil_lookup::REPEATED ? found.trans : found.pre;
}

PlaceClock clock_of(const cctz::time_zone& zone, TimeRange range) {
  const auto ahead = [&](Instant at) {
    return std::int64_t{zone.lookup(at).offset} / kQuarterSeconds;
  };
  Instant at = instant(range.from / kClockQuarter);
  const Instant end = instant(range.to / kClockQuarter + 1);
  PlaceClock clock = {{0, ahead(at)}};
  cctz::time_zone::civil_transition change;
  while (zone.next_transition(at, &change)) {
    at = moment_of(change, zone);
    if (at >= end) break;
    if (const std::int64_t then = ahead(at); then != clock.back().ahead)
      clock.push_back({at.time_since_epoch().count() / kQuarterSeconds, then});
  }
  return clock;
}

}  // namespace

std::span<const PlaceZone> place_zones() {
  static const std::vector<PlaceZone> all = [] {
    std::vector<PlaceZone> out;
    for (const std::string_view line : split(kTable, '\n'))
      if (!line.empty() && line.front() != '#') read_line(line, out);
    return out;
  }();
  return all;
}

PlaceClocks place_clocks(TimeRange range) {
  PlaceClocks out;
  std::map<std::string_view, std::optional<std::size_t>> of_zones;  // none: no such zone here
  std::map<PlaceClock, std::size_t> known;
  std::map<std::string_view, std::set<std::size_t>> several;  // of countries by region
  for (const PlaceZone& place : place_zones()) {
    const auto [found, is_new] = of_zones.try_emplace(place.zone);
    if (cctz::time_zone zone; is_new && cctz::load_time_zone(std::string(place.zone), &zone)) {
      const auto [clock, is_first] = known.try_emplace(clock_of(zone, range), out.clocks.size());
      if (is_first) out.clocks.push_back(clock->first);
      found->second = clock->second;
    }
    if (!found->second) continue;
    const std::size_t clock = *found->second;
    (place.region.empty() ? out.countries : out.regions)
        .push_back({place.country, place.region, clock});
    if (!place.region.empty()) several[place.country].insert(clock);
  }
  for (const auto& [country, clocks] : several)
    if (clocks.size() == 1 &&
        std::ranges::find(out.countries, country, &PlaceClocks::Place::country) ==
            out.countries.end())
      out.countries.push_back({country, "", *clocks.begin()});
  return out;
}

}  // namespace tally
