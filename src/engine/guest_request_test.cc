// SPDX-License-Identifier: Apache-2.0
#include "engine/guest_request.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>

namespace tally {
namespace {

constexpr std::string_view kToken = "0123456789abcdef0123456789abcdef";

using Fields = std::map<std::string, std::string, std::less<>>;

std::expected<EngineQuery, EngineAnswer> read(std::string_view target, const Fields& fields,
                                              std::string_view body = "SELECT 1") {
  return read_guest_request({"POST", target, body,
                             [&](std::string_view name) {
                               const auto found = fields.find(name);
                               return found == fields.end() ? std::string_view() : found->second;
                             }},
                            kToken);
}

const Fields kKnown = {{"X-ClickHouse-Key", std::string(kToken)}};

std::string setting(const EngineQuery& query, std::string_view name) {
  std::string out;
  for (const auto& [known, value] : query.settings)
    if (known == name) out = value;  // the last one counts
  return out;
}

TEST(GuestRequestTest, TheTokenIsTakenFourWays) {
  const std::string token(kToken);
  const std::string url = "/?user=reader&password=" + token;
  EXPECT_TRUE(read("/", kKnown));
  EXPECT_TRUE(read("/", {{"Authorization", "Bearer " + token}}));
  // reader:0123…
  EXPECT_TRUE(
      read("/", {{"Authorization", "Basic cmVhZGVyOjAxMjM0NTY3ODlhYmNkZWYwMTIzNDU2Nzg5YWJjZGVm"}}));
  EXPECT_TRUE(read(url, {}));
}

TEST(GuestRequestTest, WithoutTheTokenNothingIsRead) {
  struct Row {
    std::string_view target;
    Fields fields;
    unsigned status;
  };
  const std::string token(kToken);
  for (const Row& row : std::initializer_list<Row>{
           {"/", {}, 401},
           {"/?user=reader", {}, 401},
           {"/", {{"X-ClickHouse-User", token}}, 401},
           {"/", {{"X-ClickHouse-Key", "0123"}}, 403},
           {"/", {{"X-ClickHouse-Key", token + "0"}}, 403},
           {"/", {{"X-ClickHouse-Key", "0123456789abcdef0123456789abcdeF"}}, 403},
           {"/", {{"Authorization", "Bearer"}}, 403},
           {"/", {{"Authorization", "Basic !!!"}}, 403},
           {"/", {{"Authorization", "Basic cmVhZGVy"}}, 403},
           {"/?password=", {}, 403},
           {"/?password=x", {}, 403},
       }) {
    const auto query = read(row.target, row.fields);
    ASSERT_FALSE(query) << row.target;
    EXPECT_EQ(query.error().status, row.status) << row.target;
    EXPECT_EQ(query.error().exception, 516);
    EXPECT_EQ(query.error().body.find(token), std::string::npos);
    EXPECT_EQ(query.error().fields.empty(), row.status == 403);
  }
}

TEST(GuestRequestTest, AHeadIsEnoughToKnowAGuest) {
  const auto known = [](std::string_view target, std::string_view key) {
    const EngineRequest head{"POST", target, {}, [&](std::string_view name) {
                               return name == "X-ClickHouse-Key" ? key : std::string_view();
                             }};
    return is_guest(head, kToken);
  };
  EXPECT_TRUE(known("/", kToken));
  EXPECT_TRUE(known("/?password=" + std::string(kToken), ""));
  EXPECT_FALSE(known("/", ""));
  EXPECT_FALSE(known("/", "0123"));
  EXPECT_FALSE(known("/?query=%zz", kToken));
}

TEST(GuestRequestTest, LimitsMayOnlyBeLowered) {
  const auto plain = read("/", kKnown);
  ASSERT_TRUE(plain);
  EXPECT_TRUE(plain->guest);
  EXPECT_EQ(plain->database, "stats");
  EXPECT_EQ(setting(*plain, "max_execution_time"), "30");
  EXPECT_EQ(setting(*plain, "max_block_size"), "256");
  EXPECT_EQ(setting(*read("/?max_execution_time=5", kKnown), "max_execution_time"), "5");
  EXPECT_EQ(setting(*read("/?max_execution_time=500", kKnown), "max_execution_time"), "30");
  EXPECT_EQ(setting(*read("/?max_execution_time=0", kKnown), "max_execution_time"), "30");
  EXPECT_EQ(read("/?max_execution_time=1e9", kKnown).error().status, 400);
}

TEST(GuestRequestTest, ALongStatementHasFewerRows) {
  EXPECT_EQ(setting(*read("/", kKnown), "max_result_rows"), "1000000");
  EXPECT_EQ(setting(*read("/", kKnown, ""), "max_result_rows"), "1000000");
  const std::string long_name = "SELECT 1 AS " + std::string(131'060, 'a');
  EXPECT_EQ(setting(*read("/", kKnown, long_name), "max_result_rows"), "2048");
  EXPECT_EQ(setting(*read("/?max_result_rows=7", kKnown, long_name), "max_result_rows"), "7");
}

TEST(GuestRequestTest, OtherSettingsAreListed) {
  EXPECT_EQ(setting(*read("/?output_format_json_quote_64bit_integers=0", kKnown),
                    "output_format_json_quote_64bit_integers"),
            "0");
  EXPECT_EQ(setting(*read("/?param_link=7", kKnown), "param_link"), "7");
  EXPECT_EQ(setting(*read("/?session_timezone=Europe/Berlin", kKnown), "session_timezone"),
            "Europe/Berlin");
  EXPECT_EQ(setting(*read("/?readonly=0", kKnown), "readonly"), "");
  for (const std::string_view target :
       {"/?allow_introspection_functions=1", "/?format_schema=x", "/?max_threads%20=1",
        "/?output_format_x%3D1%2Creadonly=0", "/?session_id=x", "/?output_format_schema=x",
        "/?log_queries=1", "/?max_block_size=65536", "/?additional_table_filters=x"}) {
    const auto query = read(target, kKnown);
    ASSERT_FALSE(query) << target;
    EXPECT_EQ(query.error().exception, 164) << target;
    EXPECT_EQ(query.error().status, 403);
  }
}

TEST(GuestRequestTest, WhatItMeans) {
  const auto query = read(
      "/?database=stats&default_format=JSONEachRow&query_id=q1&wait_end_of_query=1&compress=0&"
      "query=SELECT%201%2B",
      kKnown, "1 -- two\n;");
  ASSERT_TRUE(query) << query.error().body;
  EXPECT_EQ(query->sql, "SELECT 1+1");
  EXPECT_EQ(query->database, "stats");
  EXPECT_EQ(query->format, "JSONEachRow");
  EXPECT_EQ(query->id, "q1");
  EXPECT_EQ(read("/?database=default", kKnown)->database, "stats");
  Fields by_fields = kKnown;
  by_fields["X-ClickHouse-Database"] = "default";
  by_fields["X-ClickHouse-Format"] = "CSV";
  const auto same = read("/", by_fields, "SELECT 1 FORMAT TSV");
  ASSERT_TRUE(same);
  EXPECT_EQ(same->database, "stats");
  EXPECT_EQ(same->format, "TSV");
}

TEST(GuestRequestTest, Refusals) {
  struct Row {
    std::string_view target, body;
    int exception;
    unsigned status;
  };
  for (const Row& row : std::initializer_list<Row>{
           {"/?database=tallymark", "SELECT 1", 81, 404},
           {"/?database=system", "SELECT 1", 81, 404},
           {"/?compress=1", "SELECT 1", 36, 400},
           {"/?default_format=Template", "SELECT 1", 73, 400},
           {"/?query=%zz", "", 36, 400},
           {"/", "SELECT '", 62, 400},
           {"/", "DROP VIEW clicks", 497, 403},
       }) {
    const auto query = read(row.target, kKnown, row.body);
    ASSERT_FALSE(query) << row.target;
    EXPECT_EQ(query.error().exception, row.exception) << query.error().body;
    EXPECT_EQ(query.error().status, row.status);
  }
}

TEST(GuestRequestTest, Tokens) {
  EXPECT_TRUE(is_guest_token(kToken));
  for (const std::string_view token :
       {"", "short", "0123456789abcdef0123456789abcde", "0123456789abcdef 0123456789abcdef",
        "0123456789abcdef0123456789abcdef\n"})
    EXPECT_FALSE(is_guest_token(token)) << token;
}

}  // namespace
}  // namespace tally
