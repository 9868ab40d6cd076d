// SPDX-License-Identifier: Apache-2.0
#include "base/worker.h"

#include <gtest/gtest.h>

#include <atomic>

namespace tally {
namespace {

using std::chrono_literals::operator""ms;

// Longer than any test may take: whoever waits it out has not been woken.
constexpr std::chrono::hours kLong{24};

TEST(Worker, AWakeEndsOnePauseAndIsNotLostBeforeIt) {
  Worker worker;
  worker.wake();
  EXPECT_TRUE(worker.pause(kLong));
  EXPECT_TRUE(worker.pause(0ms));
}

TEST(Worker, WorksWheneverItIsWokenAndEndsWhenItIsTold) {
  std::atomic<int> looks = 0;
  Worker worker;
  worker.start("test", [&] {
    while (worker.pause(kLong)) {
      ++looks;
      looks.notify_all();
    }
  });
  for (int i = 0; i < 3; ++i) {
    worker.wake();
    looks.wait(i);
  }
  worker.stop();
  EXPECT_EQ(looks, 3);
  EXPECT_FALSE(worker.pause(kLong));
  worker.stop();
}

}  // namespace
}  // namespace tally
