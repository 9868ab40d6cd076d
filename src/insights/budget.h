// SPDX-License-Identifier: Apache-2.0
//
// From which channel to which money should move, if the numbers can tell.
//
// What a channel's conversions cost on average says what was; where the next unit of money brings
// most is said by the marginal cost: how many conversions more came with how much money more, from
// one period to the next. Both are noisy, because conversions are few:
//
// - average: cost / conversions, with Garwood's Poisson interval for the conversions. No conversion
//   has a lower end and no upper one.
// - marginal: 1 / slope of conversions over cost, least squares over the periods, with variances
//   that are Poisson times the dispersion found. Two periods give the difference quotient. There is
//   none when the same was spent in all periods.
//
// Advice is given only where intervals do not overlap, the dearer channel's lower end above the
// cheaper one's upper end, all of them at 1 - 0.05 / channels so that they hold together. Marginal
// costs are asked first, averages after that, and never against what the marginal costs say. When
// nothing is certain the advice is to leave things as they are.
//
// The slope knows no cause: where more was spent on days that sell better anyway, it flatters.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace tally {

// One channel in one period (a day, a week, a quarter).
struct ChannelPeriod {
  double cost = 0;  // in the workspace's currency; what is negative or not finite counts as 0
  std::uint64_t clicks = 0;
  std::uint64_t conversions = 0;
};

// Upper end none: it may be any amount.
struct CostRange {
  double low = 0;
  std::optional<double> high;
};

struct ChannelCost {
  double cost = 0;
  std::uint64_t clicks = 0;
  std::uint64_t conversions = 0;
  std::optional<double> per_click;
  std::optional<double> per_conversion;
  std::optional<CostRange> per_conversion_range;  // none without cost
  std::optional<double> marginal;                 // of one conversion more; none if none came
  std::optional<CostRange> marginal_range;        // none where the slope cannot be told at all
};

enum class BudgetVerdict : std::uint8_t {
  one_channel,          // fewer than two channels cost anything
  too_few_conversions,  // no channel has kLeastConversions
  ranges_overlap,       // it could be chance
  shift,
};
inline constexpr std::uint64_t kLeastConversions = 10;

struct BudgetAdvice {
  BudgetVerdict verdict = BudgetVerdict::one_channel;
  std::size_t from = 0, to = 0;  // channels; only with verdict shift
  bool by_marginal = false;      // or by average costs
  std::vector<ChannelCost> channels;
};

// `channels` holds the periods of each channel.
BudgetAdvice advise_budget(std::span<const std::vector<ChannelPeriod>> channels);

}  // namespace tally
