// SPDX-License-Identifier: Apache-2.0
#include "model/click_id.h"

#include <gtest/gtest.h>

#include <limits>
#include <set>

namespace tally {
namespace {

constexpr ClickIdCodec::Key kKey = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};

TEST(ClickId, ComesBack) {
  const ClickIdCodec codec(kKey);
  const ClickKey keys[] = {
      {},
      {1, 1, 0, 0},
      {1, 1, 0, 1},
      {65535, std::numeric_limits<std::uint32_t>::max(), 65535,
       std::numeric_limits<std::uint64_t>::max()},
      {3, 70000, 7, 123456789012345},
  };
  std::set<std::string> texts;
  for (const ClickKey& key : keys) {
    const std::string text = codec.encode(key);
    EXPECT_EQ(text.size(), 26u);
    EXPECT_EQ(codec.decode(text), key) << text;
    EXPECT_TRUE(texts.insert(text).second);
  }
}

TEST(ClickId, NeighboursDoNotLookAlike) {
  const ClickIdCodec codec(kKey);
  std::set<std::string> starts;
  for (std::uint64_t n = 0; n < 1000; ++n) starts.insert(codec.encode({1, 1, 0, n}).substr(0, 8));
  EXPECT_EQ(starts.size(), 1000u);
}

TEST(ClickId, AnotherSecretGivesOtherNames) {
  ClickIdCodec::Key other = kKey;
  other[15] ^= 1;
  const std::string text = ClickIdCodec(kKey).encode({1, 1, 0, 5});
  EXPECT_NE(ClickIdCodec(other).encode({1, 1, 0, 5}), text);
  EXPECT_NE(ClickIdCodec(other).decode(text), (ClickKey{1, 1, 0, 5}));
}

TEST(ClickId, OnlyItsOwnSpellingIsRead) {
  const ClickIdCodec codec(kKey);
  const std::string text = codec.encode({1, 2, 3, 4});
  EXPECT_EQ(codec.encode(*codec.decode("7ZZZZZZZZZZZZZZZZZZZZZZZZZ")),
            "7ZZZZZZZZZZZZZZZZZZZZZZZZZ");
  for (const char* bad : {"", "0", "8ZZZZZZZZZZZZZZZZZZZZZZZZZ", "7zzzzzzzzzzzzzzzzzzzzzzzzz",
                          "0000000000000000000000000I", "0000000000000000000000000U",
                          "0000000000000000000000000-", "000000000000000000000000000"})
    EXPECT_FALSE(codec.decode(bad)) << bad;
  EXPECT_FALSE(codec.decode(text + " "));
}

}  // namespace
}  // namespace tally
