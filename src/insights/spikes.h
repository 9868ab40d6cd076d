// SPDX-License-Identifier: Apache-2.0
//
// Hours or days in which a link got far more clicks than its own past explains.
//
// A bucket is a spike when it has at least kLeastSpike clicks and its forecast (baseline.h) gives
// so many or more a chance below kSpikeP. After an alarm there is an hour of quiet: a bucket that
// would be a spike within it is `spike_again`, shown but not alarmed. Nothing is judged while the
// baseline still learns: the first days of a link are all news.
//
// At p < 1e-4 a link that behaves gives about one false alarm in 10,000 buckets, a year of hours;
// spikes_simulation_test holds it to that for links with a weekly rhythm of many sizes.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "insights/baseline.h"

namespace tally {

inline constexpr std::uint64_t kLeastSpike = 20;
inline constexpr double kSpikeP = 1e-4;

enum class BucketState : std::uint8_t { learning, ordinary, spike, spike_again };

struct BucketFinding {
  BucketState state = BucketState::learning;
  NegativeBinomial forecast;
  double p = 1;  // of so many or more; 1 while learning
};

// What is ordinary: the forecast's central interval of at least 98 %, from its quantile of
// kBandTail to that of 1 - kBandTail, both as R's qnbinom has them. Whoever behaves leaves it in
// one bucket of fifty, so it is drawn and not alarmed by.
inline constexpr double kBandTail = 0.01;
struct CountBand {
  std::uint64_t low = 0;
  std::uint64_t high = 0;  // included
};
CountBand band_of(const NegativeBinomial& forecast);

// One finding for each bucket; buckets are in order and without gaps.
std::vector<BucketFinding> find_spikes(std::span<const Bucket> buckets,
                                       const Rhythm& rhythm = kHourly);

}  // namespace tally
