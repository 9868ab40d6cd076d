// SPDX-License-Identifier: Apache-2.0
//
// What the pipeline relies on: batches are stored whole and once, counts are exact, every field
// comes back as it went in, and a store that is down or too new says so.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <set>
#include <thread>

#include "clicks/click_batch.h"
#include "clicks/click_rows.h"
#include "clicks/clickhouse.h"
#include "clicks/planned_insert.h"
#include "clicks/schema.h"
#include "clicks/view_batch.h"
#include "test_stores.h"

namespace tally {
namespace {

constexpr UnixMillis kNoon = 1'772'366'400'000;  // 2026-03-01T12:00:00Z
constexpr UnixMillis kApart = 400 * kMillisPerDay;
constexpr TimeRange kAlways{0, 4'000'000'000'000};

class StoreContractTest : public testing::TestWithParam<std::string_view> {
 protected:
  ClickStore& store() { return click_store(GetParam()); }

  // `count` clicks of one shard from number `first` on, a second apart.
  std::vector<Click> batch(std::uint64_t first, std::size_t count) {
    std::vector<Click> clicks(count);
    for (std::size_t i = 0; i < count; ++i) {
      clicks[i].key = {7, epoch(), 2, first + i};
      clicks[i].time = kNoon + static_cast<UnixMillis>(first + i) * kMillisPerSecond;
      clicks[i].workspace = workspace_;
      clicks[i].link = LinkId{first + i + 1};
      clicks[i].outcome = Outcome::redirected;
    }
    return clicks;
  }
  std::uint32_t epoch() const { return static_cast<std::uint32_t>(workspace_.value); }
  std::string token(std::string_view name) const {
    return std::string(name) + std::to_string(workspace_.value);
  }
  Result<std::uint64_t> count(std::uint64_t first, std::uint64_t last, TimeRange times = kAlways) {
    const ShardRange range{7, epoch(), 2, first, last};
    return store().count(StoreTable::clicks, ClickStore::partition_of(kNoon), times,
                         std::span(&range, 1));
  }
  StatsQuery everything() const {
    StatsQuery query;
    query.workspace = workspace_;
    query.range = kAlways;
    query.traffic = TrafficFilter::all;
    return query;
  }

