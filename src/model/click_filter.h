// SPDX-License-Identifier: Apache-2.0
//
// Whether a click is asked for, told from the click itself: the same words and the same answer as a
// question to the click store, for clicks on their way. What is told of a click later, its landing
// view, is not there yet: its screen is what the request said.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/click.h"
#include "model/stats_query.h"

namespace tally {

class ClickFilter {
 public:
  // Errors as the store's: invalid/"bad_value" with the dimension as field. A filter by tag has
  // been turned into one by link before.
  static Result<ClickFilter> make(std::span<const Filter> filters);

  // Whatever the traffic class and outcome, unless a filter names them.
  bool passes(const Click& click) const;

 private:
  std::vector<Filter> filters_;
};

// Hits of a class that is asked for; never HEAD or prefetch.
bool is_asked(TrafficFilter asked, Traffic traffic);

// Whether every click has such a fact, so that one without is "Unknown".
bool is_always_told(Dimension by);

// How the dimension's value is spelled in breakdowns and filters. Of `tag` always "".
std::string dimension_value(Dimension by, const Click& click);

}  // namespace tally
