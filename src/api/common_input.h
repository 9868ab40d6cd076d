// SPDX-License-Identifier: Apache-2.0
//
// What several kinds of things are given as JSON: a name, one of a few words, the common filters.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "api/json.h"
#include "model/kinds.h"
#include "model/stats_query.h"

namespace tally {

// "must be one of …".
std::string one_of(std::span<const std::string_view> names);

template <class Kind, std::size_t N>
void read_kind(JsonFields& fields, const char* name, const std::array<std::string_view, N>& names,
               Kind& out) {
  if (!fields.has(name)) return;
  std::string text;
  fields.text(name, text);
  if (const auto kind = parse_kind<Kind>(names, text))
    out = *kind;
  else
    fields.refuse(name, "bad_value", one_of(names));
}

// `filters`: an object of filters by their names, each in the grammar of queries; null takes one
// away, or all of them. Traffic is none of them: it is asked for in other ways.
void read_filters(JsonFields& fields, std::vector<Filter>& out);

// Text on one line, of 1 to `most` bytes; a fault of the field `name`.
Result<void> check_name(std::string_view name, std::size_t most);

}  // namespace tally
