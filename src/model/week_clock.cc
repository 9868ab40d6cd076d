// SPDX-License-Identifier: Apache-2.0
#include "model/week_clock.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>

namespace tally {

bool in_week_window(WallTime time, std::uint8_t weekdays, std::uint16_t from, std::uint16_t to) {
  const auto chosen = [&](unsigned weekday) { return (weekdays >> weekday & 1U) != 0; };
  if (from < to) return chosen(time.weekday) && time.minute >= from && time.minute < to;
  if (time.minute >= from) return chosen(time.weekday);
  return time.minute < to && chosen((time.weekday + 6U) % 7U);
}

struct WeekClock::Impl {
  std::map<std::string, std::optional<cctz::time_zone>, std::less<>> zones;  // none: no such zone
};

WeekClock::WeekClock() : impl_(std::make_unique<Impl>()) {}
WeekClock::~WeekClock() = default;

bool WeekClock::read(std::string_view name, UnixMillis now, WallTime& out) {
  auto known = impl_->zones.find(name);
  if (known == impl_->zones.end()) {
    cctz::time_zone zone;
    const bool loaded = cctz::load_time_zone(std::string(name), &zone);
    known = impl_->zones.emplace(name, loaded ? std::optional(zone) : std::nullopt).first;
  }
  if (!known->second) return false;
  const std::chrono::time_point<std::chrono::system_clock, std::chrono::seconds> instant(
      std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(now)));
  const cctz::civil_second civil = cctz::convert(instant, *known->second);
  out.weekday = static_cast<std::uint8_t>(cctz::get_weekday(cctz::civil_day(civil)));
  out.minute = static_cast<std::uint16_t>(civil.hour() * 60 + civil.minute());
  return true;
}

}  // namespace tally
