// SPDX-License-Identifier: Apache-2.0
//
// Clicks that were shown a landing page, for tests.
#pragma once

#include "model/click.h"

namespace tally {

inline constexpr UnixMillis kNoon = 1'784'548'800'000;

inline Click landing_click(const ClickKey& key, UnixMillis time = kNoon) {
  Click click;
  click.key = key;
  click.time = time;
  click.workspace = {5};
  click.link = {6};
  click.outcome = Outcome::landing;
  click.visitor = 7;
  return click;
}

}  // namespace tally
