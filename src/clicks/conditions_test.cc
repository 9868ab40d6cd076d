// SPDX-License-Identifier: Apache-2.0
#include "clicks/conditions.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

StatsQuery query_with(Filter filter) {
  StatsQuery query;
  query.workspace = WorkspaceId{3};
  query.range = {10, 20};
  query.filters.push_back(std::move(filter));
  return query;
}

TEST(ConditionsTest, FiltersBecomeConditions) {
  const struct {
    Filter filter;
    const char* condition;
  } rows[] = {
      {{Dimension::source, false, {"a", "b'"}}, "(source IN ('a','b\\''))"},
      {{Dimension::source, true, {""}}, "NOT (source IN (''))"},
      {{Dimension::referrer, false, {"t.co"}}, "(referrer_host IN ('t.co'))"},
      {{Dimension::country, false, {"DE"}}, "(country IN ('DE'))"},
      {{Dimension::country, false, {"Unknown"}}, "(country IN ('Unknown',''))"},
      {{Dimension::source, false, {"Unknown"}}, "(source IN ('Unknown'))"},
      {{Dimension::link, false, {"lnk_7", "lnk_8"}}, "(link_id IN (7,8))"},
      {{Dimension::first, true, {"true"}}, "NOT (if(first = 1, 'true', 'false') IN ('true'))"},
      {{Dimension::link, false, {}}, "0"},
      {{Dimension::link, true, {}}, "1"},
  };
  for (const auto& row : rows)
    EXPECT_EQ(where_sql(query_with(row.filter)).value(),
              std::string("workspace_id = 3 AND time >= 10 AND time < 20 AND ") + row.condition);
}

TEST(ConditionsTest, OnlyQuestionsAboutScreensJoinViews) {
  const StatsQuery plain = query_with({Dimension::country, false, {"DE"}});
  EXPECT_EQ(rows_sql(plain).value(), "tallymark.clicks");
  EXPECT_EQ(rows_sql(plain, Dimension::device).value(), "tallymark.clicks");
  for (const Dimension by : {Dimension::screen, Dimension::screen_source, Dimension::dpr}) {
    EXPECT_TRUE(rows_sql(plain, by)->contains(" JOIN ")) << to_text(by);
    EXPECT_TRUE(rows_sql(query_with({by, true, {"Unknown"}}))->contains(" JOIN ")) << to_text(by);
  }
  StatsQuery one_link = query_with({Dimension::link, false, {"lnk_7"}});
  EXPECT_TRUE(rows_sql(one_link, Dimension::screen)
                  ->contains("FROM tallymark.landing_views WHERE workspace_id = 3 AND time >= 10 "
                             "AND time < 20 AND (link_id IN (7)))"));
}

TEST(ConditionsTest, RefusesValuesThatCannotBe) {
  for (const Filter& filter :
       {Filter{Dimension::link, false, {"7"}}, Filter{Dimension::link, false, {"lnk_7", "lnk_0"}},
        Filter{Dimension::in_app, false, {"1"}}, Filter{Dimension::imported, true, {"yes"}}}) {
    const auto where = where_sql(query_with(filter));
    ASSERT_FALSE(where);
    EXPECT_EQ(where.error().code, ErrorCode::invalid);
    EXPECT_EQ(where.error().field, to_text(filter.by));
  }
  EXPECT_FALSE(where_sql(query_with({Dimension::tag, false, {"x"}})));
}

TEST(ConditionsTest, EveryDimensionButTagHasAValue) {
  for (std::size_t i = 0; i < kDimensionNames.size(); ++i) {
    const auto by = static_cast<Dimension>(i);
    EXPECT_EQ(dimension_sql(by).has_value(), by != Dimension::tag) << kDimensionNames[i];
  }
}

TEST(ConditionsTest, OnlyFactsCanBeUnknown) {
  EXPECT_EQ(value_kind(Dimension::city, "Unknown"), ValueKind::unknown);
  EXPECT_EQ(value_kind(Dimension::screen, "Unknown"), ValueKind::unknown);
  EXPECT_EQ(value_kind(Dimension::city, "Berlin"), ValueKind::value);
  EXPECT_EQ(value_kind(Dimension::campaign, "Unknown"), ValueKind::value);
  EXPECT_EQ(value_kind(Dimension::referrer, ""), ValueKind::value);
  EXPECT_EQ(spell_value(Dimension::link, "7"), "lnk_7");
  EXPECT_EQ(spell_value(Dimension::term, "7"), "7");
}

TEST(ConditionsTest, TrafficFollowsTheModel) {
  EXPECT_EQ(headline_sql(), "outcome IN ('redirected','landing')");
  EXPECT_EQ(asked_sql(TrafficFilter::human), "traffic = 'human'");
  EXPECT_EQ(asked_sql(TrafficFilter::bot), bot_sql());
  for (const std::string_view name : kTrafficNames) {
    const Traffic traffic = *parse_kind<Traffic>(kTrafficNames, name);
    const std::string quoted = "'" + std::string(name) + "'";
    EXPECT_EQ(bot_sql().contains(quoted), is_bot(traffic)) << name;
    EXPECT_EQ(asked_sql(TrafficFilter::all).contains(quoted), !is_other_hit(traffic)) << name;
  }
}

}  // namespace
}  // namespace tally
