// SPDX-License-Identifier: Apache-2.0
//
// Judging stored hits again: what is judged, what changes, and that the first clicks are those that
// counting by hand gives.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <thread>

#include "clicks/click_batch.h"
#include "test_stores.h"

namespace tally {
namespace {

using std::chrono_literals::operator""ms;

constexpr std::int64_t kDay = 20'500;
constexpr UnixMillis kMorning = kDay * kMillisPerDay;

class ReclassifyTest : public testing::TestWithParam<std::string_view> {
 protected:
  ClickStore& store() { return click_store(GetParam()); }

  Click click(std::uint64_t n, UnixMillis time, std::uint64_t link, std::uint64_t visitor,
              std::string agent) {
    Click out;
    out.key = {3, static_cast<std::uint32_t>(workspace_.value), 1, n};
    out.time = time;
    out.workspace = workspace_;
    out.link = LinkId{link};
    out.outcome = Outcome::redirected;
    out.visitor = visitor;
    out.user_agent = std::move(agent);
    out.reason = "browser";
    return out;
  }
  void insert(const std::vector<Click>& clicks) {
    const auto token = "re" + std::to_string(workspace_.value) + "-" + std::to_string(++tokens_);
    const auto done = store().insert(ClickBatch(clicks), token);
    ASSERT_TRUE(done) << done.error().line();
  }
  void settle() {
    for (int i = 0; i < 1000; ++i) {
      const auto going = store().rewriting();
      ASSERT_TRUE(going) << going.error().line();
      if (!*going) return;
      std::this_thread::sleep_for(20ms);
    }
    FAIL() << "never done";
  }
  Rejudging everything() const {
    Rejudging out;
    out.workspace = workspace_;
    out.range = {kMorning, kMorning + 2 * kMillisPerDay};
    return out;
  }
  std::map<std::uint64_t, Click> rows() {
    StatsQuery query;
    query.workspace = workspace_;
    query.range = {0, 4'000'000'000'000};
    query.traffic = TrafficFilter::all;
    const auto page = store().raw_clicks(query, std::nullopt, 1000);
    std::map<std::uint64_t, Click> out;
    for (const Click& one : page->clicks) EXPECT_TRUE(out.emplace(one.key.n, one).second);
    return out;
  }

