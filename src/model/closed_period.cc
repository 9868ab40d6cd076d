// SPDX-License-Identifier: Apache-2.0
#include "model/closed_period.h"

#include <chrono>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

// All hours of some 114 years.
constexpr std::size_t kMostPeriods = 1'000'000;
// Reaches back to a whole month, whatever day it is.
constexpr UnixMillis kTwoMonths = 63 * kMillisPerDay;

constexpr Interval interval_of(PeriodKind kind) {
  return kind == PeriodKind::hourly   ? Interval::hour
         : kind == PeriodKind::daily  ? Interval::day
         : kind == PeriodKind::weekly ? Interval::week
                                      : Interval::month;
}

std::string two_digits(std::int64_t number) {
  return (number < 10 ? "0" : "") + std::to_string(number);
}

// The year of an ISO week is the one that its Thursday is in.
std::string week_name(std::string_view monday) {
  using std::chrono::days;
  const std::chrono::year_month_day first(
      std::chrono::year(*parse_number<int>(monday.substr(0, 4))),
      std::chrono::month(*parse_number<unsigned>(monday.substr(5, 2))),
      std::chrono::day(*parse_number<unsigned>(monday.substr(8, 2))));
  const std::chrono::sys_days thursday = std::chrono::sys_days(first) + days(3);
  const std::chrono::year year = std::chrono::year_month_day(thursday).year();
  const auto week = (thursday - std::chrono::sys_days(year / std::chrono::January / 1)) / days(7);
  return std::to_string(static_cast<int>(year)) + "-W" + two_digits(week + 1);
}

// The Monday of "2026-W13". January 4 is in the first week of its year.
std::string monday_of(std::string_view week) {
  using std::chrono::days;
  const std::chrono::year year(*parse_number<int>(week.substr(0, 4)));
  const std::chrono::sys_days fourth(year / std::chrono::January / 4);
  const std::chrono::weekday weekday(fourth);
  const auto weeks = *parse_number<int>(week.substr(6, 2)) - 1;
  const std::chrono::year_month_day monday(fourth - days(weekday.iso_encoding() - 1) +
                                           days(7 * weeks));
  return std::to_string(static_cast<int>(monday.year())) + "-" +
         two_digits(static_cast<unsigned>(monday.month())) + "-" +
         two_digits(static_cast<unsigned>(monday.day()));
}

std::string name_of(PeriodKind kind, UnixMillis start, const TimeZone& zone) {
  if (kind == PeriodKind::hourly) return format_utc(start).substr(0, 13) + "Z";
  const std::string local = format_local(start, zone);
  if (kind == PeriodKind::weekly) return week_name(local);
  return local.substr(0, kind == PeriodKind::daily ? 10 : 7);
}

}  // namespace

Result<std::vector<ClosedPeriod>> closed_periods(PeriodKind kind, UnixMillis since,
                                                 UnixMillis until, const TimeZone& local) {
  std::vector<ClosedPeriod> out;
  if (since >= until) return out;
  const TimeZone zone = kind == PeriodKind::hourly ? TimeZone::utc() : local;
  // The last of these is the one that `until` is in, which is not over.
  TRY_ASSIGN(const auto starts,
             bucket_starts({since, until + 1}, interval_of(kind), zone, kMostPeriods));
  for (std::size_t i = 0; i + 1 < starts.size(); ++i)
    out.push_back({name_of(kind, starts[i], zone), {starts[i], starts[i + 1]}});
  return out;
}

UnixMillis last_closed_period(PeriodKind kind, UnixMillis now, const TimeZone& zone) {
  const auto closed = closed_periods(kind, now - kTwoMonths, now, zone);
  CHECK(closed && !closed->empty());
  return closed->back().range.from;
}

std::string first_day(PeriodKind kind, std::string_view name) {
  if (kind == PeriodKind::weekly) return monday_of(name);
  if (kind == PeriodKind::monthly) return std::string(name) + "-01";
  return std::string(name.substr(0, 10));
}

}  // namespace tally
