// SPDX-License-Identifier: Apache-2.0
#include "insights/concentration.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "insights/comparison.h"

namespace tally {
namespace {

constexpr double kModerate = 0.15, kHigh = 0.25;
constexpr double kLeastShareChange = 0.1;
constexpr std::size_t kStrongest = 3;

// Sums of counts, none of which overflow.
std::uint64_t plus(std::uint64_t a, std::uint64_t b) { return a + std::min(b, ~a); }

Market total_of(std::span<const Market> markets) {
  Market sum;
  for (const Market& market : markets)
    sum = {plus(sum.clicks, market.clicks), plus(sum.converted, market.converted),
           plus(sum.previous_clicks, market.previous_clicks)};
  return sum;
}

// Takes the standing from a comparison of `here` with `there` when it passes.
bool judge(MarketFinding& out, const Arm& here, const Arm& there, double markets,
           MarketReason reason) {
  if (std::min(here.trials, there.trials) < kLeastMarket) return false;
  const auto compared = compare(here, there);
  if (!compared) return false;
  const double p = std::min(1.0, compared->p * markets);
  if (p > kMarketAlpha) return false;
  out.standing =
      compared->difference > 0 ? MarketStanding::strong : MarketStanding::under_performing;
  out.reason = reason;
  out.p = p;
  return true;
}

MarketFinding find(const Market& market, const Market& total, double markets) {
  const Arm converting{market.clicks, market.converted};
  const Arm rest{total.clicks - market.clicks,
                 total.converted - std::min(total.converted, market.converted)};
  const Arm share{total.clicks, market.clicks};
  const Arm before{total.previous_clicks, market.previous_clicks};
  MarketFinding out;
  out.share = share.rate();
  out.share_bounds = wilson_interval(market.clicks, total.clicks);
  out.conversion = rate_of(market.converted, market.clicks);
  if (market.clicks >= kLeastMarket) out.standing = MarketStanding::ordinary;
  if (total.previous_clicks > 0) out.previous_share = before.rate();
  out.rest_conversion = rate_of(rest.successes, rest.trials).value;

  if (judge(out, converting, rest, markets, MarketReason::conversion_rate)) return out;
  const bool changed = std::fabs(share.rate() - before.rate()) >= kLeastShareChange * before.rate();
  if (changed && market.previous_clicks >= kLeastMarket)
    judge(out, share, before, markets, MarketReason::share);
  return out;
}

ConcentrationLevel level_of(double index, std::uint64_t clicks) {
  if (clicks < kLeastMarket) return ConcentrationLevel::none;
  if (index > kHigh) return ConcentrationLevel::high;
  return index > kModerate ? ConcentrationLevel::moderate : ConcentrationLevel::spread;
}

}  // namespace

Concentration concentration(std::span<const Market> markets) {
  const Market total = total_of(markets);
  const auto count = static_cast<double>(markets.size());
  Concentration out;
  for (const Market& market : markets) {
    out.markets.push_back(find(market, total, count));
    const double share = out.markets.back().share;
    out.index += share * share;
    out.top_share = std::max(out.top_share, share);
  }
  out.level = level_of(out.index, total.clicks);
  if (out.index > 0) out.effective_markets = 1 / out.index;

  std::vector<std::size_t> by_clicks(markets.size());
  std::iota(by_clicks.begin(), by_clicks.end(), 0);
  std::ranges::stable_sort(by_clicks, std::ranges::greater(),
                           [&](std::size_t i) { return markets[i].clicks; });
  for (const std::size_t i : by_clicks) {
    if (out.strongest.size() < kStrongest && markets[i].clicks > 0) out.strongest.push_back(i);
    if (out.markets[i].standing == MarketStanding::under_performing)
      out.under_performing.push_back(i);
  }
  return out;
}

}  // namespace tally
