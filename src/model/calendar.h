// SPDX-License-Identifier: Apache-2.0
//
// Days, weeks and months of a time zone, turned into UTC edges.
//
// Clicks are stored in UTC and no time zone ever reaches SQL. Whoever asks for "the last seven days
// in Asia/Kathmandu, by day" gets the range and the start of every bucket from here, as plain UTC
// milliseconds, and folds what the store counts onto them. So a day of 23 or 25 hours, an offset of
// :30 or :45 and a midnight that does not exist are all the same case: the next start is simply
// nearer or farther.
//
// A bucket starts where its local clock reads a round time. When clocks go forward over midnight,
// the day starts at the jump; a day that a zone skipped altogether (Samoa, 30 December 2011) has no
// bucket; an hour that is repeated has two. Offsets are taken to be whole quarters of an hour,
// which they have been everywhere since 1980.
//
// Zones come from the system's tz database through cctz. Nothing here reads the clock: `now` is an
// argument. All functions are thread-safe.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/stats_query.h"

namespace tally {

class TimeZone {
 public:
  // The zone of that IANA name ("Europe/Berlin"); `invalid` on field "tz" for any other text.
  static Result<TimeZone> load(std::string_view name);
  static TimeZone utc();

  const std::string& name() const;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit TimeZone(std::shared_ptr<const Impl> impl) : impl_(std::move(impl)) {}
  std::shared_ptr<const Impl> impl_;
};

enum class Interval : std::uint8_t { minute, quarter_hour, hour, day, week, month };
inline constexpr std::array<std::string_view, 6> kIntervalNames = {"minute", "15m",  "hour",
                                                                   "day",    "week", "month"};
constexpr std::string_view to_text(Interval v) {
  return kIntervalNames[static_cast<std::size_t>(v)];
}
std::optional<Interval> parse_interval(std::string_view text);

// ISO 8601: "2026-03-01" (the start of that day in `zone`), or a date-time to the minute, second or
// millisecond, with "Z" or an offset, or else in `zone`. A local time that clocks skip is the
// moment of the jump, one that they repeat is the first. Years 1970 to 9999; what is still 1969 in
// UTC is taken as the start of 1970. `field` names the input in the error.
Result<UnixMillis> parse_time(std::string_view text, const TimeZone& zone, std::string_view field);

// "2026-03-01T00:00:00.000Z": how every stored time is written.
std::string format_utc(UnixMillis time);
// "2026-03-01T00:00:00+01:00": how a bucket's start is written, in its zone. Milliseconds are
// dropped: bucket starts have none.
std::string format_local(UnixMillis time, const TimeZone& zone);

// A range and the one that it is compared with.
struct ComparedRange {
  TimeRange current;
  std::optional<TimeRange> previous;  // none for "all"
};

// `24h`: the 24 hours up to `now`. `7d`, `30d`, `90d`: today and the n-1 calendar days before it in
// `zone`, up to `now`. `12mo`: this month and the eleven before it. `all`: from `beginning`.
// `previous` as in compared(), for `12mo` in months. `invalid` on field "range" for another name.
Result<ComparedRange> named_range(std::string_view name, UnixMillis now, UnixMillis beginning,
                                  const TimeZone& zone);

// The range given and the one before it: when it starts on a day's edge in `zone`, as many calendar
// days before, cut at the same time of its last day; else the same duration before.
ComparedRange compared(TimeRange range, const TimeZone& zone);

// The interval that gives a chart of that range a readable number of points (about 20 to 200).
Interval auto_interval(TimeRange range);

// The start of every bucket that meets `range`, ascending; the first is at or before range.from,
// and each bucket ends where the next starts. Empty for an empty range. More than `most` is
// `invalid` on field "interval".
inline constexpr std::size_t kMaxBuckets = 10'000;
Result<std::vector<UnixMillis>> bucket_starts(TimeRange range, Interval interval,
                                              const TimeZone& zone, std::size_t most = kMaxBuckets);

// Where a moment lies in the week of a zone.
struct WeekHour {
  int weekday = 1;  // 1 is Monday, 7 Sunday
  int hour = 0;     // 0 to 23
};
WeekHour week_hour(UnixMillis time, const TimeZone& zone);

}  // namespace tally
