// SPDX-License-Identifier: Apache-2.0
//
// Whole hours, days, ISO weeks and months that are over, with the names that people and files have
// for them: "2026-03-29T13Z", "2026-03-29", "2026-W13", "2026-03". All but hours are those of a
// time zone; hours are of UTC, where each has a name of its own and none is skipped or repeated.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar.h"

namespace tally {

// Stored as numbers in this order, so it only grows at its end.
enum class PeriodKind : std::uint8_t { daily, weekly, monthly, hourly };
inline constexpr std::array<std::string_view, 4> kPeriodKindNames = {"daily", "weekly", "monthly",
                                                                     "hourly"};
constexpr std::string_view to_text(PeriodKind v) {
  return kPeriodKindNames[static_cast<std::size_t>(v)];
}

struct ClosedPeriod {
  std::string name;
  TimeRange range;
  friend bool operator==(const ClosedPeriod&, const ClosedPeriod&) = default;
};

// Those that end after `since`, and at or before `until`, oldest first.
Result<std::vector<ClosedPeriod>> closed_periods(PeriodKind kind, UnixMillis since,
                                                 UnixMillis until, const TimeZone& zone);

// When the last one that is over at `now` began.
UnixMillis last_closed_period(PeriodKind kind, UnixMillis now, const TimeZone& zone);

// The day that a period begins with, as its name has it: "2026-03-23" of "2026-W13".
std::string first_day(PeriodKind kind, std::string_view name);

// So many days are in a long one, or are touched by it.
constexpr std::uint32_t longest_days(PeriodKind kind) {
  return kind == PeriodKind::weekly ? 7 : kind == PeriodKind::monthly ? 31 : 1;
}

}  // namespace tally
