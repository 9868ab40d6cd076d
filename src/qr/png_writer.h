// SPDX-License-Identifier: Apache-2.0
//
// Pixels to PNG bytes, one row at a time, so that a large picture never lies in memory unpacked.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>

#include "qr/color.h"

namespace tally {

struct PngShape {
  enum class Pixels {
    two_colors,  // one bit a pixel, highest bit first, into `palette`
    rgb,         // three bytes a pixel
    rgba,        // four
  };
  int width = 0;
  int height = 0;
  Pixels pixels = Pixels::two_colors;
  std::array<Color, 2> palette{};
};

// `row` gives the bytes of a row, from 0 on; they need to last until the next call.
std::string write_png(const PngShape& shape, const std::function<const std::uint8_t*(int y)>& row);

}  // namespace tally
