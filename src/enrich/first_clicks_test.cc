// SPDX-License-Identifier: Apache-2.0
#include "enrich/first_clicks.h"

#include <gtest/gtest.h>

#include <set>
#include <tuple>

#include "base/random.h"

namespace tally {
namespace {

constexpr UnixMillis kDay = kMillisPerDay;
constexpr UnixMillis kStart = 20'000 * kDay;

Click click_of(std::uint64_t visitor, std::uint64_t link, UnixMillis time,
               std::uint64_t workspace = 1) {
  Click click;
  click.visitor = visitor;
  click.link = LinkId{link};
  click.workspace = WorkspaceId{workspace};
  click.time = time;
  click.outcome = Outcome::redirected;
  return click;
}

std::pair<bool, bool> mark(FirstClicks& firsts, Click click) {
  firsts.mark(click);
  return {click.first, click.first_ws};
}

TEST(FirstClicks, FlagsOncePerLinkAndOncePerWorkspaceADay) {
  FirstClicks firsts;
  using Flags = std::pair<bool, bool>;
  EXPECT_EQ(mark(firsts, click_of(7, 1, kStart)), Flags(true, true));
  EXPECT_EQ(mark(firsts, click_of(7, 1, kStart + 5)), Flags(false, false));
  EXPECT_EQ(mark(firsts, click_of(7, 2, kStart + 6)), Flags(true, false));
  EXPECT_EQ(mark(firsts, click_of(8, 1, kStart + 7)), Flags(true, true));
  EXPECT_EQ(mark(firsts, click_of(7, 1, kStart + kDay)), Flags(true, true));
  EXPECT_EQ(mark(firsts, click_of(7, 1, kStart + 9)), Flags(false, false)) << "late, still known";
  EXPECT_EQ(mark(firsts, click_of(7, 3, kStart, 2)), Flags(true, true));
}

TEST(FirstClicks, CountsOnlyHumanHeadlineClicksOfAVisitorOnALink) {
  FirstClicks firsts;
  auto bot = click_of(7, 1, kStart);
  bot.traffic = Traffic::crawler;
  auto expired = click_of(7, 1, kStart);
  expired.outcome = Outcome::expired;
  for (Click click : {bot, expired, click_of(0, 1, kStart), click_of(7, 0, kStart)}) {
    click.first = click.first_ws = true;
    firsts.mark(click);
    EXPECT_FALSE(click.first);
    EXPECT_FALSE(click.first_ws);
  }
  auto landing = click_of(7, 1, kStart);
  landing.outcome = Outcome::landing;
  EXPECT_EQ(mark(firsts, landing), std::pair(true, true));
}

TEST(FirstClicks, ForgetsDaysOlderThanYesterday) {
  FirstClicks firsts;
  for (std::uint64_t v = 1; v <= 1000; ++v) mark(firsts, click_of(v, 1, kStart));
  mark(firsts, click_of(1, 1, kStart + kDay));
  EXPECT_EQ(firsts.size(), 2002u);
  mark(firsts, click_of(1, 1, kStart + 2 * kDay));
  EXPECT_EQ(firsts.size(), 4u);
  EXPECT_EQ(mark(firsts, click_of(5, 1, kStart)), std::pair(false, false));
}

TEST(FirstClicks, LearnsFromClicksThatWereEnrichedBefore) {
  FirstClicks before;
  FirstClicks after;
  SeededRandom random(4);
  std::vector<Click> clicks;
  for (int i = 0; i < 5000; ++i)
    clicks.push_back(
        click_of(1 + random.below(200), 1 + random.below(20), kStart + i, 1 + random.below(3)));
  std::vector<std::pair<bool, bool>> flags;
  for (std::size_t i = 0; i < clicks.size(); ++i) {
    flags.push_back(mark(before, clicks[i]));
    if (i < 2500) after.note(clicks[i]);
  }
  for (std::size_t i = 2500; i < clicks.size(); ++i) EXPECT_EQ(mark(after, clicks[i]), flags[i]);
}

TEST(FirstClicks, AgreesWithAPlainSet) {
  FirstClicks firsts;
  std::set<std::tuple<std::uint64_t, std::uint64_t, UnixMillis>> seen;
  SeededRandom random(5);
  for (int i = 0; i < 200'000; ++i) {
    const auto click =
        click_of(1 + random.below(5000), 1 + random.below(50), kStart + (i / 50'000) * kDay);
    const bool first = seen.emplace(click.visitor, click.link.value, click.time / kDay).second;
    ASSERT_EQ(mark(firsts, click).first, first);
  }
}

}  // namespace
}  // namespace tally
