// SPDX-License-Identifier: Apache-2.0
//
// MaxMind's own test databases, good and broken, from Debian's source package libmaxminddb: each is
// answered or refused, whatever is asked.
#include <gtest/gtest.h>
#include <maxminddb.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "enrich/geo.h"

namespace tally {
namespace {

namespace fs = std::filesystem;

// Put there by `./dev setup test`.
const fs::path kDatabases = ".dev/sources/libmaxminddb/t/maxmind-db";

std::vector<fs::path> databases() {
  std::vector<fs::path> out;
  std::error_code missing;
  for (const auto& entry : fs::recursive_directory_iterator(kDatabases, missing))
    if (entry.path().extension() == ".mmdb") out.push_back(entry.path());
  std::ranges::sort(out);
  return out;
}

// Edges of both address spaces, what the databases know, and a walk over all networks.
std::vector<Address> addresses() {
  std::vector<Address> out;
  for (const std::string_view text : {"0.0.0.0",
                                      "255.255.255.255",
                                      "1.1.1.1",
                                      "1.1.1.32",
                                      "2.125.160.216",
                                      "67.43.156.1",
                                      "81.2.69.142",
                                      "81.2.69.160",
                                      "89.160.20.112",
                                      "175.16.199.1",
                                      "202.196.224.1",
                                      "216.160.83.56",
                                      "::",
                                      "::1",
                                      "::1.1.1.1",
                                      "::ffff:81.2.69.142",
                                      "2001:218::1",
                                      "2001:220::1",
                                      "2002:5102:458e::",
                                      "2a02:d100::1",
                                      "2a02:ff00::1",
                                      "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"})
    out.push_back(*Address::parse(text));
  for (int high = 0; high < 256; ++high) {
    out.push_back(*Address::parse(std::to_string(high) + ".128.3.7"));
    Address v6 = *Address::parse("2000::1");
    v6.bytes[1] = static_cast<unsigned char>(high);
    out.push_back(v6);
  }
  return out;
}

bool is_country(std::string_view text) {
  return text == "Unknown" ||
         (text.size() == 2 && text[0] >= 'A' && text[0] <= 'Z' && text[1] >= 'A' && text[1] <= 'Z');
}

TEST(MaxMindDatabases, AreAllAnsweredOrRefused) {
  const auto files = databases();
  ASSERT_GE(files.size(), 36u) << "run ./dev setup test: it fetches " << kDatabases;
  const auto asked = addresses();
  std::size_t refused = 0;
  for (const fs::path& path : files) {
    SCOPED_TRACE(path.filename().string());
    const auto database = std::make_shared<const GeoDatabase>(path, "");
    const GeoStatus& status = database->status();
    EXPECT_NE(status.loaded, status.state == GeoStatus::State::broken);
    EXPECT_NE(status.loaded, !status.error.empty());
    EXPECT_TRUE(is_utf8(status.type));
    refused += status.loaded ? 0 : 1;
    GeoReader reader(database);
    for (const Address& address : asked) {
      const Place place = reader.find(address);
      EXPECT_TRUE(is_country(place.country)) << place.country;
      for (const std::string* text : {&place.region, &place.city}) {
        EXPECT_FALSE(text->empty());
        EXPECT_TRUE(is_utf8(*text) && text->size() <= 255);
        EXPECT_TRUE(place.country != "Unknown" || *text == "Unknown") << *text;
      }
    }
  }
  EXPECT_GE(refused, 1u);
  EXPECT_LT(refused, files.size() / 2);
}

// The library's own walk, from the text to the record.
std::optional<std::uint32_t> by_the_library(const MMDB_s& file, const Address& address) {
  int failed = 0;
  int status = MMDB_SUCCESS;
  const auto found = ::MMDB_lookup_string(&file, address.text().c_str(), &failed, &status);
  EXPECT_EQ(failed, 0);
  if (status != MMDB_SUCCESS || !found.found_entry) return std::nullopt;
  return found.entry.offset;
}

TEST(MaxMindDatabases, AreWalkedAsTheLibraryWalks) {
  const auto asked = addresses();
  std::size_t found = 0;
  for (const fs::path& path : databases()) {
    SCOPED_TRACE(path.filename().string());
    // Where a tree has no end the library makes an offset of nothing.
    if (path.filename().string().find("broken-search-tree") != std::string::npos) continue;
    MMDB_s file;
    if (::MMDB_open(path.c_str(), MMDB_MODE_MMAP, &file) != MMDB_SUCCESS) continue;
    const GeoDatabase database(path, "");
    for (std::size_t from = 0; from < asked.size(); from += GeoDatabase::kSideBySide) {
      const auto group =
          std::span(asked).subspan(from, std::min(GeoDatabase::kSideBySide, asked.size() - from));
      std::array<std::optional<GeoDatabase::Record>, GeoDatabase::kSideBySide> records;
      database.find(group, records);
      for (std::size_t i = 0; i < group.size(); ++i) {
        if (!group[i].known() || (!group[i].is_v4() && file.metadata.ip_version == 4)) continue;
        const auto record = by_the_library(file, group[i]);
        EXPECT_EQ(records[i].has_value(), record.has_value()) << group[i].text();
        EXPECT_EQ(records[i].value_or(GeoDatabase::Record{}).offset, record.value_or(0));
        found += record ? 1 : 0;
      }
    }
    ::MMDB_close(&file);
  }
  EXPECT_GT(found, 100u);
}

TEST(MaxMindDatabases, SayWhatTheyKnow) {
  const struct {
    std::string_view file, ip, place;
  } rows[] = {
      {"GeoIP2-City-Test", "81.2.69.160", "GB/England/London"},
      {"GeoIP2-City-Test", "::ffff:81.2.69.160", "GB/England/London"},
      {"GeoIP2-City-Test", "2.125.160.216", "GB/England/Boxford"},
      {"GeoIP2-City-Test", "216.160.83.56", "US/Washington/Milton"},
      {"GeoIP2-City-Test", "67.43.156.1", "BT/Unknown/Unknown"},
      {"GeoIP2-City-Test", "2001:218::1", "JP/Unknown/Unknown"},
      {"GeoIP2-City-Test", "2002:5102:45a0::", "GB/England/London"},
      {"GeoIP2-City-Test", "10.0.0.1", "Unknown/Unknown/Unknown"},
      {"GeoIP2-Country-Test", "216.160.83.56", "US/Unknown/Unknown"},
      {"GeoIP2-Enterprise-Test", "2.125.160.216", "GB/England/Boxford"},
      {"GeoIP2-Enterprise-Test", "212.47.235.82", "Unknown/Unknown/Unknown"},
      {"GeoIP2-Precision-Enterprise-Test", "175.16.199.1", "CN/Jilin Sheng/Changchun"},
      {"GeoLite2-ASN-Test", "1.128.0.1", "Unknown/Unknown/Unknown"},
  };
  for (const auto& row : rows) {
    const auto path = kDatabases / "test-data" / (std::string(row.file) + ".mmdb");
    GeoReader reader(std::make_shared<const GeoDatabase>(path, ""));
    ASSERT_TRUE(reader.status().loaded) << reader.status().error;
    const Place& place = reader.find(*Address::parse(row.ip));
    EXPECT_EQ(place.country + "/" + place.region + "/" + place.city, row.place)
        << row.file << " " << row.ip;
  }
}

}  // namespace
}  // namespace tally
