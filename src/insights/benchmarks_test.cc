// SPDX-License-Identifier: Apache-2.0
#include "insights/benchmarks.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Benchmarks, SayWhereARateStands) {
  const ChannelBenchmark email{"email", "dedicated link", {0.02, 0.05}};
  struct Row {
    std::uint64_t clicks, impressions;
    BenchmarkStanding standing;
  };
  const Row rows[] = {
      {0, 0, BenchmarkStanding::unclear},       {3, 100, BenchmarkStanding::unclear},  // 1 to 8.5 %
      {300, 10'000, BenchmarkStanding::within}, {50, 10'000, BenchmarkStanding::below},
      {900, 10'000, BenchmarkStanding::above},  {200, 100, BenchmarkStanding::unclear},
  };
  for (const Row& row : rows)
    EXPECT_EQ(standing(wilson_interval(row.clicks, row.impressions), email), row.standing)
        << row.clicks << "/" << row.impressions;
}

TEST(Benchmarks, AreRangesWithinTheWhole) {
  EXPECT_EQ(channel_benchmarks().size(), 5U);
  for (const ChannelBenchmark& row : channel_benchmarks()) {
    EXPECT_FALSE(row.channel.empty());
    EXPECT_LT(0, row.ctr.low);
    EXPECT_LT(row.ctr.low, row.ctr.high);
    EXPECT_LT(row.ctr.high, 1);
  }
}

}  // namespace
}  // namespace tally
