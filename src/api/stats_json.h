// SPDX-License-Identifier: Apache-2.0
//
// Answers about clicks as JSON. Pure; openapi.json says what each field means.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

#include "api/week_fold.h"
#include "clicks/click_store.h"
#include "model/calendar.h"
#include "model/click_id.h"

namespace tally {

// What every answer about clicks says of itself.
struct Freshness {
  UnixMillis as_of = 0;
  bool incomplete = false;
};

struct ComparedSummary {
  TimeRange range;
  Summary now;
  std::optional<TimeRange> previous_range;
  Summary previous;  // when there is a previous range
};

std::string summary_json(const ComparedSummary& summary, const TimeZone& zone,
                         const Freshness& freshness);

// `by` is set for one series a value; without it there is one series, whose value is not written.
std::string timeseries_json(std::span<const Series> series, std::optional<Dimension> by,
                            Interval interval, const TimeZone& zone, const Freshness& freshness);

std::string heatmap_json(const WeekFold& week, TimeRange range, const TimeZone& zone,
                         const Freshness& freshness);

using Labels = std::unordered_map<std::string, std::string>;  // a row's value to what to show
std::string breakdown_json(const Breakdown& breakdown, Dimension by, const Labels& labels,
                           const Freshness& freshness);

// One stored click, as the list has it.
std::string click_json(const Click& click, const ClickIdCodec& ids);

std::string clicks_json(std::span<const Click> clicks, const std::string& next_cursor,
                        const ClickIdCodec& ids, const Freshness& freshness);

}  // namespace tally
