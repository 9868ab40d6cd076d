// SPDX-License-Identifier: Apache-2.0
#include "api/etag.h"

#include <sodium.h>

#include <array>

#include "base/encoding.h"
#include "base/text.h"

namespace tally {

std::string etag_of(std::string_view content) {
  std::array<unsigned char, 16> hash{};
  crypto_generichash(hash.data(), hash.size(),
                     reinterpret_cast<const unsigned char*>(content.data()), content.size(),
                     nullptr, 0);
  return "\"" + hex(as_text(hash)) + "\"";
}

// Tags may be marked weak, which makes no difference here (RFC 9110, 13.1.2).
bool has_etag(std::string_view if_none_match, std::string_view etag) {
  for (const std::string_view piece : split(if_none_match, ',')) {
    std::string_view tag = trim(piece);
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    if (tag == etag || tag == "*") return true;
  }
  return false;
}

}  // namespace tally
