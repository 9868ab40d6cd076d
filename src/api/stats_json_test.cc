// SPDX-License-Identifier: Apache-2.0
#include "api/stats_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using testing::HasSubstr;

constexpr Freshness kFresh{1'800'000'000'000, false};
constexpr char kFreshText[] = R"("as_of":"2027-01-15T08:00:00.000Z","incomplete":false})";

TEST(StatsJson, SummaryComparesWithThePeriodBefore) {
  ComparedSummary summary;
  summary.range = {0, 1000};
  summary.now = {15, 10, 8, 3, 2, {{Outcome::expired, 4}}};
  summary.previous_range = TimeRange{0, 500};
  summary.previous = {10, 0, 16, 3, 0, {}};
  summary.now.human_clicks = 4;
  summary.conversions = {3, 19'990'000, 2};
  summary.previous_conversions = {2, 0, 1};
  const std::string json = summary_json(summary, TimeZone::utc(), kFresh);
  EXPECT_EQ(
      json,
      R"({"from":"1970-01-01T00:00:00.000Z","to":"1970-01-01T00:00:01.000Z","tz":"UTC",)"
      R"("currency":null,"clicks":15,"unique_clicks":10,"visitors":8,"bots":3,"conversions":3,)"
      R"("conversion_value":19.99,"converted_clicks":2,"conversion_rate":0.5,)"
      R"("conversion_rate_interval":{"low":0.1500389891521495,"high":0.8499610108478506},)"
      R"("impressions":null,"ctr":null,"ctr_interval":null,)"
      R"("more_clicks_than_impressions":false,"cost":null,"cpc":null,"cpa":null,"other_hits":2,)"
      R"("outcomes":[{"outcome":"expired","clicks":4}],)"
      R"("previous":{"from":"1970-01-01T00:00:00.000Z","to":"1970-01-01T00:00:00.500Z",)"
      R"("clicks":10,"unique_clicks":0,"visitors":16,"bots":3,"conversions":2,)"
      R"("conversion_value":0,"converted_clicks":1,"conversion_rate":null,)"
      R"("conversion_rate_interval":null,"impressions":null,"ctr":null,"ctr_interval":null,)"
      R"("more_clicks_than_impressions":false,"cost":null,"cpc":null,"cpa":null},)"
      R"("change":{"clicks":0.5,"unique_clicks":null,"visitors":-0.5,"bots":0,)"
      R"("impressions":null,"ctr":null,"cost":null,"cpc":null,"conversions":0.5},)" +
          std::string(kFreshText));
}

TEST(StatsJson, SummaryLaysFiguresBesideClicks) {
  ComparedSummary summary;
  summary.currency = "EUR";
  summary.previous_range = TimeRange{0, 500};
  summary.rates = {16, {128, 8 * kMicros}};
  summary.previous_rates = {4, {64, 1 * kMicros}};
  summary.conversions.conversions = 4;
  const std::string json = summary_json(summary, TimeZone::utc(), kFresh);
  EXPECT_THAT(json, HasSubstr(R"("currency":"EUR")"));
  EXPECT_THAT(json, HasSubstr(R"("impressions":128,"ctr":12.5,"ctr_interval":{"low":7.)"));
  EXPECT_THAT(
      json,
      HasSubstr(R"("more_clicks_than_impressions":false,"cost":8,"cpc":0.5,"cpa":2,"other_hits")"));
  EXPECT_THAT(json, HasSubstr(R"("impressions":1,"ctr":1,"cost":7,"cpc":1,"conversions":null})"));
  summary.rates = {20, {10, 10 * kMicros}};
  EXPECT_THAT(summary_json(summary, TimeZone::utc(), kFresh),
              HasSubstr(R"("impressions":10,"ctr":200,"ctr_interval":null,)"
                        R"("more_clicks_than_impressions":true)"));
  summary.rates = {0, {0, 1}};
  EXPECT_THAT(summary_json(summary, TimeZone::utc(), kFresh),
              HasSubstr(R"("impressions":0,"ctr":null,"ctr_interval":null,)"
                        R"("more_clicks_than_impressions":false,"cost":1e-06,"cpc":null)"));
}

TEST(StatsJson, SummaryOfAllTimeHasNoPeriodBefore) {
  ComparedSummary summary;
  summary.now.unique_clicks.reset();
  EXPECT_THAT(summary_json(summary, TimeZone::utc(), kFresh), HasSubstr(R"("unique_clicks":null)"));
  EXPECT_THAT(summary_json(summary, TimeZone::utc(), kFresh),
              HasSubstr(R"("previous":null,"change":null)"));
}

