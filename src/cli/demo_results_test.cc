// SPDX-License-Identifier: Apache-2.0
#include "cli/demo_results.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <string>

#include "cli/demo_shop.h"
#include "links/sqlite/sqlite_stores.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

constexpr UnixMillis kNow = 1'790'000'123'456;  // 2026-09-21T13:35:23Z
constexpr std::uint64_t kClicks = 4'000;

class DemoResultsTest : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(fs::create_directory(folder_));
    auto opened = LinksDatabase::open(folder_ / "links.db", then_);
    ASSERT_TRUE(opened) << opened.error().line();
    stores_.emplace(std::move(*opened), then_, random_, ClickIdCodec::Key{});
    const auto workspace = stores_->accounts.default_workspace();
    ASSERT_TRUE(workspace);
    workspace_ = *workspace;
    for (Link& link : demo_links(kNow)) {
      link.workspace = workspace_.id;
      const auto made = stores_->links.create(link, {});
      ASSERT_TRUE(made) << made.error().line();
      links_.push_back(*made);
    }
  }
  void TearDown() override {
    stores_.reset();
    fs::remove_all(folder_);
  }

  const Link& link(std::string_view token) const {
    return *std::ranges::find(links_, token, &Link::token);
  }
  // Clicks of the newsletter, each of another visitor, evenly on both variants, over ten days.
  std::vector<Click> clicks() const {
    std::vector<Click> out(kClicks);
    for (std::uint64_t i = 0; i < kClicks; ++i) {
      Click& click = out[i];
      click.key = {1, 1, 65535, i};
      click.workspace = workspace_.id;
      click.link = link("newsletter").id;
      click.outcome = Outcome::redirected;
      click.first = true;
      click.variant = i % 2 == 0 ? kStoryVariant : kOfferVariant;
      click.time = kNow - 11 * kMillisPerDay +
                   static_cast<UnixMillis>(i) * 10 * kMillisPerDay / UnixMillis{kClicks};
    }
    return out;
  }
  Result<void> store(DemoResults& results) {
    return results.store(
        {stores_->accounts, stores_->figures, stores_->conversions, stores_->experiments, then_},
        workspace_, kNow);
  }
  std::uint64_t orders() {
    const auto counts = stores_->conversions.counts(workspace_.id);
    return counts ? (*counts)[0] : 0;
  }

  const fs::path folder_ =
      fs::temp_directory_path() / ("demo_results_" + std::to_string(::getpid()));
  ManualClock then_{kNow - 365 * kMillisPerDay};
  SeededRandom random_{7};
  std::optional<SqliteStores> stores_;
  Workspace workspace_;
  std::vector<Link> links_;
};

TEST_F(DemoResultsTest, SomeVisitorsOrderAndTheOfferSellsBetter) {
  DemoResults results(links_, 1);
  for (const Click& click : clicks()) results.observe(click);
  const auto stored = store(results);
  ASSERT_TRUE(stored) << stored.error().line();
  EXPECT_GT(orders(), kClicks * 20 / 1000);
  EXPECT_LT(orders(), kClicks * 40 / 1000);
  ConversionListing listing;
  listing.workspace = workspace_.id;
  listing.limit = 200;
  const auto page = stores_->conversions.list(listing);
  ASSERT_TRUE(page);
  const auto of_offer = std::ranges::count_if(
      page->conversions, [](const Conversion& one) { return one.click.n % 2 == 1; });
  EXPECT_GT(2 * static_cast<std::size_t>(of_offer), page->conversions.size());
  for (const Conversion& one : page->conversions) {
    EXPECT_GT(*one.value_micros, 0);
    EXPECT_EQ(one.currency, "EUR");
    EXPECT_LT(one.time, kNow);
  }
}

TEST_F(DemoResultsTest, DaysHaveImpressionsAndCosts) {
  DemoResults results(links_, 1);
  for (const Click& click : clicks()) results.observe(click);
  ASSERT_TRUE(store(results));
  for (const FigureKind kind : {FigureKind::impressions, FigureKind::costs}) {
    const auto figures = stores_->figures.list({.workspace = workspace_.id, .kind = kind});
    ASSERT_TRUE(figures);
    EXPECT_EQ(figures->size(), 11u);
    for (const Figure& figure : *figures) EXPECT_GT(figure.value, 400) << format_day(figure.day);
  }
}

TEST_F(DemoResultsTest, TheNewsletterIsAnExperiment) {
  DemoResults results(links_, 1);
  ASSERT_TRUE(store(results));
  const auto experiments = stores_->experiments.list({.workspace = workspace_.id});
  ASSERT_TRUE(experiments);
  ASSERT_EQ(experiments->size(), 1u);
  EXPECT_EQ(experiments->front().arms.size(), 2u);
  EXPECT_EQ(experiments->front().created_at, link("newsletter").created_at);
}

TEST_F(DemoResultsTest, OnlyPeopleWhoWereRedirectedCount) {
  DemoResults results(links_, 1);
  for (Click click : clicks()) {
    if (click.key.n % 3 == 0)
      click.traffic = Traffic::crawler;
    else if (click.key.n % 3 == 1)
      click.outcome = Outcome::expired;
    else
      click.link = LinkId{1'000'000};
    results.observe(click);
  }
  ASSERT_TRUE(store(results));
  EXPECT_EQ(orders(), 0u);
}

}  // namespace
}  // namespace tally
