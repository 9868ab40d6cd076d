// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch.h"

#include <gtest/gtest.h>

#include <vector>

namespace tally {
namespace {

TEST(Batch, HoldsClicksAndPositions) {
  BatchHead head;
  head.positions = {{{1, 2, 3}, 40}, {{1, 2, 4}, 0}};
  head.through = 99;
  head.clicks = 2;
  std::string bytes;
  encode_batch_head(head, bytes);
  Click click;
  click.city = "Zurich";
  encode_click(click, bytes);
  encode_click(Click{}, bytes);
  BatchHead back;
  std::vector<Click> clicks;
  ASSERT_TRUE(read_batch(bytes, back, [&](const Click& one) { clicks.push_back(one); }));
  EXPECT_EQ(back.positions, head.positions);
  EXPECT_EQ(back.through, 99);
  EXPECT_EQ(clicks.at(0), click);
  EXPECT_EQ(clicks.size(), 2u);
}

TEST(Batch, EveryCutIsRefused) {
  BatchHead head;
  head.positions = {{{1, 2, 3}, 40}};
  head.clicks = 1;
  std::string bytes;
  encode_batch_head(head, bytes);
  encode_click(Click{}, bytes);
  const auto ignore = [](const Click&) {};
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(read_batch(std::string_view(bytes).substr(0, size), head, ignore)) << size;
  EXPECT_FALSE(read_batch(bytes + "x", head, ignore));
}

}  // namespace
}  // namespace tally
