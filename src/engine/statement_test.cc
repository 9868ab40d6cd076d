// SPDX-License-Identifier: Apache-2.0
#include "engine/statement.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

EngineQuery read(std::string_view method, std::string_view target, std::string_view body) {
  auto query = read_query(method, target, body);
  EXPECT_TRUE(query) << target;
  return query.value_or(EngineQuery{});
}

TEST(StatementTest, QueryStandsInUrlOrBody) {
  EXPECT_EQ(read("GET", "/?query=SELECT+1%2B2", "").sql, "SELECT 1+2");
  EXPECT_TRUE(read("GET", "/?query=SELECT+1", "").read_only);
  EXPECT_EQ(read("POST", "/", "SELECT 1").sql, "SELECT 1");
  EXPECT_FALSE(read("POST", "/", "SELECT 1").read_only);
  EXPECT_EQ(read("POST", "/?query=SELECT+", "1").sql, "SELECT 1");
  EXPECT_EQ(read("GET", "/", "").sql, "");
}

TEST(StatementTest, ParametersAreSettings) {
  const EngineQuery query = read(
      "POST", "/?max_threads=1&database=d&default_format=CSV&wait_end_of_query=1&user=x&compress=0",
      "SELECT 1");
  EXPECT_EQ(query.settings, (decltype(query.settings){{"max_threads", "1"}}));
  EXPECT_EQ(query.database, "d");
  EXPECT_EQ(query.format, "CSV");
}

TEST(StatementTest, RefusesWhatItCannotDo) {
  for (const char* target :
       {"/?compress=1", "/?session_id=x", "/?a%20b=1", "/?x%3D1;DROP=2", "/?query=%zz", "/?=1"})
    EXPECT_FALSE(read_query("POST", target, "SELECT 1")) << target;
}

TEST(StatementTest, DataIsTakenApart) {
  using std::string_view_literals::operator""sv;
  const EngineQuery in_url = read("POST", "/?query=INSERT+INTO+t+FORMAT+RowBinary", "\x01\0\n"sv);
  EXPECT_TRUE(in_url.has_data);
  EXPECT_EQ(in_url.data, "\x01\0\n"sv);
  const std::string body = "INSERT INTO t (a) FORMAT CSV\n1\n2\n";
  const EngineQuery in_body = read("POST", "/", body);
  EXPECT_TRUE(in_body.has_data);
  EXPECT_EQ(in_body.data, "1\n2\n");
  EXPECT_TRUE(read("POST", "/?query=INSERT+INTO+t+FORMAT+RowBinary", "").has_data);
}

TEST(StatementTest, ReadsAnInsertsHead) {
  const struct {
    const char* sql;
    const char* table;  // null: not an insert with data
    std::vector<std::string> columns;
    const char* format;
  } rows[] = {
      {"INSERT INTO t FORMAT CSV", "t", {}, "CSV"},
      {"insert into table d.t ( a , `b c` ) format RowBinary", "d.t", {"a", "b c"}, "RowBinary"},
      {" \n INSERT INTO `d`.`t`(a)FORMAT TSV", "`d`.`t`", {"a"}, "TSV"},
      {"INSERT INTO t VALUES (1)", nullptr, {}, ""},
      {"INSERT INTO t SELECT 1 FORMAT CSV", nullptr, {}, ""},
      {"INSERT INTO FUNCTION file('x') FORMAT CSV", nullptr, {}, ""},
      {"INSERT INTO t (a FORMAT CSV", nullptr, {}, ""},
      {"INSERT INTO t (a,) FORMAT CSV", nullptr, {}, ""},
      {"INSERT INTO t FORMATTED CSV", nullptr, {}, ""},
      {"INSERTING INTO t FORMAT CSV", nullptr, {}, ""},
      {"INSERT INTO `t FORMAT CSV", nullptr, {}, ""},
      {"INSERT INTO t FORMAT", nullptr, {}, ""},
      {"SELECT 1 FORMAT CSV", nullptr, {}, ""},
      {"", nullptr, {}, ""},
  };
  for (const auto& row : rows) {
    const auto head = read_insert(row.sql);
    ASSERT_EQ(head.has_value(), row.table != nullptr) << row.sql;
    if (!head) continue;
    EXPECT_EQ(head->table, row.table);
    EXPECT_EQ(head->columns, row.columns);
    EXPECT_EQ(head->format, row.format);
  }
}

TEST(StatementTest, FindsQuestionsForParquet) {
  struct Row {
    std::string_view sql;
    std::optional<std::string_view> question;
  };
  const Row rows[] = {
      {"SELECT 1 FORMAT Parquet", "SELECT 1 "},
      {" with 2 AS a select a\nformat  parquet \n", " with 2 AS a select a\n"},
      {"SELECT 1", std::nullopt},
      {"SELECT 1 FORMAT Parquet2", std::nullopt},
      {"SELECT 1 FORMATParquet", std::nullopt},
      {"SELECT 1 AS Parquet", std::nullopt},
      {"SELECT 'FORMAT Parquet'", std::nullopt},
      {"INSERT INTO t FORMAT Parquet", std::nullopt},
      {"SELECTED FORMAT Parquet", std::nullopt},
      {"Parquet", std::nullopt},
      {"", std::nullopt},
  };
  for (const Row& row : rows) EXPECT_EQ(read_parquet(row.sql), row.question) << row.sql;
}

}  // namespace
}  // namespace tally
