// SPDX-License-Identifier: Apache-2.0
//
// Bytes as text, and text as bytes again.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace tally {

// What the functions here take; nothing is copied.
inline std::string_view as_text(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

// Two lower-case digits for each byte.
std::string hex(std::string_view bytes);

// The way back from base64() (base/text.h); nothing when the text is not that, and that alone.
std::optional<std::string> from_base64(std::string_view text);

// RFC 4648, section 5: for URLs, without padding.
std::string base64url(std::string_view bytes);
std::optional<std::string> from_base64url(std::string_view text);

}  // namespace tally
