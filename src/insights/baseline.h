// SPDX-License-Identifier: Apache-2.0
//
// How many clicks a link is likely to get in its next hour or day, and how far from that is still
// ordinary.
//
// The forecast is level × season, with a negative-binomial spread:
//
// - Level: exponentially weighted mean of what was counted, each bucket divided by its season.
//   Written as discounted sums a = Σ δᵏ clicks and b = Σ δᵏ season, the level is a / b and a says
//   how well it is known: the power-discount model of West and Harrison, whose forecast is a
//   negative binomial of size a. A young or quiet link so gets a wide forecast by itself.
// - Season: a factor for each slot (hour of the week, weekday), its clicks over what the level
//   alone foresaw there. It is shrunk twice, toward the factor of its hour of the day, and that
//   toward 1. A bucket of m clicks counts for m / (1 + φ m) of them, since however many they are
//   they share one draw of a rate that varies by φ; the priors are in the same unit, some two
//   visits of a busy slot. What is not known yet of the factor widens the forecast. Nights would
//   otherwise hide spikes and mornings be spikes.
// - Spread: rates of real links vary more than a Poisson. The excess φ, of variance over the mean
//   in units of mean², is the average of ((y - m)² - m) / m² over the forecasts made, weighted by
//   how much each can tell, with a prior of kPriorExcess.
//
// A bucket far above its forecast enters as mean + 5 deviations only: one spike must not raise the
// bar for the next, while a link that has become busier for good still gets there in some days.
//
// The caller knows the time zone and says which slot a bucket is; days of 23 and 25 hours so need
// nothing here. Costs about 3 KB and a microsecond a bucket.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "insights/distributions.h"

namespace tally {

// What repeats, and how long things are remembered.
struct Rhythm {
  std::size_t slots;     // after which the season starts again
  std::size_t cycle;     // slots of a day, in which neighbours are told apart first
  double half_life;      // of the level, in buckets
  std::size_t settling;  // buckets before the level is good enough to learn the season by
  std::size_t learning;  // buckets before anything is judged
  std::size_t quiet;     // buckets after an alarm in which it is not repeated
};
inline constexpr Rhythm kHourly{
    .slots = 168, .cycle = 24, .half_life = 72, .settling = 24, .learning = 48, .quiet = 1};
inline constexpr Rhythm kDaily{
    .slots = 7, .cycle = 1, .half_life = 14, .settling = 7, .learning = 14, .quiet = 0};

struct Bucket {
  std::uint64_t clicks = 0;
  std::uint32_t slot = 0;  // hour of the week or weekday from 0; taken modulo the rhythm's slots
};

class Baseline {
 public:
  explicit Baseline(const Rhythm& rhythm);

  // Whether enough buckets were seen for a forecast to be used.
  bool ready() const { return seen_ >= rhythm_.learning; }
  NegativeBinomial forecast(std::uint32_t slot) const;
  void observe(const Bucket& bucket);

 private:
  // A factor on the level: clicks in a part of the season over those that the level alone foresaw,
  // both discounted and weighted.
  struct Factor {
    double clicks = 0;
    double foreseen = 0;
    double value(double prior, double prior_factor) const {
      return (clicks + prior * prior_factor) / (foreseen + prior);
    }
    void add(double more_clicks, double more_foreseen, double keep) {
      clicks = clicks * keep + more_clicks;
      foreseen = foreseen * keep + more_foreseen;
    }
  };

  double season(std::size_t slot) const;
  double season_doubt(std::size_t slot) const;
  double level() const;
  double excess() const;

  Rhythm rhythm_;
  double keep_, keep_excess_;  // from one bucket to the next
  std::size_t seen_ = 0;
  double clicks_ = 0, exposure_ = 0;           // a and b
  double excess_sum_ = 0, excess_weight_ = 0;  // of the spread
  std::vector<Factor> by_slot_, by_cycle_;
};

}  // namespace tally
