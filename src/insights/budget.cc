// SPDX-License-Identifier: Apache-2.0
#include "insights/budget.h"

#include <algorithm>
#include <cmath>

#include "insights/distributions.h"
#include "insights/interval.h"

namespace tally {
namespace {

// Amounts below a millionth or past this are not money, and their quotients no numbers.
constexpr double kLeastMoney = 1e-6, kMostMoney = 1e15;

double money(double cost) { return cost <= kMostMoney ? clamped(cost, 0, kMostMoney) : 0; }

// Conversions for each unit of money more.
struct Slope {
  double value = 0;
  double deviation = 0;
  double width = 0;  // deviations on each side
};

std::optional<Slope> slope_of(std::span<const ChannelPeriod> periods, double confidence) {
  const auto n = static_cast<double>(periods.size());
  if (periods.size() < 2) return std::nullopt;
  double cost = 0, conversions = 0;
  for (const ChannelPeriod& period : periods) {
    cost += money(period.cost) / n;
    conversions += static_cast<double>(period.conversions) / n;
  }
  double squares = 0, products = 0;
  for (const ChannelPeriod& period : periods) {
    const double apart = money(period.cost) - cost;
    squares += apart * apart;
    products += apart * (static_cast<double>(period.conversions) - conversions);
  }
  if (squares < kLeastMoney * kLeastMoney) return std::nullopt;

  // One conversion more than were counted, so that a period without any is not taken as certain.
  const double slope = products / squares;
  double variance = 0, chi_square = 0;
  for (const ChannelPeriod& period : periods) {
    const double apart = money(period.cost) - cost;
    const double counted = static_cast<double>(period.conversions);
    const double residual = counted - conversions - slope * apart;
    variance += apart / squares * (apart / squares) * (counted + 1);
    chi_square += residual * (residual / (conversions + 1));
  }
  if (periods.size() == 2) return Slope{slope, std::sqrt(variance), normal_width(confidence)};
  const double dispersion = std::max(1.0, chi_square / (n - 2));
  return Slope{slope, std::sqrt(variance * dispersion), student_width(confidence, n - 2)};
}

void add_marginal(ChannelCost& out, const Slope& slope) {
  const double low = slope.value - slope.width * slope.deviation;
  const double high = slope.value + slope.width * slope.deviation;
  constexpr double kLeastSlope = 1 / kMostMoney;
  if (slope.value > kLeastSlope) out.marginal = 1 / slope.value;
  if (high <= kLeastSlope) {
    out.marginal_range = CostRange{kMostMoney, std::nullopt};
    return;
  }
  out.marginal_range = CostRange{1 / high, std::nullopt};
  if (low > kLeastSlope) out.marginal_range->high = 1 / low;
}

ChannelCost cost_of(std::span<const ChannelPeriod> periods, double confidence) {
  ChannelCost out;
  for (const ChannelPeriod& period : periods) {
    out.cost += money(period.cost);
    out.clicks += period.clicks;
    out.conversions += period.conversions;
  }
  if (out.cost < kLeastMoney) return out;
  if (out.clicks > 0) out.per_click = out.cost / static_cast<double>(out.clicks);
  const Bounds conversions = poisson_interval(out.conversions, confidence);
  out.per_conversion_range = CostRange{out.cost / conversions.high, std::nullopt};
  if (out.conversions > 0) {
    out.per_conversion = out.cost / static_cast<double>(out.conversions);
    out.per_conversion_range->high = out.cost / conversions.low;
  }
  if (const auto slope = slope_of(periods, confidence)) add_marginal(out, *slope);
  return out;
}

// Whether the marginal costs say the opposite of moving money that way.
bool contradicted(const ChannelCost& from, const ChannelCost& to) {
  if (!from.marginal || !to.marginal_range) return false;
  return !to.marginal || *to.marginal > *from.marginal;
}

// The pair with the widest gap between the two ranges.
void find_shift(BudgetAdvice& advice, std::optional<CostRange> ChannelCost::* range,
                bool by_marginal) {
  double widest = 1;
  for (std::size_t from = 0; from < advice.channels.size(); ++from)
    for (std::size_t to = 0; to < advice.channels.size(); ++to) {
      const ChannelCost &dear = advice.channels[from], &cheap = advice.channels[to];
      if (from == to || !(dear.*range) || !(cheap.*range) || !(cheap.*range)->high) continue;
      if (cheap.conversions < kLeastConversions) continue;
      if (!by_marginal && contradicted(dear, cheap)) continue;
      const double gap = (dear.*range)->low / *(cheap.*range)->high;
      if (gap <= widest) continue;
      widest = gap;
      advice.verdict = BudgetVerdict::shift;
      advice.from = from;
      advice.to = to;
      advice.by_marginal = by_marginal;
    }
}

}  // namespace

BudgetAdvice advise_budget(std::span<const std::vector<ChannelPeriod>> channels) {
  BudgetAdvice out;
  const double confidence =
      1 - 0.05 / static_cast<double>(std::max<std::size_t>(channels.size(), 1));
  for (const std::vector<ChannelPeriod>& periods : channels)
    out.channels.push_back(cost_of(periods, confidence));

  const auto paid = [](const ChannelCost& channel) { return channel.cost >= kLeastMoney; };
  if (std::ranges::count_if(out.channels, paid) < 2) return out;
  out.verdict = BudgetVerdict::too_few_conversions;
  for (const ChannelCost& channel : out.channels)
    if (channel.conversions >= kLeastConversions) out.verdict = BudgetVerdict::ranges_overlap;
  find_shift(out, &ChannelCost::marginal_range, true);
  if (out.verdict != BudgetVerdict::shift)
    find_shift(out, &ChannelCost::per_conversion_range, false);
  return out;
}

}  // namespace tally
