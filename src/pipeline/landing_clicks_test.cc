// SPDX-License-Identifier: Apache-2.0
#include "pipeline/landing_clicks.h"

#include <gtest/gtest.h>

#include "pipeline/landing_fixture.h"

namespace tally {
namespace {

using Verdict = LandingClicks::Verdict;

Verdict take(LandingClicks& landings, const ClickKey& click, UnixMillis viewed) {
  LandingView view;
  view.click = click;
  view.viewed = viewed;
  return landings.take(view);
}

TEST(LandingClicks, ABeaconIsBelievedOnce) {
  LandingClicks landings;
  landings.note(landing_click({1, 2, 0, 10}, kNoon));
  landings.note(landing_click({1, 2, 0, 12}, kNoon + 5));
  LandingView view;
  view.click = {1, 2, 0, 12};
  view.viewed = kNoon + 900;
  EXPECT_EQ(landings.take(view), Verdict::viewed);
  EXPECT_EQ(view.time, kNoon + 5);
  EXPECT_EQ(view.viewed, kNoon + 900);
  EXPECT_EQ(view.workspace, WorkspaceId{5});
  EXPECT_EQ(view.link, LinkId{6});
  EXPECT_EQ(take(landings, {1, 2, 0, 12}, kNoon + 901), Verdict::repeated);
  EXPECT_EQ(take(landings, {1, 2, 0, 10}, kNoon + 901), Verdict::viewed);
}

TEST(LandingClicks, OnlyAClickThatWasShownAPageHasAView) {
  LandingClicks landings;
  Click redirected = landing_click({1, 2, 0, 3}, kNoon);
  redirected.outcome = Outcome::redirected;
  Click unrecorded = landing_click({1, 2, 0, 4}, kNoon);
  unrecorded.visitor = 0;
  Click imported = landing_click({1, 2, 0, 5}, kNoon);
  imported.imported = true;
  for (const Click& click : {redirected, unrecorded, imported, landing_click({1, 2, 0, 6}, kNoon)})
    landings.note(click);
  EXPECT_EQ(landings.size(), 1u);
  for (const ClickKey& key :
       {ClickKey{1, 2, 0, 3}, ClickKey{1, 2, 0, 4}, ClickKey{1, 2, 0, 5}, ClickKey{1, 2, 0, 7},
        ClickKey{1, 2, 1, 6}, ClickKey{1, 3, 0, 6}, ClickKey{2, 2, 0, 6}}) {
    EXPECT_EQ(take(landings, key, kNoon + 1), Verdict::unknown) << key.n;
  }
}

TEST(LandingClicks, ALateBeaconIsUnknownAndOldClicksAreForgotten) {
  LandingClicks landings;
  const ClickKey first{1, 2, 0, 1}, second{1, 2, 0, 2}, third{1, 2, 1, 1};
  landings.note(landing_click(first, kNoon));
  EXPECT_EQ(take(landings, first, kNoon + LandingClicks::kWindow + 1), Verdict::unknown);
  landings.note(landing_click(second, kNoon + LandingClicks::kWindow));
  EXPECT_EQ(landings.size(), 2u);
  EXPECT_EQ(take(landings, first, kNoon + LandingClicks::kWindow), Verdict::viewed);
  landings.note(landing_click(third, kNoon + LandingClicks::kWindow + 1));
  EXPECT_EQ(landings.size(), 2u);
  EXPECT_EQ(take(landings, first, kNoon + 1), Verdict::unknown);
}

TEST(LandingClicks, AClockThatWasSetBackLosesNoLaterClick) {
  LandingClicks landings;
  landings.note(landing_click({1, 2, 0, 1}, kNoon + kMillisPerDay));
  landings.note(landing_click({1, 2, 0, 2}, kNoon));
  EXPECT_EQ(take(landings, {1, 2, 0, 2}, kNoon + 10), Verdict::viewed);
  EXPECT_EQ(take(landings, {1, 2, 0, 1}, kNoon + 10), Verdict::viewed);
}

TEST(LandingClicks, MemoryIsBounded) {
  LandingClicks landings(3);
  for (std::uint64_t n = 0; n < 10; ++n)
    landings.note(landing_click({1, 2, static_cast<std::uint16_t>(n % 2), n},
                                kNoon + static_cast<UnixMillis>(n)));
  EXPECT_EQ(landings.size(), 3u);
  EXPECT_EQ(take(landings, {1, 2, 0, 6}, kNoon + 20), Verdict::unknown);
  EXPECT_EQ(take(landings, {1, 2, 1, 7}, kNoon + 20), Verdict::viewed);
  EXPECT_EQ(take(landings, {1, 2, 1, 9}, kNoon + 20), Verdict::viewed);
}

TEST(LandingClicks, WhatTheLogTellsIsKnownAfterARestart) {
  LandingClicks landings;
  landings.note(landing_click({1, 2, 0, 1}, kNoon));
  landings.note(landing_click({1, 2, 0, 2}, kNoon));
  LandingView seen;
  seen.click = {1, 2, 0, 1};
  landings.note(seen);
  EXPECT_EQ(take(landings, {1, 2, 0, 1}, kNoon + 1), Verdict::repeated);
  EXPECT_EQ(take(landings, {1, 2, 0, 2}, kNoon + 1), Verdict::viewed);
}

TEST(LandingClicks, WhatIsErasedIsNotBelieved) {
  const WorkspaceId mine{5};
  const TimeRange always{0, kNoon + 1};
  const ClickKey key{1, 2, 0, 1};
  struct Row {
    Erasure what;
    Verdict after;
  };
  for (const Row& row : {Row{{mine, always, LinkId{6}, {}}, Verdict::unknown},
                         Row{{mine, always, std::nullopt, {9, 7}}, Verdict::unknown},
                         Row{{mine, always, LinkId{7}, {}}, Verdict::viewed},
                         Row{{mine, always, std::nullopt, {8}}, Verdict::viewed},
                         Row{{mine, {0, kNoon}, LinkId{6}, {}}, Verdict::viewed},
                         Row{{{6}, always, LinkId{6}, {}}, Verdict::viewed}}) {
    LandingClicks landings;
    landings.note(landing_click(key));
    landings.forget(row.what);
    EXPECT_EQ(landings.size(), row.after == Verdict::viewed ? 1u : 0u);
    EXPECT_EQ(take(landings, key, kNoon + 1), row.after);
  }
}

}  // namespace
}  // namespace tally
