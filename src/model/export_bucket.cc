// SPDX-License-Identifier: Apache-2.0
#include "model/export_bucket.h"

#include <ranges>

#include "base/text.h"

namespace tally {

std::string ExportBucket::place() const {
  const std::string_view url = endpoint;
  std::string out;
  for (const std::string_view part :
       split(url.substr(url.find("://") + 3), '.') | std::views::reverse)
    out.append(part).append("/");
  out += name;
  return prefix.empty() ? out : out + "/" + prefix;
}

}  // namespace tally
