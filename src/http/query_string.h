// SPDX-License-Identifier: Apache-2.0
//
// The part of a URL after '?', as names and values.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

struct QueryParameter {
  std::string name;
  std::string value;
};

// The parameters in the order they were sent, percent-decoded, '+' read as a blank. A name without
// '=' has the value "". Refused as malformed: broken escapes, text that is not UTF-8, control
// characters, an empty name, more than 100 parameters ("bad_query"), and a name sent twice
// ("repeated_parameter", field = name).
Result<std::vector<QueryParameter>> parse_query_string(std::string_view query);

}  // namespace tally
