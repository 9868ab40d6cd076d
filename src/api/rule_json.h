// SPDX-License-Identifier: Apache-2.0
//
// A link's rules and variants as JSON, and back.
//
//   {"if": {"platform": ["ios"], "country": ["DE", "AT"],
//           "time": {"weekdays": [1, 2, 3, 4, 5], "from": "09:00", "to": "17:00",
//                    "tz": "Europe/Berlin"},
//           "query": {"name": "src", "value": "mail"}},
//    "destination": "https://example.com/de"}
#pragma once

#include <vector>

#include "api/json.h"
#include "base/json_writer.h"
#include "model/link.h"

namespace tally {

void put_rules(JsonWriter& out, const std::vector<Rule>& rules);
void put_variants(JsonWriter& out, const std::vector<Variant>& variants);

// Each replaces the whole list when its field is there.
void read_rules(JsonFields& fields, std::vector<Rule>& out);
void read_variants(JsonFields& fields, std::vector<Variant>& out);

}  // namespace tally
