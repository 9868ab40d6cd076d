// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace tally
