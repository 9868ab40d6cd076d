// SPDX-License-Identifier: Apache-2.0
//
// What a landing page's beacon sends: one small JSON object,
//
//   {"click_id":"3M7K…","screen_w":1080,"screen_h":2340,"dpr":2.5}
//
// Strangers write it, so it is read strictly: these four names, each once, in any order; a click id
// as we spell it; a screen of 1 to 20000 physical pixels a side; 0.1 to 20 pixels per CSS pixel.
// This is no JSON reader: the folder knows no other JSON than this form.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace tally {

struct BeaconReport {
  std::string_view click_id;  // borrowed
  std::uint16_t screen_w = 0, screen_h = 0;
  float dpr = 0;
};

std::optional<BeaconReport> parse_beacon(std::string_view body);

}  // namespace tally
