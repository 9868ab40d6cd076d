// SPDX-License-Identifier: Apache-2.0
//
// The handful of distributions that statistics of clicks need, computed by Boost.Math.
//
// Boost is the best source for incomplete beta and gamma functions that a C++ program can have: it
// keeps its digits for arguments from 1e-300 to 1e15, where a textbook's continued fraction loses
// them. What it does not have is a promise never to throw and never to give NaN, which is added
// here: every function below is total. An argument outside its range is moved to the nearest one
// inside, NaN counts as the lowest, and what comes out is finite. Nothing else in the product
// includes Boost.Math.
#pragma once

#include <cstdint>

namespace tally {

// `value` within [low, high], `low` for NaN.
double clamped(double value, double low, double high);

// P(|Z| >= |z|) of the standard normal distribution.
double normal_two_sided(double z);
// P(Z <= z).
double normal_below(double z);
// The z with P(Z <= z) = p; p within [1e-300, 1 - 1e-16].
double normal_quantile(double p);
// The z of a two-sided interval: 1.95996… for 0.95. Confidence within [0, 1 - 1e-15].
double normal_width(double confidence);

// The same width under Student's t distribution, for a spread that was estimated; degrees within
// [1, 1e6].
double student_width(double confidence, double degrees);

// P(X >= x) of the chi-square distribution; degrees within [1, 1e6].
double chi_square_at_least(double x, double degrees);

// The x with P(X <= x) = p of the gamma distribution with that shape and rate 1; shape >= 0.
double gamma_quantile(double shape, double p);

// Beta(a, b) with a, b >= 1, which makes its density and both its tails log-concave.
struct BetaDistribution {
  double a = 1;
  double b = 1;

  double density(double x) const;
  double below(double x) const;  // P(X <= x)
  double above(double x) const;  // P(X > x)
};

// Counts whose variance is mean + mean² / size: a Poisson whose rate itself varies. Mean and counts
// up to 1e12, size within [1e-9, 1e12].
struct NegativeBinomial {
  double mean = 0;
  double size = 1;

  double at_least(std::uint64_t count) const;
  double at_most(std::uint64_t count) const;
  // The least count with at_most(count) >= p, at most 1e12; p within [0, 1 - 1e-12].
  std::uint64_t quantile(double p) const;
};

}  // namespace tally
