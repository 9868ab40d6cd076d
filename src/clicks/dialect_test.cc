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

TEST(DialectTest, LegacyTableUsesNothingNew) {
  for (std::uint32_t version = 1; version <= kSchemaVersion; ++version) {
    const std::string table = migration(version, Dialect::legacy).front();
    for (const char* word : {"CODEC", "INDEX ", "fsync", "deduplication", "min_rows_for_wide"})
      EXPECT_EQ(table.find(word), std::string::npos) << word;
    const std::string modern = migration(version, Dialect::modern).front();
    for (const char* word : {"CODEC", "INDEX ", "fsync_after_insert = 1", "deduplication_window"})
      EXPECT_NE(modern.find(word), std::string::npos) << word;
  }
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
