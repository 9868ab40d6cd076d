// SPDX-License-Identifier: Apache-2.0
//
// The URL that leaves, out of a packed destination: placeholders filled in, the short URL's query
// taken along, the click id appended.
//
// The rule of merging (docs/reference/semantics.md, Where a link leads), when a link passes its
// query through: the destination's own parameters stay, in their order, but a UTM tag that the
// short URL sets too goes; then come the short URL's parameters as they were sent, without `qr=1`,
// `src` and empty UTM tags; then those of the link's saved UTM tags that neither has. Without
// pass-through a destination is sent as it was written.
#pragma once

#include <string>
#include <string_view>

#include "model/hit.h"

namespace tally {

struct LocationParts {
  std::string_view token = {};     // what a pattern matched, decoded
  std::string_view click_id = {};  // "" where there is none: a preview
  bool passthrough = false;
  bool append_click_id = false;
  std::string_view query = {};  // the short URL's
  SavedTags saved = {};
};

// Appends to `out`. What comes from a request is percent-encoded, so the result can stand in a
// header; placeholders are in no host, so it leads nowhere else.
void append_location(std::string_view packed, const LocationParts& parts, std::string& out);

// Whether a browser goes there by itself: http or https, not an app's scheme.
bool is_web_location(std::string_view location);

inline constexpr std::string_view kClickIdParameter = "tm_cid";

}  // namespace tally
