// SPDX-License-Identifier: Apache-2.0
//
// Erasing on every store: a link's clicks, a visitor's, those past a workspace's retention; what
// goes with them, what stays, and that every number is what the rows that are left give, whether or
// not days had been counted ahead.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <thread>

#include "base/random.h"
#include "clicks/click_batch.h"
#include "clicks/view_batch.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_conversion_store.h"
#include "pipeline/conversion_joiner.h"
#include "pipeline/retention.h"
#include "pipeline/row_eraser.h"
#include "pipeline/settling.h"
#include "test_stores.h"

namespace tally {
namespace {

// Long ago, where no other test has rows: whole partitions are dropped here.
constexpr std::int64_t kDay = 1'000;
constexpr UnixMillis kMorning = kDay * kMillisPerDay;
constexpr TimeRange kAlways{0, 4'000'000'000'000};

class EraseTest : public testing::TestWithParam<std::string_view> {
 protected:
  EraseTest()
      : database_(std::move(LinksDatabase::open(folder_.path("links.db"), clock_).value())),
        told_(*database_, clock_, random_, {}),
        joiner_({clock_, told_, store(), [this] { return clock_.now_ms(); }}) {
    (void)database_->write([&](Database& db) {  // so that foreign keys hold
      return db.run("INSERT OR IGNORE INTO workspaces (id, name, created_at) VALUES (?, ?, 0)",
                    workspace_.value, std::to_string(workspace_.value));
    });
  }
  ClickStore& store() { return click_store(GetParam()); }

  // Click n is of link n % 4 + 1 and visitor n % 7, 11 minutes after the one before.
  Click click(std::uint64_t n) const {
    Click out;
    out.key = {7, static_cast<std::uint32_t>(workspace_.value), 3, n};
    out.time = kMorning + static_cast<UnixMillis>(n) * 11 * kMillisPerMinute;
    out.workspace = workspace_;
    out.link = LinkId{n % 4 + 1};
    out.visitor = n % 7;
    out.outcome = n % 3 == 0 ? Outcome::landing : Outcome::redirected;
    out.traffic = n % 11 == 0 ? Traffic::crawler : Traffic::human;
    return out;
  }
  // Clicks 1 to `count` with the views of all landing pages; every tenth has led to a conversion.
  void fill(std::uint64_t count) {
    std::map<std::int64_t, ClickBatch> clicks;
    std::map<std::int64_t, ViewBatch> views;
    for (std::uint64_t n = 1; n <= count; ++n) {
      const Click one = click(n);
      clicks[ClickStore::partition_of(one.time)].add(one);
      if (one.outcome == Outcome::landing) {
        LandingView view;
        view.key = {7, one.key.epoch, 4, n};
        view.click = one.key;
        view.time = one.time;
        view.viewed = one.time + 1;
        view.workspace = workspace_;
        view.link = one.link;
        view.screen_w = 100;
        view.screen_h = 200;
        views[ClickStore::partition_of(one.time)].add(view);
      }
      if (n % 10 == 0) tell(n);
    }
    const std::string name = "er" + std::to_string(workspace_.value) + "-";
    for (const auto& [bin, batch] : clicks)
      ASSERT_TRUE(store().insert(batch, name + std::to_string(bin)));
    for (const auto& [bin, batch] : views)
      ASSERT_TRUE(store().insert(batch, name + std::to_string(bin) + "-views"));
    put_right(kDay, click(count).time / kMillisPerDay);
    ASSERT_EQ(joiner_.join_due().value(), count / 10);
  }
  Conversion tell(std::uint64_t n) {
    Conversion out;
    out.workspace = workspace_;
    out.click = click(n).key;
    out.time = click(n).time + 5;
    out.event = "sale";
    return told_.take(out, {"order" + std::to_string(n), "x"})->conversion;
  }
  void put_right(std::int64_t first, std::int64_t last) {
    for (std::int64_t day = first; day <= last; ++day)
      ASSERT_TRUE(put_first_clicks_right(store(), worker_, workspace_, std::span(&day, 1)));
  }
  void close_days(std::int64_t count) {
    for (std::int64_t i = 0; i < count; ++i) {
      const UnixMillis from = kMorning + i * kMillisPerDay;
      EXPECT_TRUE(store().close_range(workspace_, {from, from + kMillisPerDay}).value());
    }
  }
  StatsQuery everything() const {
    StatsQuery out;
    out.workspace = workspace_;
    out.range = kAlways;
    return out;
  }
  std::map<std::uint64_t, Click> rows() {
    StatsQuery query = everything();
    query.traffic = TrafficFilter::all;
    std::map<std::uint64_t, Click> out;
    std::optional<ClickCursor> after;
    do {
      const auto page = store().raw_clicks(query, after, 1000).value();
      for (const Click& one : page.clicks) EXPECT_TRUE(out.emplace(one.key.n, one).second);
      after = page.next;
    } while (after);
    return out;
  }
  std::set<std::uint64_t> conversions() {
    std::set<std::uint64_t> out;
    ConversionListing listing;
    listing.workspace = workspace_;
    listing.limit = 1000;
    const auto page = told_.list(listing).value();
    for (const Conversion& one : page.conversions) out.insert(one.click.n);
    return out;
  }
  // That exactly the clicks are left for which `stays` holds, with what belongs to them.
  void expect_left(std::uint64_t count, const std::function<bool(const Click&)>& stays);

