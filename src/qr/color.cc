// SPDX-License-Identifier: Apache-2.0
#include "qr/color.h"

#include <array>
#include <cmath>

#include "base/text.h"

namespace tally {
namespace {

std::optional<std::uint8_t> digit(char c) {
  if (is_digit(c)) return static_cast<std::uint8_t>(c - '0');
  if (to_lower(c) >= 'a' && to_lower(c) <= 'f')
    return static_cast<std::uint8_t>(to_lower(c) - 'a' + 10);
  return std::nullopt;
}

// sRGB to linear light (WCAG 2.2, relative luminance).
double linear(std::uint8_t channel) {
  const double value = channel / 255.0;
  return value <= 0.04045 ? value / 12.92 : std::pow((value + 0.055) / 1.055, 2.4);
}

double luminance(const Color& color) {
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

}  // namespace

std::optional<Color> parse_color(std::string_view text) {
  if (text.starts_with('#')) text.remove_prefix(1);
  const bool brief = text.size() == 3;
  if (!brief && text.size() != 6 && text.size() != 8) return std::nullopt;
  std::array<std::uint8_t, 4> channels = {0, 0, 0, 255};
  const std::size_t step = brief ? 1 : 2;
  for (std::size_t i = 0; i * step < text.size(); ++i) {
    const auto high = digit(text[i * step]);
    const auto low = digit(text[i * step + step - 1]);
    if (!high || !low) return std::nullopt;
    channels[i] = static_cast<std::uint8_t>(*high * 16 + *low);
  }
  return Color{channels[0], channels[1], channels[2], channels[3]};
}

std::string hex_of(const Color& color) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out = "#";
  for (const std::uint8_t channel : {color.red, color.green, color.blue}) {
    out.push_back(kDigits[channel / 16]);
    out.push_back(kDigits[channel % 16]);
  }
  return out;
}

Color over(const Color& top, const Color& bottom) {
  const double above = top.alpha / 255.0;
  const double below = bottom.alpha / 255.0 * (1 - above);
  const double alpha = above + below;
  if (alpha == 0) return bottom;
  const auto mix = [&](std::uint8_t a, std::uint8_t b) {
    return static_cast<std::uint8_t>(std::lround((a * above + b * below) / alpha));
  };
  return {mix(top.red, bottom.red), mix(top.green, bottom.green), mix(top.blue, bottom.blue),
          static_cast<std::uint8_t>(std::lround(alpha * 255))};
}

Contrast contrast(const Color& ink, const Color& ground) {
  const Color seen_ground = over(ground, kWhite);
  return {luminance(seen_ground), luminance(over(ink, seen_ground))};
}

}  // namespace tally
