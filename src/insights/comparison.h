// SPDX-License-Identifier: Apache-2.0
//
// Two arms side by side: what a look at this moment says.
//
// `z` and `p` are those of the two-proportion z test with the pooled rate; `bounds` is the interval
// of the difference with each arm's own variance (unpooled). They are right for one look at a size
// that was fixed before, and only for that: looked at every hundred visitors until it says so, the
// test finds a winner between equal arms in 4 of 10 experiments.
//
// `sequential_p` may be looked at as often as anyone likes. It is the mixture sequential
// probability ratio test (Robbins 1970; Johari, Pekelis and Walsh 2015): the likelihood of the
// difference seen, averaged over true differences from N(0, τ²), against no difference. With v the
// variance of the difference and d the difference,
//
//   Λ = √(v / (v + τ²)) · exp(τ² d² / (2 v (v + τ²))),   p = min(1, 1 / Λ)
//
// The chance that Λ ever reaches 1/α between equal arms is at most α, so the smallest p of all
// looks is a valid p. v is the unpooled variance; for arms of unequal size the pooled one where
// that is larger: a small arm that has no success yet would look certain otherwise, and in a
// simulation of arms of 1 % with one visitor in ten in the smaller one 32 % instead of 0.2 % had a
// false winner. `sequence` is the same test turned round: the true differences that it would not
// reject, an interval that holds at all looks together. τ = 0.01 is about the size of differences
// that links and pages have; the test is valid for any τ and fastest near the true difference.
//
// All differences are rate of A minus rate of B. An interval is missing where all trials of each
// arm ended the same: there is no spread to measure it by.
#pragma once

#include <optional>

#include "insights/arm.h"
#include "insights/interval.h"

namespace tally {

inline constexpr double kMixtureDeviation = 0.01;  // τ

struct Comparison {
  double difference = 0;
  double z = 0;
  double p = 1;
  std::optional<Bounds> bounds;
  double sequential_p = 1;
  std::optional<Bounds> sequence;
};

// None when an arm has no trials, or more successes than trials. `confidence` is that of both
// intervals.
std::optional<Comparison> compare(const Arm& a, const Arm& b, double confidence = 0.95);

// Of one look; 1 where compare() has none.
double sequential_p(const Arm& a, const Arm& b);

}  // namespace tally