  const WorkspaceId workspace_ = fresh_workspace();
  int tokens_ = 0;
};

// What semantics.md says of `first` and `first_ws`, by hand.
void expect_first_clicks(const std::map<std::uint64_t, Click>& rows) {
  std::vector<Click> sorted;
  for (const auto& [n, row] : rows) sorted.push_back(row);
  std::ranges::sort(sorted, {}, [](const Click& row) { return std::pair(row.time, row.key); });
  std::set<std::tuple<std::int64_t, std::uint64_t, std::uint64_t>> links, visitors;
  for (const Click& row : sorted) {
    const bool counts =
        row.traffic == Traffic::human && is_headline(row.outcome) && row.visitor != 0 && row.link;
    const std::int64_t day = row.time / kMillisPerDay;
    EXPECT_EQ(row.first, counts && links.emplace(day, row.link.value, row.visitor).second)
        << row.key.n;
    EXPECT_EQ(row.first_ws, counts && visitors.emplace(day, 0, row.visitor).second) << row.key.n;
  }
}

TEST_P(ReclassifyTest, JudgesWhatAUserAgentDecided) {
  std::vector<Click> clicks;
  for (std::uint64_t n = 1; n <= 12; ++n) clicks.push_back(click(n, kMorning + 1, 1, n, "A/1"));
  clicks[1].traffic = Traffic::head;
  clicks[2].traffic = Traffic::prefetch;
  clicks[3].traffic = Traffic::scanner_suspect;
  clicks[4].imported = true;
  clicks[5].user_agent.clear();
  clicks[6].user_agent = std::string(512, 'x');
  clicks[7].link = LinkId{9};
  clicks[8].time = kMorning - 1;
  clicks[9].user_agent = "it's \\ a\ttest/1";
  clicks[10].traffic = Traffic::crawler;
  insert(clicks);
  Rejudging what = everything();
  what.kept_links = {LinkId{9}, LinkId{10}};
  EXPECT_EQ(store().judged_hits(what).value(), 4u);
  const auto groups = store().agent_groups(what, "", 100).value();
  ASSERT_EQ(groups.size(), 3u);
  EXPECT_EQ(groups[2].user_agent, "it's \\ a\ttest/1");
  // A page ends between two user agents.
  EXPECT_EQ(store().agent_groups(what, "", 3).value().size(), 2u);
  EXPECT_EQ(store().agent_groups(what, "A/1", 3).value().size(), 1u);
  EXPECT_TRUE(store().agent_groups(what, "it's \\ a\ttest/1", 3).value().empty());
  what.release_suspects = true;
  EXPECT_EQ(store().judged_hits(what).value(), 5u);
  what.link = LinkId{2};
  EXPECT_EQ(store().judged_hits(what).value(), 0u);
  what.link.reset();

  const std::string agents[] = {"it's \\ a\ttest/1"};
  EXPECT_EQ(store().days_of(what, agents).value(), std::vector<std::int64_t>{kDay});
  ASSERT_TRUE(store().order_traffic(what, agents, Traffic::monitor, "it's"));
  settle();
  const auto after = rows();
  ASSERT_EQ(after.size(), 12u);
  for (const auto& [n, row] : after) {
    EXPECT_EQ(to_text(row.traffic), to_text(n == 10 ? Traffic::monitor : clicks[n - 1].traffic));
    EXPECT_EQ(row.reason, n == 10 ? "it's" : "browser");
  }
}

TEST_P(ReclassifyTest, FirstClicksAreThoseOfCountingByHand) {
  std::mt19937 random(7);
  const auto below = [&](unsigned n) { return random() % n; };
  std::vector<Click> clicks;
  for (std::uint64_t n = 1; n <= 600; ++n) {
    const std::uint64_t visitor = below(40);
    clicks.push_back(click(n, kMorning + below(2) * kMillisPerDay + n, 1 + below(4), visitor,
                           "agent/" + std::to_string(visitor % 5)));
    Click& one = clicks.back();
    if (below(5) == 0) one.outcome = Outcome::expired;
    if (below(3) == 0) one.traffic = Traffic::library;
    if (below(3) == 0) one.imported = true;
    // As wrong as can be, where it is anybody's business.
    const bool can_count = one.visitor != 0;
    one.first = can_count && below(2) == 0;
    one.first_ws = can_count && below(2) == 0;
  }
  for (std::size_t i = 0; i < clicks.size(); i += 200)
    insert({clicks.begin() + static_cast<long>(i), clicks.begin() + static_cast<long>(i) + 200});

  const auto recount = [&] {
    for (const std::int64_t day : {kDay, kDay + 1}) {
      ASSERT_TRUE(store().order_first_clicks(workspace_, day).value());
      settle();
      EXPECT_FALSE(store().order_first_clicks(workspace_, day).value()) << "right now";
    }
    expect_first_clicks(rows());
  };
  std::map<std::int64_t, std::uint64_t> hits;
  for (const Click& one : clicks) hits[one.time / kMillisPerDay] += one.visitor != 0 ? 1 : 0;
  EXPECT_EQ(store().visitors_hits(workspace_, kDay - 1, 9).value(), hits);
  recount();
  const std::string people[] = {"agent/1", "agent/2"};
  ASSERT_TRUE(store().order_traffic(everything(), people, Traffic::human, "browser"));
  const std::string robots[] = {"agent/3"};
  ASSERT_TRUE(store().order_traffic(everything(), robots, Traffic::crawler, "robot"));
  settle();
  // The same of both days at once.
  ASSERT_TRUE(store().order_first_clicks(workspace_, kDay, 2).value());
  settle();
  EXPECT_FALSE(store().order_first_clicks(workspace_, kDay, 2).value()) << "right now";
  expect_first_clicks(rows());
  const auto after = rows();
  ASSERT_EQ(after.size(), 600u);
  for (const auto& [n, row] : after)
    if (!row.imported && row.user_agent == "agent/3") {
      EXPECT_EQ(row.traffic, Traffic::crawler);
    }
}

TEST_P(ReclassifyTest, CountsStayExactWhileRowsAreRewritten) {
  std::vector<Click> clicks;
  for (std::uint64_t n = 1; n <= 20'000; ++n)
    clicks.push_back(click(n, kMorning + static_cast<UnixMillis>(n), 1 + n % 50, n, "A/1"));
  insert(clicks);
  const ShardRange range{3, static_cast<std::uint32_t>(workspace_.value), 1, 1, 30'000};
  const std::string agents[] = {"A/1"};
  ASSERT_TRUE(store().order_traffic(everything(), agents, Traffic::crawler, "robot"));
  std::uint64_t stored = 20'000;
  for (int i = 0; i < 10; ++i) {
    const std::uint64_t n = 20'001 + static_cast<std::uint64_t>(i);
    insert({click(n, kMorning + static_cast<UnixMillis>(n), 1, n, "A/1")});
    const TimeRange times{kMorning, kMorning + kMillisPerDay};
    EXPECT_EQ(store()
                  .count(StoreTable::clicks, ClickStore::partition_of(kMorning), times,
                         std::span(&range, 1))
                  .value(),
              ++stored);
  }
  settle();
  StatsQuery query;
  query.workspace = workspace_;
  query.range = {kMorning, kMorning + kMillisPerDay};
  const auto summary = store().summary(query).value();
  EXPECT_EQ(summary.clicks, 10u) << "what came after the order keeps its class";
  EXPECT_EQ(summary.bots, 20'000u);
}

INSTANTIATE_TEST_SUITE_P(, ReclassifyTest, testing::ValuesIn(kTestStores),
                         [](const auto& store) { return std::string(store.param); });

}  // namespace
}  // namespace tally
