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

// Says on which thread it ended.
class Ending {
 public:
  explicit Ending(std::thread::id& thread) : thread_(thread) {}
  ~Ending() { thread_ = std::this_thread::get_id(); }
  Ending(const Ending&) = delete;

 private:
  std::thread::id& thread_;
};

TEST(Latest, AnOldValueGoesAfterItsLastReaderAndOnThePublishingThread) {
  using Values = Latest<Ending>;
  std::thread::id first, second;
  Values values(std::make_shared<Ending>(first));
  Values::Reader slow(values), quick(values);
  values.publish(std::make_shared<Ending>(second));
  std::thread([&] { quick.refresh(); }).join();
  values.drop_unused();
  EXPECT_EQ(first, std::thread::id{}) << "one reader still holds it";
  std::thread([&] { slow.refresh(); }).join();
  EXPECT_EQ(first, std::thread::id{}) << "not on the reader's thread";
  values.drop_unused();
  EXPECT_EQ(first, std::this_thread::get_id());
  EXPECT_EQ(second, std::thread::id{});
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
