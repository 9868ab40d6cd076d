// SPDX-License-Identifier: Apache-2.0
#include "base/encoding.h"

#include <gtest/gtest.h>

#include <array>

#include "base/text.h"

namespace tally {
namespace {

TEST(Encoding, Base64ThereAndBack) {
  struct Row {
    std::string_view bytes, padded, url;
  };
  for (const Row& row : {Row{"", "", ""}, Row{"f", "Zg==", "Zg"}, Row{"fo", "Zm8=", "Zm8"},
                         Row{"foo", "Zm9v", "Zm9v"}, Row{{"\xfb\xff\0", 3}, "+/8A", "-_8A"}}) {
    EXPECT_EQ(base64(row.bytes), row.padded);
    EXPECT_EQ(base64url(row.bytes), row.url);
    EXPECT_EQ(from_base64(row.padded), row.bytes);
    EXPECT_EQ(from_base64url(row.url), row.bytes);
  }
  for (const char* other : {"Zg", "Zg=", "Zg==x", "Zg== ", "-_8A", "Z", "====", "Zh=="})
    EXPECT_EQ(from_base64(other), std::nullopt) << other;
  for (const char* other : {"Zg==", "+/8A", "Z"})
    EXPECT_EQ(from_base64url(other), std::nullopt) << other;
}

TEST(Encoding, HexOfBytes) {
  EXPECT_EQ(hex(""), "");
  EXPECT_EQ(hex(as_text(std::array<unsigned char, 3>{0, 0xab, 0xff})), "00abff");
}

}  // namespace
}  // namespace tally
