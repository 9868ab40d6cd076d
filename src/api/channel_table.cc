// SPDX-License-Identifier: Apache-2.0
#include "api/channel_table.h"

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <unordered_map>

#include "base/json_writer.h"
#include "insights/benchmarks.h"

namespace tally {
namespace {

constexpr std::chrono::days kDaily(28);
constexpr std::array<std::string_view, 4> kStandingNames = {"unclear", "below", "within", "above"};
constexpr std::array<std::string_view, 4> kVerdictNames = {"one_channel", "too_few_conversions",
                                                           "ranges_overlap", "shift"};
constexpr std::string_view kNoFigures = "no_figures";

bool is_spent(const LinkFigure& figure) {
  return figure.kind == FigureKind::costs && figure.value != 0 && !figure.channel.empty();
}

std::uint64_t sum_of(const std::vector<std::uint64_t>& counts) {
  return std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
}

// Costs and conversions of the channels that money was spent on, each over all periods from the
// first with a cost to the last.
BudgetShift shift_of(const std::vector<LinkFigure>& figures,
                     const ChannelConversions& conversions) {
  std::size_t first = SIZE_MAX, last = 0;
  for (const LinkFigure& figure : figures) {
    if (!is_spent(figure)) continue;
    first = std::min(first, figure.period);
    last = std::max(last, figure.period);
  }
  std::map<std::string, std::vector<ChannelPeriod>> channels;
  for (const LinkFigure& figure : figures) {
    if (!is_spent(figure)) continue;
    auto& periods = channels[figure.channel];
    periods.resize(last - first + 1);
    periods[figure.period - first].cost += units(figure.value);
  }
  BudgetShift out;
  std::vector<std::vector<ChannelPeriod>> periods;
  for (auto& [channel, of_channel] : channels) {
    const auto found = conversions.find(channel);
    for (std::size_t i = 0; found != conversions.end() && i < of_channel.size(); ++i)
      if (first + i < found->second.size()) of_channel[i].conversions = found->second[first + i];
    out.channels.push_back(channel);
    periods.push_back(std::move(of_channel));
  }
  out.advice = advise_budget(periods);
  return out;
}

void put_cost_range(JsonWriter& out, std::string_view name, const std::optional<CostRange>& range) {
  out.key(name);
  if (!range) {
    out.value(nullptr);
    return;
  }
  out.begin_object().field("low", range->low).field("high", range->high).end_object();
}

void put_shift(JsonWriter& out, const std::optional<BudgetShift>& shift) {
  out.key("shift");
  if (!shift || shift->advice.verdict != BudgetVerdict::shift) {
    const auto verdict = shift ? static_cast<std::size_t>(shift->advice.verdict) : 0;
    out.value(nullptr).field("shift_reason", shift ? kVerdictNames.at(verdict) : kNoFigures);
    return;
  }
  const BudgetAdvice& advice = shift->advice;
  const auto range =
      advice.by_marginal ? &ChannelCost::marginal_range : &ChannelCost::per_conversion_range;
  out.begin_object()
      .field("from", shift->channels.at(advice.from))
      .field("to", shift->channels.at(advice.to))
      .field("by", advice.by_marginal ? "marginal" : "average");
  put_cost_range(out, "from_cost", advice.channels.at(advice.from).*range);
  put_cost_range(out, "to_cost", advice.channels.at(advice.to).*range);
  out.end_object().field("shift_reason", nullptr);
}

void put_benchmarks(JsonWriter& out, const ChannelRow& row) {
  out.key("benchmarks").begin_array();
  for (const ChannelBenchmark& benchmark : channel_benchmarks()) {
    if (benchmark.channel != row.channel) continue;
    const BenchmarkStanding place = standing(row.rates.ctr().bounds, benchmark);
    out.begin_object().text_or_null("placement", benchmark.placement).key("ctr");
    put_percentages(out, benchmark.ctr);
    out.field("standing", kStandingNames.at(static_cast<std::size_t>(place))).end_object();
  }
  out.end_array();
}

// What a conversion of the channel costs, as far as the numbers can tell.
void put_costs(JsonWriter& out, const ChannelRow& row, const std::optional<BudgetShift>& shift) {
  ChannelCost cost;
  if (shift) {
    const auto found = std::ranges::find(shift->channels, row.channel);
    if (found != shift->channels.end())
      cost = shift->advice.channels.at(static_cast<std::size_t>(found - shift->channels.begin()));
  }
  put_cost_range(out, "cpa_range", cost.per_conversion_range);
  out.field("marginal_cpa", cost.marginal);
  put_cost_range(out, "marginal_cpa_range", cost.marginal_range);
}

void put_row(JsonWriter& out, const ChannelRow& row, std::uint64_t clicks,
             const std::optional<BudgetShift>& shift) {
  std::optional<double> share;
  if (clicks > 0) share = static_cast<double>(row.clicks) / static_cast<double>(clicks);
  out.begin_object().field("channel", row.channel).field("kind", to_text(row.kind));
  out.field("clicks", row.clicks).field("unique_clicks", row.unique_clicks).field("share", share);
  put_rates(out, row.rates);
  out.field("conversions", row.conversions).field("cpa", row.rates.cpa(row.conversions));
  put_costs(out, row, shift);
  put_benchmarks(out, row);
  out.end_object();
}

}  // namespace

std::chrono::days comparison_period(std::chrono::days length) {
  return length > kDaily ? std::chrono::days(7) : std::chrono::days(1);
}

ChannelTable channel_table(const Breakdown& clicks, const Breakdown& people,
                           const std::optional<std::vector<LinkFigure>>& figures,
                           const ChannelConversions& conversions) {
  ChannelTable out{{}, clicks.clicks, clicks.unique_clicks, 0, std::nullopt};
  std::unordered_map<std::string, std::uint64_t> human_clicks;
  for (const BreakdownRow& row : people.rows)
    if (row.kind != ValueKind::rest) human_clicks[row.value] = row.clicks;
  // Channels that have no row yet, with what is to go beside their clicks.
  std::map<std::string, std::pair<Figures, std::uint64_t>> waiting;
  if (figures) {
    for (const LinkFigure& figure : *figures) add_to(waiting[figure.channel].first, figure);
    out.shift = shift_of(*figures, conversions);
  }
  for (const auto& [channel, counts] : conversions) {
    waiting[channel].second = sum_of(counts);
    out.conversions += sum_of(counts);
  }
  const auto add_row = [&](ChannelRow row) {
    if (row.kind != ValueKind::rest) {
      const auto& [entered, converted] = waiting[row.channel];
      row.rates = {human_clicks[row.channel], entered, !row.channel.empty()};
      row.conversions = converted;
    }
    out.rows.push_back(std::move(row));
  };
  for (const BreakdownRow& row : clicks.rows) {
    add_row({row.value, row.kind, row.clicks, row.unique_clicks, {}});
    if (row.kind != ValueKind::rest) waiting.erase(row.value);
  }
  std::optional<std::uint64_t> no_clicks;
  if (clicks.unique_clicks) no_clicks = 0;
  for (auto& [channel, more] : waiting) add_row({channel, ValueKind::value, 0, no_clicks, {}});
  return out;
}

std::string channels_json(const ChannelTable& table, const ChannelHead& head) {
  JsonWriter out;
  out.begin_object();
  put_range(out, head.range);
  out.field("tz", head.zone).text_or_null("currency", head.currency).key("rows").begin_array();
  for (const ChannelRow& row : table.rows) put_row(out, row, table.clicks, table.shift);
  out.end_array()
      .key("total")
      .begin_object()
      .field("clicks", table.clicks)
      .field("unique_clicks", table.unique_clicks)
      .field("conversions", table.conversions)
      .end_object();
  put_shift(out, table.shift);
  put_freshness(out, head.freshness);
  return out.end_object().take();
}

}  // namespace tally
