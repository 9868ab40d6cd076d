// SPDX-License-Identifier: Apache-2.0
//
// Where a link leads this visitor: the first of its rules whose conditions all hold, else the
// destination of the visitor's platform, else one of its variants, else its destination.
//
// A variant is drawn by weight with a hash of visitor and link, so it needs no cookie: the same
// visitor gets the same variant for as long as the day's salt lives, and what is stored of the
// click (visitor, variant) can be checked against the weights. The hash is seeded by the link, so
// that a visitor's place in one experiment says nothing about the next. Somebody who was given one
// to keep (variant_cookie.h) has that one, while the link gives it to anybody at all.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/clock.h"
#include "links/edge_link.h"
#include "model/week_clock.h"
#include "redirect/visitor_reader.h"

namespace tally {

struct Destination {
  std::string_view location;
  std::string_view store;    // where to go when `location` opens an app that is not there; "" none
  std::string_view variant;  // its name; "" when no variant was drawn
};

// What of a request decides, besides who sends it.
struct Asked {
  std::string_view query;  // the short URL's
  std::string_view kept_variant;
  UnixMillis now = 0;
};

// One per edge thread.
class DestinationChooser {
 public:
  // Reads of the visitor only what the link asks for.
  Destination choose(const EdgeLink& link, const EdgeLinkMore& more, const Asked& asked,
                     VisitorReader& visitor);

 private:
  bool holds(const EdgeRule& rule, const Asked& asked, VisitorReader& visitor);

  WeekClock clock_;
};

// The place in [0, total) that a visitor has in a link's experiment; `total` > 0.
std::uint64_t experiment_place(std::uint64_t visitor, LinkId link, std::uint64_t total);

}  // namespace tally
