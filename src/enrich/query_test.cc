// SPDX-License-Identifier: Apache-2.0
#include "enrich/query.h"

#include <gtest/gtest.h>

#include "base/text.h"

namespace tally {
namespace {

TEST(Query, ReadsTags) {
  const auto tags = read_query(
      "utm_source=IG&utm_medium=paid+social&utm_campaign=Summer%20Sale&utm_content=a%26b&utm_term=x"
      "&source=s&ref=r&src=private&other=1");
  EXPECT_EQ(tags.source, "IG");
  EXPECT_EQ(tags.medium, "paid social");
  EXPECT_EQ(tags.campaign, "Summer Sale");
  EXPECT_EQ(tags.content, "a&b");
  EXPECT_EQ(tags.term, "x");
  EXPECT_EQ(tags.plain_source, "s");
  EXPECT_EQ(tags.ref, "r");
  EXPECT_EQ(tags.src, "private");
  EXPECT_EQ(tags.ad_click.kind, "");
}

TEST(Query, TakesTheFirstValueThatIsThere) {
  const struct {
    std::string_view query, campaign;
  } rows[] = {
      {"", ""},
      {"utm_campaign", ""},
      {"utm_campaign=", ""},
      {"utm_campaign=&utm_campaign=b", "b"},
      {"utm_campaign=a&utm_campaign=b", "a"},
      {"UTM_Campaign=a", "a"},
      {"xutm_campaign=a", ""},
      {"&&&utm_campaign=a&&", "a"},
      {"=x&utm_campaign=a=b", "a=b"},
      {"utm_campaign=%zz", "%zz"},
      {"utm_campaign=%", "%"},
      {"utm_campaign=%20a%20", "a"},
      {"utm_campaign=%C3%BCber", "über"},
      {"utm_campaign=%FF%FE", "??"},
      {"utm_campaign=a%00b%0Ac", "a b c"},
  };
  for (const auto& row : rows) EXPECT_EQ(read_query(row.query).campaign, row.campaign) << row.query;
}

TEST(Query, KnowsPaidClicksByTheirKind) {
  const struct {
    std::string_view query, kind;
    SiteClass network;
    bool display;
  } rows[] = {
      {"gclid=abc", "gclid", SiteClass::search, false},
      {"a=1&MSCLKID=abc", "msclkid", SiteClass::search, false},
      {"ttclid=abc", "ttclid", SiteClass::social, false},
      {"ScCid=abc", "sccid", SiteClass::social, false},
      {"dclid=abc", "dclid", SiteClass::none, true},
      {"gclid=", "", SiteClass::none, false},
      {"fbclid=abc", "", SiteClass::none, false},
      {"gclid=a&ttclid=b", "gclid", SiteClass::search, false},
  };
  for (const auto& row : rows) {
    const auto ad = read_query(row.query).ad_click;
    EXPECT_EQ(ad.kind, row.kind) << row.query;
    EXPECT_EQ(ad.network, row.network) << row.query;
    EXPECT_EQ(ad.display, row.display) << row.query;
  }
}

TEST(Query, IsBounded) {
  std::string many;
  for (int i = 0; i < 100'000; ++i) many += "a=b&";
  EXPECT_EQ(read_query(many + "src=x").src, "");
  const auto tags = read_query("utm_term=" + std::string(10'000, 'x'));
  EXPECT_EQ(tags.term.size(), 255u);
}

}  // namespace
}  // namespace tally