  const WorkspaceId workspace_ = fresh_workspace();
};

TEST_P(StoreContractTest, CountsExactlyTheRangeAsked) {
  ASSERT_TRUE(store().insert(ClickBatch(batch(100, 50)), token("a")));
  EXPECT_EQ(count(100, 149).value(), 50u);
  EXPECT_EQ(count(0, 1'000).value(), 50u);
  EXPECT_EQ(count(100, 100).value(), 1u);
  EXPECT_EQ(count(99, 99).value(), 0u);
  EXPECT_EQ(count(149, 150).value(), 1u);
  const UnixMillis at_120 = kNoon + 120 * kMillisPerSecond;
  EXPECT_EQ(count(100, 149, {at_120, at_120 + 1}).value(), 1u);
  EXPECT_EQ(count(100, 149, {at_120, at_120}).value(), 0u);
  const ShardRange ranges[] = {{7, epoch(), 2, 100, 109},
                               {7, epoch(), 2, 140, 200},
                               {7, epoch(), 3, 0, 200},
                               {8, epoch(), 2, 0, 200}};
  const std::int64_t partition = ClickStore::partition_of(kNoon);
  EXPECT_EQ(store().count(StoreTable::clicks, partition, kAlways, ranges).value(), 20u);
  EXPECT_EQ(store().count(StoreTable::clicks, partition + 1, kAlways, ranges).value(), 0u);
  EXPECT_EQ(store().count(StoreTable::clicks, partition, kAlways, {}).value(), 0u);
}

TEST_P(StoreContractTest, ViewsAreStoredOnceAndCountedByTheirBeacons) {
  std::vector<LandingView> views(30);
  for (std::size_t i = 0; i < views.size(); ++i) {
    views[i].key = {7, epoch(), 3, 200 + i};
    views[i].click = {7, epoch(), 2, i};
    views[i].time = kNoon + static_cast<UnixMillis>(i);
    views[i].viewed = kNoon + 5'000;
    views[i].workspace = workspace_;
    views[i].screen_w = 1;
  }
  ASSERT_TRUE(store().insert(ViewBatch(views), token("views")));
  const ShardRange ranges[] = {{7, epoch(), 3, 205, 214}, {7, epoch(), 2, 0, 100}};
  const std::int64_t partition = ClickStore::partition_of(kNoon);
  EXPECT_EQ(store().count(StoreTable::landing_views, partition, kAlways, ranges).value(), 10u);
  EXPECT_EQ(
      store().count(StoreTable::landing_views, partition, {kNoon + 6, kNoon + 8}, ranges).value(),
      2u);
  EXPECT_EQ(store().count(StoreTable::clicks, partition, kAlways, ranges).value(), 0u);
}

TEST_P(StoreContractTest, AViewGivesItsClickAScreenEvenIfItIsStoredFirst) {
  auto clicks = batch(10, 3);
  for (Click& click : clicks) click.outcome = Outcome::landing;
  LandingView view;
  view.key = {7, epoch(), 4, 1};
  view.click = clicks[1].key;
  view.time = clicks[1].time;
  view.viewed = view.time + 700;
  view.workspace = workspace_;
  view.link = clicks[1].link;
  view.screen_w = 1080;
  view.screen_h = 2340;
  view.dpr = 2.625F;
  ASSERT_TRUE(store().insert(ViewBatch(std::vector{view}), token("early")));
  ASSERT_TRUE(store().insert(ClickBatch(clicks), token("clicks")));
  Click seen = clicks[1];
  seen.screen_source = ScreenSource::beacon;
  seen.screen_w = 1080;
  seen.screen_h = 2340;
  seen.dpr = 2.625F;
  const auto page = store().raw_clicks(everything(), std::nullopt, 10);
  ASSERT_TRUE(page) << page.error().line();
  EXPECT_EQ(page->clicks, (std::vector{clicks[2], seen, clicks[0]}));
  StatsQuery filtered = everything();
  filtered.filters = {{Dimension::screen, false, {"1080x2340"}}};
  const auto one = store().raw_clicks(filtered, std::nullopt, 10);
  ASSERT_TRUE(one) << one.error().line();
  EXPECT_EQ(one->clicks, std::vector{seen});
}

TEST_P(StoreContractTest, RepeatedTokenChangesNothingWhereTheStoreCan) {
  const auto clicks = batch(0, 20);
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(store().insert(ClickBatch(clicks), token("same")));
  const bool deduplicates = test_store(GetParam()).dialect() == Dialect::modern;
  EXPECT_EQ(count(0, 19).value(), deduplicates ? 20u : 60u);
}

// A day that is closed is answered from counts until a row of it changes.
TEST_P(StoreContractTest, AClosedRangeIsOpenAgainWhenARowOfItChanges) {
  const UnixMillis day = kNoon - kNoon % kMillisPerDay;
  const TimeRange range{day, day + kMillisPerDay};
  const auto closed = [&] { return store().closed_ranges(workspace_, kAlways); };
  ASSERT_TRUE(store().insert(ClickBatch(batch(0, 10)), token("day")));
  ASSERT_TRUE(store().close_range(workspace_, range).value());
  EXPECT_EQ(closed(), std::vector{range});
  EXPECT_EQ(store().close_range(workspace_, range).error().code, ErrorCode::conflict);
  EXPECT_EQ(store().summary(everything())->clicks, 10u);

  ASSERT_TRUE(store().insert(ClickBatch(batch(86'400, 5)), token("next day")));
  EXPECT_EQ(closed(), std::vector{range});
  ASSERT_TRUE(store().insert(ClickBatch(batch(10, 2)), token("late")));
  EXPECT_EQ(closed(), std::vector<TimeRange>{});
  EXPECT_EQ(store().summary(everything())->clicks, 17u);
  ClickStore later(http_client(), test_store(GetParam()).options());
  ASSERT_TRUE(later.migrate());
  EXPECT_EQ(later.closed_ranges(workspace_, kAlways), std::vector<TimeRange>{});
  ASSERT_TRUE(store().close_range(workspace_, range).value());
  EXPECT_EQ(store().summary(everything())->clicks, 17u);
  {
    const auto changing = store().changing(std::span(&workspace_, 1), {day + 5, day + 6});
    ASSERT_TRUE(changing);
    EXPECT_EQ(closed(), std::vector<TimeRange>{});
    EXPECT_EQ(store().close_range(workspace_, range).error().code, ErrorCode::conflict);
  }
  ASSERT_TRUE(store().close_range(workspace_, range).value());
}

// Its unique click lies before the range; it is a visitor of the range all the same.
TEST_P(StoreContractTest, AVisitorWhoCameEarlierThatDayIsOneOfTheLink) {
  auto clicks = batch(0, 4);
  for (Click& click : clicks) {
    click.link = LinkId{1};
    click.visitor = 5;
  }
  clicks[0].first = clicks[0].first_ws = true;
  clicks[3].visitor = 6;
  clicks[3].first = clicks[3].first_ws = true;
  ASSERT_TRUE(store().insert(ClickBatch(clicks), token("twice")));
  const UnixMillis second = kMillisPerSecond, day = kMillisPerDay;
  const UnixMillis midnight = kNoon - kNoon % day;
  const struct {
    TimeRange range;
    std::uint64_t unique_clicks, visitors;
  } rows[] = {
      {{midnight, midnight + day}, 2, 2},        {{kNoon + second, midnight + day}, 1, 2},
      {{kNoon + 1, kNoon + second}, 0, 0},       {{kNoon + second, kNoon + 3 * second}, 0, 1},
      {{kNoon - 3 * day, midnight + day}, 2, 2}, {{midnight, kNoon + second}, 1, 1},
  };
  for (const bool is_closed : {false, true}) {
    if (is_closed) {
      ASSERT_TRUE(store().close_range(workspace_, rows[0].range).value());
    }
    for (const auto& row : rows) {
      StatsQuery query = everything();
      query.filters = {{Dimension::link, false, {"lnk_1"}}};
      query.range = row.range;
      const auto answer = store().summary(query).value();
      EXPECT_EQ(answer.unique_clicks, row.unique_clicks) << row.range.from << is_closed;
      EXPECT_EQ(answer.visitors, row.visitors) << row.range.from << is_closed;
    }
  }
}

// A link with many hits in a range has counts of its own there.
TEST_P(StoreContractTest, ABusyLinkIsTheSameFromItsCountsAsFromItsRows) {
  auto clicks = batch(0, 12);
  for (std::size_t i = 0; i < clicks.size(); ++i) {
    clicks[i].link = LinkId{i % 2 + 1};
    clicks[i].country = i % 3 == 0 ? "DE" : "NP";
    clicks[i].os = i % 4 == 0 ? "" : "iOS";
  }
  ASSERT_TRUE(store().insert(ClickBatch(clicks), token("busy")));
  ClickStoreOptions options = test_store(GetParam()).options();
  options.busy_link_hits = 6;
  ClickStore counting(http_client(), options);
  ASSERT_TRUE(counting.migrate());
  StatsQuery query = everything();
  query.filters = {{Dimension::link, false, {"lnk_1"}}};
  const auto answers = [&] {
    std::vector<std::vector<BreakdownRow>> out;
    for (const Dimension by : {Dimension::link, Dimension::country, Dimension::os,
                               Dimension::platform, Dimension::screen})
      out.push_back(counting.breakdown(query, by, 10).value().rows);
    return out;
  };
  const auto from_rows = answers();
  const UnixMillis day = kNoon - kNoon % kMillisPerDay;
  ASSERT_TRUE(counting.close_range(workspace_, {day, day + kMillisPerDay}).value());
  EXPECT_EQ(answers(), from_rows);
}

TEST_P(StoreContractTest, CountsThatNobodyReadsAreFoundAndDeleted) {
  const UnixMillis day = kNoon - kNoon % kMillisPerDay;
  ASSERT_TRUE(store().insert(ClickBatch(batch(0, 3)), token("a")));
  const auto before = store().stale_counts().value();  // of other tests
  ASSERT_TRUE(store().close_range(workspace_, {day, day + kMillisPerDay}).value());
  EXPECT_EQ(store().stale_counts()->size(), before.size());
  ASSERT_TRUE(store().changing(std::span(&workspace_, 1), {day, day + 1}));
  const auto stale = store().stale_counts().value();
  EXPECT_EQ(stale.size(), before.size() + 1);
  ASSERT_TRUE(store().delete_counts(stale));
  for (int tries = 0; tries < 300 && !store().stale_counts()->empty(); ++tries)
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  EXPECT_EQ(store().stale_counts().value(), std::vector<std::uint64_t>{});
}

// As when the store ended between noting the token and storing the rows. In a partition of its own,
// so that deleting them rewrites nothing else.
TEST_P(StoreContractTest, RowsAreStoredWhateverTheStoreHasNotedOfTheirToken) {
  std::vector<Click> clicks = batch(0, 20);
  for (Click& click : clicks) click.time += kApart;
  const ClickBatch rows(clicks);
  const PlannedInsert insert{.partition = ClickStore::partition_of(kNoon + kApart),
                             .token = token("noted"),
                             .rows = 20,
                             .times = kAlways,
                             .ranges = {{7, epoch(), 2, 0, 19}}};
  const auto stored = [&] {
    return store().count(insert.table, insert.partition, insert.times, insert.ranges);
  };
  EXPECT_EQ(store_once(store(), insert, rows, false), true);
  if (test_store(GetParam()).dialect() == Dialect::modern) {
    int noted = 0;
    for (int tries = 0; noted < 2 && tries < 20; ++tries) {  // its second token too
      ClickHouse server(http_client(), test_store(GetParam()).options());
      ASSERT_TRUE(server.ask("ALTER TABLE tallymark.clicks DELETE IN PARTITION " +
                                 std::to_string(insert.partition) +
                                 " WHERE workspace_id = " + std::to_string(workspace_.value),
                             {{"mutations_sync", "1"}}));
      ASSERT_TRUE(store().insert(rows, insert.token));
      // A part that became empty takes its token with it when it is cleared away.
      if (stored().value() == 0u) ++noted;
      EXPECT_TRUE(store_once(store(), insert, rows, true));
      EXPECT_EQ(stored().value(), 20u);
    }
    EXPECT_EQ(noted, 2);
  }
  EXPECT_EQ(store_once(store(), insert, rows, true), false);
  EXPECT_EQ(stored(), 20u);
  PlannedInsert longer = insert;
  longer.rows = 25;
  EXPECT_EQ(store_once(store(), longer, rows, true).error().code, ErrorCode::corrupt);
}

TEST_P(StoreContractTest, SameRowsUnderAnotherTokenAreStoredAgain) {
  ASSERT_TRUE(store().insert(ClickBatch(batch(0, 20)), token("one")));
  ASSERT_TRUE(store().insert(ClickBatch(batch(0, 20)), token("two")));
  EXPECT_EQ(count(0, 19).value(), 40u);
}

TEST_P(StoreContractTest, LargeBatchIsOnePart) {
  ASSERT_TRUE(store().insert(ClickBatch(batch(0, 150'000)), token("large")));
  EXPECT_EQ(count(0, 149'999).value(), 150'000u);
  ClickHouse server(http_client(), test_store(GetParam()).options());
  const auto parts =
      server.ask("SELECT uniqExact(_part), count() FROM tallymark.clicks WHERE workspace_id = " +
                 std::to_string(workspace_.value) + " FORMAT TabSeparated");
  ASSERT_TRUE(parts) << parts.error().line();
  EXPECT_EQ(*parts, "1\t150000\n");
}

// Texts of few, many and very many values: dictionaries have indexes of one, two and four bytes.
TEST_P(StoreContractTest, LargeBatchComesBackWhole) {
  auto clicks = batch(0, 70'000);
  for (std::size_t i = 0; i < clicks.size(); ++i) {
    clicks[i].country = i % 3 == 0 ? "" : i % 3 == 1 ? "DE" : "a\t'\\\n" + std::string(1, '\0');
    clicks[i].browser = "browser " + std::to_string(i % 300);
    clicks[i].user_agent = "agent " + std::to_string(i);
    clicks[i].city = "city " + std::to_string(i % 1000);
    clicks[i].device = static_cast<Device>(i % kDeviceNames.size());
  }
  ASSERT_TRUE(store().insert(ClickBatch(clicks), token("whole")));
  auto rows =
      store().rows_of(everything(), {LinkId{}, LinkId{~std::uint64_t{0}}, kAlways, clicks.size()});
  ASSERT_TRUE(rows) << rows.error().line();
  std::vector<Click> found;
  while (const Click* click = rows->next().value()) found.push_back(*click);
  std::ranges::sort(found, {}, &Click::key);
  EXPECT_TRUE(found == clicks) << found.size() << " rows";
}

Click full_click(WorkspaceId workspace) {
  Click click;
  click.key = {65'535, 4'294'967'295, 65'535, std::numeric_limits<std::uint64_t>::max()};
  click.time = kNoon + 123;
  click.workspace = workspace;
  click.link = LinkId{std::numeric_limits<std::uint64_t>::max()};
  click.outcome = Outcome::landing;
  click.traffic = Traffic::human;
  click.trigger = Trigger::open;
  click.platform = Platform::android;
  click.device = Device::wearable;
  click.screen_source = ScreenSource::client_hint;
  click.first = click.first_ws = click.in_app = click.imported = true;
  click.screen_w = 65'535;
  click.screen_h = 1;
  click.dpr = 2.625f;
  click.visitor = std::numeric_limits<std::uint64_t>::max();
  click.ip = *Address::parse("2001:db8::42");
  for (const ClickText& text : click_texts())
    click.*text.member = std::string(text.name) + "\t'\\\n\r\b\f" + std::string(1, '\0') + "ä\xff";
  return click;
}

TEST_P(StoreContractTest, EveryFieldComesBack) {
  const Click full = full_click(workspace_);
  Click empty;
  empty.workspace = workspace_;
  empty.time = kNoon;
  empty.ip = *Address::parse("203.0.113.9");
  ASSERT_TRUE(store().insert(ClickBatch(std::vector{empty, full}), token("fields")));
  const auto page = store().raw_clicks(everything(), std::nullopt, 10);
  ASSERT_TRUE(page) << page.error().line();
  ASSERT_EQ(page->clicks.size(), 2u);
  EXPECT_EQ(page->clicks[0], full);
  EXPECT_EQ(page->clicks[1], empty);
  EXPECT_FALSE(page->next);
}

TEST_P(StoreContractTest, PagesHoldEveryClickOnceWhileClicksArrive) {
  auto clicks = batch(0, 100);
  // Many in one millisecond, so that pages have to be cut between equal times.
  for (std::size_t i = 0; i < clicks.size(); ++i)
    clicks[i].time = kNoon + static_cast<UnixMillis>(i / 40);
  ASSERT_TRUE(store().insert(ClickBatch(clicks), token("first")));
  std::set<std::uint64_t> seen;
  std::optional<ClickCursor> after;
  std::size_t pages = 0;
  do {
    const auto page = store().raw_clicks(everything(), after, 7);
    ASSERT_TRUE(page) << page.error().line();
    for (const Click& click : page->clicks) EXPECT_TRUE(seen.insert(click.key.n).second);
    after = page->next;
    if (++pages == 3) {
      ASSERT_TRUE(store().insert(ClickBatch(batch(1'000, 10)), token("later")));
    }
  } while (after);
  EXPECT_EQ(pages, 15u);
  EXPECT_EQ(seen.size(), 100u);
  EXPECT_EQ(*seen.rbegin(), 99u);
}

TEST_P(StoreContractTest, AnExportHoldsEveryClickOnce) {
  const auto clicks = batch(0, 100);
  ASSERT_TRUE(store().insert(ClickBatch(clicks), token("exported")));
  std::vector<ExportStretch> todo{{LinkId{}, LinkId{~std::uint64_t{0}}, kAlways, 100}};
  std::vector<Click> found;
  while (!todo.empty()) {
    const ExportStretch stretch = todo.back();
    todo.pop_back();
    if (stretch.rows > 7) {
      const auto parts = store().stretches(everything(), stretch, 7);
      ASSERT_TRUE(parts) << parts.error().line();
      todo.insert(todo.end(), parts->begin(), parts->end());
      continue;
    }
    auto rows = store().rows_of(everything(), stretch);
    ASSERT_TRUE(rows) << rows.error().line();
    while (const Click* click = rows->next().value()) found.push_back(*click);
  }
  std::ranges::sort(found, {}, &Click::key);
  EXPECT_EQ(found, clicks);
}

TEST_P(StoreContractTest, KnowsTheOldestHit) {
  EXPECT_EQ(store().oldest(workspace_).value(), std::nullopt);
  ASSERT_TRUE(store().insert(ClickBatch(batch(5, 3)), token("old")));
  EXPECT_EQ(store().oldest(workspace_).value(), kNoon + 5 * kMillisPerSecond);
}

TEST_P(StoreContractTest, KnowsWhichOfManyKeysAreStored) {
  auto clicks = batch(100, 20);
  clicks[1].key = {0, 4'000'000'000, 65'535, std::numeric_limits<std::uint64_t>::max()};
  clicks[2].key = {65'535, 7, 1, 0};
  ASSERT_TRUE(store().insert(ClickBatch(clicks), token("keys")));
  std::vector<ClickKey> asked, wanted;
  for (const Click& click : clicks) wanted.push_back(click.key);
  std::ranges::sort(wanted);
  asked = wanted;
  // As good as random, and numbers that stored clicks have in other shards.
  for (std::uint64_t i = 1; i <= 30'000; ++i)
    asked.push_back({0, static_cast<std::uint32_t>(i), 7, i * 0x9E37'79B9'7F4A'7C15});
  for (const Click& click : clicks) asked.push_back({7, epoch(), 3, click.key.n});
  EXPECT_EQ(store().stored_keys(workspace_, kAlways, asked).value(), wanted);
  const TimeRange third{clicks[2].time, clicks[2].time + 1};
  EXPECT_EQ(store().stored_keys(workspace_, third, asked).value(),
            std::vector<ClickKey>{clicks[2].key});
  EXPECT_TRUE(store().stored_keys(fresh_workspace(), kAlways, asked).value().empty());
  EXPECT_TRUE(store().stored_keys(workspace_, kAlways, {}).value().empty());
}

TEST_P(StoreContractTest, WorkspacesAreApart) {
  ASSERT_TRUE(store().insert(ClickBatch(batch(0, 3)), token("mine")));
  StatsQuery foreign = everything();
  foreign.workspace = fresh_workspace();
  EXPECT_EQ(store().summary(foreign).value().clicks, 0u);
  EXPECT_TRUE(store().breakdown(foreign, Dimension::link, 10).value().rows.empty());
  EXPECT_TRUE(store().raw_clicks(foreign, std::nullopt, 10).value().clicks.empty());
}

TEST_P(StoreContractTest, AnswersManyAtOnce) {
  std::vector<std::jthread> threads;
  std::atomic<int> failures = 0;
  for (std::uint64_t thread = 0; thread < 6; ++thread) {
    threads.emplace_back([&, thread] {
      for (std::uint64_t i = 0; i < 10; ++i) {
        const std::uint64_t first = thread * 10'000 + i * 100;
        if (!store().insert(ClickBatch(batch(first, 100)),
                            token("t") + "-" + std::to_string(first)))
          ++failures;
        const auto summary = store().summary(everything());
        if (!summary || summary->clicks < (i + 1) * 100) ++failures;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(failures, 0);
  EXPECT_EQ(store().summary(everything()).value().clicks, 6'000u);
}

TEST_P(StoreContractTest, MigratesOnlyOnce) {
  ASSERT_TRUE(store().migrate());
  ClickHouse server(http_client(), test_store(GetParam()).options());
  EXPECT_EQ(server
                .ask("SELECT count(), max(version) FROM tallymark.schema_versions"
                     " FORMAT TabSeparated")
                .value(),
            std::to_string(kSchemaVersion) + "\t" + std::to_string(kSchemaVersion) + "\n");
}

TEST_P(StoreContractTest, AQuestionThatIsTooLargeIsRefusedAndTheNextOneAnswered) {
  ClickStoreOptions options = test_store(GetParam()).options();
  options.question_memory = 40'000'000;
  ClickStore small(http_client(), options);
  const auto migrated = small.migrate();
  ASSERT_TRUE(migrated) << migrated.error().line();
  constexpr std::uint64_t kTokens = 400'000;
  std::vector<Click> clicks = batch(0, kTokens);
  for (Click& click : clicks)
    click.token = "a token of some length, number " + std::to_string(click.key.n);
  ClickBatch rows;
  for (const Click& click : clicks) rows.add(click);
  ASSERT_TRUE(store().insert(rows, token("large-question")));
  const auto refused = small.breakdown(everything(), Dimension::token, 10);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, ErrorCode::unavailable) << refused.error().line();
  EXPECT_TRUE(refused.error().hint.contains("shorter range")) << refused.error().line();
  const auto answered = small.summary(everything());
  ASSERT_TRUE(answered) << answered.error().line();
  EXPECT_EQ(answered->clicks, kTokens);
}

TEST(StoreFailureTest, DownIsUnavailable) {
  ClickStoreOptions options;
  options.unix_socket = "/nonexistent/engine.sock";
  ClickStore store(http_client(), options);
  EXPECT_EQ(store.migrate().error().code, ErrorCode::unavailable);
  EXPECT_EQ(store.ping().error().code, ErrorCode::unavailable);
  EXPECT_EQ(store.summary({}).error().code, ErrorCode::unavailable);
  EXPECT_EQ(store.insert(ClickBatch(std::vector<Click>(1)), "t").error().code,
            ErrorCode::unavailable);
}

// The version is put back, so that the order of tests does not matter.
TEST(StoreFailureTest, RefusesANewerSchema) {
  ClickHouse server(http_client(), test_store("clickhouse_18_16").options());
  ASSERT_TRUE(click_store("clickhouse_18_16").migrate());
  ASSERT_TRUE(server.ask("INSERT INTO tallymark.schema_versions (version) VALUES (99)"));
  const auto migrated =
      ClickStore(http_client(), test_store("clickhouse_18_16").options()).migrate();
  ASSERT_FALSE(migrated);
  EXPECT_EQ(migrated.error().code, ErrorCode::conflict);
  EXPECT_NE(migrated.error().line().find("newer Tallymark"), std::string::npos);
  ASSERT_TRUE(server.ask("DROP TABLE tallymark.schema_versions"));
  // The table of clicks is still there: running the migration again must be harmless.
  ASSERT_TRUE(click_store("clickhouse_18_16").migrate());
}

INSTANTIATE_TEST_SUITE_P(, StoreContractTest, testing::ValuesIn(kTestStores),
                         [](const auto& store) { return std::string(store.param); });

}  // namespace
}  // namespace tally
