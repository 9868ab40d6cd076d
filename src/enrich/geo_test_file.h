// SPDX-License-Identifier: Apache-2.0
//
// A city database of a few records for tests, written byte by byte as
// https://maxmind.github.io/MaxMind-DB/ has it.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/hit.h"

namespace tally::geo_file {

// The data section's encoding: a control byte of type and size, then the value.
inline std::string control(int type, std::size_t size) {
  std::string out;
  const bool extended = type > 7;
  const auto tag = static_cast<unsigned char>((extended ? 0 : type << 5) |
                                              static_cast<int>(size < 29 ? size : 29));
  out.push_back(static_cast<char>(tag));
  if (extended) out.push_back(static_cast<char>(type - 7));
  if (size >= 29) out.push_back(static_cast<char>(size - 29));
  return out;
}
inline std::string str(std::string_view text) {
  return control(2, text.size()) + std::string(text);
}
inline std::string number(int type, std::uint64_t value, std::size_t bytes) {
  std::string out = control(type, bytes);
  for (std::size_t i = bytes; i-- > 0;) out.push_back(static_cast<char>(value >> (8 * i)));
  return out;
}
inline std::string map(std::initializer_list<std::pair<std::string_view, std::string>> entries) {
  std::string out = control(7, entries.size());
  for (const auto& [key, value] : entries) out += str(key) + value;
  return out;
}
inline std::string list(std::initializer_list<std::string> entries) {
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

inline std::string nested(std::string_view country, std::string_view region,
                          std::string_view city) {
  return map({{"city", map({{"names", map({{"en", str(city)}})}})},
              {"country", map({{"iso_code", str(country)}})},
              {"subdivisions",
               list({map({{"iso_code", str("XX")}, {"names", map({{"en", str(region)}})}})})}});
}
inline std::string flat(std::string_view country, std::string_view region, std::string_view city) {
  return map({{"city", str(city)}, {"country_code", str(country)}, {"state1", str(region)}});
}

}  // namespace tally::geo_file
