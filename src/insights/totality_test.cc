// SPDX-License-Identifier: Apache-2.0
//
// Whatever goes in, numbers come out: no NaN, no infinity, probabilities within [0, 1], intervals
// in order. Inputs are drawn from the ends of their types as often as from between.
#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>

#include "insights/benchmarks.h"
#include "insights/best_time.h"
#include "insights/budget.h"
#include "insights/chance_to_beat.h"
#include "insights/comparison.h"
#include "insights/concentration.h"
#include "insights/distributions.h"
#include "insights/experiment.h"
#include "insights/platform_drops.h"
#include "insights/sample_ratio.h"
#include "insights/sample_size.h"
#include "insights/simulation.h"
#include "insights/spikes.h"

namespace tally {
namespace {

class Anything {
 public:
  explicit Anything(std::uint64_t seed) : draw_(seed) {}

  std::uint64_t count() {
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
    constexpr auto kEnds = std::to_array<std::uint64_t>(
        {0, 1, 2, 99, 100, 1ULL << 32, 1ULL << 53, (1ULL << 53) + 1, 1ULL << 63, kMost - 1, kMost});
    if (draw_.happens(0.4)) return kEnds[draw_() % kEnds.size()];
    return draw_() >> (draw_() % 64);
  }
  double number() {
    using Limits = std::numeric_limits<double>;
    constexpr auto kEnds = std::to_array<double>(
        {0, -0.0, 1, -1, 0.5, 0.05, Limits::quiet_NaN(), Limits::infinity(), -Limits::infinity(),
         Limits::max(), -Limits::max(), Limits::min(), Limits::denorm_min(), Limits::epsilon(),
         1 - Limits::epsilon(), 1e-300, 1e300, 1e15, 1e-15});
    if (draw_.happens(0.5)) return kEnds[draw_() % kEnds.size()];
    if (draw_.happens(0.5)) return draw_.share();
    return (draw_.share() - 0.3) * std::pow(10, 30 * draw_.share() - 15);
  }
  std::size_t size(std::size_t most) { return draw_() % (most + 1); }
  Arm arm() { return {count(), count()}; }
  Arm possible_arm() {
    const std::uint64_t trials = count();
    return {trials, draw_.happens(0.5) ? count() % (trials | 1) : trials};
  }
  std::vector<Bucket> buckets(std::size_t most) {
    std::vector<Bucket> out(size(most));
    const bool wild = draw_.happens(0.5);
    for (Bucket& bucket : out)
      bucket = {wild ? count() : count() % 1000, static_cast<std::uint32_t>(count())};
    return out;
  }

