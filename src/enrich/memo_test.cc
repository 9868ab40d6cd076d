// SPDX-License-Identifier: Apache-2.0
#include "enrich/memo.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

class MemoTest : public testing::Test {
 protected:
  std::string get(Memo<std::string>& memo, const std::string& text) {
    return memo.get(text, [&] {
      ++worked_;
      return "of " + text;
    });
  }
  int worked_ = 0;
};

TEST_F(MemoTest, WorksATextOutOnceAndAgainWhenItWasForgotten) {
  Memo<std::string> memo(16, 10);
  for (int i = 0; i < 3; ++i) EXPECT_EQ(get(memo, "text"), "of text");
  EXPECT_EQ(get(memo, ""), "of ");
  EXPECT_EQ(worked_, 2);
  memo.forget();
  EXPECT_EQ(get(memo, "text"), "of text");
  EXPECT_EQ(worked_, 3);
}

TEST_F(MemoTest, OfOneSetTheTextLongestUnusedGivesWay) {
  Memo<std::string> memo(1, 10);  // four, in one set
  for (const char* text : {"1", "2", "3", "4", "1", "5"}) get(memo, text);
  EXPECT_EQ(worked_, 5);
  for (const char* text : {"1", "3", "4", "5"}) get(memo, text);
  EXPECT_EQ(worked_, 5);
  EXPECT_EQ(get(memo, "2"), "of 2");
  EXPECT_EQ(worked_, 6);
}

TEST_F(MemoTest, LongTextsAreNotRemembered) {
  Memo<std::string> memo(16, 10);
  const std::string longest(10, 'a'), longer(11, 'a');
  for (const std::string& text : {longest, longer, longest, longer})
    EXPECT_EQ(get(memo, text), "of " + text);
  EXPECT_EQ(worked_, 3);
}

}  // namespace
}  // namespace tally
