// SPDX-License-Identifier: Apache-2.0
#include "qr/logo.h"

#include <gtest/gtest.h>

#include <zlib.h>

#include <string>

#include "qr/png_writer.h"

namespace tally {
namespace {

Logo plain(int width, int height, Color color) {
  Logo out{width, height, {}};
  for (int i = 0; i < width * height; ++i)
    for (const std::uint8_t channel : {color.red, color.green, color.blue, color.alpha})
      out.pixels.push_back(channel);
  return out;
}

std::string png_of(const Logo& logo) {
  return write_png({logo.width, logo.height, PngShape::Pixels::rgba, {}},
                   [&](int y) { return logo.at(0, y); });
}

std::string number(std::uint32_t value) {
  std::string out;
  for (int shift = 24; shift >= 0; shift -= 8) out.push_back(static_cast<char>(value >> shift));
  return out;
}

std::string chunk(const std::string& name, const std::string& data) {
  const std::string body = name + data;
  const auto sum =
      crc32(0, reinterpret_cast<const Bytef*>(body.data()), static_cast<uInt>(body.size()));
  return number(static_cast<std::uint32_t>(data.size())) + body +
         number(static_cast<std::uint32_t>(sum));
}

constexpr std::size_t kHeaderEnd = 8 + 25;

std::string fault_of(const std::string& png) {
  const auto read = read_logo(png);
  if (read) return "none";
  EXPECT_EQ(read.error().code, ErrorCode::invalid);
  EXPECT_EQ(read.error().field, "logo");
  return read.error().slug;
}

TEST(Logo, ReadsWhatWasWritten) {
  Logo logo = plain(3, 2, {10, 20, 30, 255});
  logo.pixels[7] = 0;
  const auto read = read_logo(png_of(logo));
  ASSERT_TRUE(read) << read.error().line();
  EXPECT_EQ(read->width, 3);
  EXPECT_EQ(read->height, 2);
  EXPECT_EQ(read->at(2, 1)[0], 10);
  EXPECT_EQ(read->at(2, 1)[2], 30);
  EXPECT_EQ(read->at(1, 0)[3], 0);
}

TEST(Logo, ReadsAPalette) {
  const std::uint8_t bits = 0b01000000;
  const std::string png =
      write_png({2, 1, PngShape::Pixels::two_colors, {kTransparent, Color{1, 2, 3, 255}}},
                [&](int) { return &bits; });
  const auto read = read_logo(png);
  ASSERT_TRUE(read) << read.error().line();
  EXPECT_EQ(read->at(0, 0)[3], 0);
  EXPECT_EQ(read->at(1, 0)[1], 2);
  EXPECT_EQ(read->at(1, 0)[3], 255);
}

TEST(Logo, LeavesOutWhatIsNotThePicture) {
  std::string png = png_of(plain(4, 4, kBlack));
  png.insert(kHeaderEnd, chunk("iCCP", "not a profile") + chunk("tEXt", "a") + chunk("acTL", "b"));
  EXPECT_EQ(fault_of(png), "none");
}

TEST(Logo, RefusesWhatIsNotOne) {
  const std::string good = png_of(plain(4, 4, kBlack));
  EXPECT_EQ(fault_of(""), "logo_not_png");
  EXPECT_EQ(fault_of("GIF89a"), "logo_not_png");
  EXPECT_EQ(fault_of(R"(<svg xmlns="http://www.w3.org/2000/svg"/>)"), "logo_not_png");
  EXPECT_EQ(fault_of(good + "x"), "logo_damaged");
  EXPECT_EQ(fault_of(good + good), "logo_damaged");
  std::string unknown = good;
  unknown.insert(kHeaderEnd, chunk("ABCD", ""));
  EXPECT_EQ(fault_of(unknown), "logo_damaged");
  const std::string end = chunk("IEND", "");
  EXPECT_EQ(fault_of(good.substr(0, kHeaderEnd) + end), "logo_damaged");  // no pixels
  EXPECT_EQ(fault_of(good.substr(0, 8) + end), "logo_damaged");
  std::string too_many_headers = good;
  too_many_headers.insert(kHeaderEnd, good.substr(8, 25));
  EXPECT_EQ(fault_of(too_many_headers), "logo_damaged");
}

TEST(Logo, RefusesEveryCutAndEveryFlippedBit) {
  const std::string good = png_of(plain(4, 4, {1, 2, 3, 4}));
  for (std::size_t size = 0; size < good.size(); ++size)
    EXPECT_NE(fault_of(good.substr(0, size)), "none") << size;
  for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
    std::string bad = good;
    bad[bit / 8] = static_cast<char>(bad[bit / 8] ^ (1 << bit % 8));
    EXPECT_NE(fault_of(bad), "none") << bit;
  }
}

TEST(Logo, IsLimitedInBytesAndPixels) {
  EXPECT_EQ(fault_of(png_of(plain(kMaxLogoSide, 1, kBlack))), "none");
  EXPECT_EQ(fault_of(png_of(plain(kMaxLogoSide, kMaxLogoSide, kBlack))), "none");
  EXPECT_EQ(fault_of(png_of(plain(kMaxLogoSide + 1, 1, kBlack))), "logo_too_large");
  EXPECT_EQ(fault_of(png_of(plain(1, kMaxLogoSide + 1, kBlack))), "logo_too_large");
  std::string large = png_of(plain(4, 4, kBlack));
  large.insert(kHeaderEnd, chunk("tEXt", std::string(kMaxLogoBytes, 'x')));
  EXPECT_EQ(fault_of(large), "logo_too_large");
  // A header that promises what the file does not hold: refused before anything is taken for it.
  const std::string header = number(0xffffffff) + number(1) + std::string("\x08\x06\0\0\0", 5);
  const std::string bomb = "\x89PNG\r\n\x1a\n" + chunk("IHDR", header) + chunk("IEND", "");
  EXPECT_EQ(fault_of(bomb), "logo_too_large");
}

TEST(Logo, FitsIntoASquare) {
  EXPECT_EQ(fitted(plain(100, 50, kBlack), 10).width, 10);
  EXPECT_EQ(fitted(plain(100, 50, kBlack), 10).height, 5);
  EXPECT_EQ(fitted(plain(1, 1000, kBlack), 10).width, 1);
  EXPECT_EQ(fitted(plain(1, 1000, kBlack), 10).height, 10);
  EXPECT_EQ(fitted(plain(2, 2, kBlack), 100).height, 100);
}

TEST(Logo, ScalesToMeans) {
  Logo logo = plain(2, 2, kBlack);
  logo.pixels[0] = logo.pixels[1] = logo.pixels[2] = 200;
  const Logo mean = scaled(logo, 1, 1);
  EXPECT_EQ(mean.pixels, (std::vector<std::uint8_t>{50, 50, 50, 255}));
  const Logo larger = scaled(logo, 4, 4);
  EXPECT_EQ(larger.at(1, 1)[0], 200);
  EXPECT_EQ(larger.at(2, 1)[0], 0);
  // What is see-through lends its alpha and not its colour.
  logo = plain(2, 1, {0, 0, 0, 0});
  logo.pixels[0] = logo.pixels[3] = 255;
  EXPECT_EQ(scaled(logo, 1, 1).pixels, (std::vector<std::uint8_t>{255, 0, 0, 128}));
  for (const int side : {1, 2, 3, 7, 31, 64, 1000}) {
    const Logo same = scaled(plain(31, 17, {9, 8, 7, 255}), side, side);
    for (std::size_t i = 0; i < same.pixels.size(); i += 4) {
      ASSERT_EQ(same.pixels[i], 9);
      ASSERT_EQ(same.pixels[i + 3], 255);
    }
  }
}

}  // namespace
}  // namespace tally
