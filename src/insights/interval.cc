// SPDX-License-Identifier: Apache-2.0
#include "insights/interval.h"

#include <algorithm>
#include <cmath>

#include "insights/distributions.h"

namespace tally {
namespace {

// At confidences near 0 the two ends round past each other.
Bounds in_order(double low, double high) { return {low, std::max(low, high)}; }

}  // namespace

std::optional<Bounds> wilson_interval(std::uint64_t successes, std::uint64_t trials,
                                      double confidence) {
  if (trials == 0 || successes > trials) return std::nullopt;
  const auto n = static_cast<double>(trials), k = static_cast<double>(successes);
  const double z = normal_width(confidence);
  const double square = z * z;
  const double middle = 2 * k + square;
  const double spread =
      z * std::sqrt(square + 4 * k * (static_cast<double>(trials - successes) / n));
  // Written so that nothing is subtracted: 1 of a million million keeps all its digits.
  const double low = successes == 0 ? 0 : 2 * k * (k / n) / (middle + spread);
  const double high = successes == trials ? 1 : (middle + spread) / (2 * (n + square));
  return in_order(clamped(low, 0, 1), clamped(high, 0, 1));
}

Bounds poisson_interval(std::uint64_t events, double confidence) {
  const double tail = (1 - clamped(confidence, 0, 1 - 1e-15)) / 2;
  const auto k = static_cast<double>(events);
  return in_order(gamma_quantile(k, tail), gamma_quantile(k + 1, 1 - tail));
}

Rate rate_of(std::uint64_t successes, std::uint64_t trials) {
  Rate out;
  out.exceeds_whole = successes > trials;
  if (trials == 0) return out;
  out.value = static_cast<double>(successes) / static_cast<double>(trials);
  out.bounds = wilson_interval(successes, trials);
  return out;
}

}  // namespace tally
