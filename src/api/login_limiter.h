// SPDX-License-Identifier: Apache-2.0
//
// How often somebody may try to log in: ten failures in a quarter of an hour from one address, and
// ten for one account from anywhere; after that both wait until the quarter is over.
//
// A try counts as a failure when it begins and is taken back when it succeeds, so that tries in
// parallel cannot slip through between asking and counting. Counts live in memory and start afresh
// with the process. Their number is bounded: when there are too many, the oldest is forgotten.
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "base/clock.h"

namespace tally {

class LoginLimiter {
 public:
  static constexpr int kTries = 10;
  static constexpr UnixMillis kWindow = 15 * kMillisPerMinute;
  static constexpr std::size_t kMaxCounts = 20'000;

  explicit LoginLimiter(const Clock& clock) : clock_(clock) {}

  // Counts a try, or gives the milliseconds to wait when there have been too many; then it counts
  // nothing.
  std::optional<UnixMillis> begin(const std::string& address, const std::string& account);
  // The try was right: it does not count, and the account's failures are forgotten.
  void succeeded(const std::string& address, const std::string& account);

 private:
  struct Count {
    UnixMillis since = 0;
    int tries = 0;
  };
  UnixMillis wait_for(const std::string& who, UnixMillis now) const;
  void count(const std::string& who, UnixMillis now);

  const Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Count> counts_;
};

}  // namespace tally
