// SPDX-License-Identifier: Apache-2.0
#include "base/keyed_hash.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>
#include <string>

namespace tally {
namespace {

// Made for std::hash of this compiler's library.
constexpr std::string_view kOne = "k#Y'd?kyr/TBUqm/", kOther = "RDzxUDzi0VeE23'-";

TEST(KeyedHash, KnowsNoCollisionsThatWereMadeElsewhere) {
  EXPECT_EQ(std::hash<std::string_view>()(kOne), std::hash<std::string_view>()(kOther));
  EXPECT_NE(KeyedHash()(kOne), KeyedHash()(kOther));
}

TEST(KeyedHash, IsTheSameForTheSameTextOfAnyLength) {
  std::set<std::size_t> seen;
  std::string text;
  for (int size = 0; size < 600; ++size, text += 'a') {
    EXPECT_EQ(KeyedHash()(text), KeyedHash()(std::string(text)));
    EXPECT_TRUE(seen.insert(KeyedHash()(text)).second) << size;
  }
}

}  // namespace
}  // namespace tally
