// SPDX-License-Identifier: Apache-2.0
#include "clicks/shared_view.h"

#include <gtest/gtest.h>

#include "clicks/columns.h"

namespace tally {
namespace {

TEST(SharedViewTest, EveryColumnIsSharedOrOurs) {
  const std::string sql = shared_view_sql();
  for (const Column& column : click_columns()) {
    const std::string name(column.name);
    const bool ours =
        name == "visitor" || name == "node" || name == "epoch" || name == "shard" || name == "n";
    EXPECT_EQ(sql.find(" AS " + name + ",") == std::string::npos, ours) << name;
  }
  EXPECT_EQ(sql.find("visitor"), std::string::npos);
}

TEST(SharedViewTest, SpellsAsBreakdownsDo) {
  const std::string sql = shared_view_sql();
  EXPECT_NE(sql.find("if(c.country = '', 'Unknown', toString(c.country)) AS country"),
            std::string::npos);
  EXPECT_NE(sql.find("c.campaign AS campaign"), std::string::npos);
  EXPECT_NE(sql.find("AS is_click"), std::string::npos);
}

}  // namespace
}  // namespace tally
