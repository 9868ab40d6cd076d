// SPDX-License-Identifier: Apache-2.0
#include "http/pushed_body.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

using State = PushedBody::State;

PushedBody::Piece piece(std::string text) {
  return std::make_shared<const std::string>(std::move(text));
}

TEST(PushedBody, GivesWhatWasPushedInOrder) {
  PushedBody body(10, 100);
  std::string bytes;
  EXPECT_EQ(body.take(bytes), State::open);
  EXPECT_TRUE(body.push(piece("one ")));
  EXPECT_TRUE(body.push(piece("two")));
  EXPECT_EQ(body.take(bytes), State::open);
  EXPECT_EQ(bytes, "one two");
  EXPECT_TRUE(body.push(piece("!")));
  body.finish();
  EXPECT_FALSE(body.push(piece("late")));
  EXPECT_EQ(body.take(bytes), State::finished);
  EXPECT_EQ(bytes, "one two!");
}

TEST(PushedBody, TellsOnceForAllThatWaits) {
  PushedBody body(10, 100);
  int told = 0;
  body.when_ready([&] { ++told; });
  std::string bytes;
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(body.push(piece("x")));
  EXPECT_EQ(told, 1);
  body.take(bytes);
  EXPECT_TRUE(body.push(piece("x")));
  EXPECT_EQ(told, 2);
  body.finish();
  EXPECT_EQ(told, 3);
}

TEST(PushedBody, WhoReadsTooSlowlyIsDropped) {
  struct Row {
    std::size_t pieces, bytes;
  };
  for (const Row& row : {Row{2, 1000}, Row{1000, 8}}) {
    PushedBody body(row.pieces, row.bytes);
    EXPECT_TRUE(body.push(piece("four")));
    EXPECT_TRUE(body.push(piece("four")));
    EXPECT_FALSE(body.push(piece("four")));
    EXPECT_FALSE(body.is_open());
    std::string bytes;
    EXPECT_EQ(body.take(bytes), State::dropped);
    EXPECT_EQ(bytes, "");
  }
}

}  // namespace
}  // namespace tally
