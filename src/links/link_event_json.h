// SPDX-License-Identifier: Apache-2.0
//
// Links as JSON: the same names in the API and in events.
//
// A rule is
//
//   {"if": {"platform": ["ios"], "country": ["DE", "AT"],
//           "time": {"weekdays": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00",
//                    "tz": "Europe/Berlin"},
//           "query": {"name": "src", "value": "mail"}},
//    "destination": "https://example.com/de"}
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/json_writer.h"
#include "model/link.h"

namespace tally {

// What stands for a password that is set.
inline constexpr std::string_view kPasswordMask = "********";

// A field that whoever makes a link may set.
struct LinkField {
  std::string_view name;
  void (*put)(JsonWriter& out, const Link& link);  // its value
  bool (*same)(const Link& a, const Link& b);
};
// In the order in which they are shown.
std::span<const LinkField> link_fields();

// All that a link knows of itself, as fields of an object that is open.
void put_link_fields(JsonWriter& out, const Link& link);

// The `data` of an event.
std::string link_event_data(const Link& link);

}  // namespace tally
