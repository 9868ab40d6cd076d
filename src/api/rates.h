// SPDX-License-Identifier: Apache-2.0
//
// Clicks beside what people entered about them: click-through rate and cost of a click.
#pragma once

#include <cstdint>
#include <optional>

#include "insights/interval.h"
#include "model/money.h"

namespace tally {

class JsonWriter;

// Sums of what was entered; nothing where nothing was.
struct Figures {
  std::optional<std::int64_t> impressions;
  std::optional<std::int64_t> cost;  // millionths of the workspace's currency
  friend bool operator==(const Figures&, const Figures&) = default;
};

struct Rates {
  std::uint64_t clicks = 0;  // human ones, of the same links and days as the figures
  Figures figures;
  bool comparable = true;  // else there are figures, but no rate

  // As a share.
  Rate ctr() const;
  // In the currency; nothing without clicks, and without a cost.
  std::optional<double> cpc() const;
  // Likewise of a conversion.
  std::optional<double> cpa(std::uint64_t conversions) const;
};

// The fields impressions, ctr and ctr_interval (in per cent), more_clicks_than_impressions, cost
// and cpc of an object.
void put_rates(JsonWriter& out, const Rates& rates);
// A range of shares, in per cent; null for none.
void put_percentages(JsonWriter& out, const std::optional<Bounds>& bounds);

}  // namespace tally
