// SPDX-License-Identifier: Apache-2.0
//
// What few links have, in one column of JSON: destinations per platform, rules, variants, Open
// Graph texts, password, click limit, status and switches. A link that has none of it, as most, has
// the empty text there, so that a million of them are read without parsing anything.
//
// Names and shapes are those of the API's link, except that what is at its default is left out,
// `password` is the hash, and a rule's `time` is in the numbers of WeekWindow.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/link.h"

namespace tally {

std::string behaviour_text(const Link& link);

// Lays what behaviour_text() wrote over a link; `corrupt` for any other text.
Result<void> read_behaviour(std::string_view text, Link& link);

}  // namespace tally
