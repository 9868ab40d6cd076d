// SPDX-License-Identifier: Apache-2.0
#include "insights/spikes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <string>

namespace tally {
namespace {

// Hours of always the same clicks, from Monday midnight on.
std::vector<Bucket> steady(std::size_t count, std::uint64_t clicks) {
  std::vector<Bucket> out;
  for (std::size_t i = 0; i < count; ++i)
    out.push_back({clicks, static_cast<std::uint32_t>(i % 168)});
  return out;
}

// One letter a bucket: l(earning) . (ordinary) S(pike) a(gain)
std::string read(std::span<const BucketFinding> findings) {
  std::string out;
  for (const BucketFinding& found : findings) out += "l.Sa"[static_cast<int>(found.state)];
  return out;
}

TEST(Spikes, AreFoundAgainstTheLinksOwnPast) {
  struct Row {
    const char* what;
    std::uint64_t usual;
    std::vector<std::uint64_t> then;
    const char* found;  // of `then`
  };
  const Row rows[] = {
      {"ten times", 10, {100}, "S"},
      {"a little more", 10, {18}, "."},
      {"a busy link, a half more", 1000, {1500}, "."},
      {"a busy link, ten times", 1000, {10'000}, "S"},
      {"below twenty clicks", 0, {19}, "."},
      {"twenty clicks on a link that never had one", 0, {20}, "S"},
      {"an hour of quiet", 10, {100, 100, 10, 100}, "Sa.S"},
      {"it goes on", 10, {100, 100, 100, 100}, "SaSa"},
      {"a spike does not hide the next", 10, {1000, 10, 10, 100}, "S..S"},
      {"falling away is none", 1000, {0, 0}, ".."},
  };
  for (const Row& row : rows) {
    std::vector<Bucket> hours = steady(24 * 14, row.usual);
    for (const std::uint64_t clicks : row.then)
      hours.push_back({clicks, static_cast<std::uint32_t>(hours.size() % 168)});
    const auto findings = find_spikes(hours);
    ASSERT_EQ(findings.size(), hours.size());
    EXPECT_EQ(read(findings).substr(24 * 14), row.found) << row.what;
  }
}

TEST(Spikes, AreNotLookedForWhileTheLinkIsNew) {
  std::vector<Bucket> hours = steady(47, 0);
  hours.push_back({5000, 47});
  EXPECT_EQ(read(find_spikes(hours)), std::string(48, 'l'));
  EXPECT_TRUE(find_spikes({}).empty());
}

TEST(Spikes, FollowTheHourOfTheWeek) {
  // Nights of 2, days of 200: the night's 60 is a spike, the day's 200 is not.
  std::vector<Bucket> hours = steady(24 * 28, 0);
  for (Bucket& hour : hours) hour.clicks = hour.slot % 24 < 8 ? 2 : 200;
  const std::size_t night = 24 * 27 + 3;
  hours[night].clicks = 60;
  const auto findings = find_spikes(hours);
  EXPECT_EQ(findings[night].state, BucketState::spike);
  EXPECT_LT(findings[night].forecast.mean, 6);
  for (std::size_t i = 24 * 7; i < hours.size(); ++i)
    EXPECT_EQ(findings[i].state == BucketState::spike, i == night) << i;
}

TEST(Spikes, StopWhenTheLinkHasBecomeBusierForGood) {
  std::vector<Bucket> hours = steady(24 * 14, 10);
  const auto more = steady(24 * 14, 100);
  hours.insert(hours.end(), more.begin(), more.end());
  const std::string found = read(find_spikes(hours));
  EXPECT_EQ(found[24 * 14], 'S');
  EXPECT_EQ(found.substr(24 * 19).find_first_not_of('.'), std::string::npos) << found;
}

TEST(Spikes, WorkByTheDay) {
  std::vector<Bucket> days;
  for (std::uint32_t day = 0; day < 60; ++day) days.push_back({day % 7 < 5 ? 400U : 40U, day % 7});
  days.push_back({4000, 60 % 7});
  days.push_back({4000, 61 % 7});
  const std::string found = read(find_spikes(days, kDaily));
  EXPECT_EQ(found.substr(0, 14), std::string(14, 'l'));
  EXPECT_EQ(found.substr(14, 46), std::string(46, '.'));
  EXPECT_EQ(found.substr(60), "SS");
}

}  // namespace
}  // namespace tally
