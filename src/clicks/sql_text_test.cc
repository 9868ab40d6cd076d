// SPDX-License-Identifier: Apache-2.0
#include "clicks/sql_text.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(SqlTextTest, QuotesWhatWouldEndALiteral) {
  using std::string_literals::operator""s;
  const struct {
    std::string text, literal;
  } rows[] = {
      {"", "''"},
      {"plain", "'plain'"},
      {"it's", "'it\\'s'"},
      {"\\", "'\\\\'"},
      {"\\'", "'\\\\\\''"},
      {"a\0b"s, "'a\\0b'"},
      {"line\nbreak\ttab", "'line\nbreak\ttab'"},
      {"'); DROP TABLE clicks; --", "'\\'); DROP TABLE clicks; --'"},
      {"\xff\xfe", "'\xff\xfe'"},
  };
  for (const auto& row : rows) EXPECT_EQ(sql_quote(row.text), row.literal);
  EXPECT_EQ(sql_quote_list(std::vector<std::string>{"a", "b'"}), "('a','b\\'')");
}

TEST(SqlTextTest, UnescapesFields) {
  using std::string_literals::operator""s;
  EXPECT_EQ(tsv_unescape("a\\tb\\nc\\\\d\\'e\\0f\\r\\b\\f"), "a\tb\nc\\d'e\0f\r\b\f"s);
  EXPECT_EQ(tsv_unescape("plain"), "plain");
  EXPECT_EQ(tsv_unescape("cut\\"), "cut\\");
}

TEST(SqlTextTest, ReadsRowsAndTotals) {
  const TsvTable table = parse_tsv("a\t1\n\t2\n\n\t3\n");
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[1], (std::vector<std::string_view>{"", "2"}));
  EXPECT_EQ(table.totals, (std::vector<std::string_view>{"", "3"}));
  // No rows: the totals stand alone behind the blank line.
  EXPECT_EQ(parse_tsv("\n\t0\t0\n").totals.size(), 3u);
  EXPECT_TRUE(parse_tsv("").rows.empty());
}

TEST(SqlTextTest, CountsAreWholeNumbers) {
  const std::vector<std::string_view> row = {"7", "-1", "x", ""};
  EXPECT_EQ(tsv_count(row, 0).value(), 7u);
  for (const std::size_t field : {1u, 2u, 3u, 4u})
    EXPECT_EQ(tsv_count(row, field).error().code, ErrorCode::corrupt) << field;
}

}  // namespace
}  // namespace tally
