// SPDX-License-Identifier: Apache-2.0
//
// The picture in the middle of a QR code, read from a stranger's PNG.
//
// Before libpng sees anything, the file is walked chunk by chunk: the signature, every length and
// checksum, the order, one end and nothing behind it. Only what makes up the picture (IHDR, PLTE,
// tRNS, IDAT, IEND) is handed on; profiles, text, and animation, where most of the accidents of PNG
// readers have been, are left out, and the picture is read as sRGB. A side of 1024 pixels bounds
// the memory to 4 MiB before anything is unpacked.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace tally {

inline constexpr std::size_t kMaxLogoBytes = 256 * 1024;
inline constexpr int kMaxLogoSide = 1024;

struct Logo {
  int width = 0;
  int height = 0;
  std::vector<std::uint8_t> pixels;  // red, green, blue, alpha (not premultiplied), row by row

  const std::uint8_t* at(int x, int y) const {
    return pixels.data() + 4 * (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) +
                                static_cast<std::size_t>(x));
  }
};

// Any PNG of at most kMaxLogoBytes and 1024 x 1024 pixels. Errors are invalid, field "logo":
// "logo_not_png", "logo_too_large", "logo_damaged".
Result<Logo> read_logo(std::string_view png);

// Scaled to that size, each pixel the mean of what it covers. Sides of at least 1.
Logo scaled(const Logo& logo, int width, int height);

// The largest size with the logo's proportions whose sides are at most `side`, and at least 1.
struct LogoSize {
  int width = 0;
  int height = 0;
};
LogoSize fitted(const Logo& logo, int side);

}  // namespace tally
