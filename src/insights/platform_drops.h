// SPDX-License-Identifier: Apache-2.0
//
// A platform that falls away while the others go on: iOS clicks stop after a release broke the
// app's links, Android clicks halve because a store listing is gone.
//
// Each platform has a baseline of its own (baseline.h). A drop is a bucket in which a platform has
// so few clicks that the lower tail of its forecast is below kDropP. What keeps it honest:
//
// - The forecast follows the rest. When the other platforms together get less than they should, so
//   is this one expected to, and the doubt about the rest widens the forecast: a campaign that ends
//   is no platform's drop. A link that lives from one platform alone therefore never has one.
// - At least kLeastExpected clicks were expected, and at most half of them came: neither small
//   numbers nor small losses of a busy link are drops.
// - A drop is told once, when it begins; the platform has to be ordinary again before the next.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "insights/baseline.h"

namespace tally {

inline constexpr double kDropP = 1e-4;
inline constexpr double kLeastExpected = 20;

struct PlatformDrop {
  std::size_t bucket = 0;
  std::size_t platform = 0;
  std::uint64_t clicks = 0;
  double expected = 0;
  double p = 1;         // of so few or fewer
  std::size_t end = 0;  // the bucket in which it is ordinary again; how many there are: not yet
};

// `platforms` holds one series for each platform, all of the same buckets in order and without
// gaps; of series of different lengths the shortest counts. Drops in order of bucket, then
// platform.
std::vector<PlatformDrop> find_platform_drops(std::span<const std::vector<Bucket>> platforms,
                                              const Rhythm& rhythm = kHourly);

}  // namespace tally
