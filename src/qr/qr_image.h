// SPDX-License-Identifier: Apache-2.0
//
// A QR code as a picture: text and a few wishes in, an SVG document or a PNG file out. Pure, and
// the same input gives the same bytes.
//
// A picture that no scanner reads is refused rather than drawn: too little contrast, an inverted
// code, a PNG with less than one pixel a module. A logo lies in a square cleared in the middle
// whose size the code itself decides (codewords.h); the code is then always of level H.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "qr/color.h"
#include "qr/logo.h"
#include "qr/qr_code.h"

namespace tally {

struct QrOptions {
  static constexpr int kMinSize = 64;
  static constexpr int kMaxSize = 4096;
  static constexpr int kMaxMargin = 32;

  int size = 512;  // of the picture's side, in pixels
  int margin = 4;  // quiet ground around the code, in modules; the standard asks for 4
  Color color = kBlack;
  Color background = kWhite;
  QrLevel level = QrLevel::medium;  // at least; with a logo it is always high
};

// `logo` may be null. Errors are invalid and name the option: "low_contrast" (color),
// "text_too_long" (level), and for PNG "too_small" (size).
//
// SVG: one path, vectors throughout; the logo, if any, is embedded as a PNG of our own writing.
Result<std::string> qr_svg(std::string_view text, const QrOptions& options, const Logo* logo);
// PNG: exactly size x size pixels, whole pixels for each module, what is left over goes to the
// margin. One bit a pixel without a logo.
Result<std::string> qr_png(std::string_view text, const QrOptions& options, const Logo* logo);

}  // namespace tally
