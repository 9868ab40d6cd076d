// SPDX-License-Identifier: Apache-2.0
//
// In which hours of the week people click, and whether there is enough behind it to plan by.
//
// The heat map has 168 cells, and the highest of 168 is high by luck. So
//
// - each cell's rate is shrunk toward what its weekday and its hour of the day make likely (the
//   product of the two margins), by a prior worth kPriorWeeks of weeks;
// - clicks come in bursts, so the spread is not Poisson: cells are compared with that product, and
//   what they differ by more than chance would divides everybody's evidence (quasi-Poisson);
// - an hour must still lie above the average without its busiest week: one mailing is no habit;
// - to be advised, the lower end of its lift, with all 168 looked at (1 %, Bonferroni), must be
//   above 1, and it must have been seen in kLeastWeeks weeks.
//
// Hours are ordered by the lower end of their lift, not by the lift. When none passes, that is the
// answer.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "insights/interval.h"

namespace tally {

inline constexpr std::size_t kWeekHours = 168;
inline constexpr std::uint32_t kLeastWeeks = 3;

struct HourCell {
  std::uint64_t clicks = 0;
  std::uint32_t weeks = 0;         // in how many weeks of the range this hour was
  std::uint64_t busiest_week = 0;  // clicks of the best of them
};

struct HourAdvice {
  std::size_t hour = 0;  // of the week; 0 is Monday 0:00 to 1:00
  std::uint64_t clicks = 0;
  std::uint32_t weeks = 0;
  double lift = 1;  // over the average hour, shrunk
  Bounds bounds;    // of the lift, 95 %
};

struct BestTime {
  bool enough_evidence = false;   // there is at least one hour
  double clicks_per_hour = 0;     // of the average hour
  std::uint64_t clicks = 0;       // behind all this
  std::uint32_t weeks = 0;        // of the cell seen most often
  std::vector<HourAdvice> hours;  // the best first
};

// At most `limit` hours.
BestTime best_time(std::span<const HourCell, kWeekHours> cells, std::size_t limit = 5);

}  // namespace tally
