// SPDX-License-Identifier: Apache-2.0
//
// Answers about clicks as JSON. Pure; openapi.json says what each field means.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/rates.h"
#include "api/week_fold.h"
#include "base/json_writer.h"
#include "clicks/click_store.h"
#include "model/calendar.h"
#include "model/click_id.h"

namespace tally {

// What every answer about clicks says of itself.
struct Freshness {
  UnixMillis as_of = 0;
  bool incomplete = false;
};

void put_freshness(JsonWriter& out, const Freshness& freshness);
void put_range(JsonWriter& out, const TimeRange& range);
// The range that is compared with, under "previous"; null for none.
void put_previous(JsonWriter& out, const std::optional<TimeRange>& range);

// Clicks with all that goes with them, as fields of an object.
void put_numbers(JsonWriter& out, const Summary& summary, const Rates& rates,
                 const ConversionTotals& conversions);
// A share and, under its name with "_interval", its 95 % interval.
void put_rate(JsonWriter& out, std::string_view name, const Rate& rate);
// A range of shares or of their differences; null for none.
void put_bounds(JsonWriter& out, std::string_view name, const std::optional<Bounds>& bounds);
// (now - before) / before; nothing when there is nothing to divide by.
std::optional<double> change_of(std::optional<double> now, std::optional<double> before);
// `value`, null for the rest, and `kind`.
void put_value(JsonWriter& out, const std::string& value, ValueKind kind);

struct ComparedSummary {
  TimeRange range;
  std::string currency;  // of costs; "" when the workspace has none
  Summary now;
  Rates rates;
  std::optional<TimeRange> previous_range;
  Summary previous;  // when there is a previous range
  Rates previous_rates;
  ConversionTotals conversions;
  ConversionTotals previous_conversions;  // likewise
};

std::string summary_json(const ComparedSummary& summary, const TimeZone& zone,
                         const Freshness& freshness);

// The way of people from step to step; a count is none where it is not known.
struct FunnelStep {
  std::string_view step;
  std::optional<std::uint64_t> count;
};
// Each step's rate relates to the last one before it that has a count.
std::string funnel_json(std::span<const FunnelStep> steps, TimeRange range, const TimeZone& zone,
                        const Freshness& freshness);

// `by` is set for one series a value; without it there is one series, whose value is not written.
std::string timeseries_json(std::span<const Series> series, std::optional<Dimension> by,
                            Interval interval, const TimeZone& zone, const Freshness& freshness);

std::string heatmap_json(const WeekFold& week, TimeRange range, const TimeZone& zone,
                         const Freshness& freshness);
// By the visitors' clocks; the range is in `zone` all the same.
std::string heatmap_json(const PlaceFold& fold, TimeRange range, const TimeZone& zone,
                         const Freshness& freshness);

using Labels = std::unordered_map<std::string, std::string>;  // a row's value to what to show
std::string breakdown_json(const Breakdown& breakdown, Dimension by, const Labels& labels,
                           const Freshness& freshness);
std::string breakdowns_json(std::span<const Breakdown> breakdowns, std::span<const Dimension> by,
                            const Labels& labels, const Freshness& freshness);

// Stored clicks as a list; each is as in clicklog/click_json.h.
std::string clicks_json(std::span<const Click> clicks, const std::string& next_cursor,
                        const ClickIdCodec& ids, const Freshness& freshness);

}  // namespace tally
