// SPDX-License-Identifier: Apache-2.0
#include "qr/png_writer.h"

#include <png.h>

#include "base/check.h"

namespace tally {
namespace {

// Nothing that a caller may ask for makes libpng fail, so there is nothing to unwind to.
[[noreturn]] void on_error(png_structp, png_const_charp message) {
  check_failed(message, __FILE__, __LINE__);
}
void on_warning(png_structp, png_const_charp) {}

void append(png_structp png, png_bytep bytes, std::size_t size) {
  static_cast<std::string*>(png_get_io_ptr(png))
      ->append(reinterpret_cast<const char*>(bytes), size);
}

void flush(png_structp) {}

void put_palette(png_structp png, png_infop info, const std::array<Color, 2>& palette) {
  std::array<png_color, 2> colors{};
  std::array<png_byte, 2> alphas{};
  for (std::size_t i = 0; i < palette.size(); ++i) {
    colors[i] = {palette[i].red, palette[i].green, palette[i].blue};
    alphas[i] = palette[i].alpha;
  }
  png_set_PLTE(png, info, colors.data(), 2);
  if (alphas[0] != 255 || alphas[1] != 255) png_set_tRNS(png, info, alphas.data(), 2, nullptr);
}

int color_type(PngShape::Pixels pixels) {
  switch (pixels) {
    case PngShape::Pixels::two_colors:
      return PNG_COLOR_TYPE_PALETTE;
    case PngShape::Pixels::rgb:
      return PNG_COLOR_TYPE_RGB;
    case PngShape::Pixels::rgba:
      return PNG_COLOR_TYPE_RGB_ALPHA;
  }
  return PNG_COLOR_TYPE_RGB;
}

}  // namespace

std::string write_png(const PngShape& shape, const std::function<const std::uint8_t*(int y)>& row) {
  std::string out;
  png_structp png = png_create_write_struct(PNG_LIBPNG_VER_STRING, nullptr, on_error, on_warning);
  CHECK(png != nullptr);
  png_infop info = png_create_info_struct(png);
  CHECK(info != nullptr);
  png_set_write_fn(png, &out, append, flush);
  const bool two = shape.pixels == PngShape::Pixels::two_colors;
  png_set_IHDR(png, info, static_cast<png_uint_32>(shape.width),
               static_cast<png_uint_32>(shape.height), two ? 1 : 8, color_type(shape.pixels),
               PNG_INTERLACE_NONE, PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  if (two) put_palette(png, info, shape.palette);
  // Rows of a code repeat: against the row above, nearly all of them are zeros.
  png_set_filter(png, PNG_FILTER_TYPE_BASE, PNG_FILTER_UP);
  png_write_info(png, info);
  for (int y = 0; y < shape.height; ++y) png_write_row(png, row(y));
  png_write_end(png, nullptr);
  png_destroy_write_struct(&png, &info);
  return out;
}

}  // namespace tally
