// SPDX-License-Identifier: Apache-2.0
//
// Conversions on every store: joined once to the right clicks, counted by both dates and by every
// filter of their clicks, and judged again with them.
#include <gtest/gtest.h>

#include <thread>

#include "base/random.h"
#include "clicks/click_batch.h"
#include "clicks/conversion_batch.h"
#include "clicks/view_batch.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_conversion_store.h"
#include "pipeline/conversion_joiner.h"
#include "test_stores.h"

namespace tally {
namespace {

constexpr UnixMillis kNoon = 1'772'366'400'000;  // 2026-03-01T12:00:00Z
constexpr UnixMillis kDay = kMillisPerDay;

class ConversionsTest : public testing::TestWithParam<std::string_view> {
 protected:
  ConversionsTest()
      : database_(std::move(LinksDatabase::open(folder_.path("links.db"), clock_).value())),
        told_(*database_, clock_, random_, {}),
        joiner_({clock_, told_, store(), [this] { return as_of_; }}) {
    (void)database_->write([&](Database& db) {  // so that foreign keys hold
      return db.run("INSERT OR IGNORE INTO workspaces (id, name, created_at) VALUES (?, ?, 0)",
                    workspace_.value, std::to_string(workspace_.value));
    });
  }
  ClickStore& store() { return click_store(GetParam()); }

