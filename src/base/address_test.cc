// SPDX-License-Identifier: Apache-2.0
#include "base/address.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Address, IsReadInItsPlainFormsOnly) {
  EXPECT_EQ(Address::parse("203.0.113.42")->text(), "203.0.113.42");
  EXPECT_EQ(Address::parse("::ffff:203.0.113.42")->text(), "203.0.113.42");
  EXPECT_EQ(Address::parse("2001:DB8:0::1")->text(), "2001:db8::1");
  using std::operator""sv;
  for (const std::string_view bad : {""sv, "10.1"sv, "010.0.0.1"sv, "0x7f.0.0.1"sv, "10.0.0.1."sv,
                                     "10.0.0.1\0x"sv, "[::1]"sv, "fe80::1%eth0"sv, " ::1"sv})
    EXPECT_FALSE(Address::parse(bad)) << bad;
}

TEST(Network, RefusesWhatIsNone) {
  for (const char* bad : {"", "10.0.0.0/33", "10.0.0/8", "::/129", "10.0.0.0/-1", "10.0.0.0/x"})
    EXPECT_FALSE(Network::parse(bad)) << bad;
  EXPECT_TRUE(Network::parse("0.0.0.0/0")->contains(*Address::parse("203.0.113.1")));
  EXPECT_FALSE(Network::parse("0.0.0.0/0")->contains(*Address::parse("2001:db8::1")));
  EXPECT_TRUE(Network::parse("10.0.0.0/9")->contains(*Address::parse("10.127.0.1")));
  EXPECT_FALSE(Network::parse("10.0.0.0/9")->contains(*Address::parse("10.128.0.1")));
}

}  // namespace
}  // namespace tally
