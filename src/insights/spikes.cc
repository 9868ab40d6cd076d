// SPDX-License-Identifier: Apache-2.0
#include "insights/spikes.h"

#include <algorithm>

namespace tally {

CountBand band_of(const NegativeBinomial& forecast) {
  return {forecast.quantile(kBandTail), forecast.quantile(1 - kBandTail)};
}

std::vector<BucketFinding> find_spikes(std::span<const Bucket> buckets, const Rhythm& rhythm) {
  std::vector<BucketFinding> out;
  out.reserve(buckets.size());
  Baseline baseline(rhythm);
  std::size_t quiet_left = 0;
  for (const Bucket& bucket : buckets) {
    const NegativeBinomial forecast = baseline.forecast(bucket.slot);
    BucketFinding found{.forecast = forecast};
    const bool quiet = quiet_left > 0;
    quiet_left -= quiet ? 1 : 0;
    if (baseline.ready()) {
      found.p = forecast.at_least(bucket.clicks);
      found.state = BucketState::ordinary;
      if (bucket.clicks >= kLeastSpike && found.p < kSpikeP)
        found.state = quiet ? BucketState::spike_again : BucketState::spike;
      if (found.state == BucketState::spike) quiet_left = rhythm.quiet;
    }
    baseline.observe(bucket);
    out.push_back(found);
  }
  return out;
}

}  // namespace tally
