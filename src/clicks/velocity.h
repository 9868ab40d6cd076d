// SPDX-License-Identifier: Apache-2.0
//
// How fast clicks come, against what their own past makes likely (insights/spikes.h,
// platform_drops.h): a series by the hour or the day, judged bucket by bucket.
//
// A baseline has to be learnt, so more is asked of the store than is shown: kLearnHours or
// kLearnDays before the range. The bucket that is not over yet can be a spike already, but no drop.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "clicks/click_store.h"
#include "insights/platform_drops.h"
#include "insights/spikes.h"
#include "model/calendar.h"

namespace tally {

inline constexpr UnixMillis kLearnHours = 56 * kMillisPerDay;
inline constexpr UnixMillis kLearnDays = 120 * kMillisPerDay;

// The range to ask the store for; `interval` is hour or day.
TimeRange with_past(TimeRange shown, Interval interval);

struct PlatformFall {
  UnixMillis start = 0;
  std::string platform;
  std::uint64_t clicks = 0;
  double expected = 0;
  double p = 1;
};

struct Velocity {
  struct Point {
    UnixMillis start = 0;
    std::uint64_t clicks = 0;
    BucketFinding finding;
    std::optional<CountBand> band;  // none while the baseline is learnt
  };
  std::vector<Point> points;        // of the range shown
  std::vector<PlatformFall> drops;  // that began or lasted in it
  double clicks_per_hour = 0;       // of the range shown
};

// `points` and each of `platforms` are of the range with its past, in the same buckets; `shown` is
// the range itself, of which nothing is known from `now` on.
Velocity judge_velocity(std::span<const SeriesPoint> points, std::span<const Series> platforms,
                        TimeRange shown, UnixMillis now, Interval interval, const TimeZone& zone);

}  // namespace tally
