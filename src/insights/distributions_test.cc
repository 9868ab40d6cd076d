// SPDX-License-Identifier: Apache-2.0
//
// Known values, and the ends of every range. oracle_test compares thousands of values with R.
#include "insights/distributions.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tally {
namespace {

constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(Normal, HasTheQuantilesOfTheTables) {
  EXPECT_NEAR(normal_width(0.95), 1.959963984540054, 1e-14);
  EXPECT_NEAR(normal_width(0.99), 2.575829303548901, 1e-14);
  EXPECT_NEAR(normal_quantile(0.8), 0.8416212335729143, 1e-14);
  EXPECT_NEAR(normal_quantile(1e-20), -9.262340089798408, 1e-12);
  EXPECT_EQ(normal_quantile(0.5), 0);
  EXPECT_EQ(normal_width(0), 0);
  EXPECT_NEAR(normal_two_sided(1.959963984540054), 0.05, 1e-15);
  EXPECT_EQ(normal_two_sided(0), 1);
}

TEST(Normal, EndsSomewhere) {
  for (const double p : {0.0, 1.0, -5.0, 7.0, kNan, kInfinity}) {
    EXPECT_TRUE(std::isfinite(normal_quantile(p))) << p;
    EXPECT_TRUE(std::isfinite(normal_width(p))) << p;
    EXPECT_TRUE(std::isfinite(student_width(p, 3))) << p;
  }
  EXPECT_NEAR(student_width(0.95, 1e9), normal_width(0.95), 1e-5);
  EXPECT_NEAR(student_width(0.95, 1), 12.706204736174694, 1e-10);
}

TEST(ChiSquare, HasTheCriticalValuesOfTheTables) {
  EXPECT_NEAR(chi_square_at_least(10.827566170662733, 1), 0.001, 1e-12);
  EXPECT_NEAR(chi_square_at_least(16.26623619623813, 3), 0.001, 1e-12);
  EXPECT_EQ(chi_square_at_least(0, 4), 1);
  EXPECT_EQ(chi_square_at_least(kNan, 4), 1);
  EXPECT_EQ(chi_square_at_least(kInfinity, 1), 0);
}

TEST(Gamma, QuantilesOfSmallAndLargeShapes) {
  EXPECT_EQ(gamma_quantile(0, 0.5), 0);
  EXPECT_NEAR(gamma_quantile(1, 0.975), 3.688879454113936, 1e-12);
  // R: qgamma(0.99, 2e8) / 2e8
  EXPECT_NEAR(gamma_quantile(2e8, 0.99) / 2e8, 1.000164504988834, 1e-12);
  EXPECT_NEAR(gamma_quantile(1e18, 0.5) / 1e18, 1, 1e-12);
  EXPECT_TRUE(std::isfinite(gamma_quantile(kInfinity, kInfinity)));
}

TEST(NegativeBinomial, TailsMeet) {
  struct Row {
    double mean, size;
  };
  for (const Row row : {Row{0.2, 0.5}, Row{7, 3}, Row{120, 40}, Row{1e5, 1e3}, Row{50, 1e12}}) {
    const NegativeBinomial counts{row.mean, row.size};
    for (const std::uint64_t k : {0U, 1U, 5U, 49U, 100U, 200U, 100'000U})
      EXPECT_NEAR(counts.at_least(k + 1) + counts.at_most(k), 1, 1e-12) << row.mean << " " << k;
  }
}

TEST(NegativeBinomial, OfLargeSizeIsAPoisson) {
  const NegativeBinomial counts{2, 1e12};
  EXPECT_NEAR(counts.at_most(0), std::exp(-2.0), 1e-9);
  EXPECT_NEAR(counts.at_least(3), 1 - 5 * std::exp(-2.0), 1e-9);
}

// As R's qnbinom(c(0.01, 0.5, 0.99), size = size, mu = mean) has them.
TEST(NegativeBinomial, HasTheQuantilesThatRHas) {
  struct Row {
    double mean, size;
    std::uint64_t low, median, high;
  };
  const Row rows[] = {
      {0.2, 0.5, 0, 0, 2},
      {2, 1e12, 0, 2, 6},
      {7, 3, 0, 6, 22},
      {50, 10, 18, 48, 98},
      {120, 40, 74, 119, 176},
      {1000, 0.1, 0, 6, 15886},
      {1e5, 1000, 92755, 99967, 107541},
  };
  for (const Row& row : rows) {
    const NegativeBinomial counts{row.mean, row.size};
    EXPECT_EQ(counts.quantile(0.01), row.low) << row.mean << " " << row.size;
    EXPECT_EQ(counts.quantile(0.5), row.median) << row.mean << " " << row.size;
    EXPECT_EQ(counts.quantile(0.99), row.high) << row.mean << " " << row.size;
  }
}

TEST(NegativeBinomial, OfNothingIsNothing) {
  for (const double nothing : {0.0, -3.0, kNan}) {
    EXPECT_EQ((NegativeBinomial{nothing, 1}.at_least(0)), 1);
    EXPECT_EQ((NegativeBinomial{nothing, 1}.at_least(1)), 0);
    EXPECT_EQ((NegativeBinomial{nothing, 1}.at_most(0)), 1);
    EXPECT_EQ((NegativeBinomial{nothing, 1}.quantile(0.99)), 0u);
  }
}

TEST(Beta, HasItsDensityAtTheEnds) {
  EXPECT_EQ((BetaDistribution{1, 5}.density(0)), 5);
  EXPECT_EQ((BetaDistribution{5, 1}.density(1)), 5);
  EXPECT_EQ((BetaDistribution{2, 5}.density(0)), 0);
  EXPECT_NEAR((BetaDistribution{2, 2}.density(0.5)), 1.5, 1e-15);
  EXPECT_EQ((BetaDistribution{2, 2}.below(kNan)), 0);
  EXPECT_EQ((BetaDistribution{2, 2}.above(kInfinity)), 0);
}

}  // namespace
}  // namespace tally
