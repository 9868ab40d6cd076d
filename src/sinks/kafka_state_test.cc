// SPDX-License-Identifier: Apache-2.0
#include "sinks/kafka_state.h"

#include <gtest/gtest.h>

#include "base/files_fake.h"
#include "base/test_folder.h"

namespace tally {
namespace {

KafkaState some_state() {
  KafkaState out;
  out.cursor = {3, 70'000};
  out.last_click = 1'800'000'000'000;
  out.add({1'700'000'000'000, 1'700'000'000'500, 12, {3, 70'010}});
  return out;
}

TEST(KafkaState, IsReadAsItWasWritten) {
  const KafkaState state = some_state();
  EXPECT_EQ(decode_kafka_state(encode_kafka_state(state)).value(), state);
}

TEST(KafkaState, DamageIsNoticed) {
  const std::string bytes = encode_kafka_state(some_state());
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    std::string damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 1);
    EXPECT_FALSE(decode_kafka_state(damaged)) << i;
    EXPECT_FALSE(decode_kafka_state(bytes.substr(0, i))) << i;
  }
  EXPECT_FALSE(decode_kafka_state(bytes + "x"));
}

TEST(KafkaState, ThereMayBeNone) {
  TestFolder folder;
  FaultyFiles files;
  EXPECT_EQ(load_kafka_state(files, folder.path() / "kafka").value(), std::nullopt);
}

TEST(KafkaState, AGapThatGoesOnIsOne) {
  KafkaState state;
  state.cursor = {1, 5};
  state.add({1'000, 2'000, 3, {1, 10}});
  state.cursor = {1, 10};
  state.add({1'500, 3'000, 4, {1, 12}});
  ASSERT_EQ(state.latest.size(), 1u);
  EXPECT_EQ(state.latest[0], (KafkaGap{1'000, 3'000, 7, {1, 12}}));
  state.cursor = {1, 20};
  state.add({4'000, 5'000, 1, {1, 21}});
  EXPECT_EQ(state.gaps, 2u);
  EXPECT_EQ(state.gap_clicks, 8u);
}

TEST(KafkaState, OnlyTheLatestGapsAreKept) {
  KafkaState state;
  for (std::uint64_t i = 1; i <= 150; ++i) {
    state.cursor = {1, 10 * i};
    state.add({0, static_cast<UnixMillis>(i), 1, {1, 10 * i + 1}});
  }
  EXPECT_EQ(state.latest.size(), KafkaState::kMostGaps);
  EXPECT_EQ(state.latest.back().to, 150);
  EXPECT_EQ(state.gaps, 150u);
  EXPECT_EQ(decode_kafka_state(encode_kafka_state(state)).value(), state);
}

}  // namespace
}  // namespace tally
