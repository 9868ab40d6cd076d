// SPDX-License-Identifier: Apache-2.0
#include "insights/benchmarks.h"

#include <array>

namespace tally {

std::span<const ChannelBenchmark> channel_benchmarks() {
  static constexpr auto kBenchmarks = std::to_array<ChannelBenchmark>({
      {"email", "dedicated link", {0.02, 0.05}},
      {"social", "organic", {0.005, 0.02}},
      {"sms", "", {0.10, 0.20}},
      {"qr", "packaging", {0.02, 0.05}},
      {"qr", "restaurant table", {0.15, 0.40}},
  });
  return kBenchmarks;
}

BenchmarkStanding standing(const std::optional<Bounds>& ctr, const ChannelBenchmark& benchmark) {
  if (!ctr) return BenchmarkStanding::unclear;
  if (ctr->high < benchmark.ctr.low) return BenchmarkStanding::below;
  if (ctr->low > benchmark.ctr.high) return BenchmarkStanding::above;
  const bool inside = ctr->low >= benchmark.ctr.low && ctr->high <= benchmark.ctr.high;
  return inside ? BenchmarkStanding::within : BenchmarkStanding::unclear;
}

}  // namespace tally
