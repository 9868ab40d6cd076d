// SPDX-License-Identifier: Apache-2.0
#include "clicks/kept.h"

#include <gtest/gtest.h>

#include <atomic>
#include <latch>
#include <new>
#include <thread>
#include <vector>

namespace tally {
namespace {

using Numbers = Kept<std::size_t>;

// As many thousands as `room`; what an entry takes by itself is a fifth of one.
Numbers kept_within(std::size_t room) {
  return Numbers(room * 1000, [](std::size_t value) { return value * 1000; });
}

TEST(KeptTest, AnAnswerWithoutMemoryIsAnErrorAndAskedForAgain) {
  auto kept = kept_within(10);
  const auto none = kept.get("a", []() -> Result<std::size_t> { throw std::bad_alloc(); });
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().code, ErrorCode::unavailable);
  EXPECT_EQ(**kept.get("a", []() -> Result<std::size_t> { return 4; }), 4u);
}

TEST(KeptTest, IsFoundOnceAndAgainWhenThereWasNoRoomForIt) {
  auto kept = kept_within(10);
  std::string found;
  const auto ask = [&](const std::string& key, std::size_t value) {
    const auto answer = kept.get(key, [&]() -> Result<std::size_t> {
      found += key;
      return value;
    });
    EXPECT_EQ(**answer, value);
  };
  ask("a", 4);
  ask("b", 4);
  ask("a", 4);
  EXPECT_EQ(found, "ab");
  ask("c", 4);  // b was used last longest ago
  ask("a", 4);
  EXPECT_EQ(found, "abc");
  ask("b", 4);
  EXPECT_EQ(found, "abcb");
  ask("d", 11);  // more than there is room for: told, not kept
  ask("d", 11);
  EXPECT_EQ(found, "abcbdd");
}

TEST(KeptTest, AnErrorIsTriedAgain) {
  auto kept = kept_within(10);
  int tries = 0;
  const auto find = [&]() -> Result<std::size_t> {
    if (++tries == 1) return fail(ErrorCode::unavailable, "not now");
    return 7;
  };
  EXPECT_EQ(kept.get("a", find).error().code, ErrorCode::unavailable);
  EXPECT_EQ(**kept.get("a", find), 7u);
  EXPECT_EQ(**kept.get("a", find), 7u);
  EXPECT_EQ(tries, 2);
}

TEST(KeptTest, WhoAsksMeanwhileWaitsForTheSameAnswer) {
  auto kept = kept_within(10);
  std::atomic<int> tries = 0;
  std::latch begun(1), go_on(1);
  const auto find = [&]() -> Result<std::size_t> {
    ++tries;
    begun.count_down();
    go_on.wait();
    return 5;
  };
  std::vector<std::thread> askers;
  std::atomic<int> right = 0;
  askers.emplace_back([&] { right += **kept.get("a", find) == 5; });
  begun.wait();
  for (int i = 0; i < 3; ++i) askers.emplace_back([&] { right += **kept.get("a", find) == 5; });
  go_on.count_down();
  for (std::thread& asker : askers) asker.join();
  EXPECT_EQ(right, 4);
  EXPECT_EQ(tries, 1);
}

}  // namespace
}  // namespace tally
