// SPDX-License-Identifier: Apache-2.0
//
// The short URL's query as it came, taken apart without copying it.
#pragma once

#include <optional>
#include <string_view>

namespace tally {

struct RawParameter {
  std::string_view whole;        // "name=value" as it came
  std::string_view name, value;  // not decoded; value "" without '='
};

// Takes the next parameter off `rest`; false when there is none. Empty ones are passed over.
bool next_parameter(std::string_view& rest, RawParameter& out);

// Whether a parameter of that (decoded) name is there, with that value if one is asked for.
bool query_has(std::string_view query, std::string_view name,
               std::optional<std::string_view> value);

// Whether text with escapes means `plain`; '+' is a blank.
bool decodes_to(std::string_view raw, std::string_view plain);

}  // namespace tally
