// SPDX-License-Identifier: Apache-2.0
#include "api/clicks_input.h"

#include <gtest/gtest.h>

#include "api/click_csv.h"
#include "api/csv_writer.h"
#include "clicklog/click_json.h"

namespace tally {
namespace {

constexpr UnixMillis kNow = 1'800'000'000'000;
const ClickIdCodec kCodec({1, 2, 3});
constexpr WorkspaceId kWorkspace{9};

// Whoever the file names is 7, of this workspace.
Result<void> place_visitor(Click& click, std::string_view person) {
  if (!person.empty() && click.workspace == kWorkspace) click.visitor = 7;
  return {};
}

ClicksInput read(const std::string& body, bool csv, std::vector<ClickFault>& faults) {
  const ClicksRules rules{kCodec, kWorkspace, kNow, csv ? 2u : 1u, place_visitor};
  auto input = csv ? read_clicks_csv(body, rules, faults) : read_clicks_ndjson(body, rules, faults);
  EXPECT_TRUE(input) << input.error().line();
  return input ? std::move(*input) : ClicksInput();
}

Click full_click() {
  Click out;
  out.key = {1, 2, 3, 4};
  out.time = 1'780'000'000'123;
  out.workspace = kWorkspace;
  out.link = LinkId{7};
  out.outcome = Outcome::landing;
  out.platform = Platform::ios;
  out.device = Device::tablet;
  out.screen_source = ScreenSource::beacon;
  out.first = out.in_app = true;
  out.screen_w = 1080;
  out.screen_h = 2340;
  out.dpr = 2.625F;
  out.ip = *Address::parse("81.2.69.0");
  for (const ClickText& text : click_texts()) out.*text.member = "a \"" + std::string(text.name);
  out.referrer_path = "=1+1, \"x\"\n";
  return out;
}

TEST(ClicksInput, WhatAnExportWroteComesBack) {
  const Click click = full_click();
  Click wanted = click;
  wanted.imported = true;
  wanted.link = {};
  std::string file;
  CsvWriter csv(file, false);
  put_csv_names(csv);
  put_csv_click(csv, click, kCodec);
  for (const bool in_csv : {false, true}) {
    std::vector<ClickFault> faults;
    const std::string body = in_csv ? file : click_json(click, kCodec) + "\n";
    const ClicksInput input = read(body, in_csv, faults);
    ASSERT_TRUE(faults.empty()) << faults[0].error.line();
    ASSERT_EQ(input.clicks.size(), 1u);
    EXPECT_EQ(input.clicks[0], wanted) << body;
  }
}

TEST(ClicksInput, LittleIsNeeded) {
  std::vector<ClickFault> faults;
  const std::string body =
      "time,prefix\r\n2026-03-01T10:00:00+01:00,promo\r\n2026-03-01T10:00:00+01:00,promo\r\n";
  const ClicksInput input = read(body, true, faults);
  ASSERT_EQ(input.clicks.size(), 2u);
  const Click& click = input.clicks[0];
  EXPECT_EQ(click.time, 1'772'355'600'000);
  EXPECT_EQ(click.outcome, Outcome::redirected);
  EXPECT_EQ(click.traffic, Traffic::human);
  EXPECT_EQ(click.country, "Unknown");
  EXPECT_EQ(click.browser, "Unknown");
  EXPECT_FALSE(click.first);
  EXPECT_EQ(click.key.node, 0);
  EXPECT_NE(click.key, input.clicks[1].key);
  EXPECT_EQ(read(body, true, faults).clicks, input.clicks) << "the same file, the same numbers";
  const ClicksInput grown = read(body + "2026-03-02,promo\r\n", true, faults);
  EXPECT_EQ(grown.clicks[0].key, click.key) << "a file that grew keeps the numbers it had";
}

TEST(ClicksInput, FaultsHaveTheirLineAndField) {
  struct Row {
    const char* line;
    const char* field;
    const char* code;
  };
  const Row rows[] = {
      {"{", "", "bad_json"},
      {"[]", "", "bad_record"},
      {R"({"prefix":"p"})", "time", "required"},
      {R"({"time":"2026-03-01"})", "prefix", "required"},
      {R"({"time":"yesterday","prefix":"p"})", "time", "bad_time"},
      {R"({"time":"2030-03-01","prefix":"p"})", "time", "bad_value"},
      {R"({"time":"2026-03-01","prefix":"p","nope":1})", "nope", "unknown_field"},
      {R"({"time":"2026-03-01","prefix":"p","visitor":[{"a":1}]})", "visitor", "wrong_type"},
      {R"({"time":"2026-03-01","prefix":"p","visitor":"\u0000"})", "visitor", "bad_value"},
      {R"({"time":"2026-03-01","prefix":"p","time":1})", "time", "duplicate_key"},
      {R"({"time":"2026-03-01","pre\u0066ix":"p","prefix":"p"})", "prefix", "duplicate_key"},
      {R"({"nope":1,"time":)", "", "bad_json"},
      {R"({"time":"2026-03-01","prefix":"p"} 1)", "", "bad_json"},
      {R"("time")", "", "bad_record"},
      {"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "", "too_deep"},
      {R"({"time":"2026-03-01","prefix":"p","os":["x"]})", "os", "wrong_type"},
      {R"({"time":"2026-03-01","prefix":"p","traffic":"people"})", "traffic", "bad_value"},
      {R"({"time":"2026-03-01","prefix":"p","first":2})", "first", "bad_value"},
      {R"({"time":"2026-03-01","prefix":"p","first":true,"traffic":"ai"})", "first", "bad_value"},
      {R"({"time":"2026-03-01","prefix":"p","screen_w":30000})", "screen_w", "bad_value"},
      {R"({"time":"2026-03-01","prefix":"p","dpr":99})", "dpr", "bad_value"},
      {R"({"time":"2026-03-01","prefix":"p","ip":"x"})", "ip", "bad_value"},
      {R"({"time":"2026-03-01","prefix":"p","click_id":"x"})", "click_id", "bad_value"},
  };
  const std::string good = R"({"time":"2026-03-01","prefix":"p"})";
  for (const Row& row : rows) {
    std::vector<ClickFault> faults;
    read(good + "\n\n" + row.line + "\n" + good, false, faults);
    ASSERT_EQ(faults.size(), 1u) << row.line;
    EXPECT_EQ(faults[0].line, 3u) << row.line;
    EXPECT_EQ(faults[0].error.slug, row.code) << row.line;
    EXPECT_EQ(faults[0].error.field, row.field) << row.line;
  }
}

TEST(ClicksInput, AFileMayNamePeople) {
  std::vector<ClickFault> faults;
  const ClicksInput input =
      read("time,prefix,visitor\n2026-03-01,p,anna\n2026-03-01,p,\n", true, faults);
  ASSERT_EQ(input.clicks.size(), 2u);
  EXPECT_EQ(input.clicks[0].visitor, 7u);
  EXPECT_EQ(input.clicks[1].visitor, 0u);
  EXPECT_FALSE(input.has_ids);
}

TEST(ClicksInput, LinesAreThoseOfTheFileThatABodyIsAPieceOf) {
  std::vector<ClickFault> faults;
  const ClicksRules rules{kCodec, kWorkspace, kNow, 701, place_visitor};
  const ClicksInput input =
      read_clicks_csv("time,prefix\n2026-03-01,p\n\n2026-03-01,\"p\"\n", rules, faults).value();
  EXPECT_EQ(input.lines, (std::vector<std::size_t>{701, 703}));
  const auto broken = read_clicks_csv("time,prefix\n2026-03-01,p\n2026-03-01,\"p\n", rules, faults);
  EXPECT_EQ(broken.error().message, "line 702: a quote that is not closed");
}

TEST(ClicksInput, AnIdIsGoodForOneClick) {
  const std::string id = kCodec.encode({1, 1, 1, 1});
  std::vector<ClickFault> faults;
  read("time,prefix,click_id\n2026-03-01,p," + id + "\n2026-03-01,p," + id + "\n", true, faults);
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].line, 3u);
  EXPECT_EQ(faults[0].error.slug, "repeated_click");
}

TEST(ClicksInput, AnotherFileIsRefused) {
  std::vector<ClickFault> faults;
  const ClicksRules rules{kCodec, kWorkspace, kNow, 1, place_visitor};
  for (const char* body : {"", "\n\n"})
    EXPECT_EQ(read_clicks_ndjson(body, rules, faults).error().slug, "required");
  EXPECT_EQ(read_clicks_ndjson("\xff", rules, faults).error().slug, "not_utf8");
  for (const char* body : {"time,when\n", "prefix\n", "time,time\n", ""})
    EXPECT_EQ(read_clicks_csv(body, rules, faults).error().slug, "bad_header") << body;
  EXPECT_EQ(read_clicks_csv("time\n", rules, faults).error().slug, "required");
  EXPECT_EQ(read_clicks_csv("time\n\"", rules, faults).error().slug, "bad_csv");
}

}  // namespace
}  // namespace tally
