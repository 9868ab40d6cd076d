// SPDX-License-Identifier: Apache-2.0
#include "clicks/click_batch.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "clicks/columns.h"
#include "clicks/native_block.h"
#include "clicks/view_batch.h"

namespace tally {
namespace {

Click click(std::uint64_t n, UnixMillis time, std::uint16_t shard = 0) {
  Click out;
  out.key = {1, 2, shard, n};
  out.time = time;
  return out;
}

TEST(ClickBatchTest, KnowsWhatAManifestSays) {
  ClickBatch batch;
  EXPECT_TRUE(batch.empty());
  batch.add(click(7, 1000, 1));
  batch.add(click(5, 3000, 0));
  batch.add(click(9, 2000, 1));
  EXPECT_EQ(batch.rows(), 3u);
  EXPECT_EQ(batch.partition(), 0);
  EXPECT_EQ(batch.times().from, 1000);
  EXPECT_EQ(batch.times().to, 3001);
  const std::vector<ShardRange> expected = {{1, 2, 0, 5, 5}, {1, 2, 1, 7, 9}};
  EXPECT_EQ(batch.ranges(), expected);
  Click imported = click(6, 2000, 7);
  imported.imported = true;
  batch.add(imported);
  EXPECT_EQ(batch.rows(), 4u);
  EXPECT_EQ(batch.ranges(), expected) << "its key is none of a shard's";
}

// Reads the block back by the format's own rules: columns, rows, then name, type and values.
TEST(ClickBatchTest, NativeHoldsEveryColumnInOrder) {
  ClickBatch batch;
  Click first = click(300, 5), second = click(301, 6);
  first.user_agent = std::string(300, 'x');
  second.country = "DE";
  batch.add(first);
  batch.add(second);
  const std::string block = batch.native();
  ByteReader in(block);
  EXPECT_EQ(in.varint(), click_columns().size());
  EXPECT_EQ(in.varint(), 2u);
  for (const Column& column : click_columns()) {
    EXPECT_EQ(in.text(), column.name);
    EXPECT_EQ(in.text(), column.wire_type());
    EXPECT_FALSE(column.wire_type().starts_with("LowCardinality"));
    std::string expected;
    column.put(first, expected);
    column.put(second, expected);
    EXPECT_EQ(in.raw(expected.size()), expected) << column.name;
  }
  EXPECT_TRUE(in.ok() && in.at_end());
}

// One word, 256 words, more than fit into one byte, and more than fit into two.
TEST(ClickBatchTest, ALargeOneHasDictionaries) {
  ClickBatch batch;
  std::vector<Click> clicks(70'000);
  for (std::size_t i = 0; i < clicks.size(); ++i) {
    clicks[i] = click(i, 5);
    clicks[i].country = "DE";
    clicks[i].os = std::to_string(i % 256);
    clicks[i].browser = std::to_string(i % 257);
    clicks[i].user_agent = "agent " + std::to_string(i);
    clicks[i].city = std::to_string(i % 1000);
    batch.add(clicks[i]);
  }
  const std::string block = batch.native();
  ByteReader in(block);
  const auto columns = click_columns();
  const auto read = NativeBlock::read(in, columns);
  ASSERT_TRUE(read && in.ok() && in.at_end());
  EXPECT_NE(block.find("LowCardinality"), std::string::npos);
  ASSERT_EQ(read->rows(), clicks.size());
  for (std::size_t column = 0; column < columns.size(); ++column) {
    std::size_t wrong = 0;
    for (std::size_t row = 0; row < clicks.size(); ++row) {
      std::string expected;
      columns[column].put(clicks[row], expected);
      if (read->cell(column, row) != expected) ++wrong;
    }
    EXPECT_EQ(wrong, 0u) << columns[column].name;
  }
}

TEST(ClickBatchTest, RowBinaryHoldsTheSameByRow) {
  ClickBatch batch;
  Click first = click(300, 5), second = click(301, 6);
  first.user_agent = std::string(300, 'x');
  second.city = "Zurich";
  batch.add(first);
  batch.add(second);
  std::string expected;
  for (const Click& one : {first, second})
    for (const Column& column : click_columns()) column.put(one, expected);
  EXPECT_EQ(batch.row_binary(), expected);
}

TEST(ClickBatchTest, AClearedOneIsLikeNew) {
  ClickBatch batch, fresh;
  batch.add(click(5, 1000));
  batch.clear();
  EXPECT_TRUE(batch.empty());
  EXPECT_TRUE(batch.ranges().empty());
  const Click later = click(9, 1'000'000'000'000);
  batch.add(later);
  fresh.add(later);
  EXPECT_EQ(batch.native(), fresh.native());
  EXPECT_EQ(batch.partition(), fresh.partition());
  EXPECT_EQ(batch.times().from, fresh.times().from);
  EXPECT_EQ(batch.ranges(), fresh.ranges());
}

TEST(ViewBatchTest, IsNamedByBeaconsAndDatedByClicks) {
  LandingView view;
  view.key = {1, 2, 3, 40};
  view.click = {1, 2, 4, 50};
  view.time = 1000;
  view.viewed = 1900;
  view.screen_w = 1080;
  ViewBatch batch(std::vector{view});
  EXPECT_EQ(batch.table(), StoreTable::landing_views);
  EXPECT_EQ(batch.ranges(), (std::vector<ShardRange>{{1, 2, 3, 40, 40}}));
  EXPECT_EQ(batch.times(), (TimeRange{1000, 1001}));
  std::string expected;
  for (const ViewColumn& column : view_columns()) column.put(view, expected);
  EXPECT_EQ(batch.row_binary(), expected);
  std::size_t width = 0;
  for (const ColumnType& type : column_types(StoreTable::landing_views)) width += type.width;
  EXPECT_EQ(expected.size(), width);
}

}  // namespace
}  // namespace tally
