// SPDX-License-Identifier: Apache-2.0
//
// Time as a parameter. Wall time says when a click happened; steady time measures how long things
// take. Nothing outside base asks the system for either, so a test can move the clock.
#pragma once

#include <chrono>
#include <cstdint>

namespace tally {

// Milliseconds since 1970-01-01T00:00:00Z: the unit of every stored time.
using UnixMillis = std::int64_t;

inline constexpr UnixMillis kMillisPerSecond = 1000;
inline constexpr UnixMillis kMillisPerMinute = 60 * kMillisPerSecond;
inline constexpr UnixMillis kMillisPerHour = 60 * kMillisPerMinute;
inline constexpr UnixMillis kMillisPerDay = 24 * kMillisPerHour;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual UnixMillis now_ms() const = 0;
  virtual std::chrono::steady_clock::time_point steady() const = 0;
};

class SystemClock final : public Clock {
 public:
  UnixMillis now_ms() const override;
  std::chrono::steady_clock::time_point steady() const override;
};

// A clock that a test moves by hand. Not thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(UnixMillis start) : now_(start) {}
  UnixMillis now_ms() const override { return now_; }
  std::chrono::steady_clock::time_point steady() const override {
    return std::chrono::steady_clock::time_point(std::chrono::milliseconds(now_));
  }
  void advance(UnixMillis millis) { now_ += millis; }
  void set(UnixMillis now) { now_ = now; }

 private:
  UnixMillis now_;
};

}  // namespace tally
