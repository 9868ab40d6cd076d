// SPDX-License-Identifier: Apache-2.0
#include "api/channel_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace tally {
namespace {

using std::chrono::days;
using testing::HasSubstr;

constexpr auto kImpressions = FigureKind::impressions;
constexpr auto kCosts = FigureKind::costs;

const Breakdown kClicks{
    {{"email", ValueKind::value, 30, 20}, {"direct", ValueKind::value, 10, 10}}, 40, 30};

std::string json_of(const Breakdown& clicks, const std::optional<std::vector<LinkFigure>>& figures,
                    const ChannelConversions& conversions = {}) {
  return channels_json(channel_table(clicks, kClicks, figures, conversions),
                       {{0, 1000}, "UTC", "EUR", {}});
}

TEST(ChannelTable, LaysFiguresBesideClicks) {
  const std::vector<LinkFigure> figures = {{kImpressions, "email", 0, 600},
                                           {kImpressions, "email", 1, 400},
                                           {kCosts, "email", 0, 15 * kMicros},
                                           {kImpressions, "", 0, 50},
                                           {kCosts, "sms", 0, 2 * kMicros}};
  const ChannelTable table = channel_table(kClicks, kClicks, figures, {});
  ASSERT_EQ(table.rows.size(), 4u);
  EXPECT_EQ(table.rows[0].rates.figures, (Figures{1000, 15 * kMicros}));
  EXPECT_EQ(table.rows[1].rates.figures, Figures());
  EXPECT_EQ(table.rows[2].channel, "");
  EXPECT_EQ(table.rows[3].channel, "sms");
  EXPECT_EQ(table.rows[3].unique_clicks, 0u);

  const std::string json = json_of(kClicks, figures);
  EXPECT_THAT(json, HasSubstr(R"("channel":"email","kind":"value","clicks":30,"unique_clicks":20,)"
                              R"("share":0.75,"impressions":1000,"ctr":3,"ctr_interval":{"low":)"));
  EXPECT_THAT(json, HasSubstr(R"("cost":15,"cpc":0.5,"conversions":0,"cpa":null,)"
                              R"("cpa_range":{"low":)"));
  EXPECT_THAT(json, HasSubstr(R"("benchmarks":[{"placement":"dedicated link",)"
                              R"("ctr":{"low":2,"high":5},"standing":"within"}]})"));
  EXPECT_THAT(json, HasSubstr(R"("channel":"direct","kind":"value","clicks":10,)"
                              R"("unique_clicks":10,"share":0.25,"impressions":null,"ctr":null,)"
                              R"("ctr_interval":null,"more_clicks_than_impressions":false,)"
                              R"("cost":null,"cpc":null)"));
  EXPECT_THAT(json, HasSubstr(R"("total":{"clicks":40,"unique_clicks":30,"conversions":0})"));
  EXPECT_THAT(json, HasSubstr(R"("shift":null,"shift_reason":"too_few_conversions")"));
}

TEST(ChannelTable, ImpressionsOfLinksWithoutAChannelHaveNoRate) {
  const std::string json = json_of(kClicks, {{{kImpressions, "", 0, 50}}});
  EXPECT_THAT(json, HasSubstr(R"("channel":"","kind":"value","clicks":0,"unique_clicks":0,)"
                              R"("share":0,"impressions":50,"ctr":null)"));
}

TEST(ChannelTable, RatesAreOfPeopleWhateverTrafficWasAskedFor) {
  const Breakdown bots{{{"email", ValueKind::value, 7, std::nullopt}}, 7, std::nullopt};
  const std::string json =
      json_of(bots, {{{kImpressions, "email", 0, 20}, {kImpressions, "sms", 0, 5}}});
  EXPECT_THAT(json, HasSubstr(R"("clicks":7,"unique_clicks":null,"share":1,"impressions":20,)"
                              R"("ctr":150,"ctr_interval":null,)"
                              R"("more_clicks_than_impressions":true)"));
  EXPECT_THAT(json, HasSubstr(R"("channel":"sms","kind":"value","clicks":0,"unique_clicks":null)"));
}

TEST(ChannelTable, SaysWhyThereIsNoAdvice) {
  struct Row {
    std::optional<std::vector<LinkFigure>> figures;
    const char* reason;
  };
  const Row rows[] = {
      {std::nullopt, "no_figures"},
      {{{}}, "one_channel"},
      {{{{kCosts, "email", 3, kMicros}}}, "one_channel"},
      {{{{kCosts, "email", 3, kMicros}, {kCosts, "sms", 9, kMicros}}}, "too_few_conversions"},
  };
  for (const Row& row : rows)
    EXPECT_THAT(json_of(kClicks, row.figures),
                HasSubstr(R"("shift":null,"shift_reason":")" + std::string(row.reason) + "\""));
}

