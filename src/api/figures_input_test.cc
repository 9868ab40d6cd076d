// SPDX-License-Identifier: Apache-2.0
#include "api/figures_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "model/money.h"

namespace tally {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr auto kImpressions = FigureKind::impressions;
constexpr auto kCosts = FigureKind::costs;

// "lnk_7 2026-03-01 5", with the name of a link as domain|prefix|token.
std::string text_of(const FigureInput& figure) {
  std::string link;
  if (const auto* const name = std::get_if<NamedLink>(&figure.link)) {
    link = name->domain + "|" + name->prefix + "|" + name->token;
  } else {
    link = std::get<LinkId>(figure.link).text();
  }
  const std::string out = link + " " + format_day(figure.day) + " " + std::to_string(figure.value);
  return figure.currency.empty() ? out : out + " " + figure.currency;
}

std::vector<std::string> texts_of(const FigureBatch& batch) {
  std::vector<std::string> out;
  for (const FigureInput& figure : batch.figures) out.push_back(text_of(figure));
  return out;
}

TEST(FiguresInput, ReadsJson) {
  EXPECT_THAT(texts_of(read_figures_json(R"({"entries":[
        {"link_id":"lnk_7","day":"2026-03-01","impressions":0},
        {"link_id":"lnk_8","day":"2026-03-02","impressions":1200}]})",
                                         kImpressions)
                           .value()),
              ElementsAre("lnk_7 2026-03-01 0", "lnk_8 2026-03-02 1200"));
  EXPECT_THAT(texts_of(read_figures_json(R"({"entries":[
        {"link_id":"lnk_7","day":"2026-03-01","amount":"12.50"},
        {"link_id":"lnk_7","day":"2026-03-02","amount":12.34,"currency":"EUR"},
        {"link_id":"lnk_7","day":"2026-03-03","amount":3},
        {"link_id":"lnk_7","day":"2026-03-04","amount":0.000001},
        {"link_id":"lnk_7","day":"2026-03-05","amount":123456789.01,"currency":null}]})",
                                         kCosts)
                           .value()),
              ElementsAre("lnk_7 2026-03-01 12500000", "lnk_7 2026-03-02 12340000 EUR",
                          "lnk_7 2026-03-03 3000000", "lnk_7 2026-03-04 1",
                          "lnk_7 2026-03-05 123456789010000"));
}

TEST(FiguresInput, ReadsCsv) {
  const FigureBatch batch = read_figures_csv(
                                "day,link,amount,currency\r\n2026-03-01,lnk_7,12.50,EUR\r\n\r\n"
                                "2026-03-02,/summer,1,\r\n2026-03-03,\"/a/b%20c,d\",2,\r\n"
                                "2026-03-04,Go.Example/summer,3,\r\n",
                                kCosts)
                                .value();
  EXPECT_THAT(texts_of(batch),
              ElementsAre("lnk_7 2026-03-01 12500000 EUR", "|summer| 2026-03-02 1000000",
                          "|a|b c,d 2026-03-03 2000000", "go.example|summer| 2026-03-04 3000000"));
  EXPECT_THAT(batch.lines, ElementsAre(2, 4, 5, 6));
  EXPECT_THAT(batch.faults, IsEmpty());
}

