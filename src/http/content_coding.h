// SPDX-License-Identifier: Apache-2.0
//
// Bodies in gzip, for clients that take it (RFC 9110, 12.5.3).
#pragma once

#include <string>
#include <string_view>

namespace tally {

// Whether the sender of this Accept-Encoding wants gzip at least as much as plain bytes: named or
// covered by "*", with a weight that is not 0. What cannot be read counts as not named.
bool prefers_gzip(std::string_view accept_encoding);

// `text` packed as tightly as zlib does.
std::string gzip(std::string_view text);

}  // namespace tally