TEST(StatsJson, AFunnelRelatesToTheStepBefore) {
  const FunnelStep steps[] = {{"impression", std::nullopt},
                              {"click", 0},
                              {"landing_view", 4},
                              {"open", std::nullopt},
                              {"conversion", 2}};
  const std::string json = funnel_json(steps, {0, 1000}, TimeZone::utc(), kFresh);
  EXPECT_THAT(json,
              HasSubstr(R"({"step":"impression","count":null,"rate":null,"rate_interval":null})"));
  EXPECT_THAT(json, HasSubstr(R"({"step":"click","count":0,"rate":null,"rate_interval":null})"));
  EXPECT_THAT(json,
              HasSubstr(R"({"step":"landing_view","count":4,"rate":null,"rate_interval":null})"));
  EXPECT_THAT(
      json, HasSubstr(R"({"step":"conversion","count":2,"rate":0.5,"rate_interval":{"low":0.15)"));
}

TEST(StatsJson, TimeseriesWithAndWithoutValues) {
  const SeriesPoint point{1'800'000'000'000, 3, 2, 1};
  const Series plain[] = {{{}, ValueKind::value, {point}}};
  EXPECT_EQ(timeseries_json(plain, {}, Interval::hour, TimeZone::utc(), kFresh),
            R"({"interval":"hour","tz":"UTC","points":[{"t":"2027-01-15T08:00:00+00:00",)"
            R"("clicks":3,"unique_clicks":2,"bots":1}],)" +
                std::string(kFreshText));
  const Series by[] = {{"DE", ValueKind::value, {point}}, {"", ValueKind::rest, {point}}};
  const std::string json =
      timeseries_json(by, Dimension::country, Interval::hour, TimeZone::utc(), kFresh);
  EXPECT_THAT(json, HasSubstr(R"("by":"country")"));
  EXPECT_THAT(json, HasSubstr(R"("value":"DE","kind":"value","clicks":3)"));
  EXPECT_THAT(json, HasSubstr(R"("value":null,"kind":"rest","clicks":3)"));
}

TEST(StatsJson, BreakdownHasSharesAndLabels) {
  const Breakdown breakdown{{{"lnk_1", ValueKind::value, 3, 1}, {"", ValueKind::rest, 1, 0}}, 4, 1};
  EXPECT_EQ(
      breakdown_json(breakdown, Dimension::link, {{"lnk_1", "Sale"}}, kFresh),
      R"({"by":"link","multi_valued":false,"rows":[{"value":"lnk_1","kind":"value",)"
      R"("label":"Sale","clicks":3,"unique_clicks":1,"share":0.75,"conversions":0},)"
      R"({"value":null,"kind":"rest","label":null,"clicks":1,"unique_clicks":0,)"
      R"("share":0.25,"conversions":0}],"total":{"clicks":4,"unique_clicks":1},"coverage":null,)" +
          std::string(kFreshText));
}

TEST(StatsJson, ABreakdownByScreenSaysWhereScreensAreKnownFrom) {
  Breakdown breakdown{{{"Unknown", ValueKind::unknown, 4, 1}}, 4, 1};
  breakdown.coverage = ScreenCoverage{};
  EXPECT_THAT(breakdown_json(breakdown, Dimension::screen, {}, kFresh),
              HasSubstr(R"("coverage":{"known":0,"share":0,"by_source":)"
                        R"({"beacon":0,"user_agent":0,"client_hint":0}})"));
  breakdown.coverage = ScreenCoverage{2, 1, 0};
  EXPECT_THAT(breakdown_json(breakdown, Dimension::screen, {}, kFresh),
              HasSubstr(R"("coverage":{"known":3,"share":0.75,"by_source":)"
                        R"({"beacon":2,"user_agent":1,"client_hint":0}})"));
  breakdown = {};
  breakdown.coverage = ScreenCoverage{};
  EXPECT_THAT(breakdown_json(breakdown, Dimension::screen, {}, kFresh),
              HasSubstr(R"("coverage":{"known":0,"share":null,)"));
}

TEST(StatsJson, AClickShowsNoVisitor) {
  Click click;
  click.key = {1, 2, 3, 4};
  click.time = 1'800'000'000'000;
  click.workspace = WorkspaceId{1};
  click.visitor = 123456789;
  click.dpr = 2.625f;
  click.screen_w = 1080;
  const ClickIdCodec ids({});
  const std::string json = clicks_json({&click, 1}, "next", ids, kFresh);
  EXPECT_THAT(json, HasSubstr("\"click_id\":\"" + ids.encode(click.key) + "\""));
  EXPECT_THAT(json, HasSubstr(R"("link_id":null)"));
  EXPECT_THAT(json, HasSubstr(R"("token":null)"));
  EXPECT_THAT(json, HasSubstr(R"("campaign":"")"));
  EXPECT_THAT(json, HasSubstr(R"("screen_w":1080,"screen_h":null,"dpr":2.625)"));
  EXPECT_THAT(json, HasSubstr(R"("next_cursor":"next")"));
  EXPECT_THAT(json, testing::Not(HasSubstr("visitor")));
  EXPECT_THAT(json, testing::Not(HasSubstr("123456789")));
}

}  // namespace
}  // namespace tally
