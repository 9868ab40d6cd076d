// SPDX-License-Identifier: Apache-2.0
#include "qr/qr_image.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "qr/codewords.h"
#include "qr/png_writer.h"

namespace tally {
namespace {

constexpr int kEmbeddedSide = 512;  // pixels of a logo in an SVG: plenty for print

// The code and where things lie, in modules from the picture's corner or the code's own.
struct Plan {
  QrCode code;
  int clear = 0;  // side of the square cleared for the logo, 0 without one

  int clear_begin() const { return (code.size() - clear) / 2; }
  bool is_cleared(int x, int y) const {
    const int begin = clear_begin();
    return x >= begin && x < begin + clear && y >= begin && y < begin + clear;
  }
  bool is_inked(int x, int y) const {
    const bool inside = x >= 0 && y >= 0 && x < code.size() && y < code.size();
    return inside && code.is_dark(x, y) && !is_cleared(x, y);
  }
};

Result<Plan> plan(std::string_view text, const QrOptions& options, const Logo* logo) {
  if (!is_readable(options.color, options.background))
    return fail_field("color", "low_contrast",
                      "scanners need a code that is clearly darker than its background");
  TRY_ASSIGN(QrCode code, QrCode::encode(text, logo == nullptr ? options.level : QrLevel::high));
  const int clear = logo == nullptr ? 0 : logo_square(code.version());
  return Plan{std::move(code), clear};
}

std::string png_of(const Logo& logo) {
  return write_png({logo.width, logo.height, PngShape::Pixels::rgba, {}},
                   [&](int y) { return logo.at(0, y); });
}

std::string fill(const Color& color) {
  std::string out = fmt::format(R"(fill="{}")", hex_of(color));
  if (color.alpha != 255) out += fmt::format(R"( fill-opacity="{:.3f}")", color.alpha / 255.0);
  return out;
}

// Each run of dark modules in a row as one rectangle.
std::string path_of(const Plan& plan, int margin) {
  std::string out;
  for (int y = 0; y < plan.code.size(); ++y)
    for (int x = 0; x < plan.code.size(); ++x) {
      const int begin = x;
      while (plan.is_inked(x, y)) ++x;
      if (x > begin)
        out += fmt::format("M{} {}h{}v1h-{}z", margin + begin, margin + y, x - begin, x - begin);
    }
  return out;
}

std::string image_of(const Plan& plan, int margin, const Logo& logo) {
  const LogoSize size = fitted(logo, std::min(kEmbeddedSide, std::max(logo.width, logo.height)));
  const std::string png = png_of(scaled(logo, size.width, size.height));
  const double begin = margin + plan.clear_begin() + 0.5;
  return fmt::format(
      R"(<image x="{0}" y="{0}" width="{1}" height="{1}" xlink:href="data:image/png;base64,{2}"/>)"
      "\n",
      begin, plan.clear - 1, base64(png));
}

// A PNG in the making. Rows are made on demand; within a module they are the same.
class Canvas {
 public:
  Canvas(const Plan& plan, const QrOptions& options, int scale)
      : plan_(plan), options_(options), scale_(scale) {
    origin_ = (options.size - plan.code.size() * scale) / 2;
    ink_ = over(options.color, options.background);
  }

  std::string two_colors();
  std::string with_logo(const Logo& logo);

 private:
  int module_of(int pixel) const {
    const int from = pixel - origin_;
    return from < 0 ? -1 : from / scale_;
  }
  void paint_bits(int y);
  void paint_pixels(int y, std::size_t width);
  void lay_over(const Logo& logo, int left, int row, std::size_t width);

