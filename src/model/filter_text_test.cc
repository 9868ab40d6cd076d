// SPDX-License-Identifier: Apache-2.0
#include "model/filter_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(FilterText, IsReadAndWrittenTheSameWay) {
  const struct {
    const char* text;
    bool none_of;
    std::vector<std::string> values;
  } rows[] = {
      {"DE", false, {"DE"}},
      {"DE,AT", false, {"DE", "AT"}},
      {"!DE,AT", true, {"DE", "AT"}},
      {"", false, {""}},
      {"!", true, {""}},
      {R"(a\,b,c\\)", false, {"a,b", "c\\"}},
      {R"(\!a,!b)", false, {"!a", "!b"}},
      {"!!a", true, {"!a"}},
      {"a,,b", false, {"a", "", "b"}},
  };
  for (const auto& row : rows) {
    const Filter wanted{Dimension::campaign, row.none_of, row.values};
    EXPECT_EQ(parse_filter(Dimension::campaign, row.text), wanted) << row.text;
    EXPECT_EQ(filter_text(wanted), row.text);
  }
  EXPECT_FALSE(parse_filter(Dimension::campaign, "a\\"));
}

}  // namespace
}  // namespace tally
