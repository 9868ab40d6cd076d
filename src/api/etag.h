// SPDX-License-Identifier: Apache-2.0
//
// Conditional answers: a tag made of the content itself, so that it changes exactly when that does.
#pragma once

#include <string>
#include <string_view>

namespace tally {

// A strong entity tag, quotes included: 128 bits of BLAKE2b of the content.
std::string etag_of(std::string_view content);

// Whether a request's If-None-Match (a list of tags, or "*") says that it has this one.
bool has_etag(std::string_view if_none_match, std::string_view etag);

}  // namespace tally