  ManualClock clock_{kMorning + 40 * kMillisPerDay};
  SystemRandom random_;
  TemporaryFolder folder_;
  const WorkspaceId workspace_ = fresh_workspace();
  std::unique_ptr<LinksDatabase> database_;
  SqliteConversionStore told_;
  ConversionJoiner joiner_;
  Worker worker_;
  RowEraser rows_{store(), told_};
};

void EraseTest::expect_left(std::uint64_t count, const std::function<bool(const Click&)>& stays) {
  const auto left = rows();
  std::set<std::uint64_t> told;
  std::uint64_t clicks = 0, uniques = 0, visitors = 0, views = 0;
  std::set<std::tuple<std::int64_t, std::uint64_t, std::uint64_t>> seen, seen_ws;
  std::map<std::string, std::uint64_t> by_link;
  for (std::uint64_t n = 1; n <= count; ++n) {
    const Click one = click(n);
    EXPECT_EQ(left.contains(n), stays(one)) << n;
    if (!stays(one)) continue;
    if (n % 10 == 0) told.insert(n);
    if (one.traffic != Traffic::human) continue;
    if (one.outcome == Outcome::landing) ++views;
    ++clicks;
    ++by_link[one.link.text()];
    if (one.visitor == 0) continue;
    const std::int64_t day = one.time / kMillisPerDay;
    uniques += seen.emplace(day, one.link.value, one.visitor).second;
    visitors += seen_ws.emplace(day, 0, one.visitor).second;
  }
  const auto summary = store().summary(everything()).value();
  EXPECT_EQ(summary.clicks, clicks);
  EXPECT_EQ(summary.unique_clicks, uniques);
  EXPECT_EQ(summary.visitors, visitors);
  EXPECT_EQ(store().landing_views(everything()).value(), views);
  const auto links = store().breakdown(everything(), Dimension::link, 100).value();
  EXPECT_EQ(links.rows.size(), by_link.size());
  for (const BreakdownRow& row : links.rows) EXPECT_EQ(row.clicks, by_link[row.value]) << row.value;
  EXPECT_EQ(conversions(), told);
  EXPECT_EQ(store().conversions_of({workspace_, kAlways})->size(), told.size());
}

constexpr std::uint64_t kCount = 600;  // four and a half days

TEST_P(EraseTest, ALinkInClosedDays) {
  fill(kCount);
  close_days(4);
  expect_left(kCount, [](const Click&) { return true; });
  const Erasure what{workspace_, kAlways, LinkId{2}, {}};
  const auto found = store().erasable(what).value();
  EXPECT_EQ(found.clicks, kCount / 4);
  EXPECT_EQ(found.views, kCount / 12);
  EXPECT_EQ(found.days.size(), 5u);
  const auto erased = rows_.erase(what, worker_);
  ASSERT_TRUE(erased) << erased.error().line();
  EXPECT_EQ(erased->clicks, found.clicks);
  EXPECT_TRUE(store().closed_ranges(workspace_, kAlways).empty());
  put_right(kDay, kDay + 4);
  EXPECT_FALSE(store().stale_counts()->empty());
  ASSERT_TRUE(rows_.forget_counts(worker_));
  EXPECT_TRUE(store().stale_counts()->empty());
  const auto stays = [](const Click& one) { return one.link != LinkId{2}; };
  expect_left(kCount, stays);
  close_days(4);
  expect_left(kCount, stays);
  EXPECT_TRUE(store().erasable(what)->empty());
  EXPECT_EQ(rows_.erase(what, worker_)->clicks, 0u) << "fine to repeat";
}

TEST_P(EraseTest, AVisitorOfOneDay) {
  fill(kCount);
  close_days(2);
  const TimeRange day{kMorning + kMillisPerDay, kMorning + 2 * kMillisPerDay};
  const Erasure what{workspace_, day, std::nullopt, {3, 5}};
  const auto landings = store().landings_of(what).value();
  const auto found = store().erasable(what).value();
  EXPECT_EQ(landings.size(), found.views);
  ASSERT_TRUE(rows_.erase(what, worker_));
  put_right(kDay, kDay + 4);
  const auto first_day = store().closed_ranges(workspace_, kAlways);
  ASSERT_EQ(first_day.size(), 1u) << "no wider than it has to be";
  EXPECT_EQ(first_day[0].from, kMorning);
  const auto stays = [&](const Click& one) { return !what.meets(one); };
  expect_left(kCount, stays);
  ASSERT_TRUE(rows_.forget_counts(worker_));
  expect_left(kCount, stays);
}

TEST_P(EraseTest, ARangeOfALinkAndNothingOfAnotherWorkspace) {
  fill(kCount);
  const Erasure foreign{fresh_workspace(), kAlways, LinkId{2}, {}};
  ASSERT_TRUE(rows_.erase(foreign, worker_));
  expect_left(kCount, [](const Click&) { return true; });
  const TimeRange range{click(100).time, click(200).time};
  const Erasure what{workspace_, range, LinkId{1}, {}};
  ASSERT_TRUE(rows_.erase(what, worker_));
  put_right(kDay, kDay + 4);
  expect_left(kCount, [&](const Click& one) { return !what.meets(one); });
}

TEST_P(EraseTest, ConversionsThatWaitForAnErasedClickGoToo) {
  fill(20);
  const auto mine = tell(2), other = tell(3);  // links 3 and 4
  const Erasure what{workspace_, kAlways, LinkId{3}, {}};
  ASSERT_TRUE(rows_.erase(what, worker_));
  EXPECT_FALSE(told_.get(workspace_, mine.id));
  EXPECT_TRUE(told_.get(workspace_, other.id));
  // Its sender may tell of it again; it finds no click.
  const auto again = tell(2);
  EXPECT_NE(again.id, mine.id);
  EXPECT_EQ(joiner_.join_due().value(), 1u) << "the other one";
  EXPECT_EQ(told_.get(workspace_, again.id)->state, ConversionState::pending);
}

TEST_P(EraseTest, WhileABatchIsInDoubtNothingGoes) {
  fill(20);
  const Conversion doubtful[] = {tell(2)};
  ASSERT_TRUE(told_.begin_batch(doubtful));
  const Erasure what{workspace_, kAlways, LinkId{3}, {}};
  const auto refused = store().order_erased(
      what, [&]() -> Result<void> { return fail(ErrorCode::unavailable, "a batch"); });
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable);
  std::jthread joining([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(300));
    // While views are being rewritten nothing is joined either.
    for (int i = 0; i < 1000 && joiner_.join_due().value_or(0) == 0; ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
  });
  ASSERT_TRUE(rows_.erase(what, worker_));
  EXPECT_TRUE(store().erasable(what)->empty());
  EXPECT_FALSE(told_.get(workspace_, doubtful[0].id));
}

class RetentionTest : public EraseTest {
 protected:
  Retention retention() {
    return Retention({clock_, rows_,
                      [this]() -> Result<std::vector<Retention::Policy>> { return policies_; },
                      [](UnixMillis, Worker&) { return Result<void>(); },
                      [this](std::optional<UnixMillis> time) { logs_ = time; },
                      [](WorkspaceId, UnixMillis) { return Result<void>(); },
                      [](WorkspaceId, UnixMillis) { return Result<void>(); }});
  }
  std::vector<Retention::Policy> policies_;
  std::optional<UnixMillis> logs_;
};

TEST_P(RetentionTest, WholeUtcDaysGoWhenTheyAreOver) {
  fill(kCount);
  close_days(4);
  policies_ = {{workspace_, 2}, {fresh_workspace(), std::nullopt}};
  auto keeping = retention();
  clock_.set(kMorning + 2 * kMillisPerDay + 5);
  ASSERT_TRUE(keeping.enforce());
  EXPECT_EQ(logs_, 2 * kMillisPerDay);
  expect_left(kCount, [](const Click&) { return true; });
  EXPECT_EQ(store().closed_ranges(workspace_, kAlways).size(), 4u);
  clock_.set(kMorning + 3 * kMillisPerDay);
  ASSERT_TRUE(keeping.enforce());
  const auto stays = [](const Click& one) { return one.time >= kMorning + kMillisPerDay; };
  expect_left(kCount, stays);
  EXPECT_EQ(keeping.erased(), 130u);
  EXPECT_TRUE(store().stale_counts()->empty());
  policies_[0].days.reset();
  clock_.advance(9 * kMillisPerDay);
  ASSERT_TRUE(keeping.enforce());
  EXPECT_EQ(logs_, std::nullopt);
  expect_left(kCount, stays);
  EXPECT_EQ(keeping.dropped(), 0u);
}

TEST_P(RetentionTest, WhatNobodyKeepsIsDroppedByPartitions) {
  fill(kCount);
  close_days(4);
  policies_ = {{workspace_, 30}, {fresh_workspace(), 5}};
  auto keeping = retention();
  clock_.set(kMorning + 30 * kMillisPerDay);
  ASSERT_TRUE(keeping.enforce());
  EXPECT_EQ(keeping.dropped(), 0u);
  // The bin of 30 days that holds everything is over, for everybody.
  const UnixMillis over = (ClickStore::partition_of(kMorning) + 1) * 30 * kMillisPerDay;
  clock_.set(over + 30 * kMillisPerDay);
  ASSERT_TRUE(keeping.enforce());
  EXPECT_GE(keeping.dropped(), 3u) << "clicks, views, conversions; counts if there were any";
  expect_left(kCount, [](const Click&) { return false; });
  EXPECT_TRUE(store().closed_ranges(workspace_, kAlways).empty());
}

TEST_P(RetentionTest, ConversionsWithoutAClickGoByTheirOwnAge) {
  clock_.set(kMorning);
  const auto old = tell(1);
  clock_.advance(3 * kMillisPerDay);
  const auto young = tell(2);
  policies_ = {{workspace_, 1}};
  ASSERT_TRUE(retention().enforce());
  EXPECT_FALSE(told_.get(workspace_, old.id));
  EXPECT_TRUE(told_.get(workspace_, young.id));
}

INSTANTIATE_TEST_SUITE_P(, EraseTest, testing::ValuesIn(kTestStores),
                         [](const auto& store) { return std::string(store.param); });
INSTANTIATE_TEST_SUITE_P(, RetentionTest, testing::ValuesIn(kTestStores),
                         [](const auto& store) { return std::string(store.param); });

}  // namespace
}  // namespace tally
