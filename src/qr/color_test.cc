// SPDX-License-Identifier: Apache-2.0
#include "qr/color.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Color, ReadsTheFormsOfCss) {
  struct Row {
    std::string_view text;
    std::optional<Color> color;
  };
  const Row rows[] = {
      {"#1aF", Color{0x11, 0xaa, 0xff, 255}},
      {"#11AAff", Color{0x11, 0xaa, 0xff, 255}},
      {"11aaff", Color{0x11, 0xaa, 0xff, 255}},
      {"#11aaff80", Color{0x11, 0xaa, 0xff, 0x80}},
      {"", {}},
      {"#", {}},
      {"#12", {}},
      {"#1234", {}},
      {"#12345", {}},
      {"#1234567", {}},
      {"#123456789", {}},
      {"##123", {}},
      {"#12g", {}},
      {"#-12", {}},
      {"red", {}},
      {"transparent", {}},
  };
  for (const Row& row : rows) EXPECT_EQ(parse_color(row.text), row.color) << row.text;
}

TEST(Color, PaintsOneOnAnother) {
  EXPECT_EQ(over(kBlack, kWhite), kBlack);
  EXPECT_EQ(over(kTransparent, kWhite), kWhite);
  EXPECT_EQ(over(kTransparent, kTransparent), kTransparent);
  EXPECT_EQ(over(kBlack, kTransparent), kBlack);
  EXPECT_EQ(over({0, 0, 0, 0x80}, kWhite), (Color{127, 127, 127, 255}));
  EXPECT_EQ(over({10, 20, 30, 0x80}, {10, 20, 30, 0x80}), (Color{10, 20, 30, 192}));
}

TEST(Color, ContrastIsThatOfWcag) {
  EXPECT_DOUBLE_EQ(contrast(kBlack, kWhite).ratio(), 21);
  EXPECT_DOUBLE_EQ(contrast(kBlack, kTransparent).ratio(), 21);
  EXPECT_DOUBLE_EQ(contrast(kWhite, kWhite).ratio(), 1);
  EXPECT_DOUBLE_EQ(contrast(kTransparent, kWhite).ratio(), 1);
  EXPECT_DOUBLE_EQ(contrast(kWhite, kBlack).ratio(), 1.0 / 21);
  EXPECT_DOUBLE_EQ(contrast(kWhite, kBlack).difference(), -1);
  // #777 on white is the usual example of a miss of 4.5.
  EXPECT_NEAR(contrast(*parse_color("#777"), kWhite).ratio(), 4.48, 0.005);
  EXPECT_NEAR(contrast(*parse_color("#0000ff"), kWhite).ratio(), 8.59, 0.005);
}

TEST(Color, ReadableIsWhatIsDarkerByRatioAndByDifference) {
  struct Row {
    std::string_view ink;
    std::string_view ground;
    bool readable;
  };
  const Row rows[] = {
      {"#000", "#fff", true},      {"#fff", "#000", false},
      {"#b7b7b7", "#fff", true},   {"#b8b8b8", "#fff", false},  // ratio
      {"#000", "#7d7d7d", true},   {"#000", "#7b7b7b", false},  // difference
      {"#00f", "#f00", false},     {"#00000080", "#fff", true},
      {"#000", "#00000000", true}, {"#000000", "#00000080", true},
  };
  for (const Row& row : rows)
    EXPECT_EQ(is_readable(*parse_color(row.ink), *parse_color(row.ground)), row.readable)
        << row.ink << " on " << row.ground;
}

TEST(Color, HexIsReadBack) {
  const Color color{1, 0xab, 255, 255};
  EXPECT_EQ(hex_of(color), "#01abff");
  EXPECT_EQ(parse_color(hex_of(color)), color);
}

}  // namespace
}  // namespace tally
