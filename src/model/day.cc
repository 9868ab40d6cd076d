// SPDX-License-Identifier: Apache-2.0
#include "model/day.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kDayLength = 10;  // "2026-03-01"

bool is_day_start(UnixMillis time, const TimeZone& zone) {
  const auto starts = bucket_starts({time, time + 1}, Interval::day, zone);
  return starts && starts->front() == time;
}

}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != kDayLength || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (std::ranges::count_if(text, is_digit) != 8) return std::nullopt;
  const std::chrono::year_month_day date(
      std::chrono::year(*parse_number<int>(text.substr(0, 4))),
      std::chrono::month(*parse_number<unsigned>(text.substr(5, 2))),
      std::chrono::day(*parse_number<unsigned>(text.substr(8, 2))));
  if (!date.ok() || date.year() < std::chrono::year(1970)) return std::nullopt;
  return Day(date);
}

std::string format_day(Day day) {
  const std::chrono::year_month_day date(day);
  std::array<char, 32> text{};
  const int length =
      std::snprintf(text.data(), text.size(), "%04d-%02u-%02u", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
  return {text.data(), static_cast<std::size_t>(length)};
}

Day day_of(UnixMillis time, const TimeZone& zone) {
  const auto day = parse_day(format_local(time, zone).substr(0, kDayLength));
  // What is still 1969 in the zone is the start of 1970 everywhere else too.
  return day.value_or(Day());
}

std::optional<DayRange> whole_days(TimeRange range, UnixMillis now, const TimeZone& zone) {
  if (!is_day_start(range.from, zone)) return std::nullopt;
  const Day first = day_of(range.from, zone);
  if (is_day_start(range.to, zone)) return DayRange{first, day_of(range.to, zone)};
  if (range.to != now) return std::nullopt;
  return DayRange{first, day_of(range.to, zone) + std::chrono::days(1)};
}

}  // namespace tally
