// SPDX-License-Identifier: Apache-2.0
//
// How likely B is truly better than A, after what was seen: P(rate of B > rate of A) with a uniform
// prior on each rate, so Beta(1 + successes, 1 + failures) afterwards.
//
// The well-known closed form is a sum with one term for each success; at a hundred million it takes
// seconds and loses its digits. Here the one-dimensional integral of one density times the other's
// tail is taken by the trapezoidal rule over t = log(x / (1 - x)). In t the integrand is
// log-concave, analytic and falls off exponentially on both sides, the case in which that plain
// rule converges geometrically: with 128 points at least ten digits are right for arms of 1 to 1e8
// trials. The narrower of the two densities is the one that is sampled, and the smaller of the two
// probabilities is the one that is integrated, so that small ones keep their relative precision.
//
// It describes; no winner follows from it: looked at often enough it passes any threshold.
#pragma once

#include "insights/arm.h"

namespace tally {

// Within [0, 1]; 0.5 when an arm is impossible. Above 1e9 trials an arm is scaled down to that.
double chance_to_beat(const Arm& a, const Arm& b);

}  // namespace tally
