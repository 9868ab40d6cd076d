// SPDX-License-Identifier: Apache-2.0
#include "enrich/burst.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr UnixMillis kNow = 1'700'000'000'000;

class Burst : public testing::Test {
 protected:
  Traffic hit(std::uint64_t link, UnixMillis offset, std::string_view ip = "192.0.2.1",
              std::string_view agent = "browser", std::uint64_t workspace = 1,
              Traffic traffic = Traffic::human) {
    HitView hit;
    hit.time = kNow + offset;
    hit.workspace = WorkspaceId{workspace};
    hit.link = LinkId{link};
    hit.address = *Address::parse(ip);
    hit.user_agent = agent;
    Click click;
    click.traffic = traffic;
    window_.observe(hit, click);
    if (click.traffic == Traffic::scanner_suspect) {
      EXPECT_EQ(click.reason, "burst");
    }
    return click.traffic;
  }

  BurstWindow window_;
};

TEST_F(Burst, LeavesAClickThatALimitHasCounted) {
  for (std::uint64_t link = 1; link <= 4; ++link) hit(link, 0);
  HitView counted;
  counted.time = kNow;
  counted.workspace = WorkspaceId{1};
  counted.link = LinkId{5};
  counted.address = *Address::parse("192.0.2.1");
  counted.user_agent = "browser";
  counted.limit_spent = true;
  Click click;
  window_.observe(counted, click);
  EXPECT_EQ(click.traffic, Traffic::human);
}

TEST_F(Burst, SuspectsFromTheFourthLinkOn) {
  EXPECT_EQ(hit(1, 0), Traffic::human);
  EXPECT_EQ(hit(2, 100), Traffic::human);
  EXPECT_EQ(hit(3, 200), Traffic::human);
  EXPECT_EQ(hit(4, 300), Traffic::scanner_suspect);
  EXPECT_EQ(hit(5, 400), Traffic::scanner_suspect);
  EXPECT_EQ(hit(6, 9000), Traffic::human);
}

TEST_F(Burst, LetsOneLinkBeClickedManyTimes) {
  for (int i = 0; i < 20; ++i) EXPECT_EQ(hit(1 + i % 3, i), Traffic::human);
}

TEST_F(Burst, LooksBackTwoSeconds) {
  EXPECT_EQ(hit(1, 0), Traffic::human);
  EXPECT_EQ(hit(2, 1000), Traffic::human);
  EXPECT_EQ(hit(3, 1500), Traffic::human);
  EXPECT_EQ(hit(4, 2001), Traffic::human);
  EXPECT_EQ(hit(5, 3000), Traffic::scanner_suspect);
}

TEST_F(Burst, TakesTheEdgeOfTheWindowIn) {
  hit(1, 0);
  hit(2, 1);
  hit(3, 2);
  EXPECT_EQ(hit(4, 2000), Traffic::scanner_suspect);
}

TEST_F(Burst, ForgetsOnlyWhatNoLongerMatters) {
  for (std::uint64_t link = 1; link <= 3; ++link) hit(link, 0);
  window_.forget(kNow + 2000);
  EXPECT_EQ(hit(4, 2000), Traffic::scanner_suspect);
  window_.forget(kNow + 4001);
  EXPECT_EQ(hit(5, 2000), Traffic::human) << "gone";
}

TEST_F(Burst, KeepsPeopleAndWorkspacesApart) {
  for (std::uint64_t i = 0; i < 8; ++i) {
    EXPECT_EQ(hit(i + 1, 0, "192.0.2." + std::to_string(i)), Traffic::human);
    EXPECT_EQ(hit(i + 1, 0, "192.0.2.99", "agent " + std::to_string(i)), Traffic::human);
    EXPECT_EQ(hit(i + 1, 0, "192.0.2.99", "agent", i + 1), Traffic::human);
  }
}

TEST_F(Burst, LeavesOtherClassesAlone) {
  for (std::uint64_t i = 1; i < 9; ++i) {
    EXPECT_EQ(hit(i, 0, "192.0.2.1", "a", 1, Traffic::crawler), Traffic::crawler);
    EXPECT_EQ(hit(i, 0, "192.0.2.2", "a", 1, Traffic::prefetch), Traffic::prefetch);
  }
  EXPECT_EQ(hit(9, 0, "192.0.2.2", "a"), Traffic::human) << "prefetches do not count";
  EXPECT_EQ(hit(0, 0, "192.0.2.1", "a"), Traffic::human) << "nor do orphans";
}

TEST_F(Burst, RemembersThatAHeadWentBefore) {
  // No language and one contradiction: a HEAD makes it suspect.
  const auto visit = [&](std::uint64_t link, UnixMillis offset, Traffic traffic) {
    HitView hit;
    hit.time = kNow + offset;
    hit.workspace = WorkspaceId{1};
    hit.link = LinkId{link};
    hit.address = *Address::parse("192.0.2.7");
    hit.user_agent = "Mozilla/5.0 (Windows NT 10.0) Chrome/150.0.0.0";
    hit.ch_ua = R"("Chromium";v="120")";
    Click click;
    click.traffic = traffic;
    window_.observe(hit, click);
    return click;
  };
  EXPECT_EQ(visit(1, 0, Traffic::human).traffic, Traffic::human);
  visit(1, 1000, Traffic::head);
  EXPECT_EQ(visit(2, 1500, Traffic::human).traffic, Traffic::human) << "another link";
  EXPECT_EQ(visit(1, 3000, Traffic::human).reason, "signals:no_language+hints_version+head_first");
  EXPECT_EQ(visit(1, 3001, Traffic::human).traffic, Traffic::human) << "too long ago";
}

TEST_F(Burst, SurvivesAFloodOfVisitors) {
  for (int i = 0; i < 200'000; ++i) hit(1, i / 100, "198.51.100.7", "flood " + std::to_string(i));
  EXPECT_EQ(hit(1, 0, "192.0.2.1"), Traffic::human);
}

}  // namespace
}  // namespace tally
