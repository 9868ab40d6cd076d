// SPDX-License-Identifier: Apache-2.0
//
// The map is held against codes of the library: known data codewords must be found where the map
// says that they are.
#include "qr/codewords.h"

#include <gtest/gtest.h>

#include <qrcodegen/qrcodegen.hpp>

#include <cstdint>

namespace tally {
namespace {

// Data codewords without two that are alike nearby.
std::vector<std::uint8_t> some_data(int count) {
  std::vector<std::uint8_t> out;
  std::uint32_t state = 12345;
  for (int i = 0; i < count; ++i) {
    state = state * 1664525 + 1013904223;
    out.push_back(static_cast<std::uint8_t>(state >> 24));
  }
  return out;
}

// The codewords of a code with mask 0, which inverts where x + y is even.
std::vector<std::uint8_t> read(const qrcodegen::QrCode& code, const CodewordMap& map) {
  std::vector<std::uint8_t> out(static_cast<std::size_t>(map.codewords()));
  std::vector<int> bits(out.size());
  // Within a codeword, bits follow the same zigzag as codewords do.
  for (int right = map.size() - 1; right >= 1; right -= 2) {
    if (right == 6) right = 5;
    for (int step = 0; step < map.size(); ++step)
      for (const int x : {right, right - 1}) {
        const int y = ((right + 1) & 2) == 0 ? map.size() - 1 - step : step;
        const int codeword = map.codeword_at(x, y);
        if (codeword < 0) continue;
        const bool bit = code.getModule(x, y) != ((x + y) % 2 == 0);
        auto& byte = out.at(static_cast<std::size_t>(codeword));
        byte = static_cast<std::uint8_t>(byte << 1 | (bit ? 1 : 0));
        ++bits.at(static_cast<std::size_t>(codeword));
      }
  }
  for (const int count : bits) EXPECT_EQ(count, 8);
  return out;
}

TEST(CodewordMap, FindsTheDataOfEveryVersion) {
  for (int version = 1; version <= 40; ++version) {
    SCOPED_TRACE(version);
    const CodewordMap map(version);
    const std::vector<std::uint8_t> data = some_data(map.data_codewords());
    // Refuses any other number of data codewords.
    const qrcodegen::QrCode code(version, qrcodegen::QrCode::Ecc::HIGH, data, 0);
    ASSERT_EQ(code.getSize(), map.size());
    const std::vector<std::uint8_t> found = read(code, map);

    // Data of a block stands together in `data`, blocks one after the other, longer ones last.
    std::vector<std::vector<std::uint8_t>> blocks(static_cast<std::size_t>(map.blocks()));
    for (int i = 0; i < map.data_codewords(); ++i)
      blocks.at(static_cast<std::size_t>(map.block_of(i)))
          .push_back(found[static_cast<std::size_t>(i)]);
    std::vector<std::uint8_t> joined;
    for (const auto& block : blocks) joined.insert(joined.end(), block.begin(), block.end());
    EXPECT_EQ(joined, data);
  }
}

TEST(CodewordMap, DealsTheCorrectionEvenly) {
  for (int version = 1; version <= 40; ++version) {
    const CodewordMap map(version);
    std::vector<int> count(static_cast<std::size_t>(map.blocks()));
    for (int i = map.data_codewords(); i < map.codewords(); ++i)
      ++count.at(static_cast<std::size_t>(map.block_of(i)));
    for (const int found : count) EXPECT_EQ(found, map.correction()) << version;
  }
}

TEST(CodewordMap, LogoStaysWithinWhatTheCodeCanLose) {
  for (int version = 2; version <= 40; ++version) {
    SCOPED_TRACE(version);
    const CodewordMap map(version);
    const int square = logo_square(version);
    EXPECT_GE(square, 5);
    EXPECT_EQ(square % 2, 1);
    EXPECT_LE(square * square * 5, map.size() * map.size());
    EXPECT_LE(map.worst_loss(square), map.correction() / 4);
    // Large enough to be of use: a sixth of the side.
    EXPECT_GE(square * 6, map.size());
    RecordProperty("square_" + std::to_string(version), square);
  }
}

}  // namespace
}  // namespace tally
