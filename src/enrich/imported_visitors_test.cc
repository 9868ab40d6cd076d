// SPDX-License-Identifier: Apache-2.0
#include "enrich/imported_visitors.h"

#include <gtest/gtest.h>

#include "base/test_folder.h"
#include "enrich/visitor.h"

namespace tally {
namespace {

constexpr UnixMillis kNow = 20'600 * kMillisPerDay + 7;

class ImportedVisitorsTest : public testing::Test {
 protected:
  Click place(UnixMillis time, const std::string& ip, std::string_view person = {},
              IpMode mode = IpMode::none) {
    Click click;
    click.workspace = WorkspaceId{3};
    click.time = time;
    click.ip = Address::parse(ip).value_or(Address{});
    click.user_agent = "A/1";
    EXPECT_TRUE(ImportedVisitors(salts_, clock_, mode, {1, 2}).place(click, person));
    return click;
  }

  TestFolder folder_;
  PosixFiles files_;
  ManualClock clock_{kNow};
  SystemRandom random_;
  SaltKeeper salts_{files_, clock_, random_, folder_.path()};
};

TEST_F(ImportedVisitorsTest, AreTheLiveOnesWhileTheSaltIsThere) {
  const auto address = Address::parse("81.2.69.142");
  for (const UnixMillis time : {kNow, kNow - kMillisPerDay}) {
    const Salt salt = salts_.for_time(time).value();
    EXPECT_EQ(place(time, "81.2.69.142").visitor,
              visitor_of(salt, WorkspaceId{3}, *address, "A/1"));
  }
}

TEST_F(ImportedVisitorsTest, OfOlderDaysStayTheSame) {
  const UnixMillis old = kNow - 9 * kMillisPerDay;
  const std::uint64_t visitor = place(old, "81.2.69.142").visitor;
  const std::uint64_t named = place(old, "", "anna").visitor;
  EXPECT_NE(visitor, 0u);
  EXPECT_NE(named, 0u);
  EXPECT_NE(named, visitor);
  clock_.advance(30 * kMillisPerDay);
  EXPECT_EQ(place(old + 5, "81.2.69.142").visitor, visitor);
  EXPECT_EQ(place(old + 5, "10.0.0.1", "anna").visitor, named) << "a name goes first";
  EXPECT_NE(place(old + kMillisPerDay, "81.2.69.142").visitor, visitor) << "another day";
  EXPECT_NE(place(old, "81.2.69.143").visitor, visitor);
  EXPECT_NE(place(old, "", "Anna").visitor, named);
  EXPECT_TRUE(std::filesystem::is_empty(folder_.path())) << "no salt is made for it";
}

TEST_F(ImportedVisitorsTest, AnAddressOfANetworkIsNobodys) {
  for (const char* ip : {"", "81.2.69.0", "2001:db8:7::", "::"}) {
    EXPECT_EQ(place(kNow, ip).visitor, 0u) << ip;
    EXPECT_NE(place(kNow, ip, "anna").visitor, 0u) << ip;
  }
  EXPECT_NE(place(kNow, "2001:db8:7:1::").visitor, 0u);
}

TEST_F(ImportedVisitorsTest, WhatIsStoredOfAnAddressIsAsOfALiveOne) {
  EXPECT_EQ(place(kNow, "81.2.69.142").ip.text(), "");
  EXPECT_EQ(place(kNow, "81.2.69.142", {}, IpMode::truncated).ip.text(), "81.2.69.0");
  EXPECT_EQ(place(kNow, "81.2.69.142", {}, IpMode::full).ip.text(), "81.2.69.142");
}

}  // namespace
}  // namespace tally
