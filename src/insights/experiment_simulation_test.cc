// SPDX-License-Identifier: Apache-2.0
//
// The verdict that is shown, looked at every 100 visitors by somebody who stops as soon as there is
// a winner. Between equal arms that must end with a winner in at most 5 of 100 experiments; a z
// test used the same way shows that the play is hard enough, by failing in more than 30.
#include <gtest/gtest.h>

#include <algorithm>

#include "insights/comparison.h"
#include "insights/experiment.h"
#include "insights/simulation.h"

namespace tally {
namespace {

struct Play {
  const char* what;
  std::vector<double> rates;  // true ones, the control's first
  std::vector<double> weights;
  std::uint64_t visitors = 20'000;
  int rounds = 300;
};

struct Outcome {
  double winners = 0;        // share of rounds in which some look showed one
  double right_winners = 0;  // in which the first one shown was the truly best arm
  double z_winners = 0;      // in which some look of a z test had p < 0.05
  double broken = 0;         // in which some look saw a broken sample ratio
  double mean_visitors = 0;  // until the first winner, or the end
};

Outcome play(const Play& given, std::uint64_t seed) {
  constexpr std::uint64_t kLookEvery = 100;
  Simulation people(seed);
  const double whole = [&] {
    double sum = 0;
    for (const double weight : given.weights) sum += weight;
    return sum;
  }();
  const auto best =
      static_cast<std::size_t>(std::ranges::max_element(given.rates) - given.rates.begin());
  Outcome out;
  for (int round = 0; round < given.rounds; ++round) {
    std::vector<Arm> arms(given.rates.size());
    Experiment experiment(given.weights);
    std::uint64_t seen = 0;
    bool won = false, z_won = false, broken = false;
    while (seen < given.visitors) {
      double draw = people.share() * whole;
      std::size_t arm = 0;
      while (arm + 1 < arms.size() && draw >= given.weights[arm]) draw -= given.weights[arm++];
      ++arms[arm].trials;
      arms[arm].successes += people.happens(given.rates[arm]) ? 1 : 0;
      if (++seen % kLookEvery != 0) continue;
      experiment.look(arms);
      const ExperimentFinding found = experiment.finding();
      broken = broken || found.verdict == ExperimentVerdict::sample_ratio_broken;
      if (!won && found.verdict == ExperimentVerdict::winner) {
        won = true;
        out.right_winners += found.winner == best ? 1.0 / given.rounds : 0;
        out.mean_visitors += static_cast<double>(seen) / given.rounds;
      }
      if (const auto fixed = compare(arms[0], arms[1])) z_won = z_won || fixed->p < 0.05;
    }
    out.winners += won ? 1.0 / given.rounds : 0;
    out.z_winners += z_won ? 1.0 / given.rounds : 0;
    out.broken += broken ? 1.0 / given.rounds : 0;
    if (!won) out.mean_visitors += static_cast<double>(seen) / given.rounds;
  }
  return out;
}

// The play of docs/reference/statistics.md.
TEST(ExperimentSimulation, PeekingFindsNoFalseWinnersButByAFixedTest) {
  const Outcome outcome = play({"usual", {0.05, 0.05}, {1, 1}, 20'000, 3000}, 1970);
  EXPECT_LE(outcome.winners, 0.05);
  EXPECT_GT(outcome.z_winners, 0.3);
  EXPECT_LE(outcome.broken, 0.03);
}

TEST(ExperimentSimulation, PeekingFindsNoFalseWinnersAtOtherRatesAndWeights) {
  const Play plays[] = {
      {"half", {0.5, 0.5}, {1, 1}},
      {"nearly all", {0.98, 0.98}, {1, 1}},
      {"rare", {0.01, 0.01}, {1, 1}},
      {"very rare", {0.002, 0.002}, {1, 1}},
      {"one in ten gets the variant", {0.05, 0.05}, {9, 1}},
      {"rare, one in ten gets the variant", {0.01, 0.01}, {9, 1}},
      {"rare, one in ten gets the control", {0.01, 0.01}, {1, 9}},
      {"very rare, one in ten gets the variant", {0.002, 0.002}, {9, 1}},
      {"one in fifty gets the variant", {0.03, 0.03}, {49, 1}},
      {"three variants", {0.05, 0.05, 0.05, 0.05}, {1, 1, 1, 1}},
      {"rare, two of unequal weight", {0.01, 0.01, 0.01}, {8, 1, 1}},
  };
  std::uint64_t seed = 1971;
  for (const Play& given : plays) {
    const Outcome outcome = play(given, ++seed);
    EXPECT_LE(outcome.winners, 0.05) << given.what;
  }
}

TEST(ExperimentSimulation, RealEffectsAreFound) {
  const Play plays[] = {
      {"a fifth more", {0.05, 0.06}, {1, 1}, 40'000, 100},
      {"a fifth less", {0.05, 0.04}, {1, 1}, 40'000, 100},
      {"twice as many of few", {0.01, 0.02}, {1, 1}, 20'000, 100},
      {"half more, one in ten", {0.05, 0.075}, {9, 1}, 40'000, 100},
  };
  for (const Play& given : plays) {
    const Outcome outcome = play(given, 2015);
    EXPECT_GE(outcome.right_winners, 0.9) << given.what;
  }
}

}  // namespace
}  // namespace tally
