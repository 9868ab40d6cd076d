// SPDX-License-Identifier: Apache-2.0
#include "api/rates.h"

#include "base/json_writer.h"

namespace tally {
namespace {

constexpr double kPerCent = 100;

}  // namespace

Rate Rates::ctr() const {
  if (!comparable || !figures.impressions) return {};
  return rate_of(clicks, static_cast<std::uint64_t>(*figures.impressions));
}

std::optional<double> Rates::cpc() const {
  if (!comparable || !figures.cost || clicks == 0) return std::nullopt;
  return units(*figures.cost) / static_cast<double>(clicks);
}

std::optional<double> Rates::cpa(std::uint64_t conversions) const {
  if (!comparable || !figures.cost || conversions == 0) return std::nullopt;
  return units(*figures.cost) / static_cast<double>(conversions);
}

void put_percentages(JsonWriter& out, const std::optional<Bounds>& bounds) {
  if (!bounds) {
    out.value(nullptr);
    return;
  }
  out.begin_object()
      .field("low", bounds->low * kPerCent)
      .field("high", bounds->high * kPerCent)
      .end_object();
}

void put_rates(JsonWriter& out, const Rates& rates) {
  const Rate ctr = rates.ctr();
  std::optional<double> percent, cost;
  if (ctr.value) percent = *ctr.value * kPerCent;
  if (rates.figures.cost) cost = units(*rates.figures.cost);
  out.field("impressions", rates.figures.impressions).field("ctr", percent).key("ctr_interval");
  put_percentages(out, ctr.bounds);
  out.field("more_clicks_than_impressions", ctr.exceeds_whole)
      .field("cost", cost)
      .field("cpc", rates.cpc());
}

}  // namespace tally
