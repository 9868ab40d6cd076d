// SPDX-License-Identifier: Apache-2.0
#include "model/delivery_schedule.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr UnixMillis kSeconds[] = {5, 300, 1'800, 7'200, 18'000, 36'000, 50'400, 72'000, 86'400};

TEST(DeliverySchedule, WaitsAsLongAsItSaysGiveOrTakeAFifth) {
  SeededRandom random(1);
  for (std::uint32_t attempts = 1; attempts < kDeliveryAttempts; ++attempts) {
    const UnixMillis wait = kSeconds[attempts - 1] * kMillisPerSecond;
    UnixMillis least = wait * 2, most = 0;
    for (int i = 0; i < 2'000; ++i) {
      const UnixMillis delay = *retry_delay(attempts, random);
      least = std::min(least, delay);
      most = std::max(most, delay);
    }
    EXPECT_GE(least, wait * 4 / 5);
    EXPECT_LE(most, wait * 6 / 5);
    EXPECT_LT(least, wait * 82 / 100);
    EXPECT_GT(most, wait * 118 / 100);
  }
  EXPECT_FALSE(retry_delay(kDeliveryAttempts, random));
}

TEST(DeliverySchedule, ObeysTheReceiverWithinReason) {
  SeededRandom random(1);
  const UnixMillis wait = 300 * kMillisPerSecond;
  struct Row {
    UnixMillis asked, delay;
  };
  for (const Row& row : {Row{0, wait}, Row{wait + 7, wait + 7}, Row{wait * 9, wait * 2}})
    EXPECT_EQ(retry_delay(2, random, row.asked), row.delay);
  EXPECT_FALSE(retry_delay(kDeliveryAttempts, random, 5));
}

TEST(DeliverySchedule, NothingWaitsForLongerThanItsLongestDelay) {
  SeededRandom random(1);
  EXPECT_EQ(longest_delay(0), 0);
  for (std::uint32_t attempts = 1; attempts < kDeliveryAttempts; ++attempts)
    EXPECT_EQ(retry_delay(attempts, random, INT64_MAX), longest_delay(attempts));
  EXPECT_EQ(longest_delay(kDeliveryAttempts), 0);
}

TEST(DeliverySchedule, ReadsRetryAfter) {
  constexpr UnixMillis kNow = 784'111'777'000;  // Sun, 06 Nov 1994 08:49:37 GMT
  struct Row {
    const char* header;
    std::optional<UnixMillis> asked;
  };
  for (const Row& row :
       {Row{"120", 120'000}, Row{" 0 ", 0}, Row{"Sun, 06 Nov 1994 08:50:37 GMT", 60'000},
        Row{"Sun, 06 Nov 1994 08:00:00 GMT", 0}, Row{"", std::nullopt}, Row{"soon", std::nullopt},
        Row{"-5", std::nullopt}, Row{"1e9", std::nullopt},
        Row{"Sun, 06 Nov 1994 08:50:37 GMT+1", std::nullopt}})
    EXPECT_EQ(read_retry_after(row.header, kNow), row.asked) << row.header;
  EXPECT_GT(read_retry_after("99999999999999999999999", kNow), 1'000'000'000'000);
}

}  // namespace
}  // namespace tally
