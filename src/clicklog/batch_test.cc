// SPDX-License-Identifier: Apache-2.0
#include "clicklog/batch.h"

#include <gtest/gtest.h>

#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "base/bytes.h"

namespace tally {
namespace {

void ignore_view(const LandingView&) {}

LandingView some_view() {
  LandingView view;
  view.key = {1, 2, 4, 300};
  view.click = {1, 2, 3, 39};
  view.time = 1'784'548'800'000;
  view.viewed = 1'784'548'800'900;
  view.workspace = {7};
  view.link = {300};
  view.screen_w = 1080;
  view.screen_h = 2340;
  view.dpr = 2.5F;
  return view;
}

TEST(Batch, HoldsClicksViewsAndPositions) {
  BatchHead head;
  head.positions = {{{1, 2, 3}, 40}, {{1, 2, 4}, 0}};
  head.through = 99;
  head.clicks = 2;
  head.views = 1;
  std::string bytes;
  encode_batch_head(head, bytes);
  Click click;
  click.city = "Zurich";
  encode_click(click, bytes);
  encode_click(Click{}, bytes);
  encode_landing_view(some_view(), bytes);
  BatchHead back;
  std::vector<Click> clicks;
  std::vector<LandingView> views;
  ASSERT_TRUE(read_batch(
      bytes, back, [&](const Click& one) { clicks.push_back(one); },
      [&](const LandingView& one) { views.push_back(one); }));
  EXPECT_EQ(back.positions, head.positions);
  EXPECT_EQ(back.through, 99);
  EXPECT_EQ(clicks.at(0), click);
  EXPECT_EQ(clicks.size(), 2u);
  EXPECT_EQ(views, std::vector{some_view()});
}

// As the release before landing views wrote it.
TEST(Batch, TheFirstVersionIsStillRead) {
  std::string bytes;
  put_fixed(bytes, std::uint8_t{1});
  put_varint(bytes, 1);
  put_fixed(bytes, std::uint16_t{1});
  put_fixed(bytes, std::uint32_t{2});
  put_fixed(bytes, std::uint16_t{3});
  put_varint(bytes, 40);
  put_fixed(bytes, UnixMillis{99});
  put_varint(bytes, 1);
  Click click;
  click.city = "Zurich";
  encode_click(click, bytes);
  BatchHead head;
  std::vector<Click> clicks;
  ASSERT_TRUE(read_batch(
      bytes, head, [&](const Click& one) { clicks.push_back(one); },
      [](const LandingView&) { FAIL(); }));
  EXPECT_EQ(head.positions, (JournalPositions{{{1, 2, 3}, 40}}));
  EXPECT_EQ(head.through, 99);
  EXPECT_EQ(clicks, std::vector{click});
}

TEST(Batch, EveryCutIsRefused) {
  BatchHead head;
  head.positions = {{{1, 2, 3}, 40}};
  head.clicks = 1;
  head.views = 1;
  std::string bytes;
  encode_batch_head(head, bytes);
  encode_click(Click{}, bytes);
  encode_landing_view(some_view(), bytes);
  const auto ignore = [](const Click&) {};
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(read_batch(std::string_view(bytes).substr(0, size), head, ignore, ignore_view))
        << size;
  EXPECT_FALSE(read_batch(bytes + "x", head, ignore, ignore_view));
}

TEST(Batch, LeavesOutWhatIsErased) {
  BatchHead head;
  head.positions = {{{1, 2, 3}, 40}};
  head.through = 99;
  head.clicks = 3;
  head.views = 1;
  std::string bytes;
  encode_batch_head(head, bytes);
  for (const std::uint64_t link : {300, 301, 300}) {
    Click click;
    click.key.n = link;
    click.workspace = {7};
    click.link = {link};
    click.visitor = link + 1;
    click.time = 50;
    encode_click(click, bytes);
  }
  encode_landing_view(some_view(), bytes);
  constexpr TimeRange kAlways{0, 4'000'000'000'000};
  struct Row {
    Erasure what;
    std::set<ClickKey> landings;
    std::optional<std::pair<std::uint64_t, std::uint64_t>> left;  // clicks, views
  };
  const std::vector<Row> rows = {
      {{{7}, kAlways, LinkId{300}, {}}, {}, {{1, 0}}},
      {{{7}, {0, 51}, LinkId{300}, {}}, {}, {{1, 1}}},
      {{{7}, kAlways, LinkId{301}, {}}, {}, {{2, 1}}},
      {{{7}, kAlways, std::nullopt, {301}}, {some_view().click}, {{1, 0}}},
      {{{7}, kAlways, std::nullopt, {301}}, {}, {{1, 1}}},
      {{{7}, kAlways, std::nullopt, {5}}, {some_view().click}, {{3, 0}}},
      {{{7}, kAlways, std::nullopt, {}}, {}, {{0, 0}}},
      {{{8}, kAlways, LinkId{300}, {}}, {}, {}},
      {{{7}, {51, 52}, LinkId{300}, {}}, {}, {}},
      {{{7}, kAlways, std::nullopt, {5}}, {}, {}},
  };
  for (const Row& row : rows) {
    const auto index = &row - rows.data();
    const auto left = without_erased(bytes, row.what, row.landings);
    ASSERT_TRUE(left) << index;
    ASSERT_EQ(left->has_value(), row.left.has_value()) << index;
    if (!row.left) continue;
    BatchHead back;
    std::uint64_t clicks = 0, views = 0;
    ASSERT_TRUE(read_batch(
        **left, back, [&](const Click& click) { clicks += !row.what.meets(click); },
        [&](const LandingView&) { ++views; }));
    EXPECT_EQ(std::pair(clicks, views), row.left) << index;
    EXPECT_EQ(back.clicks, clicks) << index;
    EXPECT_EQ(back.positions, head.positions) << index;
    EXPECT_EQ(back.through, head.through) << index;
  }
  EXPECT_FALSE(without_erased(bytes.substr(1), rows[0].what, {}));
}

}  // namespace
}  // namespace tally
