// SPDX-License-Identifier: Apache-2.0
#include "base/random.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Random, SeededRepeatsAndSystemDoesNot) {
  SeededRandom a(7), b(7);
  EXPECT_EQ(a.text(20, "abc"), b.text(20, "abc"));
  SystemRandom system;
  EXPECT_NE(system.text(20, "abcdefghij"), system.text(20, "abcdefghij"));
}

TEST(Random, BelowStaysBelowAndReachesEveryValue) {
  SeededRandom random(1);
  int seen[3] = {};
  for (int i = 0; i < 300; ++i) ++seen[random.below(3)];
  for (const int count : seen) EXPECT_GT(count, 50);
}

}  // namespace
}  // namespace tally