TEST(FiguresInput, WhatIsWrongWithAnEntryIsNamed) {
  struct Row {
    FigureKind kind;
    const char* entry;
    const char* field;
    const char* code;
  };
  const Row json_rows[] = {
      {kImpressions, R"({"day":"2026-03-01","impressions":1})", "link_id", "required"},
      {kImpressions, R"({"link_id":"lnk_1","impressions":1})", "day", "required"},
      {kImpressions, R"({"link_id":"lnk_1","day":"2026-03-01"})", "impressions", "required"},
      {kImpressions, R"({"link_id":"/x","day":"2026-03-01","impressions":1})", "link_id",
       "bad_value"},
      {kImpressions, R"({"link_id":"lnk_1","day":"2026-02-30","impressions":1})", "day",
       "bad_value"},
      {kImpressions, R"({"link_id":"lnk_1","day":"2026-03-01","impressions":-1})", "impressions",
       "wrong_type"},
      {kImpressions, R"({"link_id":"lnk_1","day":"2026-03-01","impressions":1.5})", "impressions",
       "wrong_type"},
      {kImpressions, R"({"link_id":"lnk_1","day":"2026-03-01","impressions":1000000000001})",
       "impressions", "bad_value"},
      {kImpressions, R"({"link_id":"lnk_1","day":"2026-03-01","impressions":1,"amount":1})",
       "amount", "unknown_field"},
      {kCosts, R"({"link_id":"lnk_1","day":"2026-03-01","amount":-1})", "amount", "bad_value"},
      {kCosts, R"({"link_id":"lnk_1","day":"2026-03-01","amount":1e300})", "amount", "bad_value"},
      {kCosts, R"({"link_id":"lnk_1","day":"2026-03-01","amount":0.0000001})", "amount",
       "bad_value"},
      {kCosts, R"({"link_id":"lnk_1","day":"2026-03-01","amount":"1,5"})", "amount", "bad_value"},
      {kCosts, R"({"link_id":"lnk_1","day":"2026-03-01","amount":null})", "amount", "wrong_type"},
      {kCosts, R"("text")", "", "wrong_type"},
  };
  for (const Row& row : json_rows) {
    const auto batch =
        read_figures_json(R"({"entries":[)" + std::string(row.entry) + "]}", row.kind);
    ASSERT_TRUE(batch) << row.entry;
    ASSERT_EQ(batch->faults.size(), 1u) << row.entry;
    EXPECT_EQ(batch->faults[0].error.field, row.field) << row.entry;
    EXPECT_EQ(batch->faults[0].error.slug, row.code) << row.entry;
  }
  const Row csv_rows[] = {
      {kImpressions, "lnk_1,2026-03-01", "", "bad_record"},
      {kImpressions, "lnk_1,2026-03-01,1,2", "", "bad_record"},
      {kImpressions, "summer,2026-03-01,1", "link", "bad_value"},
      {kImpressions, ",2026-03-01,1", "link", "bad_value"},
      {kImpressions, "/a/%zz,2026-03-01,1", "link", "bad_value"},
      {kImpressions, "lnk_1,1.3.2026,1", "day", "bad_value"},
      {kImpressions, "lnk_1,2026-03-01,-1", "impressions", "bad_value"},
      {kImpressions, "lnk_1,2026-03-01,", "impressions", "bad_value"},
      {kImpressions, "lnk_1,2026-03-01,\"1,000\"", "impressions", "bad_value"},
      {kCosts, "lnk_1,2026-03-01,-0.5", "amount", "bad_value"},
  };
  for (const Row& row : csv_rows) {
    const auto batch = read_figures_csv(
        "link,day," + std::string(value_name(row.kind)) + "\n\n" + row.entry + "\n", row.kind);
    ASSERT_TRUE(batch) << row.entry;
    ASSERT_EQ(batch->faults.size(), 1u) << row.entry;
    EXPECT_EQ(batch->faults[0].error.field, row.field) << row.entry;
    EXPECT_EQ(batch->faults[0].error.slug, row.code) << row.entry;
    EXPECT_THAT(batch->fault_lines, ElementsAre(3)) << row.entry;
  }
}

TEST(FiguresInput, WhatIsWrongWithTheBodyIsAnError) {
  struct Row {
    const char* body;
    const char* field;
    const char* code;
  };
  for (const Row& row :
       {Row{"{}", "entries", "required"}, Row{R"({"entries":[]})", "entries", "required"},
        Row{R"({"entries":{}})", "entries", "wrong_type"}, Row{"[", "", "bad_json"},
        Row{R"({"entries":[],"x":1})", "x", "unknown_field"}}) {
    const auto batch = read_figures_json(row.body, kImpressions);
    ASSERT_FALSE(batch) << row.body;
    EXPECT_EQ(batch.error().field, row.field) << row.body;
    EXPECT_EQ(batch.error().slug, row.code) << row.body;
  }
  for (const Row& row :
       {Row{"", "link", "bad_header"}, Row{"link,day\n", "impressions", "bad_header"},
        Row{"link,day,impressions,x\n", "x", "bad_header"},
        Row{"link,day,impressions,currency\n", "currency", "bad_header"},
        Row{"link,link,day,impressions\n", "link", "bad_header"},
        Row{"Link,day,impressions\n", "Link", "bad_header"},
        Row{"link,day,impressions\n", "", "required"},
        Row{"link,day,impressions\nlnk_1,\"2026", "", "bad_csv"}, Row{"\xff", "", "not_utf8"}}) {
    const auto batch = read_figures_csv(row.body, kImpressions);
    ASSERT_FALSE(batch) << row.body;
    EXPECT_EQ(batch.error().field, row.field) << row.body;
    EXPECT_EQ(batch.error().slug, row.code) << row.body;
  }
}

}  // namespace
}  // namespace tally
