// SPDX-License-Identifier: Apache-2.0
//
// What strangers send becomes text that can be stored: well-formed UTF-8 without control bytes, cut
// at a character's edge.
#pragma once

#include <string>
#include <string_view>

namespace tally {

inline constexpr std::size_t kStoredTextCap = 255;

// Bytes outside UTF-8 become '?', control bytes blanks; at most `limit` bytes.
std::string stored_text(std::string_view text, std::size_t limit = kStoredTextCap);

// "Unknown" for nothing.
std::string or_unknown(std::string text);

}  // namespace tally
