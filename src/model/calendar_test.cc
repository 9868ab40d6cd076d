// SPDX-License-Identifier: Apache-2.0
//
// The expected instants were worked out with Python's zoneinfo: for each local time, the first
// moment whose local clock has reached it.
#include "model/calendar.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TimeZone zone(std::string_view name) {
  auto found = TimeZone::load(name);
  EXPECT_TRUE(found) << name;
  return found ? *found : TimeZone::utc();
}

std::vector<UnixMillis> starts(std::string_view name, TimeRange range, Interval interval) {
  const auto found = bucket_starts(range, interval, zone(name));
  EXPECT_TRUE(found);
  return found.value_or(std::vector<UnixMillis>{});
}

struct DayRow {
  const char* zone;
  UnixMillis from, to;
  std::vector<UnixMillis> starts;
};

const DayRow kDays[] = {
    {"Europe/Berlin",
     1774652400000,
     1774994400000,  // 23 hours
     {1774652400000, 1774738800000, 1774821600000, 1774908000000}},
    {"Europe/Berlin",
     1792792800000,
     1793142000000,  // 25 hours
     {1792792800000, 1792879200000, 1792969200000, 1793055600000}},
    {"America/New_York",
     1772859600000,
     1773201600000,
     {1772859600000, 1772946000000, 1773028800000, 1773115200000}},
    {"America/New_York",
     1793419200000,
     1793768400000,
     {1793419200000, 1793505600000, 1793595600000, 1793682000000}},
    {"Asia/Kathmandu",
     1767204900000,
     1767464100000,  // +05:45
     {1767204900000, 1767291300000, 1767377700000}},
    {"Asia/Kolkata",
     1767205800000,
     1767465000000,  // +05:30
     {1767205800000, 1767292200000, 1767378600000}},
    {"Pacific/Chatham",
     1775211300000,
     1775560500000,  // +13:45 to +12:45
     {1775211300000, 1775297700000, 1775387700000, 1775474100000}},
    {"Australia/Lord_Howe",
     1775221200000,
     1775568600000,  // clocks move by 30 minutes
     {1775221200000, 1775307600000, 1775395800000, 1775482200000}},
    {"America/Sao_Paulo",
     1541214000000,
     1541556000000,  // midnight is skipped
     {1541214000000, 1541300400000, 1541383200000, 1541469600000}},
    {"Pacific/Apia",
     1325066400000,
     1325412000000,  // 30 December 2011 is skipped
     {1325066400000, 1325152800000, 1325239200000, 1325325600000}},
    {"Asia/Beirut",
     1774648800000,
     1774990800000,  // midnight is skipped
     {1774648800000, 1774735200000, 1774818000000, 1774904400000}},
    {"Africa/Casablanca",
     1771023600000,
     1771372800000,  // back for Ramadan
     {1771023600000, 1771110000000, 1771200000000, 1771286400000}},
    {"America/St_Johns",
     1162002600000,
     1162351800000,  // back at one minute past midnight
     {1162002600000, 1162089000000, 1162179000000, 1162265400000}},
    {"Pacific/Kiritimati",
     1767175200000,
     1767434400000,  // +14:00
     {1767175200000, 1767261600000, 1767348000000}},
};

TEST(CalendarTest, DaysStartAtTheZonesMidnight) {
  for (const DayRow& row : kDays)
    EXPECT_EQ(starts(row.zone, {row.from, row.to}, Interval::day), row.starts) << row.zone;
}

TEST(CalendarTest, MonthsStartAtTheZonesMidnight) {
  const DayRow rows[] = {
      {"Europe/Berlin",
       1767222000000,
       1798758000000,
       {1767222000000, 1769900400000, 1772319600000, 1774994400000, 1777586400000, 1780264800000,
        1782856800000, 1785535200000, 1788213600000, 1790805600000, 1793487600000, 1796079600000}},
      {"Asia/Kathmandu",
       1767204900000,
       1798740900000,
       {1767204900000, 1769883300000, 1772302500000, 1774980900000, 1777572900000, 1780251300000,
        1782843300000, 1785521700000, 1788200100000, 1790792100000, 1793470500000, 1796062500000}},
      {"America/Sao_Paulo",
       1514772000000,
       1546308000000,
       {1514772000000, 1517450400000, 1519873200000, 1522551600000, 1525143600000, 1527822000000,
        1530414000000, 1533092400000, 1535770800000, 1538362800000, 1541041200000, 1543629600000}},
  };
  for (const DayRow& row : rows)
    EXPECT_EQ(starts(row.zone, {row.from, row.to}, Interval::month), row.starts) << row.zone;
}

