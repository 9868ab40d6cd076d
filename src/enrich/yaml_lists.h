// SPDX-License-Identifier: Apache-2.0
//
// The one shape of YAML that uap-core's files have: a map of names to lists of flat maps,
//
//   user_agent_parsers:
//     - regex: '(Namoroka|Shiretoko)/(\d+)'
//       family_replacement: 'Firefox ($1)'
//
// read with libyaml's event parser. Any other shape is refused with the line it stands on.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

using YamlRow = std::map<std::string, std::string, std::less<>>;
using YamlLists = std::map<std::string, std::vector<YamlRow>, std::less<>>;

// The lists in `text`; a null value ("minor:" or "minor: ~") is left out of its row.
// ErrorCode::invalid names the line at fault.
Result<YamlLists> read_yaml_lists(std::string_view text);

}  // namespace tally
