// SPDX-License-Identifier: Apache-2.0
#include "insights/baseline.h"

#include <algorithm>
#include <cmath>

namespace tally {
namespace {

constexpr double kSlotPrior = 20, kCyclePrior = 10;  // weighted clicks
// Half a click in an hour or day of its own: a link that never had one still has a forecast.
constexpr double kLevelPrior = 0.5;
constexpr double kPriorExcess = 0.1;
constexpr double kPriorExcessBuckets = 10;  // of very many clicks
constexpr double kLeastExcess = 0.01, kMostExcess = 10;
constexpr double kDeviations = 5;
// What a season remembers: six visits of a slot are about six weeks.
const double kKeepSlot = std::exp2(-1.0 / 6), kKeepCycle = std::exp2(-1.0 / 28);

}  // namespace

Baseline::Baseline(const Rhythm& rhythm)
    : rhythm_(rhythm),
      keep_(std::exp2(-1 / clamped(rhythm.half_life, 1, 1e6))),
      keep_excess_(std::cbrt(keep_)),
      by_slot_(std::max<std::size_t>(rhythm.slots, 1)),
      by_cycle_(std::max<std::size_t>(rhythm.cycle, 1)) {}

double Baseline::season(std::size_t slot) const {
  if (by_slot_.size() == 1) return 1;
  const double of_cycle = by_cycle_[slot % by_cycle_.size()].value(kCyclePrior, 1);
  return by_slot_[slot].value(kSlotPrior, of_cycle);
}

// The relative variance of that factor.
double Baseline::season_doubt(std::size_t slot) const {
  return by_slot_.size() == 1 ? 0 : 1 / (by_slot_[slot].clicks + kSlotPrior);
}

double Baseline::level() const { return (clicks_ + kLevelPrior) / (exposure_ + 1); }

double Baseline::excess() const {
  constexpr double kPriorWeight = kPriorExcessBuckets / (kPriorExcess * kPriorExcess);
  const double found =
      (excess_sum_ + kPriorWeight * kPriorExcess) / (excess_weight_ + kPriorWeight);
  return clamped(found, kLeastExcess, kMostExcess);
}

NegativeBinomial Baseline::forecast(std::uint32_t slot) const {
  const std::size_t at = slot % by_slot_.size();
  const double doubt = 1 / (clicks_ + kLevelPrior) + season_doubt(at);
  return {.mean = level() * season(at), .size = 1 / (excess() + doubt)};
}

void Baseline::observe(const Bucket& bucket) {
  const std::size_t slot = bucket.slot % by_slot_.size();
  const NegativeBinomial expected = forecast(bucket.slot);
  const double m = expected.mean, factor = season(slot), plain = level();
  auto clicks = clamped(static_cast<double>(bucket.clicks), 0, 1e15);
  if (ready())
    clicks = std::min(clicks, m + kDeviations * std::sqrt(m + m * m / expected.size) + 1);

  // Weighted by what one bucket tells of φ: the inverse variance of its term.
  if (ready() && m > 0) {
    const double weight = m / (1 + kPriorExcess * m) * (m / (1 + kPriorExcess * m));
    const double term = ((clicks - m) / m) * ((clicks - m) / m) - 1 / m;
    excess_sum_ = excess_sum_ * keep_excess_ + weight * term;
    excess_weight_ = excess_weight_ * keep_excess_ + weight;
  }
  if (seen_ >= rhythm_.settling) {
    const double tells = 1 / (1 + excess() * m);
    by_slot_[slot].add(clicks * tells, plain * tells, kKeepSlot);
    by_cycle_[slot % by_cycle_.size()].add(clicks * tells, plain * tells, kKeepCycle);
  }
  clicks_ = clicks_ * keep_ + clicks;
  exposure_ = exposure_ * keep_ + factor;
  ++seen_;
}

}  // namespace tally
