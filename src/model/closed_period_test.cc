// SPDX-License-Identifier: Apache-2.0
//
// The expected instants were worked out with Python's zoneinfo and isocalendar().
#include "model/closed_period.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TimeZone zone(std::string_view name) { return TimeZone::load(name).value(); }

UnixMillis at(std::string_view utc) { return parse_time(utc, TimeZone::utc(), "at").value(); }

struct Row {
  const char* zone;
  PeriodKind kind;
  const char *since, *until;
  std::vector<std::string> expected;  // "name from to"
};

const Row kRows[] = {
    // Until the last moment of a day it is not over; then it is.
    {"UTC", PeriodKind::daily, "2026-03-01", "2026-03-01T23:59:59.999Z", {}},
    {"UTC",
     PeriodKind::daily,
     "2026-03-01",
     "2026-03-02",
     {"2026-03-01 2026-03-01T00:00:00.000Z 2026-03-02T00:00:00.000Z"}},
    // From the middle of a day on: that day.
    {"UTC",
     PeriodKind::daily,
     "2026-03-01T12:00:00Z",
     "2026-03-02T12:00:00Z",
     {"2026-03-01 2026-03-01T00:00:00.000Z 2026-03-02T00:00:00.000Z"}},
    // 23 and 25 hours.
    {"Europe/Berlin",
     PeriodKind::daily,
     "2026-03-28T23:00:00Z",
     "2026-03-29T22:00:00Z",
     {"2026-03-29 2026-03-28T23:00:00.000Z 2026-03-29T22:00:00.000Z"}},
    {"Europe/Berlin",
     PeriodKind::daily,
     "2026-10-24T22:00:00Z",
     "2026-10-25T23:00:00Z",
     {"2026-10-25 2026-10-24T22:00:00.000Z 2026-10-25T23:00:00.000Z"}},
    {"Asia/Kathmandu",  // +05:45
     PeriodKind::daily,
     "2026-01-01",
     "2026-01-02",
     {"2026-01-01 2025-12-31T18:15:00.000Z 2026-01-01T18:15:00.000Z"}},
    {"Australia/Lord_Howe",  // +11 to +10:30: half an hour more
     PeriodKind::daily,
     "2026-04-04T13:00:00Z",
     "2026-04-05T13:30:00Z",
     {"2026-04-05 2026-04-04T13:00:00.000Z 2026-04-05T13:30:00.000Z"}},
    {"Australia/Lord_Howe",
     PeriodKind::monthly,
     "2026-03-31T13:00:00Z",
     "2026-05-15",
     {"2026-04 2026-03-31T13:00:00.000Z 2026-04-30T13:30:00.000Z"}},
    // Hours are those of UTC, wherever the clocks are, and have their names while these change.
    {"Asia/Kathmandu",
     PeriodKind::hourly,
     "2026-03-01T12:30:00Z",
     "2026-03-01T14:00:00Z",
     {"2026-03-01T12Z 2026-03-01T12:00:00.000Z 2026-03-01T13:00:00.000Z",
      "2026-03-01T13Z 2026-03-01T13:00:00.000Z 2026-03-01T14:00:00.000Z"}},
    {"Europe/Berlin",
     PeriodKind::hourly,
     "2026-10-25T00:00:00Z",
     "2026-10-25T02:59:59.999Z",
     {"2026-10-25T00Z 2026-10-25T00:00:00.000Z 2026-10-25T01:00:00.000Z",
      "2026-10-25T01Z 2026-10-25T01:00:00.000Z 2026-10-25T02:00:00.000Z"}},
    // A day that is not there.
    {"Pacific/Apia",
     PeriodKind::daily,
     "2011-12-29T10:00:00Z",
     "2012-01-01T09:59:59Z",
     {"2011-12-29 2011-12-29T10:00:00.000Z 2011-12-30T10:00:00.000Z",
      "2011-12-31 2011-12-30T10:00:00.000Z 2011-12-31T10:00:00.000Z"}},
    // The first week of a year may begin in the year before, and the last be its 53rd.
    {"UTC",
     PeriodKind::weekly,
     "2025-12-29",
     "2026-01-05",
     {"2026-W01 2025-12-29T00:00:00.000Z 2026-01-05T00:00:00.000Z"}},
    {"UTC",
     PeriodKind::weekly,
     "2026-12-30",
     "2027-01-04",
     {"2026-W53 2026-12-28T00:00:00.000Z 2027-01-04T00:00:00.000Z"}},
    {"America/New_York",
     PeriodKind::weekly,
     "2026-03-02T05:00:00Z",
     "2026-03-09T04:00:00Z",
     {"2026-W10 2026-03-02T05:00:00.000Z 2026-03-09T04:00:00.000Z"}},
    {"Asia/Kathmandu",
     PeriodKind::monthly,
     "2026-02-10",
     "2026-03-31T18:15:00Z",
     {"2026-02 2026-01-31T18:15:00.000Z 2026-02-28T18:15:00.000Z",
      "2026-03 2026-02-28T18:15:00.000Z 2026-03-31T18:15:00.000Z"}},
};

