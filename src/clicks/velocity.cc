// SPDX-License-Identifier: Apache-2.0
#include "clicks/velocity.h"

#include <algorithm>

namespace tally {
namespace {

std::vector<Bucket> buckets_of(std::span<const SeriesPoint> points, Interval interval,
                               const TimeZone& zone) {
  std::vector<Bucket> out;
  out.reserve(points.size());
  for (const SeriesPoint& point : points) {
    const WeekHour at = week_hour(point.start, zone);
    const int slot = interval == Interval::hour ? (at.weekday - 1) * 24 + at.hour : at.weekday - 1;
    out.push_back({point.clicks, static_cast<std::uint32_t>(slot)});
  }
  return out;
}

const Rhythm& rhythm_of(Interval interval) { return interval == Interval::hour ? kHourly : kDaily; }

// How many buckets are over.
std::size_t over(std::span<const SeriesPoint> points, UnixMillis end) {
  // One is over when the next has begun, the last one when the range ends before now.
  std::size_t count = 0;
  while (count + 1 < points.size() && points[count + 1].start <= end) ++count;
  return count;
}

}  // namespace

TimeRange with_past(TimeRange shown, Interval interval) {
  const UnixMillis past = interval == Interval::hour ? kLearnHours : kLearnDays;
  return {std::max<UnixMillis>(shown.from - past, 0), shown.to};
}

Velocity judge_velocity(std::span<const SeriesPoint> points, std::span<const Series> platforms,
                        TimeRange shown, UnixMillis now, Interval interval, const TimeZone& zone) {
  Velocity out;
  const auto is_shown = [&](std::size_t i) {
    return i + 1 == points.size() || points[i + 1].start > shown.from;
  };
  const auto findings = find_spikes(buckets_of(points, interval, zone), rhythm_of(interval));
  std::uint64_t clicks = 0;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!is_shown(i)) continue;
    out.points.push_back({points[i].start, points[i].clicks, findings[i], std::nullopt});
    if (findings[i].state != BucketState::learning)
      out.points.back().band = band_of(findings[i].forecast);
    clicks += points[i].clicks;
  }
  const UnixMillis end = std::min(shown.to, now);
  if (!out.points.empty() && end > out.points.front().start)
    out.clicks_per_hour = static_cast<double>(clicks) * kMillisPerHour /
                          static_cast<double>(end - out.points.front().start);

  std::vector<std::vector<Bucket>> of_platforms;
  for (const Series& series : platforms)
    of_platforms.push_back(
        buckets_of(std::span(series.points).first(over(series.points, end)), interval, zone));
  for (const PlatformDrop& drop : find_platform_drops(of_platforms, rhythm_of(interval))) {
    if (!is_shown(drop.end - 1)) continue;
    out.drops.push_back({points[drop.bucket].start, platforms[drop.platform].value, drop.clicks,
                         drop.expected, drop.p});
  }
  return out;
}

}  // namespace tally
