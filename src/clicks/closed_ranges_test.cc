// SPDX-License-Identifier: Apache-2.0
#include "clicks/closed_ranges.h"

#include <gtest/gtest.h>

#include "clicks/clickhouse.h"
#include "http/client.h"

namespace tally {
namespace {

TEST(ClosedRangesTest, ReadersAreThoseWhoBeganBefore) {
  HttpClient http;
  ClickHouse never_asked(http, {});
  ClosedRanges ranges(never_asked);
  const auto begin = [&] { return ranges.parts(WorkspaceId{1}, {0, 1}, std::nullopt); };

  EXPECT_TRUE(ranges.readers().expired()) << "nobody has asked";
  auto before = std::make_optional(begin()), too = std::make_optional(begin());
  const auto readers = ranges.readers();
  const auto after = begin();
  EXPECT_FALSE(readers.expired());
  before.reset();
  EXPECT_FALSE(readers.expired());
  too.reset();
  EXPECT_TRUE(readers.expired());
  EXPECT_FALSE(ranges.readers().expired()) << "the one who began after";
}

}  // namespace
}  // namespace tally
