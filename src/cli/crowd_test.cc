// SPDX-License-Identifier: Apache-2.0
#include "cli/crowd.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <set>
#include <tuple>

namespace tally {
namespace {

constexpr UnixMillis kFrom = 20'003 * kMillisPerDay;  // a Monday
constexpr std::size_t kLinks = 400;

// Kinds: phone, desktop, a program that roams. Links of rank 1, 2, 3 …; the last is no link. Link 7
// takes off on day 5, link 9 is made on day 10, link 11 fades.
CrowdWorld world() {
  CrowdWorld out;
  out.kinds = {{0, {3, 1}}, {2, {1}}, {3, {1, 1}}};
  out.is_human = {true, true, true, false, false};
  for (std::size_t i = 0; i < kLinks; ++i) {
    CrowdLink link;
    link.weight = 1.0 / static_cast<double>(i + 1);
    link.born = -1;
    const auto origin = static_cast<std::uint32_t>(4 * i);
    link.ways = {{origin, 0, 2}, {origin + 1, 1, 1}};
    link.plain = origin + 2;
    link.ahead = origin + 3;
    link.leads_somewhere = i + 1 < kLinks;
    out.links.push_back(link);
  }
  out.links[7].spike = 5;
  out.links[9].born = 10;
  out.links[11].born = 3;
  out.links[11].fade_days = 2;
  out.programs = {{2, 0.1, 20, 1000, true, false}};
  for (int i = 0; i < 50; ++i) out.home_offsets.push_back(i % 2 == 0 ? 0 : 9 * kMillisPerHour);
  out.program_places = 10;
  return out;
}

const CrowdWorld& usual_world() {
  static const CrowdWorld kWorld = world();
  return kWorld;
}

std::vector<CrowdClick> all_of(const CrowdOptions& options) {
  const Crowd crowd(usual_world(), options);
  std::vector<CrowdClick> out;
  for (std::size_t day = 0; day < crowd.days(); ++day)
    std::ranges::copy(crowd.day(day), std::back_inserter(out));
  return out;
}

constexpr CrowdOptions kUsual{200'000, kFrom, kFrom + 20 * kMillisPerDay, 1};

const std::vector<CrowdClick>& usual() {
  static const auto kClicks = all_of(kUsual);
  return kClicks;
}

bool is_program(const CrowdClick& click) { return click.agent >= 3; }

double share_of(auto is) {
  return static_cast<double>(std::ranges::count_if(usual(), is)) /
         static_cast<double>(usual().size());
}

TEST(AliasTable, DrawsInProportion) {
  const std::vector<std::vector<double>> tables = {{1}, {0, 3}, {1, 2, 3, 4}, {0.5, 0, 0, 100}};
  for (const auto& weights : tables) {
    const AliasTable table(weights);
    SplitMix64 random(1);
    std::vector<int> counts(weights.size());
    constexpr int kDraws = 100'000;
    for (int i = 0; i < kDraws; ++i) ++counts[table.pick(random)];
    double total = 0;
    for (const double weight : weights) total += weight;
    for (std::size_t i = 0; i < weights.size(); ++i)
      EXPECT_NEAR(counts[i], kDraws * weights[i] / total, 700) << i;
  }
}

TEST(Crowd, IsExactlyAsLargeAsAskedByTimeAndWithinItsSpan) {
  for (const std::uint64_t clicks : {0u, 1u, 7u, 1'000u, 54'321u}) {
    for (const UnixMillis span :
         {kMillisPerDay, kMillisPerDay / 2, 20 * kMillisPerDay + 5 * kMillisPerHour}) {
      const auto made = all_of({clicks, kFrom, kFrom + span, 3});
      EXPECT_EQ(made.size(), clicks);
      EXPECT_TRUE(std::ranges::is_sorted(made, {}, &CrowdClick::time));
      for (const CrowdClick& click : made) {
        ASSERT_GE(click.time, kFrom);
        ASSERT_LT(click.time, kFrom + span);
      }
    }
  }
}

TEST(Crowd, ASeedMakesOneCrowdAndDaysDoNotDependOnEachOther) {
  EXPECT_TRUE(std::ranges::equal(usual(), all_of(kUsual)));
  CrowdOptions other = kUsual;
  other.seed = 2;
  EXPECT_FALSE(std::ranges::equal(usual(), all_of(other)));
  const Crowd crowd(usual_world(), kUsual);
  const auto fifth = crowd.day(4);
  EXPECT_TRUE(std::ranges::equal(fifth, Crowd(usual_world(), kUsual).day(4)));
}

TEST(Crowd, FlagsAreWhatAMemoryOfEveryVisitorWouldSay) {
  std::set<std::tuple<UnixMillis, std::uint64_t, std::uint32_t>> seen;
  std::set<std::pair<UnixMillis, std::uint64_t>> seen_at_all;
  std::size_t firsts = 0;
  for (const CrowdClick& click : usual()) {
    const UnixMillis day = click.time / kMillisPerDay;
    const bool counts = !is_program(click) && click.link + 1 < kLinks;
    const bool first = counts && seen.emplace(day, click.visitor, click.link).second;
    const bool first_ws = counts && seen_at_all.emplace(day, click.visitor).second;
    ASSERT_EQ(click.first, first) << click.visitor;
    ASSERT_EQ(click.first_ws, first_ws) << click.visitor;
    firsts += first ? 1 : 0;
  }
  EXPECT_GT(firsts, usual().size() / 2);
  EXPECT_LT(firsts, usual().size() * 9 / 10);
}

TEST(Crowd, MostVisitorsComeOnceAndEachHasOneDeviceOneHomeAndOneDay) {
  struct Visitor {
    CrowdClick first;
    int clicks = 0;
  };
  std::map<std::uint64_t, Visitor> visitors;
  int again = 0;
  for (const CrowdClick& click : usual()) {
    Visitor& visitor = visitors.try_emplace(click.visitor, click).first->second;
    if (++visitor.clicks == 2) ++again;
    ASSERT_EQ(visitor.first.agent, click.agent);
    ASSERT_EQ(visitor.first.place, click.place);
    ASSERT_EQ(visitor.first.time / kMillisPerDay, click.time / kMillisPerDay);
  }
  EXPECT_GE(visitors.size() * 10, usual().size() * 6);
  EXPECT_GT(again * 8, static_cast<int>(visitors.size()));
}

TEST(Crowd, OriginsBelongToTheLinkAndToTheDevice) {
  for (const CrowdClick& click : usual()) {
    ASSERT_EQ(click.origin / 4, click.link);
    ASSERT_EQ(click.origin % 4, is_program(click) ? 2u : click.agent == 2 ? 1u : 0u);
    ASSERT_EQ(click.place >= 50, is_program(click));
  }
}

TEST(Crowd, PopularityFallsOffAsOneByRank) {
  // Links whose interest is the same on all days, in groups of ranks.
  std::map<std::uint32_t, double> clicks;
  for (const CrowdClick& click : usual()) clicks[click.link] += 1;
  const double one = clicks[0] + clicks[1] + clicks[2];  // of 1 + 1/2 + 1/3
  for (const auto& [from, to] : {std::pair(4u, 7u), {13u, 30u}, {30u, 100u}, {100u, 300u}}) {
    double got = 0, wanted = 0;
    for (std::uint32_t rank = from; rank < to; ++rank) {
      got += clicks[rank - 1];
      wanted += 1.0 / rank;
    }
    EXPECT_NEAR(got / one, wanted / (1 + 1.0 / 2 + 1.0 / 3), 0.05 * wanted) << from;
  }
}

TEST(Crowd, ProgramsHaveTheirPart) { EXPECT_NEAR(share_of(is_program), 0.1, 0.02); }

TEST(Crowd, PeopleSleepWhereTheyLive) {
  const auto at = [](int hour, bool far) {
    return share_of([&](const CrowdClick& click) {
      return !is_program(click) && (click.place % 2 == 1) == far &&
             click.time % kMillisPerDay / kMillisPerHour == hour;
    });
  };
  EXPECT_GT(at(20, false), 4 * at(3, false));
  EXPECT_GT(at(11, true), 4 * at(18, true));  // nine hours ahead of the others
}

TEST(Crowd, WeekendsAreQuieter) {
  const Crowd crowd(usual_world(), kUsual);
  EXPECT_LT(crowd.clicks_of(12), crowd.clicks_of(15));
}

TEST(Crowd, LinksAreBornFadeAndTakeOff) {
  std::map<std::pair<std::uint32_t, UnixMillis>, int> clicks;
  for (const CrowdClick& click : usual())
    ++clicks[{click.link, (click.time - kFrom) / kMillisPerDay}];
  EXPECT_GT(clicks[std::pair(7, 5)], 5 * clicks[std::pair(7, 4)]);
  EXPECT_GT(clicks[std::pair(11, 3)], 4 * clicks[std::pair(11, 9)]);
  for (UnixMillis day = 0; day < 10; ++day) EXPECT_EQ(clicks[std::pair(9, day)], 0);
  EXPECT_GT(clicks[std::pair(9, 10)], 0);
}

}  // namespace
}  // namespace tally
