// SPDX-License-Identifier: Apache-2.0
//
// Is it Friday evening in Berlin? Weekdays and minutes of the day in named time zones, for rules
// that hold in a part of the week only.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/clock.h"

namespace tally {

// The weekday and minute that a clock on the wall shows.
struct WallTime {
  std::uint8_t weekday = 0;  // 0 is Monday
  std::uint16_t minute = 0;  // of the day
};

// Whether `time` lies in the window: on `weekdays` (bit 0 is Monday) from `from` up to `to`. A
// window that ends before it begins goes past midnight and belongs to the day it began.
bool in_week_window(WallTime time, std::uint8_t weekdays, std::uint16_t from, std::uint16_t to);

// Keeps the zones it was asked for. Not thread-safe.
class WeekClock {
 public:
  WeekClock();
  ~WeekClock();

  // False when there is no zone of that IANA name.
  bool read(std::string_view zone, UnixMillis now, WallTime& out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tally
