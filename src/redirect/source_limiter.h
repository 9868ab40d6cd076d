// SPDX-License-Identifier: Apache-2.0
//
// At most so many of something per source and minute.
//
// A source is an IPv4 address or an IPv6 /64. The counters lie in one fixed table that all edge
// threads share without a lock: a source's set of four slots follows from a keyed hash, and a
// newcomer takes the slot that is oldest or has counted least. A flood of sources can make the
// table forget somebody, never refuse somebody who has not asked too often, and 512 KB is all the
// memory it takes.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>

#include "base/clock.h"
#include "model/hit.h"

namespace tally {

// Thread-safe.
class SourceLimiter {
 public:
  // 0 allows everything.
  explicit SourceLimiter(std::uint32_t per_minute);

  // Counts one for `source`; false when that is one too many.
  bool allow(const Address& source, UnixMillis now);

  // How often allow() said no.
  std::uint64_t refused() const { return refused_.load(std::memory_order_relaxed); }

  // Until the minute is over, in whole seconds: for Retry-After.
  static int seconds_left(UnixMillis now);

 private:
  static constexpr std::size_t kWays = 4;
  static constexpr std::size_t kSets = 16384;
  // Tag of the source 32 bits, minute 16, count 16; zero is free.
  using Slot = std::atomic<std::uint64_t>;

  const std::uint32_t per_minute_;
  std::array<unsigned char, 16> key_{};
  std::unique_ptr<Slot[]> slots_;
  std::atomic<std::uint64_t> refused_{0};
};

// What one source may do in a minute.
struct SourceLimits {
  static constexpr std::uint32_t kUnknownPaths = 60;
  static constexpr std::uint32_t kPasswords = 10;
  static constexpr std::uint32_t kBeacons = 120;
  static constexpr std::uint32_t kConversions = 120;

  explicit SourceLimits(std::uint32_t per_minute = kUnknownPaths) : unknown_paths(per_minute) {}
  SourceLimiter unknown_paths;  // asking for what is not there: somebody is looking for links
  SourceLimiter passwords{kPasswords};
  SourceLimiter beacons{kBeacons};
  SourceLimiter conversions{kConversions};
};

}  // namespace tally
