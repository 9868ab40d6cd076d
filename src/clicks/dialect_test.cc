// SPDX-License-Identifier: Apache-2.0
#include "clicks/dialect.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "clicks/schema.h"

namespace tally {
namespace {

TEST(DialectTest, FollowsFromTheVersion) {
  EXPECT_EQ(dialect_of("18.16.1").value(), Dialect::legacy);
  EXPECT_EQ(dialect_of("22.8.5.29").value(), Dialect::legacy);
  EXPECT_EQ(dialect_of("23.3.1").value(), Dialect::modern);
  EXPECT_EQ(dialect_of("26.5.1.1").value(), Dialect::modern);
  for (const char* version : {"18.14.9", "1.1.54390", "", "five", "26.x"})
    EXPECT_EQ(dialect_of(version).error().code, ErrorCode::conflict) << version;
}

TEST(DialectTest, LegacyTablesUseNothingNew) {
  for (std::uint32_t version = 1; version <= kSchemaVersion; ++version) {
    const auto legacy = migration(version, Dialect::legacy);
    const auto modern = migration(version, Dialect::modern);
    if (legacy.empty()) continue;  // what it does without
    ASSERT_EQ(legacy.size(), modern.size());
    for (std::size_t i = 0; i < legacy.size(); ++i) {
      for (const char* word : {"CODEC", "INDEX ", "fsync", "deduplication", "min_rows_for_wide"})
        EXPECT_EQ(legacy[i].find(word), std::string::npos) << word;
      for (const char* word : {"fsync_after_insert = 1", "deduplication_window"})
        EXPECT_NE(modern[i].find(word), std::string::npos) << word;
    }
  }
  EXPECT_TRUE(migration(1, Dialect::modern).front().contains("CODEC"));
  EXPECT_TRUE(migration(1, Dialect::modern).front().contains("INDEX "));
}

TEST(DialectTest, OnlyModernInsertsCarryATokenAndBothAreOneBlock) {
  const auto value = [](const SqlSettings& settings, std::string_view name) {
    const auto found = std::ranges::find(
        settings, name, [](const auto& pair) { return std::string_view(pair.first); });
    return found == settings.end() ? std::string("absent") : found->second;
  };
  const auto legacy = insert_settings(Dialect::legacy, "t");
  const auto modern = insert_settings(Dialect::modern, "t");
  EXPECT_EQ(value(legacy, "insert_deduplication_token"), "absent");
  EXPECT_EQ(value(modern, "insert_deduplication_token"), "t");
  EXPECT_EQ(value(modern, "async_insert"), "0");
  for (const auto& settings : {legacy, modern}) {
    EXPECT_EQ(value(settings, "min_insert_block_size_bytes"), "0");
    EXPECT_EQ(value(settings, "max_insert_block_size"), "1048576");
  }
}

}  // namespace
}  // namespace tally
