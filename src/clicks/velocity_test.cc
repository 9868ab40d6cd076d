// SPDX-License-Identifier: Apache-2.0
#include "clicks/velocity.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr UnixMillis kMonday = 1'772'409'600'000;  // 2026-03-02T00:00:00Z

// Hours up to `end`; day and night differ.
std::vector<SeriesPoint> hours(UnixMillis end, std::uint64_t by_day) {
  std::vector<SeriesPoint> out;
  for (UnixMillis start = kMonday - kLearnHours; start < end; start += kMillisPerHour) {
    const bool is_day = start / kMillisPerHour % 24 >= 8;
    out.push_back({start, is_day ? by_day : by_day / 5, 0, 0});
  }
  return out;
}

TEST(Velocity, AsksForAPastToLearnFrom) {
  const TimeRange day{kMonday, kMonday + kMillisPerDay};
  EXPECT_EQ(with_past(day, Interval::hour), (TimeRange{kMonday - kLearnHours, day.to}));
  EXPECT_EQ(with_past(day, Interval::day), (TimeRange{kMonday - kLearnDays, day.to}));
  EXPECT_EQ(with_past({5, 10}, Interval::day), (TimeRange{0, 10}));
}

TEST(Velocity, ABucketFarAboveItsPastIsASpike) {
  const TimeRange day{kMonday, kMonday + kMillisPerDay};
  auto points = hours(day.to, 50);
  points[points.size() - 14].clicks = 400;
  const Velocity found = judge_velocity(points, {}, day, day.to, Interval::hour, TimeZone::utc());
  ASSERT_EQ(found.points.size(), 24u);
  EXPECT_EQ(found.points.front().start, kMonday);
  for (std::size_t i = 0; i < 24; ++i)
    EXPECT_EQ(found.points[i].finding.state == BucketState::spike, i == 10) << i;
  EXPECT_NEAR(found.points[9].finding.forecast.mean, 50, 5);
  for (const Velocity::Point& point : found.points) {
    ASSERT_TRUE(point.band);
    EXPECT_LT(point.band->low, point.finding.forecast.mean);
    EXPECT_GT(point.band->high, point.finding.forecast.mean);
    EXPECT_EQ(point.clicks > point.band->high, point.clicks == 400) << point.start;
  }
  EXPECT_NEAR(found.clicks_per_hour, (8 * 10 + 15 * 50 + 400) / 24.0, 0.01);
  EXPECT_TRUE(found.drops.empty());
}

TEST(Velocity, HasNoBandWhileItLearns) {
  const TimeRange first{kMonday - kLearnHours, kMonday - kLearnHours + 4 * kMillisPerDay};
  const auto points = hours(first.to, 50);
  const Velocity found =
      judge_velocity(points, {}, first, first.to, Interval::hour, TimeZone::utc());
  ASSERT_EQ(found.points.size(), 96u);
  for (std::size_t i = 0; i < 96; ++i) EXPECT_EQ(found.points[i].band.has_value(), i >= 48) << i;
}

TEST(Velocity, APlatformThatFallsAwayIsADropOnceTheHourIsOver) {
  const TimeRange day{kMonday, kMonday + 13 * kMillisPerHour};
  const auto all = hours(day.to, 300);
  Series ios{"ios", ValueKind::value, hours(day.to, 150)};
  const Series android{"android", ValueKind::value, hours(day.to, 150)};
  ios.points.back().clicks = 0;
  const Series platforms[] = {ios, android};
  const UnixMillis last = day.to - kMillisPerHour;
  EXPECT_TRUE(judge_velocity(all, platforms, day, last + 60'000, Interval::hour, TimeZone::utc())
                  .drops.empty());
  // The next hour has begun.
  auto later = all;
  Series ios_later = ios, android_later = android;
  for (auto* points : {&later, &ios_later.points, &android_later.points})
    points->push_back({day.to, 0, 0, 0});
  const Series platforms_later[] = {ios_later, android_later};
  const auto drops = judge_velocity(later, platforms_later, {kMonday, day.to + kMillisPerHour},
                                    day.to + 60'000, Interval::hour, TimeZone::utc())
                         .drops;
  ASSERT_EQ(drops.size(), 1u);
  EXPECT_EQ(drops[0].platform, "ios");
  EXPECT_EQ(drops[0].start, last);
  EXPECT_EQ(drops[0].clicks, 0u);
  EXPECT_NEAR(drops[0].expected, 150, 20);
}

}  // namespace
}  // namespace tally
