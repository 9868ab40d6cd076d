// SPDX-License-Identifier: Apache-2.0
//
// The name in a request's path: "/promo/summer-sale" is prefix "promo" and token "summer-sale".
//
// A path is split before it is decoded, so that an escaped slash is part of a name (which no name
// has). One slash at the end is passed over. A '+' at the end, written as such, may ask for the
// preview of what stands before it.
#pragma once

#include <string>
#include <string_view>

namespace tally {

struct LinkPath {
  bool good_escapes = true;
  bool plausible = true;           // could be a link: at most two parts, no empty ones
  bool plus = false;               // ends in '+' as sent
  std::string_view prefix, token;  // decoded; a '+' at the end included

  // The last part without its '+'.
  LinkPath without_plus() const;
};

// Borrows `path`, or `scratch` when there is something to decode.
LinkPath split_path(std::string_view path, std::string& scratch);

}  // namespace tally
