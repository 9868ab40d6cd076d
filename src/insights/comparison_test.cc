// SPDX-License-Identifier: Apache-2.0
//
// The reference values of docs/reference/semantics.md, and the ends. oracle_test has the rest.
#include "insights/comparison.h"

#include <gtest/gtest.h>

#include <cmath>

#include "insights/chance_to_beat.h"
#include "insights/simulation.h"

namespace tally {
namespace {

TEST(Comparison, GivesTheReferenceValues) {
  const Arm a{8000, 520}, b{8000, 612};
  const auto found = compare(a, b);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->z, -2.836601505, 5e-10);
  EXPECT_NEAR(found->p, 0.0045596482, 5e-11);
  ASSERT_TRUE(found->bounds);
  EXPECT_NEAR(found->bounds->low, -0.019443984, 5e-10);
  EXPECT_NEAR(found->bounds->high, -0.003556016, 5e-10);
  EXPECT_NEAR(found->sequential_p, 0.083904, 5e-7);
  EXPECT_EQ(sequential_p(a, b), found->sequential_p);
  EXPECT_NEAR(chance_to_beat(a, b), 0.9977208956, 5e-11);

  const auto small = compare({83, 5}, {99, 12});
  ASSERT_TRUE(small);
  EXPECT_NEAR(small->z, -1.407830415, 5e-10);
  EXPECT_NEAR(small->p, 0.159181292, 5e-10);
}

TEST(Comparison, NeedsTrialsAndPossibleCounts) {
  EXPECT_FALSE(compare({0, 0}, {10, 5}));
  EXPECT_FALSE(compare({10, 5}, {0, 0}));
  EXPECT_FALSE(compare({10, 11}, {10, 5}));
  EXPECT_EQ(sequential_p({0, 0}, {10, 5}), 1);
  EXPECT_EQ(sequential_p({10, 11}, {10, 5}), 1);
}

// An arm without a success has no variance of its own, which must not make it certain.
TEST(Comparison, DoesNotTrustASmallArmThatHadNoSuccessYet) {
  EXPECT_GT(sequential_p({900, 9}, {100, 0}), 0.5);
  EXPECT_GT(sequential_p({100, 0}, {900, 9}), 0.5);
  EXPECT_GT(sequential_p({4900, 150}, {100, 0}), 0.1);
  EXPECT_LT(sequential_p({9000, 900}, {1000, 0}), 1e-6);
}

TEST(Comparison, HasNoIntervalsWithoutSpread) {
  struct Row {
    Arm a, b;
    double z, sequential;
  };
  const Row rows[] = {
      {{100, 0}, {100, 0}, 0, 1},
      {{100, 100}, {50, 50}, 0, 1},
      {{100, 0}, {100, 100}, -std::sqrt(200), 0},
  };
  for (const Row& row : rows) {
    const auto found = compare(row.a, row.b);
    ASSERT_TRUE(found);
    EXPECT_NEAR(found->z, row.z, 1e-12);
    EXPECT_EQ(found->sequential_p, row.sequential);
    EXPECT_FALSE(found->bounds);
    EXPECT_FALSE(found->sequence);
  }
}

// The sequence is the test turned round: 0 lies outside exactly when p is below 0.05.
TEST(Comparison, SequenceIsDualToItsTest) {
  Simulation people(5);
  int rejected = 0;
  for (int i = 0; i < 5000; ++i) {
    const double rate = people.share() / 2;
    const std::uint64_t trials_a = 1000 + people.magnitude(1e6), trials_b = people.magnitude(1e6);
    const Arm a{trials_a, people.binomial(trials_a, rate)};
    const Arm b{trials_b, people.binomial(trials_b, rate + 0.01)};
    const auto found = compare(a, b);
    ASSERT_TRUE(found);
    if (!found->sequence) continue;
    rejected += found->sequential_p < 0.05 ? 1 : 0;
    EXPECT_EQ(found->sequence->contains(0), found->sequential_p >= 0.05)
        << a.successes << "/" << a.trials << " " << b.successes << "/" << b.trials;
    EXPECT_LE(found->sequence->low, found->bounds->low);
    EXPECT_GE(found->sequence->high, found->bounds->high);
  }
  EXPECT_GT(rejected, 500);
  EXPECT_LT(rejected, 4500);
}

TEST(ChanceToBeat, IsExactWhereItIsKnown) {
  struct Row {
    Arm a, b;
    double chance;
  };
  const Row rows[] = {
      {{0, 0}, {0, 0}, 0.5},
      {{1, 0}, {1, 1}, 5.0 / 6},
      {{1, 1}, {1, 0}, 1.0 / 6},
      {{0, 0}, {1, 1}, 2.0 / 3},
      // P(Beta(1, n + 1) > uniform) = 1 / (n + 2)
      {{0, 0}, {98, 0}, 0.01},
      {{0, 0}, {99'999'998, 0}, 1e-8},
      {{99'999'998, 0}, {0, 0}, 1 - 1e-8},
      {{10, 11}, {10, 5}, 0.5},
  };
  for (const Row& row : rows)
    EXPECT_NEAR(chance_to_beat(row.a, row.b) / row.chance, 1, 1e-10)
        << row.a.successes << "/" << row.a.trials << " " << row.b.successes << "/" << row.b.trials;
}

TEST(ChanceToBeat, OfHugeArmsIsThatOfTheNormalLimit) {
  const Arm a{100'000'000, 50'000'000}, b{100'000'000, 50'010'000};
  EXPECT_NEAR(chance_to_beat(a, b), 0.921350396, 1e-8);  // pnorm(sqrt(2))
  EXPECT_NEAR(chance_to_beat(b, a) + chance_to_beat(a, b), 1, 1e-12);
}

}  // namespace
}  // namespace tally
