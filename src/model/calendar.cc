// SPDX-License-Identifier: Apache-2.0
#include "model/calendar.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <algorithm>
#include <chrono>

#include "base/text.h"

namespace tally {

struct TimeZone::Impl {
  std::string name;
  cctz::time_zone zone;
};

namespace {

using Seconds = cctz::seconds;
using Instant = cctz::time_point<Seconds>;

constexpr UnixMillis kQuarter = 15 * kMillisPerMinute;

UnixMillis floor_to(UnixMillis time, UnixMillis step) {
  const UnixMillis rest = time % step;
  return time - rest - (rest < 0 ? step : 0);
}

Instant instant(UnixMillis time) {
  return Instant(Seconds(floor_to(time, kMillisPerSecond) / kMillisPerSecond));
}
UnixMillis millis(Instant time) { return time.time_since_epoch().count() * kMillisPerSecond; }

cctz::civil_second local(UnixMillis time, const TimeZone& zone) {
  return cctz::convert(instant(time), zone.impl().zone);
}

// The first moment that reads `civil`; when clocks skip it, the moment of the jump.
UnixMillis moment(cctz::civil_second civil, const TimeZone& zone) {
  const auto found = zone.impl().zone.lookup(civil);
  return millis(found.kind == cctz::time_zone::civil_lookup::SKIPPED ? found.trans : found.pre);
}

// A name of the tz database: no way out of its folder, and none of the offset and POSIX forms that
// cctz would also take.
bool is_zone_name(std::string_view name) {
  if (name.empty() || name.size() > 64 || !is_alpha(name.front()) || name.contains("//"))
    return false;
  if (name.starts_with("Fixed/") || name.starts_with("posix") || name.starts_with("right/"))
    return false;
  return std::ranges::all_of(
      name, [](char c) { return is_alnum(c) || c == '/' || c == '_' || c == '-' || c == '+'; });
}

// Reads one ISO 8601 text from the front to the back; the first mismatch turns it bad.
class IsoReader {
 public:
  explicit IsoReader(std::string_view text) : rest_(text) {}

