// SPDX-License-Identifier: Apache-2.0
#include "clicks/clickhouse.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(ClickHouse, TellsWhatPassesFromWhatDoesNot) {
  struct Row {
    const char* exception;
    bool passes;
  };
  const Row rows[] = {
      {"Code: 75. DB::ErrnoException: Cannot write to file …, errno: 28, strerror: No space", true},
      {"Code: 76. DB::ErrnoException: Cannot open file …, errno: 24, strerror: Too many", true},
      {"Code: 107. DB::ErrnoException: Cannot open file …, errno: 2, strerror: No such file",
       false},
      {"Code: 236. DB::Exception: Cancelled mutating parts. (ABORTED)", true},
      {"Code: 241. DB::Exception: Memory limit (total) exceeded", true},
      {"Code: 243, e.displayText() = DB::Exception: Not enough space", true},
      {"Code: 47. DB::Exception: Unknown identifier", false},
      {"Code: 40. DB::Exception: Checksum doesn't match", false},
      {"Code: ", false},
      {"no code", false},
      {"", false},
  };
  for (const Row& row : rows) EXPECT_EQ(is_passing(row.exception), row.passes) << row.exception;
}

}  // namespace
}  // namespace tally
