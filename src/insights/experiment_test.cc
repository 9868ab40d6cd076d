// SPDX-License-Identifier: Apache-2.0
#include "insights/experiment.h"

#include <gtest/gtest.h>

#include "insights/sample_ratio.h"

namespace tally {
namespace {

using Looks = std::vector<std::vector<Arm>>;
using enum ExperimentVerdict;

struct Row {
  const char* what;
  Looks looks;
  std::vector<double> weights;
  ExperimentVerdict verdict;
  std::size_t winner = 0;
};

void check(const Row& row) {
  const ExperimentFinding found = judge_experiment(row.looks, row.weights);
  EXPECT_EQ(to_text(found.verdict), to_text(row.verdict)) << row.what;
  EXPECT_EQ(found.winner, row.winner) << row.what;
}

TEST(Experiment, SaysOneOfFiveWords) {
  const Row rows[] = {
      {"no looks", {}, {}, not_enough_data},
      {"no arms", {{}}, {}, not_enough_data},
      {"a control alone", {{{5000, 100}}}, {}, not_enough_data},
      {"nothing seen", {{{0, 0}, {0, 0}}}, {}, not_enough_data},
      {"one below the floor, whatever it shows", {{{5000, 0}, {99, 99}}}, {}, not_enough_data},
      {"at the floor", {{{100, 5}, {100, 7}}}, {}, no_difference_yet},
      {"a fixed test would call it", {{{8000, 520}, {8000, 612}}}, {}, no_difference_yet},
      {"the variant", {{{8000, 520}, {8000, 680}}}, {}, winner, 1},
      {"the control", {{{8000, 680}, {8000, 520}}}, {}, winner, 0},
      {"unequal arms", {{{80'000, 5200}, {8000, 680}}}, {10.0, 1.0}, winner, 1},
      {"certain", {{{100, 0}, {100, 100}}}, {}, winner, 1},
      {"more clicks than impressions", {{{8000, 520}, {600, 680}}}, {}, impossible_counts},
      {"a third of the trials lost", {{{8000, 520}, {5000, 600}}}, {1, 1}, sample_ratio_broken},
      {"the same, undivided", {{{8000, 520}, {5000, 600}}}, {}, winner, 1},
      {"lost below the floor", {{{400, 20}, {90, 6}}}, {1, 1}, sample_ratio_broken},
  };
  for (const Row& row : rows) check(row);
}

TEST(Experiment, RemembersItsClearestLook) {
  const std::vector<Arm> clear = {{8000, 520}, {8000, 680}};
  const std::vector<Arm> fading = {{20'000, 1300}, {20'000, 1340}};
  const std::vector<Arm> reversed = {{20'000, 1340}, {20'000, 1300}};
  const Row rows[] = {
      {"still ahead", {clear, fading}, {}, winner, 1},
      {"fell behind since", {clear, reversed}, {}, no_difference_yet},
      {"ahead again", {clear, reversed, fading}, {}, winner, 1},
      {"without the past", {fading}, {}, no_difference_yet},
      // At five visitors each even the impossible happens.
      {"a look below the floor", {{{5, 0}, {5, 5}}, {{150, 8}, {150, 13}}}, {}, no_difference_yet},
  };
  for (const Row& row : rows) check(row);
}

TEST(Experiment, AsksMoreOfSeveralVariants) {
  const Arm control{8000, 520}, plain{8000, 521}, good{8000, 665}, better{8000, 720},
      bad{8000, 380};
  const Row rows[] = {
      {"enough for one", {{control, {8000, 625}}}, {}, winner, 1},
      {"not enough for one of four",
       {{control, {8000, 625}, plain, plain, plain}},
       {},
       no_difference_yet},
      {"the higher of two that pass", {{control, good, better}}, {}, winner, 2},
      {"beside one that loses", {{control, bad, better}}, {}, winner, 2},
      {"one that loses is no winner", {{control, bad, plain}}, {}, no_difference_yet},
      {"all lose", {{control, bad, bad}}, {}, winner, 0},
      {"one is too young to lose", {{control, bad, {50, 1}}}, {}, no_difference_yet},
      {"one is too young, one wins", {{control, better, {50, 1}}}, {}, winner, 1},
  };
  for (const Row& row : rows) check(row);

  const Looks looks = {{control, good, better}};
  const ExperimentFinding found = judge_experiment(looks);
  ASSERT_EQ(found.variants.size(), 2U);
  EXPECT_TRUE(found.variants[0].better && found.variants[1].better);
  for (const VariantFinding& variant : found.variants) {
    ASSERT_TRUE(variant.sequence);
    EXPECT_LT(variant.sequence->high, 0);
  }
}

TEST(SampleRatio, TestsTrialsAgainstWeights) {
  struct RatioRow {
    std::vector<Arm> arms;
    std::vector<double> weights;
    std::optional<double> p;
  };
  const RatioRow ratios[] = {
      {{{500, 0}, {500, 0}}, {1, 1}, 1.0},
      {{{500, 0}, {600, 0}}, {1, 1}, 0.0025688315},  // chi-square 100²/1100
      {{{5000, 0}, {500, 0}}, {10, 1}, 1.0},
      {{{30, 0}, {30, 0}, {60, 0}}, {1, 1, 2}, 1.0},
      {{{500, 0}, {0, 0}, {500, 0}}, {1, 0, 1}, 1.0},
      {{{500, 0}, {1, 0}, {500, 0}}, {1, 0, 1}, 0.0},
      {{{4, 0}, {5, 0}}, {1, 1}, std::nullopt},
      {{{500, 0}, {500, 0}}, {1}, std::nullopt},
      {{{500, 0}, {500, 0}}, {}, std::nullopt},
      {{{500, 0}, {500, 0}}, {0, 0}, std::nullopt},
      {{{500, 0}, {0, 0}}, {1, 0}, std::nullopt},
      {{}, {}, std::nullopt},
  };
  for (const RatioRow& row : ratios) {
    const auto p = sample_ratio_p(row.arms, row.weights);
    ASSERT_EQ(p.has_value(), row.p.has_value());
    EXPECT_NEAR(p.value_or(-1), row.p.value_or(-1), 1e-8);
  }
}

}  // namespace
}  // namespace tally
