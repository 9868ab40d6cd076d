// SPDX-License-Identifier: Apache-2.0
//
// How many visitors an experiment needs, and for how many days.
//
// Two answers, because there are two ways to stop. `fixed` is the classical size of the
// two-proportion z test (Fleiss, Levin and Paik 2003, without continuity correction; R's
// power.prop.test for equal arms): for who looks once, at the end. `always_valid` is for who looks
// at the verdict of experiment.h all along: the size at which a single look already finds the
// effect with the power asked for. Many experiments end sooner, because any earlier look may find
// it too. Never having to wait for a fixed end costs roughly a doubling; for effects far from τ
// more.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

namespace tally {

struct SampleSizeQuestion {
  double baseline = 0.05;  // rate of the control
  double effect = 0.1;     // smallest change worth finding; negative for a loss
  bool relative = true;    // to the baseline; else in rate itself
  double alpha = 0.05;     // two-sided; divided by the number of variants (Bonferroni)
  double power = 0.8;
  std::vector<double> weights = {1, 1};  // of all arms, the control first
  double trials_per_day = 0;             // of all arms together; 0 when unknown
};

struct SampleSize {
  std::vector<std::uint64_t> arms;
  std::uint64_t total = 0;
  std::optional<std::uint64_t> days;  // whole days, none without traffic
};

struct SampleSizePlan {
  double target = 0;  // rate of a variant with that effect
  SampleSize fixed;
  SampleSize always_valid;
};

// None when the question has no answer: no effect, rates outside (0, 1), alpha or power outside
// (0, 1), power not above alpha, fewer than two arms, a weight that is not above 0, or more than
// 1e15 visitors.
std::optional<SampleSizePlan> plan_sample_size(const SampleSizeQuestion& question);

// Trials of the control for a z test with `ratio` trials of the variant for each of the control's;
// not rounded. For distinct rates within (0, 1).
double z_test_size(double control, double variant, double ratio, double alpha, double power);

// Power of a z test at these sizes against a true difference of these rates (the far tail is left
// out, as in power.prop.test). 0 when a rate is outside (0, 1) or a size not above 0.
double z_test_power(double control, double variant, double control_trials, double variant_trials,
                    double alpha);

}  // namespace tally
