// SPDX-License-Identifier: Apache-2.0
//
// Clicks by the second in which they were received, told when the second is over: then the count is
// final, as every hit received in it has been seen. Pure.
#pragma once

#include <cstdint>
#include <functional>
#include <map>

#include "base/clock.h"
#include "model/click.h"
#include "model/stats_query.h"

namespace tally {

struct SecondCounts {
  std::uint64_t clicks = 0;         // headline hits of the traffic asked for
  std::uint64_t unique_clicks = 0;  // those of people that are unique
  std::uint64_t bots = 0;           // headline hits of bots, whatever was asked
  std::uint64_t skipped = 0;        // of the rows asked for, those that were not shown
  friend bool operator==(const SecondCounts&, const SecondCounts&) = default;
};

// Not thread-safe.
class Seconds {
 public:
  explicit Seconds(TrafficFilter asked) : asked_(asked) {}

  void count(const Click& click);
  // The second that a click is in; its counts may be written to until it is told.
  SecondCounts& of(const Click& click);
  // Calls each(start of the second, counts) for the seconds that are over by then, oldest first;
  // those without hits are left out.
  void tell(UnixMillis through, const std::function<void(UnixMillis, const SecondCounts&)>& each);

 private:
  const TrafficFilter asked_;
  std::map<UnixMillis, SecondCounts> open_;
};

}  // namespace tally