  Click click(std::uint64_t n, UnixMillis time = kNoon) const {
    Click out;
    out.key = {5, static_cast<std::uint32_t>(workspace_.value), 3, n};
    out.time = time;
    out.workspace = workspace_;
    out.link = LinkId{n % 2 + 1};
    out.outcome = Outcome::redirected;
    out.user_agent = "A/1";
    out.country = n % 3 == 0 ? "DE" : "";
    return out;
  }
  void store_clicks(const std::vector<Click>& clicks) {
    const auto done =
        store().insert(ClickBatch(clicks), "cv" + std::to_string(random_.below(1u << 31)));
    ASSERT_TRUE(done) << done.error().line();
  }
  Conversion tell(std::uint64_t n, UnixMillis time = kNoon, std::int64_t micros = 0) {
    Conversion out;
    out.workspace = workspace_;
    out.click = click(n).key;
    out.time = time;
    out.event = "sale's \\ \t";
    out.value_micros = micros;
    return told_.take(out, {})->conversion;
  }
  ConversionState state_of(const Conversion& one) { return told_.get(workspace_, one.id)->state; }
  StatsQuery query(TimeRange range = {kNoon, kNoon + kDay}) const {
    StatsQuery out;
    out.workspace = workspace_;
    out.range = range;
    return out;
  }
  void settle() {
    for (int i = 0; i < 1000; ++i) {
      const auto going = store().rewriting();
      ASSERT_TRUE(going) << going.error().line();
      if (!*going) return;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    FAIL() << "never done";
  }

  ManualClock clock_{kNoon + kDay};
  SystemRandom random_;
  TemporaryFolder folder_;
  const WorkspaceId workspace_ = fresh_workspace();
  UnixMillis as_of_ = kNoon + kDay;
  std::unique_ptr<LinksDatabase> database_;
  SqliteConversionStore told_;
  ConversionJoiner joiner_;
};

TEST_P(ConversionsTest, CountsByBothDates) {
  store_clicks({click(1), click(2), click(3), click(4)});
  store_clicks({click(10, kNoon + 40 * kDay)});
  store_clicks({click(11, kNoon - 40 * kDay)});
  tell(1, kNoon, 1'500'000);
  tell(1, kNoon + 1, 19'990'000);
  tell(2, kNoon - 1, 1'000'000);      // before the range
  tell(10, kNoon + 2, 250'000);       // of a click long after
  tell(11, kNoon + kDay, 1'000'000);  // both outside
  EXPECT_EQ(joiner_.join_due().value(), 5u);
  EXPECT_EQ(store().conversions(query()).value(), (ConversionTotals{3, 21'740'000, 2}));
  EXPECT_EQ(store().conversions(query({0, 4'000'000'000'000})).value(),
            (ConversionTotals{5, 23'740'000, 4}));
  EXPECT_EQ(store().summary(query())->human_clicks, 4u);
  StatsQuery foreign = query();
  foreign.workspace = fresh_workspace();
  EXPECT_EQ(store().conversions(foreign).value(), ConversionTotals{});
}

TEST_P(ConversionsTest, TakesTheFiltersOfItsClick) {
  std::vector<Click> clicks;
  for (std::uint64_t n = 1; n <= 6; ++n) clicks.push_back(click(n));
  clicks[4].traffic = Traffic::crawler;
  clicks[5].outcome = Outcome::landing;
  store_clicks(clicks);
  ViewBatch views;
  LandingView view;
  view.workspace = workspace_;
  view.link = clicks[5].link;
  view.time = clicks[5].time;
  view.viewed = view.time + 5;
  view.key = click(7).key;
  view.click = clicks[5].key;
  view.screen_w = 1080;
  view.screen_h = 2340;
  view.dpr = 2.5f;
  views.add(view);
  ASSERT_TRUE(store().insert(views, "cv-view" + std::to_string(workspace_.value)));
  for (std::uint64_t n = 1; n <= 6; ++n) tell(n);
  EXPECT_EQ(joiner_.join_due().value(), 6u);

  struct Row {
    TrafficFilter traffic;
    std::vector<Filter> filters;
    std::uint64_t conversions, converted_clicks;
  };
  using T = TrafficFilter;
  const Row rows[] = {
      {T::human, {}, 5, 5},
      {T::bot, {}, 1, 5},
      {T::all, {}, 6, 5},
      {T::human, {{Dimension::link, false, {"lnk_1"}}}, 3, 3},
      {T::human, {{Dimension::link, true, {"lnk_1"}}}, 2, 2},
      {T::human, {{Dimension::country, false, {"DE"}}}, 2, 2},
      {T::human, {{Dimension::country, false, {"Unknown"}}}, 3, 3},
      {T::human, {{Dimension::screen, false, {"1080x2340"}}}, 1, 1},
      {T::human, {{Dimension::screen, true, {"1080x2340"}}}, 4, 4},
      {T::human, {{Dimension::outcome, false, {"landing"}}}, 1, 1},
      {T::human, {{Dimension::country, false, {}}}, 0, 0},
  };
  for (const Row& row : rows) {
    StatsQuery asked = query();
    asked.traffic = row.traffic;
    asked.filters = row.filters;
    const auto totals = store().conversions(asked);
    ASSERT_TRUE(totals) << totals.error().line();
    EXPECT_EQ(*totals, (ConversionTotals{row.conversions, 0, row.converted_clicks})) << &row - rows;
  }
  const auto by = [&](Dimension dimension, std::vector<std::string> values) {
    return store().conversions_by(query(), dimension, std::move(values)).value();
  };
  using By = ConversionsByValue;
  EXPECT_EQ(by(Dimension::country, {"DE", "Unknown", "FR"}), (By{{{"DE", 2}, {"Unknown", 3}}, 0}));
  EXPECT_EQ(by(Dimension::country, {"DE"}), (By{{{"DE", 2}}, 3}));
  EXPECT_EQ(by(Dimension::country, {}), (By{{}, 5}));
  EXPECT_EQ(by(Dimension::link, {"lnk_1"}), (By{{{"lnk_1", 3}}, 2}));
  EXPECT_EQ(by(Dimension::screen, {"1080x2340"}), (By{{{"1080x2340", 1}}, 4}));
  EXPECT_EQ(by(Dimension::first, {"true"}), (By{{}, 5}));
  EXPECT_EQ(store().landing_views(query()).value(), 1u);
  StatsQuery elsewhere = query();
  elsewhere.filters = {{Dimension::link, true, {clicks[5].link.text()}}};
  EXPECT_EQ(store().landing_views(elsewhere).value(), 0u);
}

TEST_P(ConversionsTest, AreCountedByValueAndBucket) {
  store_clicks({click(1), click(2), click(3), click(6)});
  tell(1, kNoon);
  tell(3, kNoon + kMillisPerHour);
  tell(3, kNoon + 2 * kMillisPerHour);
  tell(6, kNoon + 2 * kMillisPerHour);
  tell(2, kNoon + kDay);  // after the range
  EXPECT_EQ(joiner_.join_due().value(), 5u);
  const UnixMillis starts[] = {kNoon - kMillisPerHour, kNoon + 2 * kMillisPerHour};
  using Counts = std::map<std::string, std::vector<std::uint64_t>>;
  EXPECT_EQ(store().conversions_over(query(), starts, Dimension::country).value(),
            (Counts{{"DE", {1, 2}}, {"Unknown", {1, 0}}}));
  EXPECT_EQ(store().conversions_over(query(), starts, Dimension::link).value(),
            (Counts{{"lnk_1", {0, 1}}, {"lnk_2", {2, 1}}}));
  using Clicks = std::map<std::string, std::uint64_t>;
  EXPECT_EQ(store().converted_clicks_by(query(), Dimension::country).value(),
            (Clicks{{"DE", 2}, {"Unknown", 2}}));
  EXPECT_EQ(store().converted_clicks_by(query({kNoon - 1, kNoon}), Dimension::country).value(),
            Clicks{});
}

// Two visitors see `a` and one of them comes back to buy, which their later click (of the other
// variant, as after a change of weights) tells; a third sees `b` and does not.
TEST_P(ConversionsTest, AVariantsUniqueClickConvertsByAnyClickOfItsVisitorThatDay) {
  struct Row {
    std::uint64_t n;
    std::uint64_t visitor;
    const char* variant;
    UnixMillis after;
    bool first;
    Outcome outcome;
  };
  constexpr UnixMillis kHour = kMillisPerHour;
  const Row rows[] = {
      {1, 7, "a", 0, true, Outcome::redirected},
      {3, 8, "a", kHour, true, Outcome::redirected},
      {5, 7, "b", 2 * kHour, false, Outcome::redirected},  // told of
      {7, 9, "b", 3 * kHour, true, Outcome::redirected},
      {9, 7, "a", kDay, true, Outcome::redirected},         // the next day, told of
      {11, 9, "b", 2 * kDay, true, Outcome::redirected},    // after the range, told of
      {13, 8, "a", 4 * kHour, false, Outcome::expired},     // leads nowhere, told of
      {15, 0, "a", 5 * kHour, false, Outcome::redirected},  // not recorded, told of
  };
  std::vector<Click> clicks;
  for (const Row& row : rows) {
    Click one = click(row.n, kNoon + row.after);
    one.visitor = row.visitor;
    one.variant = row.variant;
    one.first = row.first;
    one.outcome = row.outcome;
    clicks.push_back(one);
  }
  Click elsewhere = click(2, kNoon + kHour);  // the same visitor on another link, told of
  elsewhere.visitor = 9;
  elsewhere.first = true;
  elsewhere.variant = "b";
  clicks.push_back(elsewhere);
  store_clicks(clicks);
  for (const std::uint64_t n : {2, 5, 9, 11, 13, 15}) tell(n);
  clock_.set(kNoon + 3 * kDay);
  as_of_ = clock_.now_ms();
  EXPECT_EQ(joiner_.join_due().value(), 6u);
  const UnixMillis starts[] = {kNoon - kMillisPerHour, kNoon + kDay / 2};
  const auto found =
      store().variants(workspace_, clicks[0].link, {kNoon, kNoon + 2 * kDay}, starts);
  ASSERT_TRUE(found) << found.error().line();
  using Counts = std::map<std::string, std::vector<VariantCount>>;
  EXPECT_EQ(*found, (Counts{{"a", {{2, 1}, {1, 1}}}, {"b", {{1, 0}, {0, 0}}}}));
}

TEST_P(ConversionsTest, WaitsForItsClick) {
  const Conversion early = tell(1), never = tell(2);
  EXPECT_EQ(joiner_.join_due().value(), 0u);
  store_clicks({click(1)});
  EXPECT_EQ(joiner_.join_due().value(), 0u) << "not due yet";
  clock_.advance(pause_before_next_look(0));
  EXPECT_EQ(joiner_.join_due().value(), 1u);
  EXPECT_EQ(state_of(early), ConversionState::joined);
  EXPECT_EQ(state_of(never), ConversionState::pending);
  // A store that has been behind since then has not been asked.
  clock_.advance(kConversionPatience + 1);
  as_of_ = never.received_at;
  EXPECT_EQ(joiner_.join_due().value(), 0u);
  EXPECT_EQ(state_of(never), ConversionState::pending);
  as_of_ = clock_.now_ms();
  clock_.advance(kMillisPerHour);
  EXPECT_EQ(joiner_.join_due().value(), 0u);
  EXPECT_EQ(state_of(never), ConversionState::unmatched);
  EXPECT_EQ(store().conversions(query()).value(), (ConversionTotals{1, 0, 1}));
}

TEST_P(ConversionsTest, AClickOfAnotherWorkspaceIsNone) {
  Click foreign = click(1);
  foreign.workspace = fresh_workspace();
  store_clicks({foreign});
  const Conversion told = tell(1);
  EXPECT_EQ(joiner_.join_due().value(), 0u);
  EXPECT_EQ(state_of(told), ConversionState::pending);
}

// As when the program ended between the insert and noting it, in one partition of two.
TEST_P(ConversionsTest, ABatchThatIsHalfStoredIsFinishedOnce) {
  const Click late = click(2, kNoon + 40 * kDay);
  store_clicks({click(1)});
  store_clicks({late});
  const Conversion both[] = {tell(1), tell(2)};
  ASSERT_TRUE(told_.begin_batch(both));
  ConversionBatch first;
  first.add(both[0], click(1));
  ASSERT_TRUE(store().insert(first, "cv-half" + std::to_string(workspace_.value)));
  EXPECT_EQ(joiner_.join_due().value(), 2u);
  EXPECT_EQ(joiner_.join_due().value(), 0u);
  EXPECT_EQ(state_of(both[0]), ConversionState::joined);
  EXPECT_EQ(told_.get(workspace_, both[1].id)->link, late.link);
  EXPECT_EQ(store().conversions(query({0, 4'000'000'000'000}))->conversions, 2u);
}

TEST_P(ConversionsTest, IsJudgedAgainWithItsClick) {
  std::vector<Click> clicks = {click(1), click(2), click(3)};
  for (Click& one : clicks) {
    one.visitor = 7;
    one.link = LinkId{1};
    one.reason = "browser";
    one.user_agent = "agent/" + std::to_string(one.key.n);
    one.time = kNoon + static_cast<UnixMillis>(one.key.n);
  }
  clicks[0].first = clicks[0].first_ws = true;
  store_clicks(clicks);
  for (std::uint64_t n = 1; n <= 3; ++n) tell(n);
  EXPECT_EQ(joiner_.join_due().value(), 3u);
  Rejudging what;
  what.workspace = workspace_;
  what.range = {kNoon, kNoon + kDay};
  const std::string robots[] = {"agent/1"};
  ASSERT_TRUE(store().order_traffic(what, robots, Traffic::crawler, "robot"));
  settle();
  ASSERT_TRUE(store().order_first_clicks(workspace_, kNoon / kDay).value());
  settle();
  EXPECT_EQ(store().conversions(query()).value(), (ConversionTotals{2, 0, 2}));
  StatsQuery bots = query();
  bots.traffic = TrafficFilter::bot;
  EXPECT_EQ(store().conversions(bots)->conversions, 1u);
  StatsQuery firsts = query();
  firsts.filters = {{Dimension::first, false, {"true"}}};
  EXPECT_EQ(store().conversions(firsts)->conversions, 1u);
  EXPECT_EQ(store().summary(firsts)->clicks, 1u);
}

INSTANTIATE_TEST_SUITE_P(, ConversionsTest, testing::ValuesIn(kTestStores),
                         [](const auto& store) { return std::string(store.param); });

}  // namespace
}  // namespace tally
