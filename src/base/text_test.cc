// SPDX-License-Identifier: Apache-2.0
#include "base/text.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Text, SplitKeepsEmptyPieces) {
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
  EXPECT_EQ(split("a,,b,", ','), (std::vector<std::string_view>{"a", "", "b", ""}));
}

TEST(Text, ParseNumberWantsTheWholeText) {
  EXPECT_EQ(parse_number<int>("42"), 42);
  EXPECT_EQ(parse_number<int>("42 "), std::nullopt);
  EXPECT_EQ(parse_number<int>(""), std::nullopt);
  EXPECT_EQ(parse_number<unsigned>("-1"), std::nullopt);
  EXPECT_EQ(parse_number<std::uint8_t>("256"), std::nullopt);
}

TEST(Text, PercentDecoding) {
  struct Row {
    const char* in;
    bool plus;
    std::optional<std::string> out;
  };
  const Row rows[] = {
      {"a%20b", false, "a b"}, {"a+b", false, "a+b"},   {"a+b", true, "a b"},
      {"%", false, {}},        {"%2", false, {}},       {"%zz", false, {}},
      {"%41%6a", false, "Aj"}, {"%25zz", false, "%zz"},
  };
  for (const Row& row : rows) EXPECT_EQ(percent_decode(row.in, row.plus), row.out) << row.in;
}

TEST(Text, Utf8IsCutAtACharacter) {
  EXPECT_EQ(cut_utf8("abc", 2), "ab");
  EXPECT_EQ(cut_utf8("a\xc3\xa9", 2), "a");
  EXPECT_EQ(cut_utf8("a\xc3\xa9", 3), "a\xc3\xa9");
}

TEST(Text, Utf8Validity) {
  EXPECT_TRUE(is_utf8("gr\xc3\xbc\xc3\x9f"));
  EXPECT_TRUE(is_utf8("\xf0\x9f\x98\x80"));
  for (const char* bad : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xe2\x82", "\xf5\x80\x80\x80"}) {
    EXPECT_FALSE(is_utf8(bad));
    EXPECT_TRUE(is_utf8(make_utf8(bad)));
  }
}

TEST(Text, TrimAndCase) {
  EXPECT_EQ(trim(" \t a b\t"), "a b");
  EXPECT_EQ(trim(" \t"), "");
  EXPECT_TRUE(equals_ignoring_case("Accept", "aCCEPT"));
  EXPECT_FALSE(equals_ignoring_case("Accept", "Accep"));
  EXPECT_TRUE(contains_ignoring_case("Mozilla/5.0 GoogleBot", "googlebot"));
}

}  // namespace
}  // namespace tally
