// SPDX-License-Identifier: Apache-2.0
#include "model/click_filter.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

Click a_click() {
  Click click;
  click.link = LinkId{7};
  click.outcome = Outcome::redirected;
  click.platform = Platform::ios;
  click.device = Device::mobile;
  click.in_app = true;
  click.first = true;
  click.screen_w = 1170;
  click.screen_h = 2532;
  click.dpr = 2.625F;
  click.country = "DE";
  click.referrer_host = "t.co";
  return click;
}

TEST(ClickFilter, SpellsValuesAsBreakdownsDo) {
  struct Row {
    Dimension by;
    const char* value;
  };
  for (const Row& row : {Row{Dimension::link, "lnk_7"}, Row{Dimension::country, "DE"},
                         Row{Dimension::city, "Unknown"}, Row{Dimension::source, ""},
                         Row{Dimension::referrer, "t.co"}, Row{Dimension::platform, "ios"},
                         Row{Dimension::in_app, "true"}, Row{Dimension::imported, "false"},
                         Row{Dimension::screen, "1170x2532"}, Row{Dimension::dpr, "2.625"},
                         Row{Dimension::screen_source, "none"}, Row{Dimension::traffic, "human"},
                         Row{Dimension::outcome, "redirected"}, Row{Dimension::variant, ""}})
    EXPECT_EQ(dimension_value(row.by, a_click()), row.value) << to_text(row.by);
  EXPECT_EQ(dimension_value(Dimension::screen, Click()), "Unknown");
  EXPECT_EQ(dimension_value(Dimension::dpr, Click()), "Unknown");
}

TEST(ClickFilter, HasAValueForEveryDimension) {
  for (std::size_t i = 0; i < kDimensionNames.size(); ++i)
    dimension_value(static_cast<Dimension>(i), a_click());
}

TEST(ClickFilter, KeepsClicksThatMeetAllFilters) {
  struct Row {
    std::vector<Filter> filters;
    bool passes;
  };
  using D = Dimension;
  for (const Row& row : {Row{{}, true}, Row{{{D::country, false, {"AT", "DE"}}}, true},
                         Row{{{D::country, true, {"AT", "DE"}}}, false},
                         Row{{{D::country, false, {}}}, false}, Row{{{D::country, true, {}}}, true},
                         Row{{{D::city, false, {"Unknown"}}, {D::link, false, {"lnk_7"}}}, true},
                         Row{{{D::city, false, {"Unknown"}}, {D::link, true, {"lnk_7"}}}, false}}) {
    const auto filter = ClickFilter::make(row.filters);
    ASSERT_TRUE(filter);
    EXPECT_EQ(filter->passes(a_click()), row.passes);
  }
}

TEST(ClickFilter, RefusesWhatCannotBeAValue) {
  for (const Filter& filter :
       {Filter{Dimension::link, false, {"7"}}, Filter{Dimension::first, false, {"yes"}}}) {
    const auto made = ClickFilter::make(std::span(&filter, 1));
    ASSERT_FALSE(made);
    EXPECT_EQ(made.error().field, to_text(filter.by));
    EXPECT_EQ(made.error().slug, "bad_value");
  }
}

TEST(ClickFilter, KnowsTheTrafficAskedFor) {
  struct Row {
    TrafficFilter asked;
    bool human, crawler, head;
  };
  for (const Row& row :
       {Row{TrafficFilter::human, true, false, false}, Row{TrafficFilter::bot, false, true, false},
        Row{TrafficFilter::all, true, true, false}}) {
    EXPECT_EQ(is_asked(row.asked, Traffic::human), row.human);
    EXPECT_EQ(is_asked(row.asked, Traffic::crawler), row.crawler);
    EXPECT_EQ(is_asked(row.asked, Traffic::head), row.head);
  }
}

}  // namespace
}  // namespace tally
