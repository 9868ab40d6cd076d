// SPDX-License-Identifier: Apache-2.0
#include "insights/best_time.h"

#include <algorithm>

#include "insights/distributions.h"

namespace tally {
namespace {

constexpr double kPriorWeeks = 2;
constexpr std::size_t kDays = 7, kHours = 24;

struct Sum {
  double clicks = 0;
  double weeks = 0;
  void add(const HourCell& cell) {
    clicks += static_cast<double>(cell.clicks);
    weeks += cell.weeks;
  }
  double rate() const { return weeks > 0 ? clicks / weeks : 0; }
};

// Clicks a week by weekday, by hour of the day and overall.
struct Margins {
  std::array<Sum, kDays> day;
  std::array<Sum, kHours> hour;
  Sum all;

  explicit Margins(std::span<const HourCell, kWeekHours> cells) {
    for (std::size_t i = 0; i < kWeekHours; ++i) {
      day[i / kHours].add(cells[i]);
      hour[i % kHours].add(cells[i]);
      all.add(cells[i]);
    }
  }
  double likely(std::size_t cell) const {
    if (all.rate() == 0) return 0;
    return day[cell / kHours].rate() / all.rate() * hour[cell % kHours].rate();
  }
};

// How much more than a Poisson the cells vary around what their margins make likely; at least 1.
double dispersion(std::span<const HourCell, kWeekHours> cells, const Margins& margins) {
  double chi_square = 0;
  for (std::size_t i = 0; i < kWeekHours; ++i) {
    const double likely = margins.likely(i) * cells[i].weeks;
    const double apart = static_cast<double>(cells[i].clicks) - likely;
    if (likely > 0) chi_square += apart * (apart / likely);
  }
  return std::max(1.0, chi_square / static_cast<double>((kDays - 1) * (kHours - 1)));
}

bool above_without_its_busiest_week(const HourCell& cell, double average) {
  if (cell.weeks < 2) return false;
  const std::uint64_t others = cell.clicks - std::min(cell.clicks, cell.busiest_week);
  return static_cast<double>(others) / (cell.weeks - 1) > average;
}

}  // namespace

BestTime best_time(std::span<const HourCell, kWeekHours> cells, std::size_t limit) {
  const Margins margins(cells);
  const double average = margins.all.rate();
  BestTime out;
  out.clicks_per_hour = average;
  for (const HourCell& cell : cells) {
    out.clicks += cell.clicks;
    out.weeks = std::max(out.weeks, cell.weeks);
  }
  if (average == 0) return out;

  const double spread = dispersion(cells, margins);
  constexpr double kAdvised = 0.01 / kWeekHours;
  for (std::size_t i = 0; i < kWeekHours; ++i) {
    const HourCell& cell = cells[i];
    if (cell.weeks < kLeastWeeks || !above_without_its_busiest_week(cell, average)) continue;
    const double shape =
        (static_cast<double>(cell.clicks) + kPriorWeeks * margins.likely(i)) / spread;
    const double unit = (cell.weeks + kPriorWeeks) / spread * average;
    if (gamma_quantile(shape, kAdvised) <= unit) continue;
    out.hours.push_back(
        {.hour = i,
         .clicks = cell.clicks,
         .weeks = cell.weeks,
         .lift = shape / unit,
         .bounds = {gamma_quantile(shape, 0.025) / unit, gamma_quantile(shape, 0.975) / unit}});
  }
  std::ranges::sort(out.hours, std::ranges::greater(),
                    [](const HourAdvice& advice) { return advice.bounds.low; });
  if (out.hours.size() > limit) out.hours.resize(limit);
  out.enough_evidence = !out.hours.empty();
  return out;
}

}  // namespace tally
