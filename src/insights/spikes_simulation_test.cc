// SPDX-License-Identifier: Apache-2.0
//
// Links that behave, for months: how often is one of their hours called a spike, or a platform's
// drop? Nights and weekends, rates that vary more than a Poisson, from a click a day to thousands
// an hour. And what the season is for: without it the nights and mornings count as spread, and as
// few spikes are found as false ones.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "insights/platform_drops.h"
#include "insights/simulation.h"
#include "insights/spikes.h"

namespace tally {
namespace {

constexpr std::size_t kWeeks = 26;
constexpr Rhythm kNoSeason{
    .slots = 1, .cycle = 1, .half_life = 72, .settling = 24, .learning = 48, .quiet = 1};

// Of an hour of the week: the evening has ten times the night, the weekend half of the week.
double rhythm_of(std::uint32_t slot) {
  constexpr std::array<double, 24> kDay = {0.4, 0.3, 0.2, 0.2, 0.2, 0.3, 0.5, 0.8,
                                           1.1, 1.2, 1.2, 1.3, 1.4, 1.3, 1.2, 1.2,
                                           1.3, 1.4, 1.6, 1.9, 2.0, 1.7, 1.1, 0.6};
  return kDay[slot % 24] * (slot / 24 >= 5 ? 0.6 : 1.15);
}

std::vector<Bucket> half_a_year(Simulation& people, double mean, double excess) {
  std::vector<Bucket> out;
  for (std::uint32_t hour = 0; hour < kWeeks * 168; ++hour) {
    const std::uint32_t slot = hour % 168;
    out.push_back({people.count(mean * rhythm_of(slot), excess), slot});
  }
  return out;
}

TEST(SpikeSimulation, LinksThatBehaveAreLeftAlone) {
  struct Row {
    double mean;    // clicks an hour
    double excess;  // φ
  };
  const Row rows[] = {{0.05, 0.3}, {1, 0.1},    {5, 0.1},   {20, 0.05},
                      {20, 0.3},   {200, 0.05}, {3000, 0.1}};
  constexpr std::size_t kLinks = 10;
  constexpr double kHours = kLinks * kWeeks * 168;
  Simulation people(13);
  double all = 0;
  for (const Row& row : rows) {
    double of_row = 0;
    for (std::size_t link = 0; link < kLinks; ++link)
      of_row += static_cast<double>(
          std::ranges::count(find_spikes(half_a_year(people, row.mean, row.excess)),
                             BucketState::spike, &BucketFinding::state));
    EXPECT_LE(of_row, 3 * kSpikeP * kHours) << row.mean << " " << row.excess;
    all += of_row;
  }
  EXPECT_LE(all, kSpikeP * kHours * static_cast<double>(std::size(rows)));
}

TEST(SpikeSimulation, SeasonsLetSpikesBeFound) {
  struct Row {
    double mean, times;
    bool needs_season;
  };
  const Row rows[] = {{0.05, 600, false}, {1, 30, false}, {20, 6, true}, {200, 4, true}};
  constexpr int kLinks = 20;
  Simulation people(14);
  for (const Row& row : rows) {
    int found = 0, without_season = 0;
    for (int link = 0; link < kLinks; ++link) {
      auto hours = half_a_year(people, row.mean, 0.05);
      const std::size_t at = hours.size() - 1 - people() % 168;
      const double usual = row.mean * rhythm_of(hours[at].slot);
      hours[at].clicks = std::max(kLeastSpike, people.count(usual * row.times, 0.05));
      found += find_spikes(hours)[at].state == BucketState::spike ? 1 : 0;
      without_season += find_spikes(hours, kNoSeason)[at].state == BucketState::spike ? 1 : 0;
    }
    EXPECT_GE(found, kLinks * 9 / 10) << row.mean;
    if (row.needs_season) {
      EXPECT_LT(without_season, kLinks * 3 / 4) << row.mean;
    }
  }
}

std::vector<std::vector<Bucket>> platforms_of(Simulation& people, double mean) {
  return {half_a_year(people, mean * 0.55, 0.05), half_a_year(people, mean * 0.35, 0.05),
          half_a_year(people, mean * 0.1, 0.05)};
}

TEST(DropSimulation, PlatformsThatBehaveAreLeftAlone) {
  Simulation people(15);
  std::size_t drops = 0;
  for (const double mean : {1.0, 20.0, 100.0, 1000.0})
    for (int link = 0; link < 5; ++link)
      drops += find_platform_drops(platforms_of(people, mean)).size();
  EXPECT_LE(static_cast<double>(drops), 1e-4 * 3 * 20 * kWeeks * 168);
}

}  // namespace
}  // namespace tally
