// SPDX-License-Identifier: Apache-2.0
//
// Colours of a QR code, and whether a scanner can tell them apart.
//
// A scanner looks for dark modules on a light ground. How far apart two colours are is measured in
// two ways, both from the relative luminance (0 to 1): by ratio, (L1 + 0.05) / (L2 + 0.05), as WCAG
// does for text, because that is how they look; and by difference, as ISO/IEC 15415 grades printed
// codes, because a camera's noise does not shrink in the dark: black on dark grey has the ratio of
// grey on white and cannot be scanned. What is see-through is judged on white, which is what it
// will most likely lie on.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

struct Color {
  std::uint8_t red = 0;
  std::uint8_t green = 0;
  std::uint8_t blue = 0;
  std::uint8_t alpha = 255;  // 0 is see-through
  friend bool operator==(const Color&, const Color&) = default;
};

inline constexpr Color kBlack{0, 0, 0, 255};
inline constexpr Color kWhite{255, 255, 255, 255};
inline constexpr Color kTransparent{255, 255, 255, 0};

// "#1af", "#11aaff", "#11aaff80" (with alpha) in any case; the '#' may be left out, since it has to
// be escaped in a URL. Nothing else is a colour.
std::optional<Color> parse_color(std::string_view text);

// "#11aaff", without alpha.
std::string hex_of(const Color& color);

// `top` painted on `bottom`.
Color over(const Color& top, const Color& bottom);

// Luminances of a ground on white, and of ink on it.
struct Contrast {
  double ground = 0;
  double ink = 0;

  // 21 for black on white, 1 for the same colour, less than 1 for an inverted code.
  double ratio() const { return (ground + 0.05) / (ink + 0.05); }
  double difference() const { return ground - ink; }
};
Contrast contrast(const Color& ink, const Color& ground);

// A ratio of at least 2, and the difference that ISO/IEC 15415 asks of its lowest passing grade.
inline constexpr double kLeastRatio = 2.0;
inline constexpr double kLeastDifference = 0.2;
inline bool is_readable(const Color& ink, const Color& ground) {
  const Contrast seen = contrast(ink, ground);
  return seen.ratio() >= kLeastRatio && seen.difference() >= kLeastDifference;
}

}  // namespace tally
