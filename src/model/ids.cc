// SPDX-License-Identifier: Apache-2.0
#include "model/ids.h"

#include "base/text.h"

namespace tally {

std::optional<std::uint64_t> parse_id(std::string_view prefix, std::string_view text) {
  if (!text.starts_with(prefix)) return std::nullopt;
  text.remove_prefix(prefix.size());
  // One spelling per id: no leading zeros, and zero is no id.
  if (text.empty() || text.front() == '0') return std::nullopt;
  return parse_number<std::uint64_t>(text);
}

}  // namespace tally
