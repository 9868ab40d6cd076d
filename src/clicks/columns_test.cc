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

TEST(ColumnsTest, TypesAreThoseOfTheColumns) {
  ASSERT_EQ(column_types(StoreTable::clicks).size(), click_columns().size());
  ASSERT_EQ(column_types(StoreTable::landing_views).size(), view_columns().size());
  EXPECT_EQ(column_types(StoreTable::clicks).back().name, click_columns().back().name);
  EXPECT_EQ(column_types(StoreTable::landing_views).back().name, view_columns().back().name);
}

TEST(ColumnsTest, BrokenRowsAreRefused) {
  std::vector<std::string_view> fields(click_columns().size(), "");
  EXPECT_EQ(read_row(fields).error().code, ErrorCode::corrupt);
  fields.pop_back();
  EXPECT_EQ(read_row(fields).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace tally
