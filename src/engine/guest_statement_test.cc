// SPDX-License-Identifier: Apache-2.0
#include "engine/guest_statement.h"

#include <gtest/gtest.h>

#include "engine/guest_formats.h"

namespace tally {
namespace {

TEST(GuestStatementTest, WhatReadsPasses) {
  struct Row {
    std::string_view asked, run, format = "";
  };
  for (const Row& row : std::initializer_list<Row>{
           {"SELECT 1", "SELECT 1"},
           {"  select 1 ;  ", "select 1"},
           {"SELECT 1;;", "SELECT 1"},
           {"", ""},
           {" /* nothing */ ; ", ""},
           {"(SELECT 1) UNION ALL (SELECT 2)", "(SELECT 1) UNION ALL (SELECT 2)"},
           {"WITH 1 AS a SELECT a", "WITH 1 AS a SELECT a"},
           {"/* by hand */ SELECT -- one\n 1", "SELECT 1"},
           {"SELECT 1-/**/-1", "SELECT 1- -1"},
           {"SELECT '--; /* file( */ INTO OUTFILE'", "SELECT '--; /* file( */ INTO OUTFILE'"},
           {"SELECT 'it''s', 'a\\'b; ', \"x\"\"y\", `z``w`",
            "SELECT 'it''s', 'a\\'b; ', \"x\"\"y\", `z``w`"},
           {"SELECT 'Grüße'", "SELECT 'Grüße'"},
           {"SELECT count() FROM clicks FORMAT JSONEachRow",
            "SELECT count() FROM clicks FORMAT JSONEachRow", "JSONEachRow"},
           {"SELECT format('{}', 1) FORMAT `TSV`;", "SELECT format('{}', 1) FORMAT `TSV`", "TSV"},
           {"SELECT {a:UInt8} ? [1, 2] : [3]", "SELECT {a:UInt8} ? [1, 2] : [3]"},
           {"SHOW TABLES", "SHOW TABLES"},
           {"SHOW CREATE VIEW clicks", "SHOW CREATE VIEW clicks"},
           {"DESCRIBE TABLE clicks", "DESCRIBE TABLE clicks"},
           {"EXPLAIN indexes = 1 SELECT 1", "EXPLAIN indexes = 1 SELECT 1"},
           {"EXPLAIN SELECT 1", "EXPLAIN SELECT 1"},
           {"EXPLAIN PIPELINE graph = 1, compact=0 (SELECT 1)",
            "EXPLAIN PIPELINE graph = 1, compact=0 (SELECT 1)"},
           {"explain syntax oneline=1 WITH 1 AS a SELECT a",
            "explain syntax oneline=1 WITH 1 AS a SELECT a"},
           {"SELECT explain FROM (EXPLAIN AST SELECT 1)",
            "SELECT explain FROM (EXPLAIN AST SELECT 1)"},
           {"SELECT c.time FROM stats.clicks AS c", "SELECT c.time FROM stats.clicks AS c"},
           {"SELECT * FROM INFORMATION_SCHEMA.TABLES", "SELECT * FROM INFORMATION_SCHEMA.TABLES"},
           {"SELECT tallymark, hasToken(a, 'b')", "SELECT tallymark, hasToken(a, 'b')"},
           {"SELECT name FROM system.settings WHERE changed",
            "SELECT name FROM system.settings WHERE changed"},
           {"SELECT file FROM t", "SELECT file FROM t"},
           {"SELECT * FROM `system` . \"tables\"", "SELECT * FROM `system` . \"tables\""},
       }) {
    const auto read = read_guest_statement(row.asked);
    ASSERT_TRUE(read) << row.asked << ": " << read.error().line();
    EXPECT_EQ(read->sql, row.run);
    EXPECT_EQ(read->format, row.format) << row.asked;
  }
}

TEST(GuestStatementTest, WhatIsNotOneStatementIsMalformed) {
  using std::string_view_literals::operator""sv;
  for (const std::string_view asked :
       {"SELECT 1; SELECT 2"sv, "SELECT 1; DROP TABLE clicks"sv, "SELECT 'open"sv, "SELECT `open"sv,
        "SELECT /* open"sv, "SELECT 'open\\"sv, "SELECT $$text$$"sv, "SELECT $a$ ; $a$"sv,
        "SELECT 1 # comment"sv, "SELECT \xE2\x80\x98quoted\xE2\x80\x99"sv, "SELECT 1\0"sv,
        "SELECT \\i"sv, "\\i /etc/passwd"sv, "SELECT `fi\\x6ce`('x')"sv}) {
    const auto read = read_guest_statement(asked);
    ASSERT_FALSE(read) << asked;
    EXPECT_EQ(read.error().code, ErrorCode::malformed) << asked;
  }
}

TEST(GuestStatementTest, WhatWritesOrReachesOutIsForbidden) {
  for (const std::string_view asked : {
           "INSERT INTO clicks VALUES (1)",
           "INSERT INTO clicks FROM INFILE 'x' FORMAT CSV",
           "CREATE TABLE t (a UInt8) ENGINE = Memory",
           "ALTER TABLE clicks DELETE WHERE 1",
           "DROP VIEW clicks",
           "TRUNCATE TABLE clicks",
           "OPTIMIZE TABLE clicks",
           "SYSTEM SHUTDOWN",
           "SET readonly = 0",
           "USE tallymark",
           "KILL QUERY WHERE 1",
           "GRANT ALL ON *.* TO x",
           "EXECUTE AS default SELECT 1",
           "ATTACH TABLE t",
           "quit",
           "'SELECT'",
           "SELECT 1 INTO OUTFILE '/tmp/x'",
           "SELECT 1 into/**/outfile '/tmp/x'",
           "SELECT * FROM file('/etc/passwd')",
           "SELECT * FROM FILE ( '/etc/passwd' )",
           "SELECT * FROM `file`('/etc/passwd')",
           "SELECT * FROM \"file\"/**/('/etc/passwd')",
           "SELECT file('/etc/passwd')",
           "SELECT * FROM url('http://127.0.0.1/', CSV, 'a String')",
           "SELECT * FROM s3Cluster('c', 'http://x/')",
           "SELECT * FROM remote('127.0.0.1', system.one)",
           "SELECT * FROM executable('sh', TSV, 'a String')",
           "SELECT * FROM input('a String')",
           "SELECT * FROM merge('tallymark', '.*')",
           "SELECT * FROM mysql('h:1', 'd', 't', 'u', 'p')",
           "SELECT hasColumnInTable('h', 'd', 't', 'c')",
           "SELECT dictGetString('d', 'a', 1)",
           "SELECT sleep(3)",
           "DESCRIBE TABLE file('/etc/passwd')",
           "DESCRIBE url('http://127.0.0.1/')",
           "EXPLAIN TABLE OVERRIDE mysql('h:1', 'd', 't', 'u', 'p') PARTITION BY x",
           "EXPLAIN",
           "EXPLAIN QUERY TREE SELECT 1",
           "explain /**/ query/**/tree run_passes = 0 SELECT 1",
           "EXPLAIN CURRENT TRANSACTION",
           "EXPLAIN SYNTAX run_query_tree_passes = 1 SELECT 1",
           "EXPLAIN SYNTAX oneline = 1, run_query_tree_passes = 1 SELECT 1",
           "EXPLAIN PLAN header = 1, header",
           "EXPLAIN `PLAN` SELECT 1",
           "EXPLAIN EXPLAIN QUERY TREE SELECT 1",
           "EXPLAIN AST CREATE TABLE t (a UInt8) ENGINE = Memory",
           "SELECT * FROM (EXPLAIN QUERY TREE SELECT 1)",
           "SELECT * FROM viewExplain('EXPLAIN QUERY TREE', '', (SELECT 1))",
           "SELECT * FROM default.`/etc/shadow`",
           "SELECT * FROM `default`/**/.`/etc/shadow`",
           "SELECT 1 IN \"DEFAULT\" . x",
           "EXISTS default.x",
           "SELECT count() FROM tallymark.clicks",
           "SELECT max(editDistance(a, b)) FROM t",
           "SELECT editDistanceUTF8(a, b), 1",
           "SELECT `levenshteinDistance` (a, b)",
           "SELECT damerauLevenshteinDistance(a, b)",
           "SELECT jaroWinklerSimilarity(a, b)",
           "SELECT arrayLevenshteinDistanceWeighted(a, b, c, d)",
           "SELECT arrayFold((acc, x) -> acc + x, a, 0)",
           "SELECT hasAll(a, b)",
           "SHOW GRANTS",
           "SHOW PROCESSLIST",
           "SELECT 1 SETTINGS max_threads = 64",
           "SELECT 1 settings\nreadonly=0",
           "SELECT 1 FORMAT Template",
           "SELECT * FROM system.processes",
           "SELECT * FROM `system` /**/ . `stack_trace`",
           "SELECT * FROM SYSTEM.certificates",
           "SELECT * FROM system.{t:String}",
           "SELECT * FROM {t:Identifier}",
           "SELECT * FROM {d: identifier }.one",
           "DESCRIBE system.users",
           "SELECT 1 FORMAT Protobuf",
       }) {
    const auto read = read_guest_statement(asked);
    ASSERT_FALSE(read) << asked;
    EXPECT_EQ(read.error().code, ErrorCode::forbidden) << asked;
  }
}

TEST(GuestStatementTest, FormatsAreListed) {
  for (const std::string_view format : {"JSON", "Native", "RowBinaryWithNamesAndTypes", "parquet"})
    EXPECT_TRUE(is_guest_format(format)) << format;
  for (const std::string_view format : {"", "Template", "CapnProto", "MySQLWire", "Npy"})
    EXPECT_FALSE(is_guest_format(format)) << format;
}

}  // namespace
}  // namespace tally
