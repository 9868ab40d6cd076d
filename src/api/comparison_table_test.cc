// SPDX-License-Identifier: Apache-2.0
#include "api/comparison_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::HasSubstr;

ComparedValue column(std::string value, std::uint64_t clicks, std::uint64_t converted,
                     std::optional<std::int64_t> impressions = std::nullopt) {
  ComparedValue out;
  out.value = std::move(value);
  out.clicks.clicks = out.clicks.human_clicks = clicks;
  out.clicks.unique_clicks = clicks;
  out.clicks.visitors = clicks;
  out.rates = {clicks, {impressions, std::nullopt}};
  out.conversions.conversions = out.conversions.converted_clicks = converted;
  return out;
}

TEST(ComparisonTable, RatesAreHeldAgainstTheFirst) {
  const auto found = rate_differences(std::vector{column("a", 8000, 520), column("b", 8000, 612)});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].rate, "conversion_rate");
  EXPECT_DOUBLE_EQ(found[0].difference, 0.0115);
  EXPECT_NEAR(found[0].p.value(), 0.0045596482, 5e-11);
  EXPECT_NEAR(found[0].bounds->low, 0.003556016, 5e-10);
  EXPECT_NEAR(found[0].bounds->high, 0.019443984, 5e-10);
}

TEST(ComparisonTable, SeveralAreJudgedTogether) {
  const auto found = rate_differences(
      std::vector{column("a", 8000, 520), column("b", 8000, 612), column("c", 8000, 520)});
  ASSERT_EQ(found.size(), 2u);
  EXPECT_NEAR(found[0].p.value(), 2 * 0.0045596482, 1e-10);
  EXPECT_LT(found[0].bounds->low, 0.003556016) << "wider than for one";
  EXPECT_EQ(found[1].column, 2u);
  EXPECT_EQ(found[1].p, 1.0);
}

TEST(ComparisonTable, TestsWhereATestMeansSomething) {
  struct Row {
    ComparedValue first, other;
    std::size_t differences;
    bool tested;
  };
  const Row rows[] = {
      {column("a", 0, 0), column("b", 8000, 612), 0, false},    // no rate
      {column("a", 99, 10), column("b", 8000, 612), 1, false},  // too few
      {column("a", 100, 10), column("b", 8000, 612), 1, true},
      {column("a", 100, 10, 500), column("b", 800, 61), 1, true},      // one was shown
      {column("a", 100, 10, 50), column("b", 800, 61, 900), 1, true},  // more clicks than shown
      {column("a", 100, 10, 500), column("b", 800, 61, 900), 2, true},
  };
  for (const Row& row : rows) {
    const auto found = rate_differences(std::vector{row.first, row.other});
    ASSERT_EQ(found.size(), row.differences) << &row - rows;
    for (const RateDifference& one : found) EXPECT_EQ(one.p.has_value(), row.tested) << &row - rows;
  }
}

TEST(ComparisonTable, AsJson) {
  std::vector columns = {column("lnk_1", 100, 10), column("lnk_2", 200, 50)};
  columns[0].label = "/a";
  columns[0].previous_clicks = 80;
  ComparisonHead head;
  head.zone = "UTC";
  const std::string json = comparison_json(columns, head);
  EXPECT_THAT(json, HasSubstr(R"("by":"link")"));
  EXPECT_THAT(json, HasSubstr(R"("previous":null,"tz":"UTC","currency":null,"columns":[)"
                              R"({"value":"lnk_1","label":"/a","clicks":100,)"));
  EXPECT_THAT(json,
              HasSubstr(R"("previous_clicks":80,"change":0.25},{"value":"lnk_2","label":null)"));
  EXPECT_THAT(json, HasSubstr(R"("differences":[{"rate":"conversion_rate","value":"lnk_2",)"
                              R"("difference":0.15,"interval":{"low":)"));
  head.by = Dimension::tag;
  EXPECT_THAT(comparison_json(columns, head), HasSubstr(R"("differences":[])"))
      << "one click may have both tags";
}

}  // namespace
}  // namespace tally
