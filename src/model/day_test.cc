// SPDX-License-Identifier: Apache-2.0
#include "model/day.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

UnixMillis at(std::string_view text, const TimeZone& zone) {
  return parse_time(text, zone, "t").value();
}

TEST(Day, IsReadAndWritten) {
  for (const char* text : {"1970-01-01", "2024-02-29", "2026-03-01", "9999-12-31"}) {
    const auto day = parse_day(text);
    ASSERT_TRUE(day) << text;
    EXPECT_EQ(format_day(*day), text);
  }
  EXPECT_EQ(parse_day("1970-01-02")->time_since_epoch().count(), 1);
  for (const char* text :
       {"", "2026-3-1", "2026-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "1969-12-31",
        "2026/03/01", "2026-03-01T00:00", " 2026-03-01", "2026-03-0x", "20260-3-01", "+026-03-01"})
    EXPECT_FALSE(parse_day(text)) << text;
}

TEST(Day, RangesOnTheEdgesOfTheZonesDaysAreWholeDays) {
  struct Row {
    const char* zone;
    const char* from;
    const char* to;
    const char* first;  // "" when they are not whole
    const char* end;
  };
  constexpr const char* kNow = "2026-03-31T10:20:00Z";
  const Row rows[] = {
      {"UTC", "2026-03-01", "2026-03-02", "2026-03-01", "2026-03-02"},
      {"UTC", "2026-03-01", "2026-03-01T12:00", "", ""},
      {"UTC", "2026-03-01T00:00:00.001", "2026-03-03", "", ""},
      {"UTC", "2026-03-25", kNow, "2026-03-25", "2026-04-01"},
      {"UTC", "2026-03-30T10:20", kNow, "", ""},
      {"Europe/Berlin", "2026-03-29", "2026-03-30", "2026-03-29", "2026-03-30"},  // 23 hours
      {"Europe/Berlin", "2026-03-29T00:00Z", "2026-03-30", "", ""},
      {"Asia/Kathmandu", "2026-03-01", kNow, "2026-03-01", "2026-04-01"},
      {"Pacific/Apia", "2011-12-29", "2011-12-31", "2011-12-29", "2011-12-31"},      // no 30th
      {"America/Santiago", "2026-09-06", "2026-09-07", "2026-09-06", "2026-09-07"},  // from 01:00
  };
  for (const Row& row : rows) {
    const TimeZone zone = TimeZone::load(row.zone).value();
    const auto days = whole_days({at(row.from, zone), at(row.to, zone)}, at(kNow, zone), zone);
    const auto trail = std::string(row.zone) + " " + row.from + " " + row.to;
    ASSERT_EQ(days.has_value(), row.first[0] != '\0') << trail;
    if (!days) continue;
    EXPECT_EQ(format_day(days->first), row.first) << trail;
    EXPECT_EQ(format_day(days->end), row.end) << trail;
  }
}

}  // namespace
}  // namespace tally
