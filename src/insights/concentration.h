// SPDX-License-Identifier: Apache-2.0
//
// How much of the clicks comes from few markets (countries, regions, cities), which are the
// strongest, and which do worse than the rest.
//
// Concentration is the Herfindahl-Hirschman index, the sum of the squared shares: 1 is one market,
// 1/n is n equal ones, so its inverse is the number of markets that there seem to be. The words for
// it are those of the U.S. merger guidelines of 2010 (0.15, 0.25).
//
// A market does better or worse than the rest by its conversion rate, or else by its share of the
// clicks against the period before. Both are two-proportion z tests, a market against all others or
// a share against the earlier share, that must pass kMarketAlpha / (number of markets) and rest on
// kLeastMarket clicks on either side. Shares have to change by a tenth of what they were, too:
// clicks come in bursts, for which the test is too sharp when numbers are large.
//
// Clicks from unknown places are no market; whoever asks leaves them out and says how many.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "insights/interval.h"

namespace tally {

inline constexpr double kMarketAlpha = 0.01;
inline constexpr std::uint64_t kLeastMarket = 100;

struct Market {
  std::uint64_t clicks = 0;
  std::uint64_t converted = 0;        // of the clicks
  std::uint64_t previous_clicks = 0;  // of the period before
};

enum class MarketStanding : std::uint8_t { not_enough_data, ordinary, strong, under_performing };
enum class MarketReason : std::uint8_t { none, conversion_rate, share };

struct MarketFinding {
  double share = 0;
  std::optional<Bounds> share_bounds;
  std::optional<double> previous_share;  // none when the period before had no clicks
  Rate conversion;
  std::optional<double> rest_conversion;  // rate of all other markets
  MarketStanding standing = MarketStanding::not_enough_data;
  MarketReason reason = MarketReason::none;
  double p = 1;  // of the reason, times the number of markets, at most 1
};

enum class ConcentrationLevel : std::uint8_t { none, spread, moderate, high };

struct Concentration {
  ConcentrationLevel level = ConcentrationLevel::none;  // none below kLeastMarket clicks
  double index = 0;                                     // Herfindahl-Hirschman
  double effective_markets = 0;
  double top_share = 0;
  std::vector<MarketFinding> markets;         // in the order given
  std::vector<std::size_t> strongest;         // up to three, most clicks first
  std::vector<std::size_t> under_performing;  // most clicks first
};

Concentration concentration(std::span<const Market> markets);

}  // namespace tally
