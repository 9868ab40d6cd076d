// SPDX-License-Identifier: Apache-2.0
#include "model/closed_period.h"

#include <chrono>

#include "base/check.h"
#include "base/text.h"

namespace tally {
namespace {

// All days of some 270 years.
constexpr std::size_t kMostPeriods = 100'000;
// Reaches back to a whole month, whatever day it is.
constexpr UnixMillis kTwoMonths = 63 * kMillisPerDay;

constexpr Interval interval_of(PeriodKind kind) {
  return kind == PeriodKind::daily    ? Interval::day
         : kind == PeriodKind::weekly ? Interval::week
                                      : Interval::month;
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
  std::string number = std::to_string(week + 1);
  if (number.size() < 2) number.insert(0, "0");
  return std::to_string(static_cast<int>(year)) + "-W" + number;
}

std::string name_of(PeriodKind kind, UnixMillis start, const TimeZone& zone) {
  const std::string local = format_local(start, zone);
  if (kind == PeriodKind::weekly) return week_name(local);
  return local.substr(0, kind == PeriodKind::daily ? 10 : 7);
}

}  // namespace

Result<std::vector<ClosedPeriod>> closed_periods(PeriodKind kind, UnixMillis since,
                                                 UnixMillis until, const TimeZone& zone) {
  std::vector<ClosedPeriod> out;
  if (since >= until) return out;
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

}  // namespace tally
