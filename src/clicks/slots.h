// SPDX-License-Identifier: Apache-2.0
//
// Buckets of time in SQL: rows are grouped by time divided by a step, which needs no zone, and the
// slots are folded onto the buckets here.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "base/clock.h"

namespace tally {

// The longest step that no bucket's edge cuts: a day for days in UTC, a quarter of an hour for days
// in Kathmandu.
inline UnixMillis step_for(std::span<const UnixMillis> starts) {
  constexpr std::array<UnixMillis, 5> kSteps = {
      kMillisPerDay, kMillisPerHour, 15 * kMillisPerMinute, kMillisPerMinute, kMillisPerSecond};
  for (const UnixMillis step : kSteps)
    if (std::ranges::all_of(starts, [step](UnixMillis start) { return start % step == 0; }))
      return step;
  return 1;
}

// Which of the buckets that begin at `starts` (ascending) a slot is in; none before the first.
inline std::optional<std::size_t> bucket_of(std::span<const UnixMillis> starts, std::uint64_t slot,
                                            UnixMillis step) {
  const UnixMillis time = static_cast<UnixMillis>(slot) * step;
  const auto after = std::ranges::upper_bound(starts, time);
  if (after == starts.begin()) return std::nullopt;
  return static_cast<std::size_t>(after - starts.begin()) - 1;
}

}  // namespace tally
