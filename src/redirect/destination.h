// SPDX-License-Identifier: Apache-2.0
//
// Where a link leads this visitor: the first of its rules whose conditions all hold, else the
// destination of the visitor's platform, else one of its variants, else its destination.
//
// A variant is drawn by weight with a hash of visitor and link, so there is no cookie: the same
// visitor gets the same variant for as long as the day's salt lives, and what is stored of the
// click (visitor, variant) can be checked against the weights. The hash is seeded by the link, so
// that a visitor's place in one experiment says nothing about the next.
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

// One per edge thread.
class DestinationChooser {
 public:
  // `query` is the short URL's. Reads of the visitor only what the link asks for.
  Destination choose(const EdgeLink& link, const EdgeLinkMore& more, std::string_view query,
                     VisitorReader& visitor, UnixMillis now);

 private:
  bool holds(const EdgeRule& rule, std::string_view query, VisitorReader& visitor, UnixMillis now);

  WeekClock clock_;
};

// The place in [0, total) that a visitor has in a link's experiment; `total` > 0.
std::uint64_t experiment_place(std::uint64_t visitor, LinkId link, std::uint64_t total);

}  // namespace tally
