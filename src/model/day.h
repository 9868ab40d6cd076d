// SPDX-License-Identifier: Apache-2.0
//
// Calendar days without a time, and when a range of time is whole days.
//
// What people enter (impressions, costs) belongs to a day as they write it, "2026-03-01", in the
// zone their workspace reports in. It can be laid beside clicks only where a range of clicks begins
// and ends on the edges of such days.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "model/calendar.h"

namespace tally {

using Day = std::chrono::local_days;

// [first, end).
struct DayRange {
  Day first, end;
  std::chrono::days length() const { return end - first; }
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

// "2026-03-01", years 1970 to 9999; nothing for any other text.
std::optional<Day> parse_day(std::string_view text);
std::string format_day(Day day);

// The day that a moment is in. Years 1970 to 9999.
Day day_of(UnixMillis time, const TimeZone& zone);

// The days of `zone` that a range is made of; nothing when it begins or ends within one. A range up
// to `now` has the day it ends in, since what was entered for today is of today up to now too.
std::optional<DayRange> whole_days(TimeRange range, UnixMillis now, const TimeZone& zone);

}  // namespace tally
