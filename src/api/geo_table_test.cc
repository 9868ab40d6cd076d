// SPDX-License-Identifier: Apache-2.0
#include "api/geo_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

constexpr auto kValue = ValueKind::value;
constexpr auto kUnknown = ValueKind::unknown;

Breakdown breakdown(std::vector<BreakdownRow> rows) {
  Breakdown out{std::move(rows), 0, 0};
  for (const BreakdownRow& row : out.rows) {
    out.clicks += row.clicks;
    *out.unique_clicks += row.unique_clicks.value_or(0);
  }
  return out;
}

const Breakdown kNow = breakdown({{"DE", kValue, 600, 500},
                                  {"AT", kValue, 300, 200},
                                  {"Unknown", kUnknown, 150, 100},
                                  {"CH", kValue, 100, 90}});
const Breakdown kBefore = breakdown({{"DE", kValue, 400, 300},
                                     {"FR", kValue, 200, 10},
                                     {"AT", kValue, 100, 10},
                                     {"Unknown", kUnknown, 50, 10}});

std::vector<std::string> values_of(const GeoTable& table) {
  std::vector<std::string> out;
  for (const GeoRow& row : table.rows) out.push_back(row.value);
  return out;
}

void expect_sums(const GeoTable& table) {
  std::uint64_t clicks = 0, unique_clicks = 0, before = 0;
  for (const GeoRow& row : table.rows) {
    clicks += row.clicks;
    unique_clicks += row.unique_clicks.value();
    before += row.previous_clicks.value();
  }
  EXPECT_EQ(clicks, kNow.clicks);
  EXPECT_EQ(unique_clicks, kNow.unique_clicks);
  EXPECT_EQ(before, kBefore.clicks);
  EXPECT_EQ(table.total.clicks, kNow.clicks);
  EXPECT_EQ(table.total.previous_clicks, kBefore.clicks);
}

TEST(GeoTable, RowsAddUpInBothPeriodsWhateverTheLimit) {
  const GeoTable all = geo_table(kNow, kBefore, std::nullopt, 10);
  EXPECT_THAT(values_of(all), ElementsAre("DE", "AT", "CH", "FR", "Unknown"));
  expect_sums(all);
  const GeoTable one = geo_table(kNow, kBefore, std::nullopt, 1);
  EXPECT_THAT(values_of(one), ElementsAre("DE", "Unknown", ""));
  EXPECT_EQ(one.rows.back().kind, ValueKind::rest);
  expect_sums(one);
  EXPECT_EQ(one.concentration.index, all.concentration.index) << "a limit only hides rows";
}

TEST(GeoTable, PlacesThatNobodyCouldTellAreNoMarket) {
  const GeoTable table = geo_table(kNow, std::nullopt, std::nullopt, 10);
  EXPECT_EQ(table.located, 1000u);
  EXPECT_DOUBLE_EQ(table.concentration.index, 0.36 + 0.09 + 0.01);
  EXPECT_DOUBLE_EQ(table.concentration.top_share, 0.6);
  EXPECT_EQ(table.concentration.level, ConcentrationLevel::high);
  EXPECT_THAT(table.strongest, ElementsAre("DE", "AT", "CH"));
  EXPECT_FALSE(table.rows.back().finding);
  EXPECT_EQ(table.rows.front().previous_clicks, std::nullopt);
}

TEST(GeoTable, SaysWhoDoesWorseThanTheRest) {
  const GeoTable table =
      geo_table(kNow, kBefore, ConvertedByValue{{"DE", 120}, {"AT", 6}, {"XX", 9}}, 10);
  EXPECT_EQ(table.rows[0].finding->standing, MarketStanding::strong);
  EXPECT_THAT(table.under_performing, ElementsAre("AT", "CH", "FR")) << "FR is gone";
  const std::string json = geo_json(table, {Dimension::country, {0, 1}, TimeRange{0, 0}, true, {}});
  EXPECT_THAT(json, HasSubstr(R"("value":"DE","kind":"value","clicks":600,"unique_clicks":500,)"
                              R"("previous_clicks":400,"change":0.5,"share":)"));
  EXPECT_THAT(json, HasSubstr(R"("conversion_rate":0.2,"conversion_rate_interval":{"low":)"));
  EXPECT_THAT(json, HasSubstr(R"("standing":"strong","reason":"conversion_rate","p":)"));
  EXPECT_THAT(json,
              HasSubstr(R"("strongest":["DE","AT","CH"],"under_performing":["AT","CH","FR"])"));
}

TEST(GeoTable, OfNothingAndOfBots) {
  const GeoTable none = geo_table(breakdown({}), breakdown({}), std::nullopt, 10);
  EXPECT_THAT(
      geo_json(none, {Dimension::city, {0, 1}, TimeRange{0, 0}, false, {}}),
      HasSubstr(R"("total":{"clicks":0,"unique_clicks":0,"previous_clicks":0,"change":null,)"
                R"("located":0},"concentration":{"index":0,"effective_markets":0,"top_share":0,)"
                R"("level":null},"rows":[],"strongest":[],"under_performing":[])"));
  const Breakdown bots{{{"DE", kValue, 7, std::nullopt}}, 7, std::nullopt};
  EXPECT_THAT(geo_json(geo_table(bots, std::nullopt, std::nullopt, 10), {}),
              HasSubstr(R"("rows":[{"value":"DE","kind":"value","clicks":7,"unique_clicks":null,)"
                        R"("previous_clicks":null,"change":null,"share":1,"market_share":1,)"));
}

}  // namespace
}  // namespace tally
