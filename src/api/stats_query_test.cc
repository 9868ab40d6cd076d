// SPDX-License-Identifier: Apache-2.0
#include "api/stats_query.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr StatsAccepts kAll{true, true, false, true, 10, 100};
constexpr UnixMillis kNow = 1'811'853'000'000;  // 2027-06-01T12:30:00Z

Result<StatsQuestion> read(std::string_view query, const StatsAccepts& accepts = kAll) {
  return read_stats_question(parse_query_string(query).value(), accepts);
}

TEST(StatsQuery, Defaults) {
  const StatsQuestion question = read("").value();
  EXPECT_EQ(question.range, "30d");
  EXPECT_EQ(question.zone.name(), "UTC");
  EXPECT_EQ(question.traffic, TrafficFilter::human);
  EXPECT_EQ(question.limit, 10u);
  EXPECT_FALSE(question.interval);
  EXPECT_TRUE(question.filters.empty());
}

TEST(StatsQuery, ReadsEverything) {
  const StatsQuestion question =
      read(
          "range=7d&tz=Europe/Berlin&traffic=all&interval=15m&by=country&limit=5&cursor=x"
          "&country=!DE,AT&link=lnk_7&first=true")
          .value();
  EXPECT_EQ(question.range, "7d");
  EXPECT_EQ(question.zone.name(), "Europe/Berlin");
  EXPECT_EQ(question.traffic, TrafficFilter::all);
  EXPECT_EQ(question.interval, Interval::quarter_hour);
  EXPECT_EQ(question.by, Dimension::country);
  EXPECT_EQ(question.limit, 5u);
  EXPECT_EQ(question.cursor, "x");
  ASSERT_EQ(question.filters.size(), 3u);
  EXPECT_EQ(question.filters[0].by, Dimension::country);
  EXPECT_TRUE(question.filters[0].none_of);
  EXPECT_EQ(question.filters[0].values, (std::vector<std::string>{"DE", "AT"}));
}

TEST(StatsQuery, FilterText) {
  struct Row {
    const char* text;
    bool none_of;
    std::vector<std::string> values;
  };
  const Row rows[] = {
      {"", false, {""}},           {"!", true, {""}},
      {"a", false, {"a"}},         {"a,b", false, {"a", "b"}},
      {"a,", false, {"a", ""}},    {"!a,!b", true, {"a", "!b"}},
      {"\\!a", false, {"!a"}},     {"Washington\\, D.C.", false, {"Washington, D.C."}},
      {"a\\\\b", false, {"a\\b"}},
  };
  for (const Row& row : rows) {
    const auto filter = read_filter(Dimension::city, row.text);
    ASSERT_TRUE(filter) << row.text;
    EXPECT_EQ(filter->none_of, row.none_of) << row.text;
    EXPECT_EQ(filter->values, row.values) << row.text;
  }
  EXPECT_FALSE(read_filter(Dimension::city, "a\\"));
}

TEST(StatsQuery, EveryDimensionIsAFilterButTraffic) {
  for (const std::string_view name : kDimensionNames) {
    const auto by = parse_dimension(name);
    ASSERT_TRUE(by) << name;
    EXPECT_EQ(to_text(*by), name);
  }
  EXPECT_EQ(read("traffic=crawler").error().slug, "bad_value");
}

TEST(StatsQuery, ValuesAreThoseOfTheDimensionInTheOrderAsked) {
  constexpr StatsAccepts kCompares{.by = true, .values = true};
  const auto values = [&](std::string_view query) { return read(query, kCompares)->values; };
  using Values = std::vector<std::string>;
  EXPECT_EQ(values("values=lnk_9,lnk_2"), (Values{"lnk_9", "lnk_2"}));
  EXPECT_EQ(values("values=b,a%5C,c,&by=source"), (Values{"b", "a,c", ""}));
  struct Row {
    const char* query;
    const char* slug;
  };
  for (const Row& row :
       {Row{"", "required"}, Row{"values=lnk_1", "bad_value"}, Row{"values=lnk_1,2", "bad_value"},
        Row{"values=!lnk_1,lnk_2", "bad_value"}, Row{"values=a,a&by=source", "bad_value"},
        Row{"values=1,2,3,4,5,6,7,8,9,10,11&by=source", "bad_value"},
        Row{"values=DE,de&by=country", "bad_value"}}) {
    const auto refused = read(row.query, kCompares);
    ASSERT_FALSE(refused) << row.query;
    EXPECT_EQ(refused.error().slug, row.slug) << row.query;
    EXPECT_EQ(refused.error().field, "values") << row.query;
  }
}