  int number(std::size_t digits) {
    if (rest_.size() < digits || !std::all_of(rest_.begin(), rest_.begin() + digits, is_digit)) {
      ok_ = false;
      return 0;
    }
    const int value = *parse_number<int>(rest_.substr(0, digits));
    rest_.remove_prefix(digits);
    return value;
  }
  bool accept(char c) {
    if (rest_.empty() || rest_.front() != c) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect(char c) { ok_ = accept(c) && ok_; }
  // One to nine digits of a fraction, as milliseconds; what is finer is cut off.
  int fraction() {
    const auto end = std::ranges::find_if_not(rest_, is_digit);
    const auto digits = static_cast<std::size_t>(end - rest_.begin());
    if (digits == 0 || digits > 9) {
      ok_ = false;
      return 0;
    }
    const std::string padded = std::string(rest_.substr(0, digits)) + "00";
    rest_.remove_prefix(digits);
    return *parse_number<int>(padded.substr(0, 3));
  }
  void refuse() { ok_ = false; }
  bool at_end() const { return rest_.empty(); }
  bool ok() const { return ok_; }

 private:
  std::string_view rest_;
  bool ok_ = true;
};

struct IsoTime {
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, milli = 0;
  std::optional<int> offset_minutes;
};

int read_offset(IsoReader& in, int sign) {
  const int hours = in.number(2);
  const bool colon = in.accept(':');
  const int minutes = colon || !in.at_end() ? in.number(2) : 0;
  if (hours > 23 || minutes > 59) in.refuse();
  return sign * (hours * 60 + minutes);
}

std::optional<IsoTime> read_iso(std::string_view text) {
  IsoReader in(text);
  IsoTime time;
  time.year = in.number(4);
  in.expect('-');
  time.month = in.number(2);
  in.expect('-');
  time.day = in.number(2);
  if (in.ok() && !in.at_end()) {
    if (!in.accept('t')) in.expect('T');
    time.hour = in.number(2);
    in.expect(':');
    time.minute = in.number(2);
    if (in.accept(':')) {
      time.second = in.number(2);
      if (in.accept('.')) time.milli = in.fraction();
    }
    if (in.accept('Z') || in.accept('z')) {
      time.offset_minutes = 0;
    } else if (in.accept('+')) {
      time.offset_minutes = read_offset(in, 1);
    } else if (in.accept('-')) {
      time.offset_minutes = read_offset(in, -1);
    }
  }
  const bool clock_fits = time.hour < 24 && time.minute < 60 && time.second < 60;
  if (!in.ok() || !in.at_end() || !clock_fits || time.year < 1970) return std::nullopt;
  // A date that does not exist (30 February) does not survive normalisation.
  const cctz::civil_day day(time.year, time.month, time.day);
  if (day.year() != time.year || day.month() != time.month || day.day() != time.day)
    return std::nullopt;
  return time;
}

// The place of a moment in its local day: which day, and how far into it.
struct DayPlace {
  cctz::civil_day day;
  UnixMillis into = 0;
};

DayPlace place(UnixMillis time, const TimeZone& zone) {
  const cctz::civil_day day(local(time, zone));
  return {day, time - moment(cctz::civil_second(day), zone)};
}

UnixMillis day_start(cctz::civil_day day, const TimeZone& zone) {
  return moment(cctz::civil_second(day), zone);
}

// As far into `day` as `into`, but not past its end.
UnixMillis same_place(cctz::civil_day day, UnixMillis into, const TimeZone& zone) {
  return std::min(day_start(day, zone) + into, day_start(day + 1, zone));
}

bool is_hour_start(UnixMillis time, const TimeZone& zone) {
  const auto here = local(time, zone);
  if (here.minute() == 0) return true;
  // Clocks that jump past the full hour (Lord Howe Island, by thirty minutes) start it late.
  const auto before = local(time - kQuarter, zone);
  return cctz::civil_hour(here) > cctz::civil_hour(before);
}

UnixMillis step_to_hour(UnixMillis time, UnixMillis step, const TimeZone& zone) {
  while (!is_hour_start(time, zone)) time += step;
  return time;
}

// The start of the bucket that holds `time`.
UnixMillis bucket_at(UnixMillis time, Interval interval, const TimeZone& zone) {
  const auto civil = local(time, zone);
  switch (interval) {
    case Interval::minute:
      return floor_to(time, kMillisPerMinute);
    case Interval::quarter_hour:
      return floor_to(time, kQuarter);
    case Interval::hour:
      return step_to_hour(floor_to(time, kQuarter), -kQuarter, zone);
    case Interval::day:
      return day_start(cctz::civil_day(civil), zone);
    case Interval::week: {
      const auto next_day = cctz::civil_day(civil) + 1;
      return day_start(cctz::prev_weekday(next_day, cctz::weekday::monday), zone);
    }
    case Interval::month:
      return moment(cctz::civil_second(cctz::civil_month(civil)), zone);
  }
  return time;
}

// The start of the bucket after the one that starts at `start`.
UnixMillis next_bucket(UnixMillis start, Interval interval, const TimeZone& zone) {
  const auto civil = local(start, zone);
  const auto after = [&](cctz::civil_second next) { return moment(next, zone); };
  switch (interval) {
    case Interval::minute:
      return start + kMillisPerMinute;
    case Interval::quarter_hour:
      return start + kQuarter;
    case Interval::hour:
      return step_to_hour(start + kQuarter, kQuarter, zone);
    case Interval::day:
      return after(cctz::civil_second(cctz::civil_day(civil) + 1));
    case Interval::week:
      return after(
          cctz::civil_second(cctz::next_weekday(cctz::civil_day(civil), cctz::weekday::monday)));
    case Interval::month:
      return after(cctz::civil_second(cctz::civil_month(civil) + 1));
  }
  return start;
}

std::unexpected<Error> no_such_range(std::string_view name) {
  return fail_field("range", "bad_range",
                    "no range '" + std::string(name) + "': use 24h, 7d, 30d, 90d, 12mo or all");
}

ComparedRange last_months(UnixMillis now, int months, const TimeZone& zone) {
  const auto [today, into] = place(now, zone);
  const cctz::civil_month first = cctz::civil_month(today) - (months - 1);
  // The same day of the month, or its last when it is shorter.
  const cctz::civil_month earlier = cctz::civil_month(today) - months;
  const cctz::civil_day wished = cctz::civil_day(earlier) + (today.day() - 1);
  const cctz::civil_day last = cctz::civil_day(earlier + 1) - 1;
  return {{day_start(cctz::civil_day(first), zone), now},
          TimeRange{day_start(cctz::civil_day(first - months), zone),
                    same_place(std::min(wished, last), into, zone)}};
}

}  // namespace

Result<TimeZone> TimeZone::load(std::string_view name) {
  auto impl = std::make_shared<Impl>();
  impl->name = name;
  if (!is_zone_name(name) || !cctz::load_time_zone(impl->name, &impl->zone))
    return fail_field("tz", "bad_time_zone",
                      "no time zone '" + make_utf8(cut_utf8(name, 64)) +
                          "': use an IANA name such as Europe/Berlin");
  return TimeZone(std::move(impl));
}

TimeZone TimeZone::utc() {
  return TimeZone(std::make_shared<Impl>(Impl{"UTC", cctz::utc_time_zone()}));
}

const std::string& TimeZone::name() const { return impl_->name; }

std::optional<Interval> parse_interval(std::string_view text) {
  const auto found = std::ranges::find(kIntervalNames, text);
  if (found == kIntervalNames.end()) return std::nullopt;
  return static_cast<Interval>(found - kIntervalNames.begin());
}

Result<UnixMillis> parse_time(std::string_view text, const TimeZone& zone, std::string_view field) {
  const auto time = read_iso(text);
  if (!time)
    return fail_field(std::string(field), "bad_time",
                      "is not a date or date-time, like 2026-03-01 or 2026-03-01T12:00:00Z");
  const cctz::civil_second civil(time->year, time->month, time->day, time->hour, time->minute,
                                 time->second);
  UnixMillis out = 0;
  if (time->offset_minutes) {
    out = (civil - cctz::civil_second()) * kMillisPerSecond -
          *time->offset_minutes * kMillisPerMinute;
    out += time->milli;
  } else {
    const auto kind = zone.impl().zone.lookup(civil).kind;
    // Inside a gap every text means the jump itself, its milliseconds too.
    const bool skipped = kind == cctz::time_zone::civil_lookup::SKIPPED;
    out = moment(civil, zone) + (skipped ? 0 : time->milli);
  }
  return std::max<UnixMillis>(out, 0);
}

std::string format_utc(UnixMillis time) {
  namespace chrono = std::chrono;
  const chrono::sys_time<chrono::milliseconds> moment{chrono::milliseconds(time)};
  const auto day = chrono::floor<chrono::days>(moment);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss<chrono::milliseconds> clock(moment - day);
  std::string out = "0000-00-00T00:00:00.000Z";
  const auto put = [&out](std::size_t end, std::size_t digits, std::uint64_t value) {
    for (; digits > 0; --digits, value /= 10) out[--end] = static_cast<char>('0' + value % 10);
  };
  put(4, 4, static_cast<std::uint64_t>(static_cast<int>(date.year())));
  put(7, 2, static_cast<unsigned>(date.month()));
  put(10, 2, static_cast<unsigned>(date.day()));
  put(13, 2, static_cast<std::uint64_t>(clock.hours().count()));
  put(16, 2, static_cast<std::uint64_t>(clock.minutes().count()));
  put(19, 2, static_cast<std::uint64_t>(clock.seconds().count()));
  put(23, 3, static_cast<std::uint64_t>(clock.subseconds().count()));
  return out;
}

std::string format_local(UnixMillis time, const TimeZone& zone) {
  return cctz::format("%Y-%m-%dT%H:%M:%S%Ez", instant(time), zone.impl().zone);
}

Result<ComparedRange> named_range(std::string_view name, UnixMillis now, UnixMillis beginning,
                                  const TimeZone& zone) {
  if (name == "24h") {
    const TimeRange current{now - kMillisPerDay, now};
    return ComparedRange{current, TimeRange{current.from - kMillisPerDay, current.from}};
  }
  if (name == "12mo") return last_months(now, 12, zone);
  if (name == "all") return ComparedRange{{std::min(beginning, now), now}, std::nullopt};
  for (const auto& [text, days] : {std::pair{"7d", 7}, {"30d", 30}, {"90d", 90}}) {
    if (name != text) continue;
    const cctz::civil_day today(local(now, zone));
    return compared({day_start(today - (days - 1), zone), now}, zone);
  }
  return no_such_range(make_utf8(cut_utf8(name, 32)));
}

ComparedRange compared(TimeRange range, const TimeZone& zone) {
  const UnixMillis duration = std::max<UnixMillis>(range.to - range.from, 0);
  const DayPlace first = place(range.from, zone);
  if (first.into != 0 || duration == 0)
    return {range, TimeRange{range.from - duration, range.from}};
  const DayPlace last = place(range.to, zone);
  const bool whole_days = last.into == 0;
  const auto days = (last.day - first.day) + (whole_days ? 0 : 1);
  return {range, TimeRange{day_start(first.day - days, zone),
                           whole_days ? range.from : same_place(last.day - days, last.into, zone)}};
}

Interval auto_interval(TimeRange range) {
  const UnixMillis duration = range.to - range.from;
  if (duration <= 3 * kMillisPerHour) return Interval::minute;
  if (duration <= 12 * kMillisPerHour) return Interval::quarter_hour;
  if (duration <= 4 * kMillisPerDay) return Interval::hour;
  if (duration <= 100 * kMillisPerDay) return Interval::day;
  if (duration <= 300 * kMillisPerDay) return Interval::week;
  return Interval::month;
}

Result<std::vector<UnixMillis>> bucket_starts(TimeRange range, Interval interval,
                                              const TimeZone& zone, std::size_t most) {
  std::vector<UnixMillis> starts;
  if (range.from >= range.to) return starts;
  UnixMillis start = bucket_at(range.from, interval, zone);
  while (start < range.to) {
    if (starts.size() == most)
      return fail_field("interval", "too_fine",
                        "gives more than " + std::to_string(most) +
                            " points for this range: ask for a longer interval");
    starts.push_back(start);
    start = next_bucket(start, interval, zone);
  }
  return starts;
}

WeekHour week_hour(UnixMillis time, const TimeZone& zone) {
  const cctz::civil_second civil = local(time, zone);
  return {static_cast<int>(cctz::get_weekday(cctz::civil_day(civil))) + 1, civil.hour()};
}

}  // namespace tally
