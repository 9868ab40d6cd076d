// SPDX-License-Identifier: Apache-2.0
#include "insights/sample_size.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "insights/comparison.h"
#include "insights/simulation.h"

namespace tally {
namespace {

TEST(SampleSize, GivesTheClassicalSizes) {
  struct Row {
    SampleSizeQuestion question;
    double target;
    std::vector<std::uint64_t> arms;
    std::optional<std::uint64_t> days;
  };
  const Row rows[] = {
      // R: power.prop.test(p1 = 0.05, p2 = 0.06, power = 0.8)$n is 8157.6
      {{.baseline = 0.05, .effect = 0.2}, 0.06, {8158, 8158}, std::nullopt},
      {{.baseline = 0.05, .effect = 0.01, .relative = false, .trials_per_day = 1000},
       0.06,
       {8158, 8158},
       17},
      // p1 = 0.05, p2 = 0.04: 6744.7
      {{.baseline = 0.05, .effect = -0.2, .trials_per_day = 1e-3}, 0.04, {6745, 6745}, 13'490'000},
      {{.baseline = 0.5, .effect = 0.1, .power = 0.9}, 0.55, {2095, 2095}, std::nullopt},
      // Three variants: at 0.05 / 3
      {{.baseline = 0.05, .effect = 0.2, .weights = {1, 1, 1, 1}},
       0.06,
       {10'882, 10'882, 10'882, 10'882},
       std::nullopt},
  };
  for (const Row& row : rows) {
    const auto plan = plan_sample_size(row.question);
    ASSERT_TRUE(plan);
    EXPECT_NEAR(plan->target, row.target, 1e-12);
    EXPECT_EQ(plan->fixed.arms, row.arms);
    EXPECT_EQ(plan->fixed.days, row.days);
    EXPECT_GT(plan->always_valid.total, plan->fixed.total);
  }
}

TEST(SampleSize, OfUnequalWeightsFollowsTheSmallestVariant) {
  const auto even = plan_sample_size({.weights = {1, 1}});
  const auto uneven = plan_sample_size({.weights = {9, 1}});
  const auto with_small = plan_sample_size({.weights = {8, 1, 1}});
  ASSERT_TRUE(even && uneven && with_small);
  EXPECT_GT(uneven->fixed.total, 2 * even->fixed.total);
  EXPECT_NEAR(
      static_cast<double>(uneven->fixed.arms[0]) / static_cast<double>(uneven->fixed.arms[1]), 9,
      1e-3);
  EXPECT_EQ(with_small->fixed.arms[1], with_small->fixed.arms[2]);
  const double power = z_test_power(0.05, 0.055, static_cast<double>(uneven->fixed.arms[0]),
                                    static_cast<double>(uneven->fixed.arms[1]), 0.05);
  EXPECT_NEAR(power, 0.8, 1e-4);
}

TEST(SampleSize, HasNoAnswerToNonsense) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const SampleSizeQuestion rows[] = {
      {.baseline = 0},
      {.baseline = 1},
      {.baseline = kNan},
      {.effect = 0},
      {.effect = kNan},
      {.baseline = 0.5, .effect = 1},
      {.baseline = 0.5, .effect = -0.5, .relative = false},
      {.alpha = 0},
      {.alpha = 1},
      {.power = 0.04},
      {.power = 1},
      {.weights = {}},
      {.weights = {1}},
      {.weights = {1, 0}},
      {.weights = {1, -1}},
      {.weights = {1, kNan}},
      {.effect = 1e-9},
  };
  for (const SampleSizeQuestion& question : rows) EXPECT_FALSE(plan_sample_size(question));
}

// One look at the planned end finds the effect as often as the plan says.
TEST(SampleSize, GivesThePowerItPromises) {
  const SampleSizeQuestion questions[] = {
      {.baseline = 0.05, .effect = 0.3},
      {.baseline = 0.3, .effect = -0.1, .power = 0.9},
      {.baseline = 0.1, .effect = 0.25, .weights = {3, 1}},
  };
  Simulation people(80);
  for (const SampleSizeQuestion& question : questions) {
    const auto plan = plan_sample_size(question);
    ASSERT_TRUE(plan);
    constexpr int kRounds = 4000;
    int fixed = 0, always = 0;
    const auto draw = [&](const SampleSize& size, std::size_t arm) {
      const double rate = arm == 0 ? question.baseline : plan->target;
      return Arm{size.arms[arm], people.binomial(size.arms[arm], rate)};
    };
    for (int i = 0; i < kRounds; ++i) {
      fixed += compare(draw(plan->fixed, 0), draw(plan->fixed, 1))->p <= 0.05 ? 1 : 0;
      always += sequential_p(draw(plan->always_valid, 0), draw(plan->always_valid, 1)) <= 0.05;
    }
    EXPECT_NEAR(fixed / double{kRounds}, question.power, 0.025);
    EXPECT_NEAR(always / double{kRounds}, question.power, 0.025);
  }
}

}  // namespace
}  // namespace tally
