// SPDX-License-Identifier: Apache-2.0
//
// Lists that are asked for by `limit` and `cursor`, where the cursor is the id of the last item.
#pragma once

#include <string>
#include <utility>

#include "api/call.h"
#include "api/parameter.h"
#include "base/json_writer.h"
#include "http/query_string.h"

namespace tally {

inline constexpr std::size_t kMaxPage = 200;

// Into `listing.limit`, one more than was asked for, which says whether there is another page, and
// `listing.after`. What else a list is asked by goes to `other(name, value)`: whether it is known.
template <class Cursor, class Listing, class Other>
Result<void> read_page(const Call& call, Listing& listing, Other other) {
  TRY_ASSIGN(const auto parameters, parse_query_string(call.request.query));
  for (const auto& [name, value] : parameters) {
    if (name == "limit") {
      TRY_ASSIGN(listing.limit, read_limit(value, kMaxPage));
    } else if (name == "cursor") {
      listing.after = Cursor::parse(value);
      if (!listing.after) return bad_cursor();
    } else {
      TRY_ASSIGN(const bool known, other(name, value));
      if (!known) return unknown_parameter(name);
    }
  }
  ++listing.limit;
  return {};
}
template <class Cursor, class Listing>
Result<void> read_page(const Call& call, Listing& listing) {
  return read_page<Cursor>(call, listing,
                           [](const auto&, const auto&) -> Result<bool> { return false; });
}

// Closes the page of a list that was asked for with one more than it holds.
template <class Items, class Put>
Response page_response(Items& items, std::size_t limit, Put put) {
  const bool more = items.size() == limit;
  if (more) items.pop_back();
  JsonWriter out;
  out.begin_object().key("data").begin_array();
  for (const auto& item : items) put(out, item);
  out.end_array().text_or_null("next_cursor", more ? items.back().id.text() : std::string());
  return json_response(out.end_object().take());
}

}  // namespace tally
