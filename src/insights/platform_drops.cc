// SPDX-License-Identifier: Apache-2.0
#include "insights/platform_drops.h"

#include <algorithm>
#include <optional>

namespace tally {
namespace {

// A platform's forecast, given how the rest of the bucket turned out.
NegativeBinomial beside_the_rest(const NegativeBinomial& own, const NegativeBinomial& rest,
                                 double rest_clicks) {
  const double followed = (rest_clicks + 0.5) / (rest.mean + 0.5);
  return {.mean = own.mean * std::min(1.0, followed),
          .size = 1 / (1 / own.size + 1 / rest.size + 1 / (rest_clicks + 0.5))};
}

// Few enough to be worth a tail.
bool fell(const NegativeBinomial& forecast, std::uint64_t clicks) {
  return forecast.mean >= kLeastExpected && static_cast<double>(clicks) <= forecast.mean / 2;
}

Bucket others(std::span<const std::vector<Bucket>> platforms, std::size_t platform,
              std::size_t bucket) {
  Bucket sum{.clicks = 0, .slot = platforms[platform][bucket].slot};
  for (std::size_t i = 0; i < platforms.size(); ++i)
    if (i != platform)
      sum.clicks += std::min<std::uint64_t>(platforms[i][bucket].clicks, 1ULL << 50);
  return sum;
}

}  // namespace

std::vector<PlatformDrop> find_platform_drops(std::span<const std::vector<Bucket>> platforms,
                                              const Rhythm& rhythm) {
  std::vector<PlatformDrop> out;
  if (platforms.empty()) return out;
  const std::size_t buckets = std::ranges::min(platforms, {}, &std::vector<Bucket>::size).size();
  std::vector<Baseline> own(platforms.size(), Baseline(rhythm)), rest = own;
  std::vector<std::optional<std::size_t>> down(platforms.size());  // the place of its drop in `out`
  for (std::size_t at = 0; at < buckets; ++at) {
    for (std::size_t i = 0; i < platforms.size(); ++i) {
      const Bucket& bucket = platforms[i][at];
      const Bucket other = others(platforms, i, at);
      if (own[i].ready()) {
        const NegativeBinomial forecast =
            beside_the_rest(own[i].forecast(bucket.slot), rest[i].forecast(bucket.slot),
                            static_cast<double>(other.clicks));
        const double p = fell(forecast, bucket.clicks) ? forecast.at_most(bucket.clicks) : 1;
        const bool now = p < kDropP;
        if (now && !down[i]) {
          down[i] = out.size();
          out.push_back({at, i, bucket.clicks, forecast.mean, p, buckets});
        }
        // A quiet night proves no recovery.
        if (!now && down[i] && forecast.mean >= kLeastExpected) {
          out[*down[i]].end = at;
          down[i].reset();
        }
      }
      own[i].observe(bucket);
      rest[i].observe(other);
    }
  }
  return out;
}

}  // namespace tally
