// SPDX-License-Identifier: Apache-2.0
#include "pipeline/batch.h"

#include <gtest/gtest.h>

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
  const auto clicks = decode_batch(bytes, back);
  ASSERT_TRUE(clicks);
  EXPECT_EQ(back.positions, head.positions);
  EXPECT_EQ(back.through, 99);
  EXPECT_EQ(clicks->at(0), click);
  EXPECT_EQ(clicks->size(), 2u);
}

TEST(Batch, EveryCutIsRefused) {
  BatchHead head;
  head.positions = {{{1, 2, 3}, 40}};
  head.clicks = 1;
  std::string bytes;
  encode_batch_head(head, bytes);
  encode_click(Click{}, bytes);
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decode_batch(std::string_view(bytes).substr(0, size), head)) << size;
  EXPECT_FALSE(decode_batch(bytes + "x", head));
}

}  // namespace
}  // namespace tally
