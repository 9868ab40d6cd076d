// SPDX-License-Identifier: Apache-2.0
#include "api/csv_writer.h"

#include <gtest/gtest.h>

#include <vector>

namespace tally {
namespace {

std::string row(const std::vector<std::string>& cells, bool guarded = true) {
  std::string out;
  CsvWriter csv(out, guarded);
  for (const std::string& cell : cells) csv.text(cell);
  csv.end_row();
  return out;
}

TEST(CsvWriterTest, QuotesWhatNeedsQuotes) {
  struct Row {
    std::vector<std::string> cells;
    const char* line;
  };
  const Row rows[] = {
      {{"a", "b"}, "a,b\r\n"},
      {{"", ""}, ",\r\n"},
      {{""}, "\"\"\r\n"},
      {{"a,b", "c\"d", "e\nf", "g\rh"}, "\"a,b\",\"c\"\"d\",\"e\nf\",\"g\rh\"\r\n"},
      {{" a", "b ", "c d"}, "\" a\",\"b \",c d\r\n"},
      {{"\xc3\xbc", "x\ty"}, "\xc3\xbc,x\ty\r\n"},
  };
  for (const Row& each : rows) EXPECT_EQ(row(each.cells), each.line);
}

TEST(CsvWriterTest, GuardsWhatLooksLikeAFormula) {
  const char* formulas[] = {
      "=1+1",
      "+1",
      "-1",
      "@SUM(A1)",
      "\t=1",
      "\rx",
      "\nx",
      "  =1",
      "\xc2\xa0=1",
      "\xe3\x80\x80+1",
      "\xef\xbb\xbf=1",
      "\xef\xbc\x9d"
      "1",
      "\xef\xbc\x8b"
      "1",
      "\xef\xbc\x8d"
      "1",
      "\xef\xbc\xa0x",
  };
  for (const char* cell : formulas) {
    const std::string quoted = row({cell}), raw = row({cell}, false);
    EXPECT_EQ(quoted.substr(0, quoted.find('\'')).size(), quoted.starts_with('"') ? 1u : 0u)
        << cell;
    EXPECT_EQ(raw.find('\''), std::string::npos) << cell;
  }
  for (const char* cell : {"", "a=1", "1-1", "'=1", "  a", "(=1)", "\xc3\xbc=1", "https://a/?b=c"})
    EXPECT_FALSE(looks_like_formula(cell)) << cell;
}

TEST(CsvWriterTest, NumbersAreNeverGuarded) {
  std::string out;
  CsvWriter csv(out, true);
  csv.number(18446744073709551615u);
  csv.number(std::nullopt);
  csv.plain("-");
  csv.end_row();
  csv.number(0);
  csv.end_row();
  EXPECT_EQ(out, "18446744073709551615,,-\r\n0\r\n");
}

}  // namespace
}  // namespace tally
