// SPDX-License-Identifier: Apache-2.0
#include "api/login_limiter.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(LoginLimiter, StopsAnAddressAfterTenFailures) {
  ManualClock clock(1'000'000);
  LoginLimiter limiter(clock);
  for (int i = 0; i < LoginLimiter::kTries; ++i)
    EXPECT_FALSE(limiter.begin("192.0.2.1", "user" + std::to_string(i)));
  clock.advance(kMillisPerMinute);
  EXPECT_EQ(limiter.begin("192.0.2.1", "another"), LoginLimiter::kWindow - kMillisPerMinute);
  EXPECT_FALSE(limiter.begin("192.0.2.2", "another"));
  clock.advance(LoginLimiter::kWindow);
  EXPECT_FALSE(limiter.begin("192.0.2.1", "another"));
}

TEST(LoginLimiter, StopsAnAccountFromAnywhere) {
  ManualClock clock(0);
  LoginLimiter limiter(clock);
  for (int i = 0; i < LoginLimiter::kTries; ++i)
    EXPECT_FALSE(limiter.begin("192.0.2." + std::to_string(i), "ada"));
  EXPECT_TRUE(limiter.begin("198.51.100.1", "ada"));
  EXPECT_FALSE(limiter.begin("198.51.100.1", "eve"));
}

TEST(LoginLimiter, SuccessesDoNotCount) {
  ManualClock clock(0);
  LoginLimiter limiter(clock);
  for (int i = 0; i < 5 * LoginLimiter::kTries; ++i) {
    EXPECT_FALSE(limiter.begin("192.0.2.1", "ada"));
    limiter.succeeded("192.0.2.1", "ada");
  }
}

TEST(LoginLimiter, ASuccessElsewhereDoesNotFreeTheAddress) {
  ManualClock clock(0);
  LoginLimiter limiter(clock);
  for (int i = 0; i < LoginLimiter::kTries - 1; ++i)
    EXPECT_FALSE(limiter.begin("192.0.2.1", "victim" + std::to_string(i)));
  EXPECT_FALSE(limiter.begin("192.0.2.1", "mine"));
  limiter.succeeded("192.0.2.1", "mine");
  EXPECT_FALSE(limiter.begin("192.0.2.1", "victim"));
  EXPECT_TRUE(limiter.begin("192.0.2.1", "victim"));
}

TEST(LoginLimiter, RemembersABoundedNumber) {
  ManualClock clock(0);
  LoginLimiter limiter(clock);
  for (int i = 0; i < LoginLimiter::kTries; ++i) limiter.begin("203.0.113.1", "kept");
  for (std::size_t i = 0; i < LoginLimiter::kMaxCounts / 2 - 2; ++i)
    limiter.begin("a" + std::to_string(i), "b" + std::to_string(i));
  EXPECT_TRUE(limiter.begin("203.0.113.1", "kept"));
  clock.advance(1);
  for (int i = 0; i < 10; ++i) limiter.begin("c" + std::to_string(i), "d" + std::to_string(i));
  SUCCEED();
}

}  // namespace
}  // namespace tally
