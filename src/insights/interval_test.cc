// SPDX-License-Identifier: Apache-2.0
#include "insights/interval.h"

#include <gtest/gtest.h>

#include <limits>

#include "insights/simulation.h"

namespace tally {
namespace {

TEST(Wilson, GivesKnownIntervals) {
  struct Row {
    std::uint64_t successes, trials;
    double confidence, low, high;
  };
  // R: prop.test(successes, trials, conf.level = confidence, correct = FALSE)$conf.int
  const Row rows[] = {
      {0, 20, 0.95, 0, 0.1611251580528193},
      {20, 20, 0.95, 0.8388748419471807, 1},
      {5, 10, 0.95, 0.2365930905125640, 0.7634069094874360},
      {520, 8000, 0.95, 0.05980390490967326, 0.07061365323302592},
      {1, 1, 0.99, 0.1309775432801859, 1},
  };
  for (const Row& row : rows) {
    const auto found = wilson_interval(row.successes, row.trials, row.confidence);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->low, row.low, 1e-13) << row.successes << "/" << row.trials;
    EXPECT_NEAR(found->high, row.high, 1e-13) << row.successes << "/" << row.trials;
  }
}

TEST(Wilson, HasNothingToSayWithoutTrialsOrBeyondThem) {
  EXPECT_FALSE(wilson_interval(0, 0));
  EXPECT_FALSE(wilson_interval(6, 5));
}

TEST(Wilson, KeepsItsDigitsForOneOfManyMillions) {
  const auto found = wilson_interval(1, 1'000'000'000'000);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->low / 1.765245549351748e-13, 1, 1e-12);
  EXPECT_NEAR(found->high / 5.66493426573651e-12, 1, 1e-12);
}

TEST(Wilson, CoversTheTruth) {
  Simulation people(1927);
  for (const double truth : {0.01, 0.1, 0.5, 0.97}) {
    constexpr int kRounds = 4000;
    int covered = 0;
    for (int i = 0; i < kRounds; ++i)
      covered += wilson_interval(people.binomial(300, truth), 300)->contains(truth) ? 1 : 0;
    EXPECT_GT(covered, 0.93 * kRounds) << truth;
    EXPECT_LT(covered, 0.985 * kRounds) << truth;
  }
}

TEST(PoissonInterval, GivesGarwoodsTable) {
  EXPECT_EQ(poisson_interval(0).low, 0);
  EXPECT_NEAR(poisson_interval(0).high, 3.688879454, 1e-8);
  EXPECT_NEAR(poisson_interval(10).low, 4.795388696132434, 1e-8);
  EXPECT_NEAR(poisson_interval(10).high, 18.390356042017778, 1e-8);
}

TEST(Rate, IsShownAsFarAsItIsKnown) {
  EXPECT_FALSE(rate_of(0, 0).value);
  EXPECT_FALSE(rate_of(0, 0).exceeds_whole);
  EXPECT_FALSE(rate_of(3, 0).value);
  EXPECT_TRUE(rate_of(3, 0).exceeds_whole);

  const Rate usual = rate_of(5, 100);
  EXPECT_EQ(usual.value, 0.05);
  EXPECT_TRUE(usual.bounds && usual.bounds->contains(0.05));
  EXPECT_FALSE(usual.exceeds_whole);

  const Rate beyond = rate_of(150, 100);
  EXPECT_EQ(beyond.value, 1.5);
  EXPECT_FALSE(beyond.bounds);
  EXPECT_TRUE(beyond.exceeds_whole);
}

}  // namespace
}  // namespace tally