 private:
  Simulation draw_;
};

void expect_number(double value) { EXPECT_TRUE(std::isfinite(value)) << value; }
void expect_probability(double value) { EXPECT_TRUE(value >= 0 && value <= 1) << value; }
void expect_bounds(const Bounds& bounds) {
  expect_number(bounds.low);
  expect_number(bounds.high);
  EXPECT_LE(bounds.low, bounds.high);
}
void expect_bounds(const std::optional<Bounds>& bounds) {
  if (bounds) expect_bounds(*bounds);
}

TEST(Totality, OfDistributions) {
  Anything any(1);
  for (int i = 0; i < 5'000; ++i) {
    const double x = any.number(), y = any.number(), p = any.number();
    expect_probability(normal_two_sided(std::isnan(x) ? 0 : x));
    expect_number(normal_quantile(p));
    expect_number(normal_width(p));
    expect_number(student_width(p, x));
    expect_probability(chi_square_at_least(x, y));
    const double quantile = gamma_quantile(x, p);
    expect_number(quantile);
    EXPECT_GE(quantile, 0);
    const NegativeBinomial counts{x, y};
    expect_probability(counts.at_least(any.count()));
    expect_probability(counts.at_most(any.count()));
    EXPECT_LE(counts.quantile(p), 1'000'000'000'000u);
  }
}

TEST(Totality, OfIntervalsAndComparisons) {
  Anything any(2);
  for (int i = 0; i < 10'000; ++i) {
    const double confidence = any.number();
    const Arm a = i % 2 == 0 ? any.arm() : any.possible_arm();
    const Arm b = i % 2 == 0 ? any.arm() : any.possible_arm();
    expect_bounds(wilson_interval(a.successes, a.trials, confidence));
    expect_bounds(poisson_interval(a.trials, confidence));
    const Rate rate = rate_of(a.successes, a.trials);
    if (rate.value) expect_number(*rate.value);
    for (const ChannelBenchmark& row : channel_benchmarks()) (void)standing(rate.bounds, row);
    expect_probability(sequential_p(a, b));
    if (const auto found = compare(a, b, confidence)) {
      expect_number(found->difference);
      expect_number(found->z);
      expect_probability(found->p);
      expect_probability(found->sequential_p);
      expect_bounds(found->bounds);
      expect_bounds(found->sequence);
    }
    if (i % 10 < 2) expect_probability(chance_to_beat(a, b));
  }
}

TEST(Totality, OfExperiments) {
  Anything any(3);
  for (int i = 0; i < 5'000; ++i) {
    std::vector<double> weights(any.size(4));
    for (double& weight : weights) weight = any.number();
    std::vector<std::vector<Arm>> looks(any.size(4));
    for (auto& look : looks) {
      look.resize(any.size(4));
      for (Arm& arm : look) arm = any.possible_arm();
    }
    const ExperimentFinding found = judge_experiment(looks, weights);
    if (found.sample_ratio_p) expect_probability(*found.sample_ratio_p);
    for (const VariantFinding& variant : found.variants) {
      expect_probability(variant.always_valid_p);
      expect_bounds(variant.sequence);
    }
  }
}

TEST(Totality, OfSampleSizes) {
  Anything any(4);
  for (int i = 0; i < 20'000; ++i) {
    SampleSizeQuestion question{.baseline = any.number(),
                                .effect = any.number(),
                                .relative = i % 2 == 0,
                                .alpha = i % 3 == 0 ? any.number() : 0.05,
                                .power = i % 5 == 0 ? any.number() : 0.8,
                                .weights = std::vector<double>(any.size(4), 1),
                                .trials_per_day = any.number()};
    if (i % 4 == 0)
      for (double& weight : question.weights) weight = any.number();
    if (const auto plan = plan_sample_size(question)) {
      expect_probability(plan->target);
      EXPECT_EQ(plan->fixed.arms.size(), question.weights.size());
    }
    expect_probability(
        z_test_power(any.number(), any.number(), any.number(), any.number(), any.number()));
  }
}

TEST(Totality, OfBaselines) {
  Anything any(5);
  for (int i = 0; i < 200; ++i) {
    for (const Rhythm& rhythm : {kHourly, kDaily})
      for (const BucketFinding& found : find_spikes(any.buckets(400), rhythm)) {
        expect_number(found.forecast.mean);
        expect_probability(found.p);
      }
    std::vector<std::vector<Bucket>> platforms(any.size(3));
    for (auto& platform : platforms) platform = any.buckets(200);
    for (const PlatformDrop& drop : find_platform_drops(platforms)) {
      expect_number(drop.expected);
      expect_probability(drop.p);
    }
  }
}

TEST(Totality, OfAdvice) {
  Anything any(6);
  for (int i = 0; i < 500; ++i) {
    std::array<HourCell, kWeekHours> cells;
    for (HourCell& cell : cells)
      cell = {any.count(), static_cast<std::uint32_t>(any.count()), any.count()};
    const BestTime best = best_time(cells);
    expect_number(best.clicks_per_hour);
    for (const HourAdvice& advice : best.hours) {
      expect_number(advice.lift);
      expect_bounds(advice.bounds);
    }

    std::vector<std::vector<ChannelPeriod>> channels(any.size(4));
    for (auto& channel : channels) {
      channel.resize(any.size(4));
      for (ChannelPeriod& period : channel) period = {any.number(), any.count(), any.count()};
    }
    for (const ChannelCost& channel : advise_budget(channels).channels) {
      expect_number(channel.cost);
      for (const auto& cost : {channel.per_click, channel.per_conversion, channel.marginal})
        expect_number(cost.value_or(0));
      for (const auto& range : {channel.per_conversion_range, channel.marginal_range})
        if (range) expect_bounds(Bounds{range->low, range->high.value_or(range->low)});
    }

    std::vector<Market> markets(any.size(6));
    for (Market& market : markets) market = {any.count(), any.count(), any.count()};
    const Concentration found = concentration(markets);
    expect_number(found.index);
    expect_number(found.effective_markets);
    expect_probability(found.top_share);
    for (const MarketFinding& market : found.markets) {
      expect_number(market.share);
      expect_bounds(market.share_bounds);
      expect_number(market.previous_share.value_or(0));
      expect_number(market.rest_conversion.value_or(0));
      expect_probability(market.p);
    }
  }
}

}  // namespace
}  // namespace tally
