// SPDX-License-Identifier: Apache-2.0
#include "insights/sample_size.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "insights/comparison.h"
#include "insights/distributions.h"

namespace tally {
namespace {

constexpr double kMostTrials = 1e15;

bool inside(double value, double low, double high) { return low < value && value < high; }

// The control's trials at which one look finds the difference by sequential_p with that power: the
// bar of the test and the reach of chance, both in terms of the variance that such a size leaves.
double sequential_size(double control, double variant, double ratio, double alpha, double power) {
  const double tau = kMixtureDeviation * kMixtureDeviation;
  const double z_power = normal_quantile(power);
  const double difference = std::fabs(variant - control);
  const double unit = control * (1 - control) + variant * (1 - variant) / ratio;
  const auto found = [&](double trials) {
    const double v = unit / trials;
    const double bar = std::log1p(tau / v) / 2 - std::log(alpha);
    return difference >= std::sqrt(2 * v * ((v + tau) / tau) * bar) + z_power * std::sqrt(v);
  };
  // In octaves: the bar falls as the size grows.
  double low = -40, high = std::log2(2 * kMostTrials);
  for (int step = 0; step < 80; ++step) {
    const double middle = (low + high) / 2;
    (found(std::exp2(middle)) ? high : low) = middle;
  }
  return std::exp2(high);
}

// Everybody's trials when the control's weight gets `control_trials`.
SampleSize sized(double total, const SampleSizeQuestion& question, double whole) {
  SampleSize out;
  for (const double weight : question.weights) {
    const auto trials = static_cast<std::uint64_t>(std::ceil(total * (weight / whole)));
    out.arms.push_back(trials);
    out.total += trials;
  }
  const double days = std::ceil(static_cast<double>(out.total) / question.trials_per_day);
  if (question.trials_per_day > 0 && days <= kMostTrials)
    out.days = static_cast<std::uint64_t>(days);
  return out;
}

bool answerable(const SampleSizeQuestion& q, double target) {
  return inside(q.baseline, 0, 1) && inside(target, 0, 1) && target != q.baseline &&
         inside(q.alpha, 1e-12, 1) && inside(q.power, q.alpha, 1 - 1e-12) &&
         q.weights.size() >= 2 &&
         std::ranges::all_of(q.weights, [](double w) { return inside(w, 0, 1e100); });
}

}  // namespace

double z_test_size(double control, double variant, double ratio, double alpha, double power) {
  const double pooled = (control + ratio * variant) / (1 + ratio);
  const double under_none = std::sqrt((1 + ratio) * pooled * (1 - pooled));
  const double under_effect = std::sqrt(ratio * control * (1 - control) + variant * (1 - variant));
  const double reach = normal_width(1 - alpha) * under_none + normal_quantile(power) * under_effect;
  const double difference = variant - control;
  return clamped(reach / difference * (reach / difference) / ratio, 0, 2 * kMostTrials);
}

double z_test_power(double control, double variant, double control_trials, double variant_trials,
                    double alpha) {
  if (!inside(control, 0, 1) || !inside(variant, 0, 1)) return 0;
  if (!inside(control_trials, 0, 1e300) || !inside(variant_trials, 0, 1e300)) return 0;
  const double share = control_trials / (control_trials + variant_trials);
  const double pooled = share * control + (1 - share) * variant;
  const double under_none =
      std::sqrt(pooled * (1 - pooled) * (1 / control_trials + 1 / variant_trials));
  const double under_effect = std::sqrt(control * (1 - control) / control_trials +
                                        variant * (1 - variant) / variant_trials);
  const double reach = normal_width(1 - clamped(alpha, 1e-15, 1)) * under_none;
  return normal_below((std::fabs(variant - control) - reach) / under_effect);
}

std::optional<SampleSizePlan> plan_sample_size(const SampleSizeQuestion& question) {
  const double target = question.relative ? question.baseline * (1 + question.effect)
                                          : question.baseline + question.effect;
  if (!answerable(question, target)) return std::nullopt;
  const double whole = std::accumulate(question.weights.begin(), question.weights.end(), 0.0);
  const double alpha = question.alpha / static_cast<double>(question.weights.size() - 1);

  // The variant with the least traffic decides how long all have to run.
  const double control = question.weights[0];
  const double least = *std::min_element(question.weights.begin() + 1, question.weights.end());
  const double ratio = clamped(least / control, 1e-15, 1e15);
  const double share = control / whole;
  const double fixed = z_test_size(question.baseline, target, ratio, alpha, question.power) / share;
  const double always =
      sequential_size(question.baseline, target, ratio, alpha, question.power) / share;
  if (!(fixed <= kMostTrials) || !(always <= kMostTrials)) return std::nullopt;
  return SampleSizePlan{target, sized(fixed, question, whole), sized(always, question, whole)};
}

}  // namespace tally
