// SPDX-License-Identifier: Apache-2.0
//
// Intervals for shares and for counts, right for small numbers too.
//
// A share gets Wilson's score interval (1927): it stays within [0, 1], is never of width 0, and
// covers its 95 % on average where the textbook's p ± 1.96 s covers 0 % for 0 of 20. A count of
// events gets Garwood's exact interval for a Poisson mean (1936).
#pragma once

#include <cstdint>
#include <optional>

namespace tally {

struct Bounds {
  double low = 0;
  double high = 0;

  bool contains(double value) const { return low <= value && value <= high; }
  friend bool operator==(const Bounds&, const Bounds&) = default;
};

// None without trials, and none for more successes than trials.
std::optional<Bounds> wilson_interval(std::uint64_t successes, std::uint64_t trials,
                                      double confidence = 0.95);

// The mean of a Poisson that gave `events`.
Bounds poisson_interval(std::uint64_t events, double confidence = 0.95);

// A CTR or conversion rate as it is shown: no value without trials; with more successes than trials
// the value, no interval, and a flag. As a share, not in per cent.
struct Rate {
  std::optional<double> value;
  std::optional<Bounds> bounds;
  bool exceeds_whole = false;
};
Rate rate_of(std::uint64_t successes, std::uint64_t trials);

}  // namespace tally
