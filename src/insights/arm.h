// SPDX-License-Identifier: Apache-2.0
//
// One side of a comparison: how often something was tried, and how often it worked. Impressions and
// clicks of a link, or unique clicks of a variant and those of them that converted.
#pragma once

#include <cstdint>

namespace tally {

struct Arm {
  std::uint64_t trials = 0;
  std::uint64_t successes = 0;

  // Impressions are entered by people and can be fewer than the clicks that were counted.
  bool possible() const { return successes <= trials; }
  double rate() const {
    return trials == 0 ? 0 : static_cast<double>(successes) / static_cast<double>(trials);
  }
  // Variance of the rate as it is estimated from what was seen.
  double rate_variance() const {
    return trials == 0 || !possible() ? 0 : rate() * (1 - rate()) / static_cast<double>(trials);
  }
};

}  // namespace tally
