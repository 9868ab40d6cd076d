// SPDX-License-Identifier: Apache-2.0
#include "insights/chance_to_beat.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "insights/distributions.h"

namespace tally {
namespace {

constexpr int kPoints = 128;
constexpr double kReach = 70;          // of log-odds, on both sides
constexpr double kNegligible = 1e-18;  // of the highest value

BetaDistribution posterior(const Arm& arm) {
  const auto successes = static_cast<double>(arm.successes);
  const auto failures = static_cast<double>(arm.trials - arm.successes);
  const double scale = std::min(1.0, 1e9 / std::max(1.0, successes + failures));
  return {1 + successes * scale, 1 + failures * scale};
}

// Width of the distribution of the log-odds.
double width(const BetaDistribution& beta) { return std::sqrt(1 / beta.a + 1 / beta.b); }

double mean(const BetaDistribution& beta) { return beta.a / (beta.a + beta.b); }

// The integrand over log-odds t: the density of one rate times the tail of the other.
class Overlap {
 public:
  // `tail_above`: the other rate above this one; else below it.
  Overlap(const BetaDistribution& one, const BetaDistribution& other, bool tail_above)
      : one_(one), other_(other), tail_above_(tail_above) {}

  double at(double t) const {
    const double x = 1 / (1 + std::exp(-t)), y = 1 / (1 + std::exp(t));
    return one_.density(x) * x * y * tail(x);
  }

  // Whether log at(t) rises there; it does up to the one peak, and falls after it.
  bool rises(double t) const {
    const double x = 1 / (1 + std::exp(-t)), y = 1 / (1 + std::exp(t));
    const double remaining = tail(x);
    if (remaining == 0) return !tail_above_;
    const double hazard = x * y * other_.density(x) / remaining;
    return one_.a * y - one_.b * x + (tail_above_ ? -hazard : hazard) > 0;
  }

  double peak() const {
    double low = -kReach, high = kReach;
    for (int step = 0; step < 60; ++step) {
      const double middle = (low + high) / 2;
      (rises(middle) ? low : high) = middle;
    }
    return (low + high) / 2;
  }

  // How far from `peak` in that direction (1 or -1) the integrand stops to matter.
  double reach(double peak, double direction) const {
    const double least = at(peak) * kNegligible;
    double inside = 0, outside = width(one_) / 4;
    while (outside < kReach && at(peak + direction * outside) > least) {
      inside = outside;
      outside *= 2;
    }
    for (int step = 0; step < 6; ++step) {
      const double middle = (inside + outside) / 2;
      (at(peak + direction * middle) > least ? inside : outside) = middle;
    }
    return outside;
  }

  double integral() const {
    const double centre = peak();
    if (at(centre) == 0) return 0;
    const double left = reach(centre, -1), right = reach(centre, 1);
    const double step = (left + right) / kPoints;
    double sum = 0;
    for (int i = 0; i <= kPoints; ++i) sum += at(centre - left + i * step);
    return clamped(sum * step, 0, 1);
  }

 private:
  double tail(double x) const { return tail_above_ ? other_.above(x) : other_.below(x); }

  BetaDistribution one_, other_;
  bool tail_above_;
};

// P(rate of `low` > rate of `high`) where `high` has the higher mean.
double upset(const BetaDistribution& low, const BetaDistribution& high) {
  if (width(high) < width(low)) return Overlap(high, low, true).integral();
  return Overlap(low, high, false).integral();
}

}  // namespace

double chance_to_beat(const Arm& a, const Arm& b) {
  if (!a.possible() || !b.possible()) return 0.5;
  BetaDistribution of_a = posterior(a), of_b = posterior(b);
  if (of_a.a == of_b.a && of_a.b == of_b.b) return 0.5;
  // Rates near 1 have no digits left for their distance from it: their failures have.
  if (mean(of_a) + mean(of_b) > 1) {
    std::swap(of_a.a, of_a.b);
    std::swap(of_b.a, of_b.b);
    std::swap(of_a, of_b);
  }
  return mean(of_b) > mean(of_a) ? 1 - upset(of_a, of_b) : upset(of_b, of_a);
}

}  // namespace tally
