// SPDX-License-Identifier: Apache-2.0
//
// Values of one dimension side by side, and what of their differences could not be chance. Pure.
//
// Rates are compared with those of the first value, by the z test of two proportions, all
// differences of one rate together at 95 % (Bonferroni). Numbers of clicks are not tested: two
// links are not two samples of one thing, and how often each was shown decides more than chance
// does. The test is for one look; who looks again and again makes an experiment instead.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/stats_json.h"

namespace tally {

struct ComparedValue {
  std::string value;
  std::string label;  // "" for none
  Summary clicks;
  Rates rates;
  ConversionTotals conversions;
  std::optional<std::uint64_t> previous_clicks;  // none without a period before
};

// A rate of a value minus that of the first value.
struct RateDifference {
  std::string_view rate;   // "conversion_rate" or "ctr"
  std::size_t column = 1;  // of the value
  double difference = 0;
  // Only where both rest on kLeastTrials: times the number of differences, at most 1.
  std::optional<double> p;
  std::optional<Bounds> bounds;
};

// Of the rates that the first value has.
std::vector<RateDifference> rate_differences(std::span<const ComparedValue> columns);

struct ComparisonHead {
  Dimension by = Dimension::link;
  TimeRange range;
  std::optional<TimeRange> previous;
  std::string zone;
  std::string currency;
  Freshness freshness;
};
std::string comparison_json(std::span<const ComparedValue> columns, const ComparisonHead& head);

}  // namespace tally
