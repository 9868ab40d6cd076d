// SPDX-License-Identifier: Apache-2.0
//
// Did the arms get the visitors that their weights promised them? When they did not, something
// between the draw and the count treats arms differently (a redirect that loses people, bots on one
// side), and no rate can be trusted.
//
// Pearson's chi-square test of the trials against the weights, with an alarm below 0.001 (Fabijan
// et al. 2019): strict, because it is looked at often and stops the experiment from having a
// winner. Below five expected trials in any arm the chi-square limit is not reached and there is no
// alarm.
#pragma once

#include <optional>
#include <span>

#include "insights/arm.h"

namespace tally {

inline constexpr double kSampleRatioAlarm = 0.001;

// The p of the trials under the weights: 0 when an arm of weight 0 has trials. None when there is
// nothing to test: fewer than two arms with weight, another number of weights than of arms, too few
// trials. Weights that are negative or not finite count as 0.
std::optional<double> sample_ratio_p(std::span<const Arm> arms, std::span<const double> weights);

}  // namespace tally