TEST(CalendarTest, HoursOfOddDays) {
  const struct {
    const char* zone;
    UnixMillis from, to;
    std::size_t hours;
  } rows[] = {
      {"Europe/Berlin", 1774738800000, 1774821600000, 23},
      {"Europe/Berlin", 1792879200000, 1792969200000, 25},
      {"America/New_York", 1793505600000, 1793595600000, 25},
      {"Australia/Lord_Howe", 1775307600000, 1775395800000, 24},  // one of 90 minutes
      {"Australia/Lord_Howe", 1791034200000, 1791118800000, 24},  // one of 30 minutes
      {"Asia/Kathmandu", 1777918500000, 1778004900000, 24},
      {"Pacific/Apia", 1325239200000, 1325239200000, 0},
  };
  for (const auto& row : rows) {
    const auto hours = starts(row.zone, {row.from, row.to}, Interval::hour);
    EXPECT_EQ(hours.size(), row.hours) << row.zone;
    if (!hours.empty()) {
      EXPECT_EQ(hours.front(), row.from) << row.zone;
    }
  }
}

// Whatever the zone: ascending, the first at or before the range, every one inside a bucket of its
// own when asked for again.
TEST(CalendarTest, BucketsTileTheRange) {
  for (const DayRow& row : kDays) {
    for (const Interval interval : {Interval::minute, Interval::quarter_hour, Interval::hour,
                                    Interval::day, Interval::week, Interval::month}) {
      const TimeRange range{row.from + 1'234'567, row.to - 7'654'321};
      const auto buckets = starts(row.zone, range, interval);
      ASSERT_FALSE(buckets.empty());
      EXPECT_LE(buckets.front(), range.from);
      EXPECT_LT(buckets.back(), range.to);
      for (std::size_t i = 1; i < buckets.size(); ++i) {
        ASSERT_GT(buckets[i], buckets[i - 1]) << row.zone << " " << to_text(interval);
        const auto again = starts(row.zone, {buckets[i] - 1, buckets[i] + 1}, interval);
        ASSERT_EQ(again, (std::vector{buckets[i - 1], buckets[i]}))
            << row.zone << " " << to_text(interval);
      }
    }
  }
}

TEST(CalendarTest, WeeksStartOnMonday) {
  // 2026-03-25 (a Wednesday) to 2026-04-01 in Berlin: the weeks of 23 and 30 March.
  EXPECT_EQ(starts("Europe/Berlin", {1774393200000, 1774994400000}, Interval::week),
            (std::vector<UnixMillis>{1774220400000, 1774821600000}));
}

