// SPDX-License-Identifier: Apache-2.0
#include "base/state_file.h"

#include <gtest/gtest.h>

#include <optional>

#include "base/checksum.h"

namespace tally {
namespace {

using std::string_literals::operator""s;

constexpr StateFormat kNarrow{"TALLYTST", 2, "a list of tests"};
constexpr StateFormat kWide{"TALLYTST", 2, "a list of tests", true};
constexpr std::size_t kVersionAt = 8, kSumAt = 10;
constexpr std::string_view kBody = "the body";

std::size_t sum_size(const StateFormat& format) { return format.wide ? 8 : 4; }

std::string of_version(StateFormat format, std::uint16_t version, std::string_view body) {
  format.version = version;
  return seal_state(format, body);
}

TEST(StateFile, GoesBothWaysAndKnowsItsVersion) {
  for (const StateFormat& format : {kNarrow, kWide}) {
    for (const std::uint16_t version : {1, 2}) {
      for (const std::string_view body : {"", "one", "a longer body, of more than one block"}) {
        const std::string file = of_version(format, version, body);
        EXPECT_EQ(file.size(), kSumAt + sum_size(format) + body.size());
        const auto opened = open_state(format, file);
        ASSERT_TRUE(opened) << opened.error().line();
        EXPECT_EQ(opened->version, version);
        EXPECT_EQ(opened->bytes, body);
      }
    }
  }
}

// As files that stand on disks already have it.
TEST(StateFile, TheBytesAreThese) {
  EXPECT_EQ(seal_state(kNarrow, "body"),
            "TALLYTST\x02\0\xcd\x8c\xe4\x2c"
            "body"s);
  EXPECT_EQ(seal_state(kWide, "body"),
            "TALLYTST\x02\0\x4f\xdd\xfb\x44\x44\x40\x3c\x9e"
            "body"s);
}

TEST(StateFile, DamageIsNeverTakenForABodyNorForANewerVersion) {
  using Text = const std::string&;
  using Format = const StateFormat&;
  struct Row {
    const char* damage;
    std::string (*done)(Format format, Text file);
    std::optional<ErrorCode> error;
  };
  constexpr auto kCorrupt = ErrorCode::corrupt;
  const Row rows[] = {
      {"none", [](Format, Text file) { return file; }, {}},
      {"empty", [](Format, Text) { return ""s; }, kCorrupt},
      {"the magic alone", [](Format, Text file) { return file.substr(0, kVersionAt); }, kCorrupt},
      {"cut in the version", [](Format, Text file) { return file.substr(0, 9); }, kCorrupt},
      {"cut in the checksum", [](Format, Text file) { return file.substr(0, 13); }, kCorrupt},
      {"cut in the body", [](Format, Text file) { return file.substr(0, 20); }, kCorrupt},
      {"no body",
       [](Format format, Text file) { return file.substr(0, kSumAt + sum_size(format)); },
       kCorrupt},
      {"a byte more", [](Format, Text file) { return file + '\0'; }, kCorrupt},
      {"zeros", [](Format, Text file) { return std::string(file.size(), '\0'); }, kCorrupt},
      {"another magic", [](Format, Text file) { return "TALLYXXX" + file.substr(kVersionAt); },
       kCorrupt},
      {"another version's number",
       [](Format, Text file) { return std::string(file).replace(kVersionAt, 1, 1, '\x03'); },
       kCorrupt},
      {"the other width",
       [](Format format, Text) { return seal_state(format.wide ? kNarrow : kWide, kBody); },
       kCorrupt},
      {"a newer version",
       [](Format format, Text) { return of_version(format, 3, "of times to come"); },
       ErrorCode::conflict},
  };
  for (const StateFormat& format : {kNarrow, kWide}) {
    for (const Row& row : rows) {
      const auto opened = open_state(format, row.done(format, seal_state(format, kBody)));
      ASSERT_EQ(opened.has_value(), !row.error) << row.damage;
      if (opened) continue;
      EXPECT_EQ(opened.error().code, *row.error) << row.damage;
      if (row.error == kCorrupt) {
        EXPECT_EQ(opened.error().message, "not a list of tests") << row.damage;
      }
    }
  }
}

TEST(StateFile, NoFlippedBitIsOverlooked) {
  for (const StateFormat& format : {kNarrow, kWide}) {
    const std::string file = seal_state(format, kBody);
    for (std::size_t bit = 0; bit < file.size() * 8; ++bit) {
      std::string damaged = file;
      damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
      const auto opened = open_state(format, damaged);
      ASSERT_FALSE(opened) << bit;
      EXPECT_EQ(opened.error().code, ErrorCode::corrupt) << bit;
    }
  }
}

TEST(Checksum, SaysWhereTheBytesBelong) {
  const std::uint32_t here = record_checksum(7, 1, "bytes");
  EXPECT_EQ(record_checksum(7, 1, "bytes"), here);
  EXPECT_NE(record_checksum(8, 1, "bytes"), here);
  EXPECT_NE(record_checksum(7, 2, "bytes"), here);
  EXPECT_NE(record_checksum(7, 1, "byte5"), here);
}

}  // namespace
}  // namespace tally
