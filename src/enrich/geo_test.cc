// SPDX-License-Identifier: Apache-2.0
//
// A database file of a few records is written here, byte by byte as
// https://maxmind.github.io/MaxMind-DB/ has it, so that both layouts and every fault can be tried.
#include "enrich/geo.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <fstream>

namespace tally {
namespace {

// The data section's encoding: a control byte of type and size, then the value.
std::string control(int type, std::size_t size) {
  std::string out;
  const bool extended = type > 7;
  const auto tag = static_cast<unsigned char>((extended ? 0 : type << 5) |
                                              static_cast<int>(size < 29 ? size : 29));
  out.push_back(static_cast<char>(tag));
  if (extended) out.push_back(static_cast<char>(type - 7));
  if (size >= 29) out.push_back(static_cast<char>(size - 29));
  return out;
}
std::string str(std::string_view text) { return control(2, text.size()) + std::string(text); }
std::string number(int type, std::uint64_t value, std::size_t bytes) {
  std::string out = control(type, bytes);
  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i)));
  return out;
}
std::string map(std::initializer_list<std::pair<std::string_view, std::string>> entries) {
  std::string out = control(7, entries.size());
  for (const auto& [key, value] : entries) out += str(key) + value;
  return out;
}
std::string list(std::initializer_list<std::string> entries) {
  std::string out = control(11, entries.size());
  for (const auto& value : entries) out += value;
  return out;
}

// One address to one record, in a tree of 24-bit records.
class DatabaseWriter {
 public:
  explicit DatabaseWriter(int ip_version) : ip_version_(ip_version) {}

  void add(std::string_view ip, std::string_view record) {
    const Address address = *Address::parse(ip);
    const int bits = ip_version_ == 6 ? 128 : 32;
    // In a v6 tree IPv4 lies under ::/96.
    std::array<unsigned char, 16> bytes = address.bytes;
    if (address.is_v4()) bytes[10] = bytes[11] = 0;
    const std::size_t first = ip_version_ == 6 ? 0 : 96;
    std::size_t node = 0;
    for (int i = 0; i < bits; ++i) {
      const std::size_t at = first + static_cast<std::size_t>(i);
      const std::size_t bit = (bytes[at / 8] >> (7 - at % 8)) & 1;
      if (i + 1 == bits) {
        nodes_[node][bit] = kData + data_.size();
      } else {
        if (nodes_[node][bit] == 0) {
          nodes_[node][bit] = nodes_.size();
          nodes_.push_back({});
        }
        node = nodes_[node][bit];
      }
    }
    data_ += record;
  }

  std::string bytes(std::string_view type) const {
    std::string out;
    for (const auto& node : nodes_) {
      for (const std::size_t value : node) {
        std::size_t record = value == 0 ? nodes_.size() : value;
        if (value >= kData) record = value - kData + nodes_.size() + 16;
        for (const int shift : {16, 8, 0}) out.push_back(static_cast<char>(record >> shift));
      }
    }
    out += std::string(16, '\0') + data_ + "\xab\xcd\xefMaxMind.com";
    out += map({{"binary_format_major_version", number(5, 2, 1)},
                {"binary_format_minor_version", number(5, 0, 0)},
                {"build_epoch", number(9, 1'700'000'000, 8)},
                {"database_type", str(type)},
                {"description", map({})},
                {"ip_version", number(5, static_cast<std::uint64_t>(ip_version_), 1)},
                {"languages", list({})},
                {"node_count", number(6, nodes_.size(), 4)},
                {"record_size", number(5, 24, 1)}});
    return out;
  }

 private:
  static constexpr std::size_t kData = 1 << 20;
  int ip_version_;
  std::vector<std::array<std::size_t, 2>> nodes_{1};
  std::string data_;
};

std::string nested(std::string_view country, std::string_view region, std::string_view city) {
  return map({{"city", map({{"names", map({{"en", str(city)}})}})},
              {"country", map({{"iso_code", str(country)}})},
              {"subdivisions",
               list({map({{"iso_code", str("XX")}, {"names", map({{"en", str(region)}})}})})}});
}
std::string flat(std::string_view country, std::string_view region, std::string_view city) {
  return map({{"city", str(city)}, {"country_code", str(country)}, {"state1", str(region)}});
}

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
  static std::string place(GeoDatabase& geo, std::string_view ip) {
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
  GeoDatabase geo(file("a.mmdb", writer.bytes("GeoLite2-City")), {});
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
  GeoDatabase geo(file("dbip-city-ipv4.mmdb", v4.bytes("city ipv4")),
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
  GeoDatabase geo(file("v4.mmdb", v4.bytes("t")), directory_ / "nowhere.mmdb");
  EXPECT_EQ(place(geo, "192.0.2.1"), "DE/Unknown/Unknown");
  EXPECT_EQ(place(geo, "2001:db8::1"), "Unknown/Unknown/Unknown");
  EXPECT_TRUE(geo.status().loaded);
  EXPECT_EQ(geo.status().state, GeoStatus::State::missing);
  EXPECT_NE(geo.status().error.find("nowhere.mmdb: no such file"), std::string::npos);
}

TEST_F(Geo, SaysWhyItIsNotLoaded) {
  GeoDatabase missing(directory_ / "a.mmdb", {});
  EXPECT_EQ(place(missing, "192.0.2.1"), "Unknown/Unknown/Unknown");
  EXPECT_FALSE(missing.status().loaded);
  EXPECT_EQ(missing.status().state, GeoStatus::State::missing);
  GeoDatabase unset({}, {});
  EXPECT_EQ(unset.status().error, "no geo database is set");
  for (const std::string& bytes : {std::string(), std::string(1000, 'x')}) {
    GeoDatabase broken(file("broken.mmdb", bytes), {});
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
    GeoDatabase geo(file("bad.mmdb", bad), {});
    const Place& found = geo.find(*Address::parse("192.0.2.1"));
    EXPECT_FALSE(found.country.empty());
  }
}

}  // namespace
}  // namespace tally
