// SPDX-License-Identifier: Apache-2.0
#include "api/tag_fold.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::ElementsAre;

Link link(std::uint64_t id, std::vector<std::string> tags) {
  Link out;
  out.id = LinkId{id};
  out.tags = std::move(tags);
  return out;
}

BreakdownRow row(std::string value, ValueKind kind, std::uint64_t clicks,
                 std::optional<std::uint64_t> unique) {
  return {std::move(value), kind, clicks, unique};
}

TEST(TagFold, AClickCountsUnderEachTagOfItsLink) {
  const Breakdown by_link{
      {row("lnk_1", ValueKind::value, 10, 4), row("lnk_2", ValueKind::value, 5, 5),
       row("lnk_3", ValueKind::value, 2, 1), row("lnk_9", ValueKind::value, 1, 1),
       row("", ValueKind::rest, 7, 2)},
      25,
      13};
  const auto folded = fold_by_tag(by_link, {link(1, {"a", "b"}), link(2, {"b"}), link(3, {})}, 10);
  EXPECT_THAT(folded.rows,
              ElementsAre(row("b", ValueKind::value, 15, 9), row("a", ValueKind::value, 10, 4),
                          row("", ValueKind::value, 3, 2), row("", ValueKind::rest, 7, 2)));
  EXPECT_EQ(folded.clicks, 25u);
  EXPECT_EQ(folded.unique_clicks, 13u);
}

TEST(TagFold, WhatTheLimitCutsOffIsTheRest) {
  const Breakdown by_link{
      {row("lnk_1", ValueKind::value, 3, {}), row("lnk_2", ValueKind::value, 2, {}),
       row("lnk_3", ValueKind::value, 1, {})},
      6,
      {}};
  const auto folded = fold_by_tag(by_link, {link(1, {"a"}), link(2, {"b"}), link(3, {"c"})}, 1);
  EXPECT_THAT(folded.rows,
              ElementsAre(row("a", ValueKind::value, 3, {}), row("", ValueKind::rest, 3, {})));
}

TEST(TagFold, ConversionsOfEarlierClicksCountUnderTheirTagOrInTheRest) {
  BreakdownRow clicked = row("lnk_1", ValueKind::value, 3, 2);
  BreakdownRow earlier = row("lnk_2", ValueKind::value, 0, 0);
  clicked.conversions = 1;
  earlier.conversions = 5;
  const auto folded =
      fold_by_tag({{clicked, earlier}, 3, 2}, {link(1, {"a"}), link(2, {"a", "b"})}, 10);
  BreakdownRow a = row("a", ValueKind::value, 3, 2), rest = row("", ValueKind::rest, 0, 0);
  a.conversions = 6;
  rest.conversions = 5;
  EXPECT_THAT(folded.rows, ElementsAre(a, rest));
}

TEST(TagFold, NothingGivesNothing) { EXPECT_TRUE(fold_by_tag({}, {}, 5).rows.empty()); }

}  // namespace
}  // namespace tally
