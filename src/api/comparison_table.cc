// SPDX-License-Identifier: Apache-2.0
#include "api/comparison_table.h"

#include <algorithm>

#include "insights/comparison.h"
#include "insights/experiment.h"

namespace tally {
namespace {

std::optional<Arm> converting(const ComparedValue& column) {
  return Arm{column.clicks.human_clicks, column.conversions.converted_clicks};
}

std::optional<Arm> clicking(const ComparedValue& column) {
  if (!column.rates.ctr().value) return std::nullopt;
  return Arm{static_cast<std::uint64_t>(*column.rates.figures.impressions), column.rates.clicks};
}

std::optional<RateDifference> difference(const Arm& first, const Arm& other, double comparisons) {
  const auto compared = compare(other, first, 1 - kExperimentAlpha / comparisons);
  if (!compared) return std::nullopt;
  RateDifference out;
  out.difference = compared->difference;
  if (std::min(first.trials, other.trials) < kLeastTrials) return out;
  out.p = std::min(1.0, compared->p * comparisons);
  out.bounds = compared->bounds;
  return out;
}

void put_column(JsonWriter& out, const ComparedValue& column) {
  out.begin_object().field("value", column.value).text_or_null("label", column.label);
  put_numbers(out, column.clicks, column.rates, column.conversions);
  out.field("previous_clicks", column.previous_clicks)
      .field("change", change_of(column.clicks.clicks, column.previous_clicks))
      .end_object();
}

}  // namespace

std::vector<RateDifference> rate_differences(std::span<const ComparedValue> columns) {
  std::vector<RateDifference> out;
  const auto comparisons = static_cast<double>(columns.size()) - 1;
  for (const auto& [name, arm_of] :
       {std::pair("conversion_rate", &converting), std::pair("ctr", &clicking)}) {
    const auto first = arm_of(columns.front());
    for (std::size_t i = 1; first && i < columns.size(); ++i) {
      const auto other = arm_of(columns[i]);
      auto found = other ? difference(*first, *other, comparisons) : std::nullopt;
      if (!found) continue;
      found->rate = name;
      found->column = i;
      out.push_back(*found);
    }
  }
  return out;
}

std::string comparison_json(std::span<const ComparedValue> columns, const ComparisonHead& head) {
  // A click may count under several tags.
  const bool apart = head.by != Dimension::tag;
  JsonWriter out;
  out.begin_object().field("by", to_text(head.by));
  put_range(out, head.range);
  put_previous(out, head.previous);
  out.field("tz", head.zone).text_or_null("currency", head.currency).key("columns").begin_array();
  for (const ComparedValue& column : columns) put_column(out, column);
  out.end_array().key("differences").begin_array();
  for (const RateDifference& one :
       apart ? rate_differences(columns) : std::vector<RateDifference>()) {
    out.begin_object()
        .field("rate", one.rate)
        .field("value", columns[one.column].value)
        .field("difference", one.difference);
    put_bounds(out, "interval", one.bounds);
    out.field("p", one.p).end_object();
  }
  out.end_array();
  put_freshness(out, head.freshness);
  return out.end_object().take();
}

}  // namespace tally
