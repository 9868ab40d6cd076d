// SPDX-License-Identifier: Apache-2.0
//
// Made-up requests to the made-up shop: a month with a campaign, and the quieter month before it.
//
// The pieces are tables (data/): who clicks where and from what (demo_sources), and the people
// (demo_people.h). A visit draws one row of the first, then a
// country, an address there, a device that fits the row, and a time that fits the row's course over
// the weeks and the hour of day and weekday where the visitor lives. One visit in six comes back
// within hours. Beside people there are the others that real links get: previews, crawlers, a
// monitor's HEAD requests, mail scanners that open every link at once, browsers that fetch ahead,
// misspelt and never existing paths.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "cli/demo_people.h"
#include "model/hit.h"

namespace tally {

// All text is of static storage.
struct DemoRequest {
  UnixMillis time = 0;
  Address address;
  std::string_view method = "GET";
  std::string_view target;  // "/spring/newsletter?utm_content=footer"
  std::string_view user_agent, referrer, accept_language, purpose;
};

struct DemoTrafficOptions {
  UnixMillis now = 0;  // the time that is made up ends here
  std::uint64_t requests = 0;
};

// Exactly `requests` requests of the kDemoHistory before `now`, by time. The same random sequence
// makes the same requests.
std::vector<DemoRequest> demo_traffic(const DemoTrafficOptions& options, Random& random,
                                      const CountryOf& country_of);

}  // namespace tally
