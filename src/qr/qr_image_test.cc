// SPDX-License-Identifier: Apache-2.0
//
// Pictures are taken apart again and compared with the code, module by module. That scanners read
// them is for tests/system/qr.test.mjs.
#include "qr/qr_image.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "qr/codewords.h"
#include "qr/png_writer.h"

namespace tally {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kText = "https://go.example/promo/summer-sale?qr=1";

// Any PNG of ours up to 1024 pixels a side can be read as a logo.
Logo pixels_of(const std::string& png) {
  auto read = read_logo(png);
  EXPECT_TRUE(read) << read.error().line();
  return read ? *read : Logo{1, 1, {0, 0, 0, 0}};
}

Color color_at(const Logo& image, int x, int y) {
  const std::uint8_t* const at = image.at(x, y);
  return {at[0], at[1], at[2], at[3]};
}

Logo checkered(int width, int height) {
  Logo out{width, height, {}};
  for (int i = 0; i < width * height; ++i)
    for (const int channel : {i % 2 * 255, 0, 255, 255})
      out.pixels.push_back(static_cast<std::uint8_t>(channel));
  return out;
}

std::string slug_of(const Result<std::string>& result) {
  return result ? "none" : result.error().slug + " " + result.error().field;
}

TEST(QrImage, PngShowsEveryModuleAtExactlyThatSize) {
  const QrCode code = QrCode::encode(kText, QrLevel::medium).value();
  for (const int size : {64, 65, 100, 511, 512, 777, 1024})
    for (const int margin : {0, 1, 4, 10}) {
      SCOPED_TRACE(testing::Message() << size << " " << margin);
      QrOptions options;
      options.size = size;
      options.margin = margin;
      const int side = code.size() + 2 * margin;
      const Result<std::string> png = qr_png(kText, options, nullptr);
      if (size < side) {
        EXPECT_EQ(slug_of(png), "too_small size");
        continue;
      }
      const Logo image = pixels_of(png.value());
      ASSERT_EQ(image.width, size);
      ASSERT_EQ(image.height, size);
      const int scale = size / side;
      const int origin = (size - scale * code.size()) / 2;
      EXPECT_GE(origin, scale * margin);
      for (int y = 0; y < size; ++y)
        for (int x = 0; x < size; ++x) {
          const bool inside = x >= origin && y >= origin && x < origin + scale * code.size() &&
                              y < origin + scale * code.size();
          const bool dark = inside && code.is_dark((x - origin) / scale, (y - origin) / scale);
          ASSERT_EQ(color_at(image, x, y), dark ? kBlack : kWhite) << x << "," << y;
        }
    }
}

TEST(QrImage, PngHasTheColoursAskedFor) {
  QrOptions options;
  options.color = *parse_color("#102030");
  options.background = *parse_color("#ffeedd80");
  const Logo image = pixels_of(qr_png(kText, options, nullptr).value());
  EXPECT_EQ(color_at(image, 0, 0), options.background);
  const QrCode code = QrCode::encode(kText, QrLevel::medium).value();
  const int origin = (512 - 512 / (code.size() + 8) * code.size()) / 2;
  EXPECT_EQ(color_at(image, origin, origin), options.color);  // the corner of a finder
}

TEST(QrImage, SmallestAndLargest) {
  QrOptions options;
  options.size = QrOptions::kMaxSize;
  const std::string large = qr_png(kText, options, nullptr).value();
  EXPECT_LT(large.size(), 64u * 1024);
  EXPECT_EQ(static_cast<unsigned char>(large[24]), 1);  // one bit a pixel
  options.size = QrOptions::kMinSize;
  options.margin = QrOptions::kMaxMargin;
  EXPECT_EQ(slug_of(qr_png(kText, options, nullptr)), "too_small size");
  EXPECT_EQ(slug_of(qr_svg(kText, options, nullptr)), "none");
  options.margin = 0;
  EXPECT_EQ(slug_of(qr_png(kText, options, nullptr)), "none");
}

TEST(QrImage, TakesTextUpToWhatACodeHolds) {
  struct Row {
    QrLevel level;
    std::size_t bytes;
  };
  // ISO/IEC 18004, table 7, version 40, bytes.
  for (const auto& [level, bytes] : {Row{QrLevel::low, 2953}, Row{QrLevel::medium, 2331},
                                     Row{QrLevel::quartile, 1663}, Row{QrLevel::high, 1273}}) {
    QrOptions options;
    options.level = level;
    EXPECT_EQ(slug_of(qr_png(std::string(bytes, 'a'), options, nullptr)), "none");
    EXPECT_EQ(slug_of(qr_svg(std::string(bytes + 1, 'a'), options, nullptr)),
              "text_too_long level");
  }
}

TEST(QrImage, RefusesWhatNoScannerReads) {
  struct Row {
    std::string_view color;
    std::string_view background;
    bool fine;
  };
  const Row rows[] = {
      {"#000", "#fff", true},        {"#fff", "#000", false},        {"#fff", "#fff", false},
      {"#000", "#333", false},       {"#777", "#fff", true},         {"#ccc", "#fff", false},
      {"#00000000", "#fff", false},  {"#00000080", "#fff", true},    {"#0000ff", "#ffff00", true},
      {"#ff0000", "#0000ff", false}, {"#000000", "#00000000", true}, {"#ffff00", "#fff", false},
  };
  for (const Row& row : rows) {
    QrOptions options;
    options.color = *parse_color(row.color);
    options.background = *parse_color(row.background);
    const std::string wanted = row.fine ? "none" : "low_contrast color";
    EXPECT_EQ(slug_of(qr_png(kText, options, nullptr)), wanted) << row.color << row.background;
    EXPECT_EQ(slug_of(qr_svg(kText, options, nullptr)), wanted) << row.color << row.background;
  }
}

TEST(QrImage, SvgIsOnePathOnItsGround) {
  QrOptions options;
  options.color = *parse_color("#10203040");
  options.background = kTransparent;
  options.color.alpha = 255;
  options.size = 300;
  const std::string svg = qr_svg(kText, options, nullptr).value();
  const int side = QrCode::encode(kText, QrLevel::medium)->size() + 8;
  EXPECT_THAT(svg, HasSubstr(R"(width="300" height="300" viewBox="0 0 )" + std::to_string(side)));
  EXPECT_THAT(svg, HasSubstr(R"(fill="#102030"/>)"));
  EXPECT_THAT(svg, HasSubstr(R"(<path d="M4 4h7v1h-7z)"));
  EXPECT_THAT(svg, Not(HasSubstr("<rect")));
  EXPECT_THAT(svg, Not(HasSubstr("<image")));
  options.background = {255, 255, 255, 128};
  EXPECT_THAT(qr_svg(kText, options, nullptr).value(),
              HasSubstr(R"(fill="#ffffff" fill-opacity="0.502"/>)"));
}

TEST(QrImage, LogoLiesInTheClearedMiddle) {
  QrOptions options;
  options.size = 1000;
  options.background = *parse_color("#ffffee");
  const Logo logo = checkered(64, 32);
  const Logo image = pixels_of(qr_png(kText, options, &logo).value());
  const QrCode code = QrCode::encode(kText, QrLevel::high).value();
  const int scale = 1000 / (code.size() + 8);
  const int origin = (1000 - scale * code.size()) / 2;
  const int square = logo_square(code.version());
  const int begin = (code.size() - square) / 2;
  for (int y = 0; y < code.size(); ++y)
    for (int x = 0; x < code.size(); ++x) {
      const bool cleared = x >= begin && y >= begin && x < begin + square && y < begin + square;
      const Color seen =
          color_at(image, origin + x * scale + scale / 2, origin + y * scale + scale / 2);
      if (cleared) {
        EXPECT_NE(seen, kBlack) << x << "," << y;
      } else {
        ASSERT_EQ(seen, code.is_dark(x, y) ? kBlack : options.background) << x << "," << y;
      }
    }
  // Twice as wide as high: ground above it, the logo at the left edge of its place.
  const int corner = origin + begin * scale;
  EXPECT_EQ(color_at(image, corner + square * scale / 2, corner + scale), options.background);
  EXPECT_EQ(color_at(image, corner + scale, corner + square * scale / 2).blue, 255);
  EXPECT_NE(color_at(image, corner + scale, corner + square * scale / 2), options.background);
}

TEST(QrImage, LogoOfAnySizeIsDrawn) {
  for (const auto& [width, height] : {std::pair{1, 1}, {1024, 1}, {1, 1024}, {600, 600}}) {
    const Logo logo = checkered(width, height);
    for (const int size : {64, 65, 300, 4096}) {
      QrOptions options;
      options.size = size;
      options.background = kTransparent;
      const auto png = qr_png(kText, options, &logo);
      ASSERT_TRUE(png) << png.error().line();
      EXPECT_LT(png->size(), 2u * 1024 * 1024);
      if (size <= kMaxLogoSide) {
        EXPECT_EQ(pixels_of(*png).width, size);
      }
    }
    const std::string svg = qr_svg(kText, {}, &logo).value();
    EXPECT_THAT(svg, HasSubstr(R"(xlink:href="data:image/png;base64,iVBORw0KGgo)"));
    EXPECT_THAT(svg, Not(HasSubstr(std::string(1, '\0'))));
  }
}

TEST(QrImage, TheSameInputGivesTheSameBytes) {
  const Logo logo = checkered(20, 20);
  EXPECT_EQ(qr_png(kText, {}, &logo).value(), qr_png(kText, {}, &logo).value());
  EXPECT_EQ(qr_svg(kText, {}, nullptr).value(), qr_svg(kText, {}, nullptr).value());
}

}  // namespace
}  // namespace tally
