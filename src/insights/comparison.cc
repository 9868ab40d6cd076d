// SPDX-License-Identifier: Apache-2.0
#include "insights/comparison.h"

#include <algorithm>
#include <cmath>

#include "insights/distributions.h"

namespace tally {
namespace {

constexpr double kMixtureVariance = kMixtureDeviation * kMixtureDeviation;

bool comparable(const Arm& a, const Arm& b) {
  return a.trials > 0 && b.trials > 0 && a.possible() && b.possible();
}

double pooled_variance(const Arm& a, const Arm& b) {
  const auto trials_a = static_cast<double>(a.trials), trials_b = static_cast<double>(b.trials);
  const double rate =
      (static_cast<double>(a.successes) + static_cast<double>(b.successes)) / (trials_a + trials_b);
  return rate * (1 - rate) * (1 / trials_a + 1 / trials_b);
}

double unpooled_variance(const Arm& a, const Arm& b) {
  return a.rate_variance() + b.rate_variance();
}

double sequential_variance(const Arm& a, const Arm& b) {
  const double unpooled = unpooled_variance(a, b);
  return a.trials == b.trials ? unpooled : std::max(unpooled, pooled_variance(a, b));
}

double sequential_p_of(double difference, double variance) {
  if (difference == 0) return 1;
  if (variance == 0) return 0;
  const double sum = variance + kMixtureVariance;
  const double exponent = kMixtureVariance / sum * (difference / variance * difference) / 2;
  return std::min(1.0, std::sqrt(sum / variance) * std::exp(-exponent));
}

// Half of the width at which sequential_p_of() comes down to `alpha`.
double sequence_half_width(double variance, double alpha) {
  const double sum = variance + kMixtureVariance;
  const double bar = std::log(sum / variance) / 2 - std::log(alpha);
  return std::sqrt(2 * variance * (sum / kMixtureVariance) * bar);
}

Bounds around(double difference, double half_width) {
  return {clamped(difference - half_width, -1, 1), clamped(difference + half_width, -1, 1)};
}

}  // namespace

std::optional<Comparison> compare(const Arm& a, const Arm& b, double confidence) {
  if (!comparable(a, b)) return std::nullopt;
  confidence = clamped(confidence, 0, 1 - 1e-15);
  Comparison out;
  out.difference = a.rate() - b.rate();
  const double pooled = pooled_variance(a, b);
  if (pooled > 0) out.z = out.difference / std::sqrt(pooled);
  out.p = normal_two_sided(out.z);
  const double unpooled = unpooled_variance(a, b);
  if (unpooled > 0)
    out.bounds = around(out.difference, normal_width(confidence) * std::sqrt(unpooled));
  const double sequential = sequential_variance(a, b);
  out.sequential_p = sequential_p_of(out.difference, sequential);
  if (sequential > 0)
    out.sequence = around(out.difference, sequence_half_width(sequential, 1 - confidence));
  return out;
}

double sequential_p(const Arm& a, const Arm& b) {
  if (!comparable(a, b)) return 1;
  return sequential_p_of(a.rate() - b.rate(), sequential_variance(a, b));
}

}  // namespace tally
