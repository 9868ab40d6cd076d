// SPDX-License-Identifier: Apache-2.0
#include "engine/guest_statement.h"

#include <gtest/gtest.h>

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
