// SPDX-License-Identifier: Apache-2.0
#include "http/query_string.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

using Pairs = std::vector<std::pair<std::string, std::string>>;

TEST(QueryString, ReadsNamesAndValues) {
  struct Row {
    const char* query;
    Pairs out;
  };
  const Row rows[] = {
      {"", {}},
      {"a=1&b=2", {{"a", "1"}, {"b", "2"}}},
      {"&a=1&&", {{"a", "1"}}},
      {"a", {{"a", ""}}},
      {"a=", {{"a", ""}}},
      {"a=b=c", {{"a", "b=c"}}},
      {"a=x+y%2Bz", {{"a", "x y+z"}}},
      {"%61=%C3%A4", {{"a", "\xc3\xa4"}}},
      {"a=1,2&A=3", {{"a", "1,2"}, {"A", "3"}}},
  };
  for (const Row& row : rows) {
    const auto parsed = parse_query_string(row.query);
    ASSERT_TRUE(parsed) << row.query;
    Pairs got;
    for (const QueryParameter& p : *parsed) got.emplace_back(p.name, p.value);
    EXPECT_EQ(got, row.out) << row.query;
  }
}

TEST(QueryString, RefusesWhatCannotBeRead) {
  struct Row {
    std::string query;
    const char* slug;
  };
  std::string many;
  for (int i = 0; i < 101; ++i) many += "&p" + std::to_string(i);
  const Row rows[] = {
      {"a=%", "bad_query"},
      {"a=%4", "bad_query"},
      {"a=%zz", "bad_query"},
      {"a=%ff", "bad_query"},
      {"a=%00", "bad_query"},
      {"a=%0a", "bad_query"},
      {"=1", "bad_query"},
      {"a=1&a=1", "repeated_parameter"},
      {"a=1&%61=2", "repeated_parameter"},
      {many, "bad_query"},
  };
  for (const Row& row : rows) {
    const auto parsed = parse_query_string(row.query);
    ASSERT_FALSE(parsed) << row.query;
    EXPECT_EQ(parsed.error().slug, row.slug) << row.query;
    EXPECT_EQ(parsed.error().code, ErrorCode::malformed);
  }
}

}  // namespace
}  // namespace tally
