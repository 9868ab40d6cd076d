// SPDX-License-Identifier: Apache-2.0
//
// Whole days, ISO weeks and months of a time zone that are over, with the names that people and
// files have for them: "2026-03-29", "2026-W13", "2026-03".
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "model/calendar.h"

namespace tally {

enum class PeriodKind : std::uint8_t { daily, weekly, monthly };
inline constexpr std::array<std::string_view, 3> kPeriodKindNames = {"daily", "weekly", "monthly"};
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

// So many days are in a long one.
constexpr std::uint32_t longest_days(PeriodKind kind) {
  return kind == PeriodKind::daily ? 1 : kind == PeriodKind::weekly ? 7 : 31;
}

}  // namespace tally
