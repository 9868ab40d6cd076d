// SPDX-License-Identifier: Apache-2.0
#include "insights/budget.h"

#include <gtest/gtest.h>

#include <string>

#include "insights/simulation.h"

namespace tally {
namespace {

using Channels = std::vector<std::vector<ChannelPeriod>>;

std::string read(const BudgetAdvice& advice) {
  switch (advice.verdict) {
    case BudgetVerdict::one_channel:
      return "one channel";
    case BudgetVerdict::too_few_conversions:
      return "too few";
    case BudgetVerdict::ranges_overlap:
      return "overlap";
    case BudgetVerdict::shift:
      break;
  }
  return std::to_string(advice.from) + " to " + std::to_string(advice.to) +
         (advice.by_marginal ? ", marginal" : ", average");
}

TEST(Budget, ShiftsOnlyWhatTheNumbersCanTell) {
  struct Row {
    const char* what;
    Channels channels;
    const char* advice;
  };
  const Row rows[] = {
      {"nothing", {}, "one channel"},
      {"one", {{{1000, 500, 50}}}, "one channel"},
      {"the other is free", {{{1000, 500, 50}}, {{0, 900, 90}}}, "one channel"},
      {"few conversions", {{{1000, 500, 2}}, {{1000, 500, 9}}}, "too few"},
      {"twice the cost, by chance", {{{1000, 500, 10}}, {{1000, 500, 20}}}, "overlap"},
      {"twice the cost, certainly", {{{9000, 500, 200}}, {{9000, 500, 400}}}, "0 to 1, average"},
      {"money without a conversion", {{{1000, 500, 20}}, {{5000, 900, 0}}}, "1 to 0, average"},
      {"little money without one", {{{1000, 500, 20}}, {{100, 40, 0}}}, "overlap"},
      {"the widest gap", {{{9000, 0, 200}}, {{9000, 0, 400}}, {{9000, 0, 90}}}, "2 to 1, average"},
      // Both cost 20 a conversion so far, but of the next 10,000 one brings 800 and one 100.
      {"the next conversion",
       {{{10'000, 0, 600}, {20'000, 0, 700}}, {{10'000, 0, 100}, {20'000, 0, 900}}},
       "0 to 1, marginal"},
      // On average 1 is cheaper, and that is over: more money brought nothing more.
      {"the average would mislead",
       {{{10'000, 0, 200}, {12'000, 0, 240}}, {{10'000, 0, 500}, {20'000, 0, 500}}},
       "overlap"},
      {"money that is none", {{{-5, 0, 50}}, {{1e300, 0, 50}}}, "one channel"},
  };
  for (const Row& row : rows) EXPECT_EQ(read(advise_budget(row.channels)), row.advice) << row.what;
}

TEST(Budget, SaysWhatAConversionCosts) {
  const BudgetAdvice advice =
      advise_budget(Channels{{{400, 100, 4}, {600, 150, 6}}, {{300, 60, 0}}, {{0, 10, 1}}});
  ASSERT_EQ(advice.channels.size(), 3U);

  const ChannelCost& first = advice.channels[0];
  EXPECT_EQ(first.cost, 1000);
  EXPECT_EQ(first.per_click, 4);
  EXPECT_EQ(first.per_conversion, 100);
  EXPECT_NEAR(first.marginal.value_or(0), 100, 1e-9);
  // Three channels: each range at 1 - 0.05 / 3. R: 1000 / rev(poisson.test(10, conf.level = 1 -
  // 0.05 / 3)$conf.int)
  ASSERT_TRUE(first.per_conversion_range && first.per_conversion_range->high);
  EXPECT_LT(first.per_conversion_range->low, 54);
  EXPECT_GT(first.per_conversion_range->low, 45);
  EXPECT_GT(*first.per_conversion_range->high, 208);
  ASSERT_TRUE(first.marginal_range);
  EXPECT_FALSE(first.marginal_range->high) << "two conversions more prove nothing";

  const ChannelCost& nothing = advice.channels[1];
  EXPECT_FALSE(nothing.per_conversion);
  ASSERT_TRUE(nothing.per_conversion_range);
  EXPECT_GT(nothing.per_conversion_range->low, 50);
  EXPECT_FALSE(nothing.per_conversion_range->high);
  EXPECT_FALSE(nothing.marginal_range);

  const ChannelCost& free = advice.channels[2];
  EXPECT_FALSE(free.per_click || free.per_conversion || free.per_conversion_range);
}

TEST(Budget, ReadsTheSlopeOfManyDays) {
  Simulation people(7);
  Channels channels(2);
  for (int day = 0; day < 60; ++day) {
    const double cost = 100 + 900 * people.share();
    channels[0].push_back({cost, 0, people.count(20 + cost / 50, 0.01)});
    channels[1].push_back({cost, 0, people.count(20 + cost / 10, 0.01)});
  }
  const BudgetAdvice advice = advise_budget(channels);
  EXPECT_EQ(read(advice), "0 to 1, marginal");
  EXPECT_NEAR(advice.channels[0].marginal.value_or(0), 50, 15);
  EXPECT_NEAR(advice.channels[1].marginal.value_or(0), 10, 1.5);
}

// Channels that are the same get no advice, whatever chance makes of them.
TEST(Budget, LeavesEqualChannelsAlone) {
  Simulation people(8);
  int shifted = 0;
  constexpr int kRounds = 2000;
  for (int i = 0; i < kRounds; ++i) {
    Channels channels(4);
    for (auto& channel : channels)
      for (int week = 0; week < 6; ++week) {
        const double cost = 500 + 500 * people.share();
        channel.push_back({cost, 0, people.count(cost / 50, 0.02)});
      }
    shifted += advise_budget(channels).verdict == BudgetVerdict::shift ? 1 : 0;
  }
  EXPECT_LE(shifted, kRounds / 20);
}

}  // namespace
}  // namespace tally
