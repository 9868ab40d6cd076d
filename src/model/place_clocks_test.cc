// SPDX-License-Identifier: Apache-2.0
#include "model/place_clocks.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "model/calendar.h"

namespace tally {
namespace {

TimeRange days(std::string_view from, std::string_view to) {
  const TimeZone utc = TimeZone::utc();
  return {parse_time(from, utc, "from").value(), parse_time(to, utc, "to").value()};
}

// How far a place is ahead of UTC at the end of a range, in hours; none when it has no clock.
std::optional<double> ahead(std::string_view country, std::string_view region, TimeRange range) {
  const PlaceClocks all = place_clocks(range);
  const auto clock = [&](std::size_t at) {
    return static_cast<double>(all.clocks.at(at).back().ahead) / 4;
  };
  for (const auto& place : all.regions)
    if (place.country == country && place.region == region) return clock(place.clock);
  for (const auto& place : all.countries)
    if (place.country == country) return clock(place.clock);
  return std::nullopt;
}

TEST(PlaceClocks, AreThoseOfMostPeopleThere) {
  const TimeRange winter = days("2026-01-10", "2026-01-20");
  const struct {
    const char *country, *region;
    std::optional<double> ahead;
  } rows[] = {
      {"DE", "Hesse", 1},
      {"DE", "Unknown", 1},
      {"CN", "Xinjiang", 8},
      {"NP", "Bagmati", 5.75},
      {"FR", "Ile-de-France", 1},
      {"FR", "Saint-paul", 4},  // on Réunion
      {"US", "Tennessee", -6},
      {"US", "Hawaii", -10},
      {"US", "Unknown", std::nullopt},
      {"US", "Hesse", std::nullopt},
      {"RU", "Kaliningrad", 2},
      {"RU", "Unknown", std::nullopt},
      {"RU", "Kamchatka", 12},
      {"MX", "Tamaulipas", -6},
      {"AU", "South Australia", 10.5},
      {"KI", "Line Islands", 14},
      {"KZ", "Unknown", 5},  // all of it since 2024
      {"XK", "Unknown", 1},
      {"AQ", "Unknown", std::nullopt},
      {"Unknown", "Unknown", std::nullopt},
      {"", "", std::nullopt},
  };
  for (const auto& row : rows)
    EXPECT_EQ(ahead(row.country, row.region, winter), row.ahead) << row.country << row.region;
  const TimeRange before = days("2024-01-10", "2024-01-20");
  EXPECT_EQ(ahead("KZ", "Unknown", before), std::nullopt);
  EXPECT_EQ(ahead("KZ", "Almaty", before), 6);
}

TEST(PlaceClocks, ChangeWhenTheirZonesDo) {
  const TimeRange range = days("2011-12-01", "2027-01-01");
  const PlaceClocks all = place_clocks(range);
  EXPECT_EQ(std::set(all.clocks.begin(), all.clocks.end()).size(), all.clocks.size());
  std::vector<PlaceClocks::Place> places = all.countries;
  places.insert(places.end(), all.regions.begin(), all.regions.end());
  for (const PlaceClocks::Place& place : places) {
    const auto zone = std::ranges::find_if(place_zones(), [&](const PlaceZone& one) {
      return one.country == place.country && one.region == place.region;
    });
    if (zone == place_zones().end()) continue;  // a country of several zones
    const TimeZone calendar = TimeZone::load(zone->zone).value();
    const PlaceClock& clock = all.clocks.at(place.clock);
    EXPECT_TRUE(std::ranges::is_sorted(clock));
    for (const ClockChange& change : clock) {
      const std::int64_t first = std::max(change.from, range.from / kClockQuarter);
      // Just before it, and from it on.
      for (const std::int64_t quarter : {first, std::max(first - 1, range.from / kClockQuarter)}) {
        const auto of =
            std::ranges::find_if(clock.rbegin(), clock.rend(),
                                 [&](const ClockChange& one) { return one.from <= quarter; });
        const WeekHour there = week_hour(quarter * kClockQuarter, calendar);
        const std::int64_t hour = (quarter + of->ahead + kMondayQuarters) / 4 % (7 * 24);
        EXPECT_EQ((there.weekday - 1) * 24 + there.hour, hour) << zone->zone << " " << quarter;
      }
    }
  }
}

TEST(PlaceZones, AreAllKnownAndSayEachPlaceOnce) {
  std::set<std::pair<std::string_view, std::string_view>> seen;
  for (const PlaceZone& place : place_zones()) {
    EXPECT_TRUE(TimeZone::load(place.zone)) << place.zone << ": this machine's tzdata is too old";
    EXPECT_EQ(place.country.size(), 2U);
    EXPECT_TRUE(seen.emplace(place.country, place.region).second)
        << place.country << " " << place.region;
  }
  EXPECT_GT(seen.size(), 700U);
}

}  // namespace
}  // namespace tally
