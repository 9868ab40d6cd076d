// SPDX-License-Identifier: Apache-2.0
#include "api/export_table.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(ExportTableTest, ABreakdownInEachFormat) {
  Breakdown breakdown;
  breakdown.rows = {{"=a\t\"b\\", ValueKind::value, 3, 2},
                    {"Unknown", ValueKind::unknown, 2, std::nullopt},
                    {"", ValueKind::rest, 1, 0}};
  const ExportTable table = ExportTable::of(breakdown);
  EXPECT_EQ(table.csv(true),
            "value,kind,clicks,unique_clicks\r\n\"'=a\t\"\"b\\\",value,3,2\r\n"
            "Unknown,unknown,2,\r\n,rest,1,0\r\n");
  EXPECT_EQ(table.csv(false).find('\''), std::string::npos);
  EXPECT_EQ(table.ndjson(),
            R"({"value":"=a\t\"b\\","kind":"value","clicks":3,"unique_clicks":2})"
            "\n"
            R"({"value":"Unknown","kind":"unknown","clicks":2,"unique_clicks":null})"
            "\n"
            R"({"value":"","kind":"rest","clicks":1,"unique_clicks":0})"
            "\n");
  EXPECT_EQ(table.tsv(), "=a\\t\"b\\\\\tvalue\t3\t2\nUnknown\tunknown\t2\t\\N\n\trest\t1\t0\n");
  EXPECT_EQ(table.structure(),
            "value String, kind String, clicks UInt64, unique_clicks Nullable(UInt64)");
}

TEST(ExportTableTest, ASeriesSaysBothTimes) {
  const SeriesPoint point{1'800'000'000'000, 7, 5, 1};
  const ExportTable table =
      ExportTable::of(std::span(&point, 1), *TimeZone::load("Asia/Kathmandu"));
  EXPECT_EQ(table.csv(true),
            "t,local,clicks,unique_clicks,bots\r\n"
            "2027-01-15T08:00:00.000Z,2027-01-15T13:45:00+05:45,7,5,1\r\n");
}

}  // namespace
}  // namespace tally
