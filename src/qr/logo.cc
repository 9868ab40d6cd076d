// SPDX-License-Identifier: Apache-2.0
#include "qr/logo.h"

#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

namespace tally {
namespace {

constexpr std::string_view kSignature = "\x89PNG\r\n\x1a\n";
constexpr std::size_t kChunkFrame = 12;  // length, name and checksum
constexpr std::size_t kHeaderSize = 13;

std::unexpected<Error> refuse(std::string slug, std::string message) {
  return fail_field("logo", std::move(slug), std::move(message));
}

std::unexpected<Error> damaged(const std::string& what) {
  return refuse("logo_damaged", "the PNG is damaged: " + what);
}

std::uint32_t big_endian(std::string_view bytes) {
  std::uint32_t out = 0;
  for (const char byte : bytes.substr(0, 4)) out = out << 8 | static_cast<unsigned char>(byte);
  return out;
}

struct Chunk {
  std::string_view name;
  std::string_view data;
  std::string_view whole;
};

// Takes the next chunk off `rest`.
Result<Chunk> take_chunk(std::string_view& rest) {
  if (rest.size() < kChunkFrame) return damaged("it ends too early");
  const std::size_t size = big_endian(rest);
  if (size > rest.size() - kChunkFrame) return damaged("it ends too early");
  const Chunk out{rest.substr(4, 4), rest.substr(8, size), rest.substr(0, size + kChunkFrame)};
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(rest.data() + 4), static_cast<uInt>(size + 4));
  if (sum != big_endian(rest.substr(8 + size))) return damaged("a checksum does not match");
  rest.remove_prefix(out.whole.size());
  return out;
}

Result<void> check_header(const Chunk& chunk) {
  if (chunk.name != "IHDR" || chunk.data.size() != kHeaderSize) return damaged("it has no header");
  const std::uint32_t width = big_endian(chunk.data);
  const std::uint32_t height = big_endian(chunk.data.substr(4));
  if (width == 0 || height == 0) return damaged("it has no pixels");
  if (width > kMaxLogoSide || height > kMaxLogoSide)
    return refuse("logo_too_large", "a logo has at most 1024 pixels a side");
  return {};
}

// A critical chunk has a capital first letter; a reader that does not know one cannot go on.
bool is_critical(std::string_view name) { return name.front() >= 'A' && name.front() <= 'Z'; }

// The same file with nothing but the picture.
Result<std::string> picture_of(std::string_view png) {
  if (!png.starts_with(kSignature)) return refuse("logo_not_png", "the logo is not a PNG");
  constexpr std::array<std::string_view, 5> kKept = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"};
  std::string out(kSignature);
  std::string_view rest = png.substr(kSignature.size());
  std::string_view last;
  while (last != "IEND") {
    TRY_ASSIGN(const Chunk chunk, take_chunk(rest));
    if (last.empty()) TRY(check_header(chunk));
    last = chunk.name;
    if (std::ranges::find(kKept, chunk.name) != kKept.end()) {
      out += chunk.whole;
    } else if (is_critical(chunk.name)) {
      return damaged("it has an unknown kind of part");
    }
  }
  if (!rest.empty()) return damaged("something follows its end");
  return out;
}

// One output pixel or several input pixels: the span of input that an output pixel covers.
struct Span {
  int first;
  int last;
  double begin;
  double end;

  double weight(int at) const {
    return std::min(end, at + 1.0) - std::max(begin, static_cast<double>(at));
  }
};

std::vector<Span> spans(int from, int to) {
  std::vector<Span> out;
  const double step = static_cast<double>(from) / to;
  for (int i = 0; i < to; ++i) {
    const double begin = i * step;
    const double end = std::min((i + 1) * step, static_cast<double>(from));
    const int last = std::clamp(static_cast<int>(std::ceil(end)) - 1, 0, from - 1);
    out.push_back({static_cast<int>(begin), last, begin, end});
  }
  return out;
}

// Means are taken with the colours weighted by alpha, or see-through black would darken edges.
void mean_of(const Logo& logo, const Span& across, const Span& down, std::uint8_t* out) {
  std::array<double, 3> color{};
  double alpha = 0;
  double weights = 0;
  for (int y = down.first; y <= down.last; ++y)
    for (int x = across.first; x <= across.last; ++x) {
      const double weight = std::max(0.0, across.weight(x) * down.weight(y));
      const std::uint8_t* const pixel = logo.at(x, y);
      for (std::size_t i = 0; i < 3; ++i) color[i] += weight * pixel[3] * pixel[i];
      alpha += weight * pixel[3];
      weights += weight;
    }
  for (std::size_t i = 0; i < 3; ++i)
    out[i] = alpha > 0 ? static_cast<std::uint8_t>(std::lround(color[i] / alpha)) : 255;
  out[3] = weights > 0 ? static_cast<std::uint8_t>(std::lround(alpha / weights)) : 0;
}

std::size_t byte_count(int width, int height) {
  return 4 * static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
}

}  // namespace

Result<Logo> read_logo(std::string_view png) {
  if (png.size() > kMaxLogoBytes) return refuse("logo_too_large", "a logo has at most 256 KiB");
  TRY_ASSIGN(const std::string picture, picture_of(png));
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  if (png_image_begin_read_from_memory(&image, picture.data(), picture.size()) == 0)
    return damaged(image.message);
  image.format = PNG_FORMAT_RGBA;
  image.flags |= PNG_IMAGE_FLAG_16BIT_sRGB;
  Logo out;
  out.width = static_cast<int>(image.width);
  out.height = static_cast<int>(image.height);
  out.pixels.resize(byte_count(out.width, out.height));
  // Frees what the first call took, whatever happens.
  if (png_image_finish_read(&image, nullptr, out.pixels.data(), 0, nullptr) == 0)
    return damaged(image.message);
  return out;
}

Logo scaled(const Logo& logo, int width, int height) {
  Logo out{width, height, std::vector<std::uint8_t>(byte_count(width, height))};
  const std::vector<Span> across = spans(logo.width, width);
  const std::vector<Span> down = spans(logo.height, height);
  std::uint8_t* at = out.pixels.data();
  for (const Span& row : down)
    for (const Span& column : across) {
      mean_of(logo, column, row, at);
      at += 4;
    }
  return out;
}

LogoSize fitted(const Logo& logo, int side) {
  const double scale = static_cast<double>(side) / std::max(logo.width, logo.height);
  const auto length = [&](int pixels) {
    return std::clamp(static_cast<int>(std::lround(pixels * scale)), 1, side);
  };
  return {length(logo.width), length(logo.height)};
}

}  // namespace tally