  const Plan& plan_;
  const QrOptions& options_;
  int scale_;   // pixels a module
  int origin_;  // of the code's corner, in pixels
  Color ink_;
  std::vector<std::uint8_t> row_;
};

void Canvas::paint_bits(int y) {
  std::ranges::fill(row_, std::uint8_t{0});
  for (int x = 0; x < options_.size; ++x)
    if (plan_.is_inked(module_of(x), module_of(y)))
      row_[static_cast<std::size_t>(x) / 8] |= static_cast<std::uint8_t>(0x80 >> x % 8);
}

std::string Canvas::two_colors() {
  row_.resize(static_cast<std::size_t>(options_.size + 7) / 8);
  return write_png(
      {options_.size, options_.size, PngShape::Pixels::two_colors, {options_.background, ink_}},
      [&](int y) {
        const bool same = y > 0 && module_of(y) == module_of(y - 1);
        if (!same) paint_bits(y);
        return row_.data();
      });
}

void put(std::uint8_t* at, const Color& color, std::size_t width) {
  at[0] = color.red;
  at[1] = color.green;
  at[2] = color.blue;
  if (width == 4) at[3] = color.alpha;
}

void Canvas::paint_pixels(int y, std::size_t width) {
  std::uint8_t* at = row_.data();
  for (int x = 0; x < options_.size; ++x, at += width)
    put(at, plan_.is_inked(module_of(x), module_of(y)) ? ink_ : options_.background, width);
}

void Canvas::lay_over(const Logo& logo, int left, int row, std::size_t width) {
  std::uint8_t* at = row_.data() + static_cast<std::size_t>(left) * width;
  for (int x = 0; x < logo.width; ++x, at += width) {
    const std::uint8_t* const pixel = logo.at(x, row);
    put(at, over({pixel[0], pixel[1], pixel[2], pixel[3]}, options_.background), width);
  }
}

std::string Canvas::with_logo(const Logo& logo) {
  // The logo keeps half a module of ground around it.
  const int side = std::max(1, (plan_.clear - 1) * scale_);
  const LogoSize size = fitted(logo, side);
  const Logo drawn = scaled(logo, size.width, size.height);
  const int middle = 2 * origin_ + plan_.code.size() * scale_;  // doubled: may lie between pixels
  const int left = (middle - drawn.width) / 2;
  const int top = (middle - drawn.height) / 2;

  const bool opaque = options_.background.alpha == 255;
  const std::size_t width = opaque ? 3 : 4;
  row_.resize(static_cast<std::size_t>(options_.size) * width);
  return write_png(
      {options_.size, options_.size, opaque ? PngShape::Pixels::rgb : PngShape::Pixels::rgba, {}},
      [&](int y) {
        const bool in_logo = y >= top && y < top + drawn.height;
        const bool after_logo = y == top + drawn.height;
        const bool same = y > 0 && module_of(y) == module_of(y - 1);
        if (!same || after_logo) paint_pixels(y, width);
        if (in_logo) lay_over(drawn, left, y - top, width);
        return row_.data();
      });
}

}  // namespace

Result<std::string> qr_svg(std::string_view text, const QrOptions& options, const Logo* logo) {
  TRY_ASSIGN(const Plan made, plan(text, options, logo));
  const int side = made.code.size() + 2 * options.margin;
  std::string out = fmt::format(
      R"(<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" )"
      R"(width="{0}" height="{0}" viewBox="0 0 {1} {1}" shape-rendering="crispEdges">)"
      "\n",
      options.size, side);
  if (options.background.alpha != 0)
    out +=
        fmt::format("<rect width=\"{0}\" height=\"{0}\" {1}/>\n", side, fill(options.background));
  out += fmt::format("<path d=\"{}\" {}/>\n", path_of(made, options.margin), fill(options.color));
  if (logo != nullptr) out += image_of(made, options.margin, *logo);
  out += "</svg>\n";
  return out;
}

Result<std::string> qr_png(std::string_view text, const QrOptions& options, const Logo* logo) {
  TRY_ASSIGN(const Plan made, plan(text, options, logo));
  const int side = made.code.size() + 2 * options.margin;
  const int scale = options.size / side;
  if (scale == 0)
    return fail_field("size", "too_small",
                      fmt::format("this code with its margin needs at least {} pixels", side));
  Canvas canvas(made, options, scale);
  return logo == nullptr ? canvas.two_colors() : canvas.with_logo(*logo);
}

}  // namespace tally
