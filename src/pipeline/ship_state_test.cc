// SPDX-License-Identifier: Apache-2.0
#include "pipeline/ship_state.h"

#include <gtest/gtest.h>

#include "base/bytes.h"
#include "base/state_file.h"
#include "base/test_folder.h"

namespace tally {
namespace {

ShipState full_state() {
  ShipState state;
  state.cursor = {3, 17};
  state.until = EnrichedCursor{4, 2};
  PlannedInsert insert;
  insert.partition = 680;
  insert.token = "1-3-17-4-2-680";
  insert.rows = 12;
  insert.times = {1000, 2000};
  insert.ranges = {{1, 3, 0, 5, 9}, {1, 3, 1, 0, 6}};
  PlannedInsert views = insert;
  views.table = StoreTable::landing_views;
  views.token += "-views";
  state.inserts = {insert, views};
  return state;
}

TEST(ShipState, GoesBothWays) {
  const auto back = decode_ship_state(encode_ship_state(full_state()));
  ASSERT_TRUE(back);
  EXPECT_EQ(back->cursor, (EnrichedCursor{3, 17}));
  EXPECT_EQ(back->until, (EnrichedCursor{4, 2}));
  ASSERT_EQ(back->inserts.size(), 2u);
  EXPECT_EQ(back->inserts[0].table, StoreTable::clicks);
  EXPECT_EQ(back->inserts[1].table, StoreTable::landing_views);
  EXPECT_EQ(back->inserts[0].token, "1-3-17-4-2-680");
  EXPECT_EQ(back->inserts[0].times, (TimeRange{1000, 2000}));
  EXPECT_EQ(back->inserts[0].ranges, full_state().inserts[0].ranges);
  EXPECT_FALSE(decode_ship_state(encode_ship_state(ShipState{}))->until);
}

// As the release before landing views wrote it.
TEST(ShipState, TheFirstVersionIsStillRead) {
  std::string body;
  put_fixed(body, std::uint32_t{3});
  put_varint(body, 17);
  put_fixed(body, std::uint8_t{1});
  put_fixed(body, std::uint32_t{3});
  put_varint(body, 18);
  put_varint(body, 1);
  put_fixed(body, std::int64_t{680});
  put_text(body, "1-3-17-3-18-680");
  put_varint(body, 12);
  put_fixed(body, UnixMillis{1000});
  put_fixed(body, UnixMillis{2000});
  put_varint(body, 0);
  const auto back = decode_ship_state(seal_state({"TALLYSHP", 1, {}}, body));
  ASSERT_TRUE(back);
  ASSERT_EQ(back->inserts.size(), 1u);
  EXPECT_EQ(back->inserts[0].table, StoreTable::clicks);
  EXPECT_EQ(back->inserts[0].token, "1-3-17-3-18-680");
  EXPECT_EQ(back->inserts[0].rows, 12u);
}

TEST(ShipState, DamageIsNeverTakenForAPlace) {
  const std::string bytes = encode_ship_state(full_state());
  for (std::size_t at = 0; at < bytes.size(); ++at) {
    std::string damaged = bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    EXPECT_FALSE(decode_ship_state(damaged)) << at;
    EXPECT_FALSE(decode_ship_state(bytes.substr(0, at))) << at;
  }
}

TEST(ShipState, AMissingFileIsAFreshStartAndADamagedOneIsNot) {
  TestFolder folder;
  PosixFiles files;
  EXPECT_EQ(load_ship_state(files, folder.path() / "clicks")->cursor, EnrichedCursor{});
  ASSERT_TRUE(files.replace(folder.path() / "clicks", "nonsense"));
  EXPECT_EQ(load_ship_state(files, folder.path() / "clicks").error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace tally
