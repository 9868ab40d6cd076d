// SPDX-License-Identifier: Apache-2.0
//
// Draws for tests that play a statistic against made-up people, the same ones for the same seed.
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <random>
#include <span>

#include "base/random.h"

namespace tally {

class Simulation {
 public:
  using result_type = std::uint64_t;
  explicit Simulation(std::uint64_t seed) : random_(seed) {}
  static constexpr std::uint64_t min() { return 0; }
  static constexpr std::uint64_t max() { return std::numeric_limits<std::uint64_t>::max(); }
  std::uint64_t operator()() {
    std::uint64_t draw = 0;
    random_.fill(std::as_writable_bytes(std::span(&draw, 1)));
    return draw;
  }

  // Uniform in [0, 1).
  double share() { return static_cast<double>((*this)() >> 11) * 0x1p-53; }
  bool happens(double probability) { return share() < probability; }
  // Uniform in the logarithm from 1 to `most`.
  std::uint64_t magnitude(double most) {
    return static_cast<std::uint64_t>(std::exp(share() * std::log(most)));
  }
  // A negative binomial; `excess` 0 is a Poisson.
  std::uint64_t count(double mean, double excess) {
    if (mean <= 0) return 0;
    if (excess > 0) mean *= std::gamma_distribution<double>(1 / excess, excess)(*this);
    return mean > 0 ? std::poisson_distribution<std::uint64_t>(mean)(*this) : 0;
  }
  std::uint64_t binomial(std::uint64_t trials, double probability) {
    return std::binomial_distribution<std::uint64_t>(trials, probability)(*this);
  }

 private:
  SeededRandom random_;
};

}  // namespace tally