TEST(StatsQuery, RefusesByName) {
  struct Row {
    const char* query;
    const char* slug;
    const char* field;
  };
  const Row rows[] = {
      {"contry=DE", "unknown_parameter", "contry"},
      {"Country=DE", "unknown_parameter", "Country"},
      {"range=31d", "bad_value", "range"},
      {"range=", "bad_value", "range"},
      {"tz=Mars/Olympus", "bad_value", "tz"},
      {"tz=../etc/passwd", "bad_value", "tz"},
      {"tz=", "bad_value", "tz"},
      {"traffic=robots", "bad_value", "traffic"},
      {"interval=2h", "bad_value", "interval"},
      {"by=colour", "bad_value", "by"},
      {"limit=0", "bad_value", "limit"},
      {"limit=101", "bad_value", "limit"},
      {"limit=ten", "bad_value", "limit"},
      {"limit=-1", "bad_value", "limit"},
      {"from=2027-01-01", "required", "to"},
      {"to=2027-01-01", "required", "from"},
      {"from=2027-01-01&to=2027-01-02&range=7d", "bad_range", "range"},
      {"link=7", "bad_value", "link"},
      {"link=lnk_0", "bad_value", "link"},
      {"link=", "bad_value", "link"},
      {"country=de", "bad_value", "country"},
      {"country=Germany", "bad_value", "country"},
      {"screen=big", "bad_value", "screen"},
      {"dpr=x", "bad_value", "dpr"},
      {"platform=linux", "bad_value", "platform"},
      {"device=phone", "bad_value", "device"},
      {"outcome=ok", "bad_value", "outcome"},
      {"trigger=click", "bad_value", "trigger"},
      {"in_app=1", "bad_value", "in_app"},
      {"first=yes", "bad_value", "first"},
  };
  for (const Row& row : rows) {
    const auto question = read(row.query);
    ASSERT_FALSE(question) << row.query;
    EXPECT_EQ(question.error().code, ErrorCode::malformed) << row.query;
    EXPECT_EQ(question.error().slug, row.slug) << row.query;
    EXPECT_EQ(question.error().field, row.field) << row.query;
  }
}

TEST(StatsQuery, QuestionsTakeOnlyTheirParameters) {
  for (const char* query : {"interval=day", "by=country", "limit=5", "cursor=x"})
    EXPECT_EQ(read(query, {}).error().slug, "unknown_parameter") << query;
  constexpr StatsAccepts kClocked{.clock = true};
  EXPECT_FALSE(read("", kClocked)->visitor_clock);
  EXPECT_FALSE(read("clock=viewer", kClocked)->visitor_clock);
  EXPECT_TRUE(read("clock=visitor", kClocked)->visitor_clock);
  EXPECT_EQ(read("clock=their", kClocked).error().slug, "bad_value");
  EXPECT_EQ(read("clock=their", kClocked).error().field, "clock");
  EXPECT_EQ(read("clock=visitor").error().slug, "unknown_parameter");
  const StatsAccepts needs_by{false, true, true, false, 10, 100};
  EXPECT_EQ(read("", needs_by).error().slug, "required");
}

TEST(StatsQuery, ResolvesRanges) {
  struct Row {
    const char* query;
    const char* from;
    const char* to;
    const char* previous_from;  // "" for none
  };
  const Row rows[] = {
      {"range=24h", "2027-05-31T12:30:00.000Z", "2027-06-01T12:30:00.000Z",
       "2027-05-30T12:30:00.000Z"},
      {"range=7d", "2027-05-26T00:00:00.000Z", "2027-06-01T12:30:00.000Z",
       "2027-05-19T00:00:00.000Z"},
      {"range=all", "1970-01-01T00:00:00.005Z", "2027-06-01T12:30:00.000Z", ""},
      {"from=2027-01-01&to=2027-01-08", "2027-01-01T00:00:00.000Z", "2027-01-08T00:00:00.000Z",
       "2026-12-25T00:00:00.000Z"},
      {"from=2027-01-01&to=2027-01-02&tz=Asia/Kathmandu", "2026-12-31T18:15:00.000Z",
       "2027-01-01T18:15:00.000Z", "2026-12-30T18:15:00.000Z"},
      {"from=2027-01-01T10:00:00Z&to=2027-01-01T11:00:00%2B00:00", "2027-01-01T10:00:00.000Z",
       "2027-01-01T11:00:00.000Z", "2027-01-01T09:00:00.000Z"},
  };
  for (const Row& row : rows) {
    const auto range = resolve_range(read(row.query).value(), kNow, 5);
    ASSERT_TRUE(range) << row.query << " " << range.error().line();
    EXPECT_EQ(format_utc(range->current.from), row.from) << row.query;
    EXPECT_EQ(format_utc(range->current.to), row.to) << row.query;
    EXPECT_EQ(range->previous ? format_utc(range->previous->from) : "", row.previous_from)
        << row.query;
  }
}

TEST(StatsQuery, RefusesRangesThatAreNone) {
  for (const char* query : {"from=2027-01-02&to=2027-01-01", "from=2027-01-01&to=2027-01-01",
                            "from=yesterday&to=2027-01-01", "from=2027-01-01&to=2027-13-01"}) {
    const auto range = resolve_range(read(query).value(), kNow, 5);
    ASSERT_FALSE(range) << query;
    EXPECT_EQ(range.error().code, ErrorCode::malformed);
    EXPECT_FALSE(range.error().field.empty());
  }
}

}  // namespace
}  // namespace tally
