// SPDX-License-Identifier: Apache-2.0
//
// What the short URL's own query says: the five UTM tags, their short forms, the private `src` tag,
// and whether an advertising network put its click id there.
//
// Names are compared without regard to case; the first non-empty value of a name counts; values are
// percent-decoded, `+` is a blank, and an escape that does not decode is kept as it came. "(none)"
// and its like count as empty. Of a
// click id only its kind is kept: the id itself identifies a person.
#pragma once

#include <string>
#include <string_view>

#include "enrich/referrer.h"

namespace tally {

// What a click id says about the advertisement: the network's class and whether it was a display
// advertisement.
struct AdClick {
  std::string_view kind;  // "gclid"; "" for none
  SiteClass network = SiteClass::none;
  bool display = false;
};

struct QueryTags {
  std::string source, medium, campaign, content, term;  // utm_*; "" for absent
  std::string plain_source, ref;                        // source= and ref=
  std::string src;
  AdClick ad_click;
};

// `query` without '?'. Never fails: what cannot be read is skipped.
QueryTags read_query(std::string_view query);

}  // namespace tally
