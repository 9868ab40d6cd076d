// SPDX-License-Identifier: Apache-2.0
//
// A landing view: a click's landing page was shown, and its beacon told on what screen.
//
// It comes after its click, which is enriched and may be stored by then and is never touched again.
// So a view is a record of its own that names its click: a click has one or none. It is dated by
// its click, as everything is that belongs to one, so that a range of time holds a click together
// with its view (docs/decisions/0017-landing-views.md).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "model/hit.h"
#include "model/ids.h"

namespace tally {

struct LandingView {
  ClickKey key;           // the beacon's own place in the journal
  ClickKey click;         // the click that was shown the page
  UnixMillis time = 0;    // of the click
  UnixMillis viewed = 0;  // when the beacon was received
  WorkspaceId workspace;
  LinkId link;
  std::uint16_t screen_w = 0, screen_h = 0;  // physical pixels
  float dpr = 0;                             // physical pixels per CSS pixel
  friend bool operator==(const LandingView&, const LandingView&) = default;
};

// Appends the encoding of `view` to `out` (docs/formats/enriched.md).
void encode_landing_view(const LandingView& view, std::string& out);

// Reads the view at the front of `bytes`, which are advanced past it.
Result<LandingView> read_landing_view(std::string_view& bytes);

}  // namespace tally
