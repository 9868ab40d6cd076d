// SPDX-License-Identifier: Apache-2.0
#include "insights/platform_drops.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

constexpr std::size_t kPast = 24 * 14;

// Hours of always the same clicks on each platform, then those given.
std::vector<std::vector<Bucket>> series(const std::vector<std::uint64_t>& usual,
                                        const std::vector<std::vector<std::uint64_t>>& then) {
  std::vector<std::vector<Bucket>> out(usual.size());
  for (std::size_t platform = 0; platform < usual.size(); ++platform) {
    const auto add = [&](std::uint64_t clicks) {
      const auto slot = static_cast<std::uint32_t>(out[platform].size() % 168);
      out[platform].push_back({clicks, slot});
    };
    for (std::size_t i = 0; i < kPast; ++i) add(usual[platform]);
    for (const auto& hour : then) add(hour[platform]);
  }
  return out;
}

TEST(PlatformDrops, AreThoseOfOnePlatformAlone) {
  struct Row {
    const char* what;
    std::vector<std::uint64_t> usual;
    std::vector<std::vector<std::uint64_t>> then;
    std::vector<std::pair<std::size_t, std::size_t>> drops;  // (hour of `then`, platform)
  };
  const Row rows[] = {
      {"iOS stops", {200, 100, 50}, {{0, 100, 50}}, {{0, 0}}},
      {"Android falls to a tenth", {200, 100, 50}, {{200, 10, 50}}, {{0, 1}}},
      {"a third less is none", {200, 100, 50}, {{130, 100, 50}}, {}},
      {"everything stops", {200, 100, 50}, {{0, 0, 0}}, {}},
      {"everything falls to a quarter", {200, 100, 50}, {{50, 25, 12}}, {}},
      {"small numbers", {200, 100, 10}, {{200, 100, 0}}, {}},
      {"one platform alone", {200, 0, 0}, {{0, 0, 0}}, {}},
      {"told once", {200, 100, 50}, {{0, 100, 50}, {0, 100, 50}, {0, 100, 50}}, {{0, 0}}},
      {"told again after it had recovered",
       {200, 100, 50},
       {{0, 100, 50}, {200, 100, 50}, {0, 100, 50}},
       {{0, 0}, {2, 0}}},
      {"two of three at once", {200, 200, 400}, {{5, 5, 400}}, {{0, 0}, {0, 1}}},
      {"others growing is no drop", {200, 100, 50}, {{200, 1000, 50}}, {}},
      {"a drop while others grow", {200, 100, 50}, {{20, 300, 50}}, {{0, 0}}},
  };
  for (const Row& row : rows) {
    const auto found = find_platform_drops(series(row.usual, row.then));
    std::vector<std::pair<std::size_t, std::size_t>> drops;
    for (const PlatformDrop& drop : found) {
      drops.emplace_back(drop.bucket - kPast, drop.platform);
      EXPECT_LT(drop.p, kDropP);
      EXPECT_GE(drop.expected, kLeastExpected);
    }
    EXPECT_EQ(drops, row.drops) << row.what;
  }
}

TEST(PlatformDrops, TakeAnySeries) {
  EXPECT_TRUE(find_platform_drops({}).empty());
  std::vector<std::vector<Bucket>> uneven = series({200, 100}, {{0, 100}});
  uneven.emplace_back();
  EXPECT_TRUE(find_platform_drops(uneven).empty());
}

}  // namespace
}  // namespace tally
