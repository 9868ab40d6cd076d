// SPDX-License-Identifier: Apache-2.0
#include "redirect/source_limiter.h"

#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

namespace tally {
namespace {

constexpr UnixMillis kNow = 1'784'548'800'000;

TEST(SourceLimiter, AllowsSoManyAMinuteAndStartsAnew) {
  SourceLimiter limiter(3);
  const Address one = *Address::parse("203.0.113.1"), other = *Address::parse("203.0.113.2");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(limiter.allow(one, kNow));
  EXPECT_FALSE(limiter.allow(one, kNow + 59'000));
  EXPECT_TRUE(limiter.allow(other, kNow));
  EXPECT_TRUE(limiter.allow(one, kNow + 60'000));
  EXPECT_EQ(limiter.refused(), 1u);
  EXPECT_EQ(SourceLimiter::seconds_left(kNow), 60);
  EXPECT_EQ(SourceLimiter::seconds_left(kNow + 59'001), 1);
}

TEST(SourceLimiter, AnIpv6NetworkIsOneSource) {
  SourceLimiter limiter(1);
  EXPECT_TRUE(limiter.allow(*Address::parse("2001:db8:1:2::1"), kNow));
  EXPECT_FALSE(limiter.allow(*Address::parse("2001:db8:1:2:ffff::9"), kNow));
  EXPECT_TRUE(limiter.allow(*Address::parse("2001:db8:1:3::1"), kNow));
}

TEST(SourceLimiter, NoLimitAllowsEverything) {
  SourceLimiter limiter(0);
  for (int i = 0; i < 1000; ++i) EXPECT_TRUE(limiter.allow(*Address::parse("203.0.113.1"), kNow));
}

// More sources than the table holds: nobody is refused who has asked once.
TEST(SourceLimiter, AFloodOfSourcesRefusesNobodyNew) {
  SourceLimiter limiter(1);
  Address source = *Address::parse("10.0.0.0");
  for (unsigned i = 0; i < 200'000; ++i) {
    source.bytes[13] = static_cast<unsigned char>(i >> 16);
    source.bytes[14] = static_cast<unsigned char>(i >> 8);
    source.bytes[15] = static_cast<unsigned char>(i);
    EXPECT_TRUE(limiter.allow(source, kNow)) << i;
  }
}

TEST(SourceLimiter, ThreadsCountTogether) {
  SourceLimiter limiter(1000);
  const Address source = *Address::parse("203.0.113.1");
  std::atomic<int> allowed{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 1000; ++i) allowed += limiter.allow(source, kNow) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(allowed, 1000);
}

}  // namespace
}  // namespace tally