TEST(ClosedPeriodTest, PeriodsAreThoseOfTheirZone) {
  for (const Row& row : kRows) {
    std::vector<std::string> found;
    const auto periods =
        closed_periods(row.kind, at(row.since), at(row.until), zone(row.zone)).value();
    for (const ClosedPeriod& each : periods)
      found.push_back(each.name + " " + format_utc(each.range.from) + " " +
                      format_utc(each.range.to));
    EXPECT_EQ(found, row.expected) << row.zone << " " << row.since;
  }
}

// What follows the end of one period, looked at again and again, has no gap and nothing twice.
TEST(ClosedPeriodTest, OneBeginsWhereTheLastOneEnded) {
  for (const char* name : {"UTC", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe"}) {
    for (const PeriodKind kind :
         {PeriodKind::daily, PeriodKind::weekly, PeriodKind::monthly, PeriodKind::hourly}) {
      const UnixMillis begin = at("2026-01-01T07:00:00Z");
      UnixMillis done = begin;
      std::vector<ClosedPeriod> all;
      for (UnixMillis now = begin; now < at("2027-02-01"); now += 17 * kMillisPerHour) {
        auto periods = closed_periods(kind, done, now, zone(name)).value();
        for (ClosedPeriod& each : periods) {
          EXPECT_EQ(each.range.from, all.empty() ? each.range.from : done) << each.name;
          EXPECT_LE(each.range.to, now);
          done = each.range.to;
          all.push_back(std::move(each));
        }
      }
      EXPECT_EQ(all, closed_periods(kind, begin, done, zone(name)).value()) << name;
      EXPECT_LE(all.front().range.from, begin);
    }
  }
}

TEST(ClosedPeriodTest, ANameSaysItsFirstDay) {
  const struct {
    PeriodKind kind;
    const char *name, *day;
  } rows[] = {{PeriodKind::hourly, "2026-03-29T13Z", "2026-03-29"},
              {PeriodKind::daily, "2026-03-29", "2026-03-29"},
              {PeriodKind::monthly, "2026-03", "2026-03-01"},
              {PeriodKind::weekly, "2026-W13", "2026-03-23"},
              {PeriodKind::weekly, "2026-W01", "2025-12-29"},
              {PeriodKind::weekly, "2026-W53", "2026-12-28"},
              {PeriodKind::weekly, "2027-W01", "2027-01-04"}};
  for (const auto& row : rows) EXPECT_EQ(first_day(row.kind, row.name), row.day) << row.name;
}

TEST(ClosedPeriodTest, TheLastOneIsOver) {
  const UnixMillis now = at("2026-03-31T21:59:59Z");  // one second before April in Berlin
  EXPECT_EQ(last_closed_period(PeriodKind::monthly, now, zone("Europe/Berlin")),
            at("2026-01-31T23:00:00Z"));
  EXPECT_EQ(last_closed_period(PeriodKind::monthly, now + 1000, zone("Europe/Berlin")),
            at("2026-02-28T23:00:00Z"));
  EXPECT_EQ(last_closed_period(PeriodKind::daily, now, zone("Europe/Berlin")),
            at("2026-03-29T22:00:00Z"));
}

}  // namespace
}  // namespace tally
