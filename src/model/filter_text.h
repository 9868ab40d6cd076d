// SPDX-License-Identifier: Apache-2.0
//
// A filter as text, in queries and wherever one is kept: "DE,AT" is any of two values, "!DE" none
// of one, "a\,b" one value with a comma in it, "\!a" one that begins with an exclamation mark, ""
// the empty value.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "model/stats_query.h"

namespace tally {

// Nothing for a text that ends in the middle of an escape. Values are not judged.
std::optional<Filter> parse_filter(Dimension by, std::string_view text);

// What parse_filter() reads as the same filter.
std::string filter_text(const Filter& filter);

}  // namespace tally
