// SPDX-License-Identifier: Apache-2.0
//
// The common query of everything that is asked about clicks, read strictly: an unknown parameter or
// a value that cannot be one is refused by name, since a misspelt filter that is ignored gives a
// number that looks right. Pure: what needs a store (the oldest click for `range=all`, the links
// behind a tag) is left for the handler.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/query_string.h"
#include "model/calendar.h"
#include "model/stats_query.h"

namespace tally {

// Which parameters a question takes besides the common ones, and its limits.
struct StatsAccepts {
  bool interval = false;
  bool by = false;
  bool by_needed = false;
  bool cursor = false;
  std::size_t default_limit = 0;  // 0: takes no `limit`
  std::size_t max_limit = 0;
  bool raw = false;
  bool values = false;   // of `by`, needed then
  bool several = false;  // `by` is a list, needed then
  bool clock = false;
};

struct StatsQuestion {
  TimeZone zone = TimeZone::utc();
  TrafficFilter traffic = TrafficFilter::human;
  std::vector<Filter> filters;  // tags among them
  std::string range = "30d";    // "" when from and to are given
  std::string from, to;
  std::optional<Interval> interval;  // none: auto
  bool has_interval = false;         // one was asked for, be it auto
  std::optional<Dimension> by;
  std::size_t limit = 0;
  std::string cursor;
  bool raw = false;
  std::vector<std::string> values;
  std::vector<Dimension> several;
  bool visitor_clock = false;  // hours are those where the visitor is
};

// Errors are malformed, with the parameter as field: "unknown_parameter", "bad_value",
// "bad_range", "required".
Result<StatsQuestion> read_stats_question(const std::vector<QueryParameter>& parameters,
                                          const StatsAccepts& accepts);

// `beginning` is where "all" begins.
Result<ComparedRange> resolve_range(const StatsQuestion& question, UnixMillis now,
                                    UnixMillis beginning);

// "DE,AT" is any of two, "!DE" none of one, "a\,b" one value with a comma in it, "" the empty
// value.
Result<Filter> read_filter(Dimension by, std::string_view text);

std::optional<Dimension> parse_dimension(std::string_view name);

}  // namespace tally
