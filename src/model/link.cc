// SPDX-License-Identifier: Apache-2.0
#include "model/link.h"

#include <algorithm>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::array<std::string_view, 4> kReserved = {"_t", ".well-known", "robots.txt",
                                                       "favicon.ico"};
constexpr char kHex[] = "0123456789ABCDEF";

}  // namespace

bool is_reserved_prefix(std::string_view prefix) {
  return std::ranges::find(kReserved, prefix) != kReserved.end();
}

std::string short_path(const Link& link) {
  std::string out = "/" + link.prefix;
  if (link.token.empty()) return out;
  out.push_back('/');
  for (const char c : link.token) {
    if (is_alnum(c) || std::string_view("-._~!$&'()*,;=:@").contains(c)) {
      out.push_back(c);
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out.push_back('%');
      out.push_back(kHex[byte >> 4]);
      out.push_back(kHex[byte & 15]);
    }
  }
  return out;
}

}  // namespace tally