TEST(CalendarTest, TooManyBucketsAreRefused) {
  const auto result =
      bucket_starts({0, 10'001 * kMillisPerMinute}, Interval::minute, TimeZone::utc());
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().field, "interval");
  EXPECT_TRUE(bucket_starts({0, 10'000 * kMillisPerMinute}, Interval::minute, TimeZone::utc()));
  EXPECT_TRUE(bucket_starts({5, 5}, Interval::minute, TimeZone::utc())->empty());
}

TEST(CalendarTest, ReadsIso8601) {
  const struct {
    const char* text;
    const char* zone;
    UnixMillis time;
  } rows[] = {
      {"2026-03-29T02:30", "Europe/Berlin", 1774746000000},  // skipped: the jump
      {"2026-03-29T02:30:00.500", "Europe/Berlin", 1774746000000},
      {"2026-10-25T02:30", "Europe/Berlin", 1792888200000},  // repeated: the first
      {"2026-10-25T02:30+01:00", "Europe/Berlin", 1792891800000},
      {"2026-03-01", "Asia/Kathmandu", 1772302500000},
      {"2018-11-04", "America/Sao_Paulo", 1541300400000},
      {"2026-07-01T12:34:56", "America/St_Johns", 1782918296000},
      {"2026-03-01T12:00:00Z", "Asia/Tokyo", 1772366400000},
      {"2026-03-01t12:00:00z", "Asia/Tokyo", 1772366400000},
      {"2026-03-01T12:00:00.1Z", "UTC", 1772366400100},
      {"2026-03-01T12:00:00.123456789Z", "UTC", 1772366400123},
      {"2026-03-01T14:30+0230", "UTC", 1772366400000},
      {"2026-03-01T10-02", "UTC", -1},
      {"2026-03-01T10:00-02", "UTC", 1772366400000},
      {"1970-01-01", "Asia/Tokyo", 0},
      {"9999-12-31T23:59:59.999Z", "UTC", 253402300799999},
      {"2024-02-29", "UTC", 1709164800000},
      {"2026-02-29", "UTC", -1},
      {"2026-13-01", "UTC", -1},
      {"2026-00-10", "UTC", -1},
      {"1969-12-31", "UTC", -1},
      {"2026-03-01T24:00", "UTC", -1},
      {"2026-03-01T12:60", "UTC", -1},
      {"2026-03-01T12:00:60", "UTC", -1},
      {"2026-03-01T12:00:00.Z", "UTC", -1},
      {"2026-03-01T12:00+24:00", "UTC", -1},
      {"2026-03-01T12:00Zx", "UTC", -1},
      {"2026-03-01 12:00", "UTC", -1},
      {"2026-03-01T", "UTC", -1},
      {"26-03-01", "UTC", -1},
      {"+2026-03-01", "UTC", -1},
      {"2026-3-1", "UTC", -1},
      {"now", "UTC", -1},
      {"", "UTC", -1},
  };
  for (const auto& row : rows) {
    const auto time = parse_time(row.text, zone(row.zone), "from");
    EXPECT_EQ(time.value_or(-1), row.time) << row.text << " " << row.zone;
    if (!time) {
      EXPECT_EQ(time.error().field, "from");
    }
  }
}

TEST(CalendarTest, WritesIso8601) {
  EXPECT_EQ(format_utc(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(format_utc(1772366400123), "2026-03-01T12:00:00.123Z");
  EXPECT_EQ(format_local(1772302500000, zone("Asia/Kathmandu")), "2026-03-01T00:00:00+05:45");
  EXPECT_EQ(format_local(1772366400000, TimeZone::utc()), "2026-03-01T12:00:00+00:00");
  EXPECT_EQ(format_local(1782918296999, zone("America/St_Johns")), "2026-07-01T12:34:56-02:30");
}

TEST(CalendarTest, RefusesWhatIsNoZone) {
  for (const char* name :
       {"", "Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Europe/../Europe/Berlin", ".",
        "Europe//Berlin", "Europe", "Fixed/UTC+01:00:00", "posixrules", "Europe/Berlin ",
        "Europe/Berlin\n", "zone.tab", "libc:localtime", ":UTC"}) {
    const auto found = TimeZone::load(name);
    EXPECT_FALSE(found) << name;
    if (!found) {
      EXPECT_EQ(found.error().field, "tz");
    }
  }
  for (const char* name : {"UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires", "EST5EDT"})
    EXPECT_TRUE(TimeZone::load(name)) << name;
}

TEST(CalendarTest, NamedRanges) {
  const TimeZone berlin = zone("Europe/Berlin");
  const UnixMillis now = 1786798800000;  // 2026-08-15T15:00+02:00
  const auto week = named_range("7d", now, 0, berlin);
  ASSERT_TRUE(week);
  EXPECT_EQ(week->current, (TimeRange{1786226400000, now}));             // 9 August 00:00
  EXPECT_EQ(week->previous, (TimeRange{1785621600000, 1786194000000}));  // 2 to 8 August 15:00
  const auto year = named_range("12mo", now, 0, berlin);
  ASSERT_TRUE(year);
  EXPECT_EQ(year->current, (TimeRange{1756677600000, now}));             // 1 September 2025
  EXPECT_EQ(year->previous, (TimeRange{1725141600000, 1755262800000}));  // to 15 August 2025 15:00
  const auto day = named_range("24h", now, 0, berlin);
  ASSERT_TRUE(day);
  EXPECT_EQ(day->current, (TimeRange{now - kMillisPerDay, now}));
  EXPECT_EQ(day->previous, (TimeRange{now - 2 * kMillisPerDay, now - kMillisPerDay}));
  const auto all = named_range("all", now, 42, berlin);
  ASSERT_TRUE(all);
  EXPECT_EQ(all->current, (TimeRange{42, now}));
  EXPECT_EQ(all->previous, std::nullopt);
  EXPECT_EQ(named_range("8d", now, 0, berlin).error().field, "range");
}

TEST(CalendarTest, PreviousIsCutAtTheSameTimeOfItsLastDay) {
  const TimeZone berlin = zone("Europe/Berlin");
  // Over the change to summer time: 25 March 00:00 to 31 March 10:00, seven days.
  EXPECT_EQ(compared({1774393200000, 1774944000000}, berlin).previous,
            (TimeRange{1773788400000, 1774342800000}));  // 18 March 00:00 to 24 March 10:00
  // Whole days: the same number, up to the range itself. 28 to 31 March has one of 23 hours.
  EXPECT_EQ(compared({1774652400000, 1774908000000}, berlin).previous,
            (TimeRange{1774393200000, 1774652400000}));
  // Not on a day's edge: the same duration.
  EXPECT_EQ(compared({1'000'000, 1'500'000}, berlin).previous, (TimeRange{500'000, 1'000'000}));
}

TEST(CalendarTest, ChoosesAReadableInterval) {
  const struct {
    UnixMillis duration;
    Interval interval;
  } rows[] = {
      {kMillisPerHour, Interval::minute},    {6 * kMillisPerHour, Interval::quarter_hour},
      {kMillisPerDay, Interval::hour},       {7 * kMillisPerDay, Interval::day},
      {30 * kMillisPerDay, Interval::day},   {90 * kMillisPerDay, Interval::day},
      {200 * kMillisPerDay, Interval::week}, {335 * kMillisPerDay, Interval::month},
  };
  for (const auto& row : rows)
    EXPECT_EQ(auto_interval({0, row.duration}), row.interval) << row.duration;
  EXPECT_EQ(parse_interval("15m"), Interval::quarter_hour);
  EXPECT_EQ(parse_interval("15min"), std::nullopt);
}

}  // namespace
}  // namespace tally
