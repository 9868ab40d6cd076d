// SPDX-License-Identifier: Apache-2.0
#include "base/latest.h"

#include <gtest/gtest.h>

#include <thread>

namespace tally {
namespace {

TEST(Latest, ReadersTakeUpWhatIsNew) {
  Latest<int> numbers(std::make_shared<int>(1));
  Latest<int>::Reader reader(numbers);
  EXPECT_FALSE(reader.refresh());
  numbers.publish(std::make_shared<int>(2));
  EXPECT_EQ(reader.value(), 1);  // until it asks
  EXPECT_TRUE(reader.refresh());
  EXPECT_EQ(reader.value(), 2);
  EXPECT_FALSE(reader.refresh());
}

TEST(Latest, TheOldValueGoesWithItsLastReader) {
  const auto old = std::make_shared<int>(1);
  Latest<int> numbers(old);
  Latest<int>::Reader reader(numbers);
  numbers.publish(std::make_shared<int>(2));
  EXPECT_EQ(old.use_count(), 2);
  reader.refresh();
  EXPECT_EQ(old.use_count(), 1);
}

TEST(Latest, ReadersOnOtherThreadsSeeValuesInTheirOrder) {
  constexpr int kLast = 2000;
  Latest<int> numbers(std::make_shared<int>(0));
  std::thread reading([&] {
    Latest<int>::Reader reader(numbers);
    for (int before = 0; before != kLast;) {
      reader.refresh();
      ASSERT_GE(reader.value(), before);
      before = reader.value();
    }
  });
  for (int i = 1; i <= kLast; ++i) numbers.publish(std::make_shared<int>(i));
  reading.join();
}

}  // namespace
}  // namespace tally
