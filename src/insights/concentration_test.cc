// SPDX-License-Identifier: Apache-2.0
#include "insights/concentration.h"

#include <gtest/gtest.h>

#include "insights/simulation.h"

namespace tally {
namespace {

using Markets = std::vector<Market>;
using enum MarketStanding;

TEST(Concentration, IsTheSumOfSquaredShares) {
  struct Row {
    Markets markets;
    ConcentrationLevel level;
    double index, effective, top;
  };
  const Row rows[] = {
      {{}, ConcentrationLevel::none, 0, 0, 0},
      {{{0}, {0}}, ConcentrationLevel::none, 0, 0, 0},
      {{{50}, {49}}, ConcentrationLevel::none, 0.5, 2, 0.505},
      {{{500}}, ConcentrationLevel::high, 1, 1, 1},
      {{{500}, {500}}, ConcentrationLevel::high, 0.5, 2, 0.5},
      {{{400}, {200}, {100}, {100}, {100}, {100}}, ConcentrationLevel::moderate, 0.24, 4.17, 0.4},
      {Markets(10, Market{50}), ConcentrationLevel::spread, 0.1, 10, 0.1},
  };
  for (const Row& row : rows) {
    const Concentration found = concentration(row.markets);
    EXPECT_EQ(found.level, row.level) << row.markets.size();
    EXPECT_NEAR(found.index, row.index, 1e-4);
    EXPECT_NEAR(found.effective_markets, row.effective, 0.005);
    EXPECT_NEAR(found.top_share, row.top, 1e-3);
    EXPECT_EQ(found.markets.size(), row.markets.size());
  }
}

TEST(Concentration, SaysWhereItGoesWellAndBadly) {
  struct Row {
    const char* what;
    Markets markets;  // clicks, converted, previous clicks
    std::vector<MarketStanding> standings;
    MarketReason reason;  // of the first
  };
  const Row rows[] = {
      {"all alike", {{1000, 50, 1000}, {900, 45, 900}}, {ordinary, ordinary}, MarketReason::none},
      {"converts badly",
       {{1000, 10, 1000}, {1000, 60, 1000}, {1000, 60, 1000}},
       {under_performing, strong, strong},
       MarketReason::conversion_rate},
      {"converts well",
       {{1000, 150, 1000}, {1000, 60, 1000}, {1000, 60, 1000}},
       {strong, under_performing, under_performing},
       MarketReason::conversion_rate},
      {"lost half of its share",
       {{500, 0, 1000}, {9500, 0, 9000}},
       {under_performing, ordinary},
       MarketReason::share},
      {"small change of large numbers",
       {{500'000, 0, 520'000}, {500'000, 0, 480'000}},
       {ordinary, ordinary},
       MarketReason::none},
      {"too small to say",
       {{40, 0, 60}, {5000, 300, 5000}},
       {not_enough_data, ordinary},
       MarketReason::none},
      {"gone altogether",
       {{0, 0, 1000}, {9500, 0, 9000}},
       {under_performing, strong},
       MarketReason::share},
      {"new", {{900, 0, 0}, {9500, 0, 9000}}, {ordinary, ordinary}, MarketReason::none},
  };
  for (const Row& row : rows) {
    const Concentration found = concentration(row.markets);
    std::vector<MarketStanding> standings;
    for (const MarketFinding& market : found.markets) standings.push_back(market.standing);
    EXPECT_EQ(standings, row.standings) << row.what;
    EXPECT_EQ(found.markets[0].reason, row.reason) << row.what;
  }
}

TEST(Concentration, OrdersMarketsByClicks) {
  const Concentration found =
      concentration(Markets{{100}, {800, 1}, {900, 90}, {0}, {700, 1}, {950, 95}});
  EXPECT_EQ(found.strongest, (std::vector<std::size_t>{5, 2, 1}));
  EXPECT_EQ(found.under_performing, (std::vector<std::size_t>{1, 4}));
  EXPECT_EQ(concentration(Markets{{0}, {0}}).strongest.size(), 0U);
}

TEST(Concentration, FindsNothingBetweenEqualMarkets) {
  Simulation people(18);
  int judged = 0;
  constexpr int kRounds = 1000;
  for (int i = 0; i < kRounds; ++i) {
    Markets markets(20);
    for (Market& market : markets) {
      market.clicks = people.count(500, 0);
      market.previous_clicks = people.count(500, 0);
      market.converted = people.binomial(market.clicks, 0.05);
    }
    for (const MarketFinding& market : concentration(markets).markets)
      judged += market.standing != ordinary ? 1 : 0;
  }
  // Two tests at kMarketAlpha for all markets together.
  EXPECT_LE(judged, kRounds * 3 / 100);
}

}  // namespace
}  // namespace tally
