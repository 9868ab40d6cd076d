// SPDX-License-Identifier: Apache-2.0
#include "clicks/columns.h"

#include <gtest/gtest.h>

#include <set>

namespace tally {
namespace {

TEST(ColumnsTest, NamesAreDistinctAndHoldEveryText) {
  std::set<std::string_view> names;
  for (const Column& column : click_columns())
    EXPECT_TRUE(names.insert(column.name).second) << column.name;
  for (const ClickText& text : click_texts()) EXPECT_TRUE(names.contains(text.name)) << text.name;
}

TEST(ColumnsTest, RowBinaryOfAnEmptyClick) {
  std::string row;
  put_row(Click{}, row);
  std::size_t texts = 0;
  for (const Column& column : click_columns())
    texts += column.type == "String" || column.type == "LowCardinality(String)" ? 1 : 0;
  // Fixed columns by their width, each text by its length byte, kinds by their default's name.
  const std::size_t fixed = 8 + 8 + 8 + 2 + 4 + 2 + 8 + 4 * 1 + 2 + 2 + 4 + 8;
  const std::size_t names = std::string_view("not_foundhumanlinkotherothernone").size();
  EXPECT_EQ(row.size(), fixed + texts + names);
}

TEST(ColumnsTest, LongTextHasAVariableLength) {
  Click short_text, long_text;
  long_text.user_agent = std::string(300, 'x');
  std::string short_row, long_row;
  put_row(short_text, short_row);
  put_row(long_text, long_row);
  EXPECT_EQ(long_row.size() - short_row.size(), 301u);
}

TEST(ColumnsTest, BrokenRowsAreRefused) {
  std::vector<std::string_view> fields(click_columns().size(), "");
  EXPECT_EQ(read_row(fields).error().code, ErrorCode::corrupt);
  fields.pop_back();
  EXPECT_EQ(read_row(fields).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace tally