TEST(ChannelTable, AdviceNamesBothChannelsAndWhatAConversionCosts) {
  ChannelTable table = channel_table(kClicks, kClicks, std::nullopt, {});
  const std::vector<std::vector<ChannelPeriod>> periods = {{{10'000, 100, 10}}, {{100, 100, 100}}};
  table.shift = BudgetShift{advise_budget(periods), {"display", "email"}};
  ASSERT_EQ(table.shift->advice.verdict, BudgetVerdict::shift);
  const std::string json = channels_json(table, {{0, 1000}, "UTC", "EUR", {}});
  EXPECT_THAT(json, HasSubstr(R"("shift":{"from":"display","to":"email","by":"average",)"
                              R"("from_cost":{"low":)"));
  EXPECT_THAT(json, HasSubstr(R"("shift_reason":null)"));
}

TEST(ChannelTable, ConversionsAreOfTheClicksChannelWithOrWithoutClicksInTheRange) {
  const std::string json = json_of(kClicks, {{{kCosts, "email", 0, 15 * kMicros}}},
                                   {{"email", {2, 1}}, {"sms", {0, 4}}});
  EXPECT_THAT(json,
              HasSubstr(R"("cost":15,"cpc":0.5,"conversions":3,"cpa":5,"cpa_range":{"low":)"));
  EXPECT_THAT(json, HasSubstr(R"("channel":"sms","kind":"value","clicks":0,"unique_clicks":0,)"));
  EXPECT_THAT(json, HasSubstr(R"("cost":null,"cpc":null,"conversions":4,"cpa":null,)"
                              R"("cpa_range":null,"marginal_cpa":null,"marginal_cpa_range":null)"));
  EXPECT_THAT(json, HasSubstr(R"("total":{"clicks":40,"unique_clicks":30,"conversions":7})"));
}

TEST(ChannelTable, MoneyMovesToWhereConversionsAreCheaperIfThatIsNotChance) {
  const auto figures = [](std::int64_t email, std::int64_t display) {
    return std::vector<LinkFigure>{{kCosts, "email", 1, email * kMicros},
                                   {kCosts, "display", 1, display * kMicros},
                                   {kCosts, "", 1, 1'000'000 * kMicros}};
  };
  const auto shift = [&](const std::vector<LinkFigure>& entered, std::uint64_t email,
                         std::uint64_t display) {
    const auto table = channel_table(kClicks, kClicks, entered,
                                     {{"email", {9, email}}, {"display", {9, display, 9}}});
    return *table.shift;
  };
  const BudgetShift clear = shift(figures(100, 1000), 100, 10);
  ASSERT_EQ(clear.advice.verdict, BudgetVerdict::shift);
  EXPECT_EQ(clear.channels.at(clear.advice.from), "display");
  EXPECT_EQ(clear.channels.at(clear.advice.to), "email");
  EXPECT_EQ(clear.advice.channels.at(clear.advice.to).conversions, 100u) << "of the paid period";
  EXPECT_EQ(shift(figures(100, 200), 10, 10).advice.verdict, BudgetVerdict::ranges_overlap);
  EXPECT_EQ(shift(figures(1, 1000), 9, 9).advice.verdict, BudgetVerdict::too_few_conversions);
  EXPECT_EQ(shift(figures(100, 0), 100, 10).advice.verdict, BudgetVerdict::one_channel);
}

TEST(ChannelTable, MoneyIsComparedByDaysOrWeeks) {
  EXPECT_EQ(comparison_period(days(1)), days(1));
  EXPECT_EQ(comparison_period(days(28)), days(1));
  EXPECT_EQ(comparison_period(days(29)), days(7));
}

}  // namespace
}  // namespace tally
