// SPDX-License-Identifier: Apache-2.0
#include "http/host_queue.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>

#include "base/random.h"

namespace tally {
namespace {

using testing::ElementsAre;
using Queue = HostQueue<int>;

Queue::Time at(int second) { return Queue::Time(std::chrono::seconds(second)); }

std::vector<int> all_that_may(Queue& queue) {
  std::vector<int> out;
  while (const auto item = queue.next()) out.push_back(*item);
  return out;
}

TEST(HostQueue, AHostHasSoManyAtATime) {
  Queue queue(100, 2);
  for (int i = 1; i <= 5; ++i) queue.push("a", at(9), i);
  EXPECT_THAT(all_that_may(queue), ElementsAre(1, 2));
  queue.ended("a");
  EXPECT_THAT(all_that_may(queue), ElementsAre(3));
  queue.ended("a");
  queue.ended("a");
  EXPECT_THAT(all_that_may(queue), ElementsAre(4, 5));
  EXPECT_EQ(queue.running(), 2u);
  queue.ended("a");
  queue.ended("a");
  EXPECT_EQ(queue.hosts(), 0u);
}

TEST(HostQueue, HostsTakeTurns) {
  Queue queue(3, 100);
  for (int i = 1; i <= 4; ++i) queue.push("a", at(9), i);
  for (int i = 11; i <= 13; ++i) queue.push("b", at(9), i);
  queue.push("c", at(9), 21);
  EXPECT_THAT(all_that_may(queue), ElementsAre(1, 11, 21));
  queue.ended("c");
  queue.ended("a");
  queue.ended("b");
  EXPECT_THAT(all_that_may(queue), ElementsAre(2, 12, 3));
}

TEST(HostQueue, AFullHostHoldsUpNoOther) {
  Queue queue(10, 2);
  for (int i = 1; i <= 8; ++i) queue.push("a", at(9), i);
  EXPECT_THAT(all_that_may(queue), ElementsAre(1, 2));
  queue.push("b", at(9), 11);
  EXPECT_THAT(all_that_may(queue), ElementsAre(11));
}

TEST(HostQueue, WhatWaitsTooLongIsTakenOut) {
  Queue queue(10, 1);
  queue.push("a", at(1), 1);
  EXPECT_THAT(all_that_may(queue), ElementsAre(1));
  EXPECT_EQ(queue.first_deadline(), std::nullopt);
  queue.push("a", at(7), 2);
  queue.push("a", at(5), 3);
  queue.push("a", at(6), 4);
  EXPECT_EQ(queue.first_deadline(), at(5));
  EXPECT_EQ(queue.expired(at(4)), std::nullopt);
  EXPECT_EQ(queue.expired(at(6)), 3);
  EXPECT_EQ(queue.expired(at(6)), 4);
  EXPECT_EQ(queue.expired(at(6)), std::nullopt);
  queue.ended("a");
  EXPECT_THAT(all_that_may(queue), ElementsAre(2));
}

TEST(HostQueue, ATurnOfWhatIsNoMoreIsPassedOver) {
  Queue queue(1, 10);
  queue.push("a", at(9), 1);
  EXPECT_EQ(queue.next(), 1);
  queue.push("b", at(1), 11);
  EXPECT_EQ(queue.expired(at(1)), 11);
  queue.push("c", at(9), 21);
  queue.ended("a");
  EXPECT_EQ(queue.next(), 21);
  queue.ended("c");
  EXPECT_EQ(queue.next(), std::nullopt);
  EXPECT_EQ(queue.hosts(), 0u);
}

// Against a plain list of what runs and what waits.
TEST(HostQueue, BoundsHoldAndNothingIsLost) {
  SeededRandom random(7);
  HostQueue<std::unique_ptr<int>> queue(6, 2);
  std::map<std::string, int> running;
  int pushed = 0, out = 0;
  for (int step = 0; step < 20'000; ++step) {
    const std::string host(1, static_cast<char>('a' + random.below(8)));
    switch (random.below(4)) {
      case 0:
      case 1:
        queue.push(host, at(static_cast<int>(random.below(100))), std::make_unique<int>(host[0]));
        ++pushed;
        break;
      case 2:
        if (running[host] > 0) {
          queue.ended(host);
          --running[host];
        }
        break;
      default:
        if (queue.expired(at(static_cast<int>(random.below(100))))) ++out;
    }
    while (const auto item = queue.next()) {
      const int here = ++running[std::string(1, static_cast<char>(**item))];
      ASSERT_LE(here, 2);
      ++out;
    }
    ASSERT_LE(queue.running(), 6u);
  }
  while (queue.any()) ++out;
  EXPECT_EQ(pushed, out);
  for (const auto& [host, count] : running)
    for (int i = 0; i < count; ++i) queue.ended(host);
  while (queue.next()) {
  }
  EXPECT_EQ(queue.running(), 0u);
  EXPECT_EQ(queue.hosts(), 0u);
}

}  // namespace
}  // namespace tally
