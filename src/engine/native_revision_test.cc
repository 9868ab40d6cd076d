// SPDX-License-Identifier: Apache-2.0
#include "engine/native_revision.h"

#include <gtest/gtest.h>

#include "base/bytes.h"

namespace tally {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kInfo = "\x01\x00\x02\xff\xff\xff\xff\x00"sv;

std::string block(std::uint64_t rows, std::string_view type, std::string_view data,
                  std::string_view before = "", std::string_view behind = "") {
  std::string out(before);
  put_varint(out, 1);
  put_varint(out, rows);
  put_text(out, "a");
  put_text(out, type);
  out += behind;
  return out + std::string(data);
}

TEST(NativeRevisionTest, EveryTypeIsReadThrough) {
  struct Row {
    std::string_view type;
    std::string_view data;  // of two rows
  };
  for (
      const Row& row : std::initializer_list<Row>{
          {"UInt8", "ab"},
          {"DateTime64(3, 'UTC')", "12345678abcdefgh"},
          {"Decimal(18, 4)", "12345678abcdefgh"},
          {"Decimal(9, 2)", "1234abcd"},
          {"IntervalDay", "12345678abcdefgh"},
          {"Enum8('a, (' = 1, 'b' = 2)", "\x01\x02"},
          {"String", "\x01x\x00"sv},
          {"FixedString(3)", "abcdef"},
          {"Nullable(UInt16)",
           "\x00\x01"
           "abcd"sv},
          {"Array(String)", "\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\x01x\x01y"sv},
          {"Array(Array(UInt8))",
           "\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\x00\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0z"sv},
          {"Tuple(UInt8, String)", "ab\x01x\x00"sv},
          {"Tuple(n UInt8, `odd name` Tuple(s String))", "ab\x01x\x00"sv},
          {"Map(String, UInt8)", "\x00\0\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x01kv"sv},
          {"LowCardinality(String)",
           "\x01\0\0\0\0\0\0\0\x00\x06\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x01x\x02\0\0\0\0\0\0\0\0\0"sv},
          {"LowCardinality(Nullable(String))",
           "\x01\0\0\0\0\0\0\0\x00\x06\0\0\0\0\0\0\x01\0\0\0\0\0\0\0\x01x\x02\0\0\0\0\0\0\0\0\0"sv},
          {"Array(LowCardinality(String))",
           "\x01\0\0\0\0\0\0\0\x00\0\0\0\0\0\0\0\x00\0\0\0\0\0\0\0"sv},
          {"SimpleAggregateFunction(sum, UInt8)", "ab"},
      }) {
    const std::string plain = block(2, row.type, row.data);
    EXPECT_EQ(native_of_revision(plain, 0).value(), plain);
    EXPECT_EQ(native_of_revision(plain + plain, 54405).value(),
              block(2, row.type, row.data, kInfo) + block(2, row.type, row.data, kInfo))
        << row.type;
    EXPECT_EQ(native_of_revision(plain, 54454).value(), block(2, row.type, row.data, kInfo, "\0"sv))
        << row.type;
  }
}

TEST(NativeRevisionTest, NoRowsHaveNoValues) {
  EXPECT_EQ(native_of_revision("", 54454).value(), "");
  const std::string plain = block(0, "LowCardinality(String)", "");
  EXPECT_EQ(native_of_revision(plain, 54454).value(),
            block(0, "LowCardinality(String)", "", kInfo, "\0"sv));
}

TEST(NativeRevisionTest, WhatCannotBeReadIsRefused) {
  for (const std::string_view type : {"JSON", "Dynamic", "Variant(String, UInt8)",
                                      "AggregateFunction(sum, UInt8)", "Array(JSON)", "Array"}) {
    const auto out = native_of_revision(block(1, type, std::string(16, '\0')), 54454);
    ASSERT_FALSE(out) << type;
    EXPECT_EQ(out.error().code, ErrorCode::invalid) << type;
  }
  const std::string whole =
      block(2, "Array(String)", "\x01\0\0\0\0\0\0\0\x02\0\0\0\0\0\0\0\x01x\x01y"sv);
  for (std::size_t size = 1; size < whole.size(); ++size)
    EXPECT_FALSE(native_of_revision(std::string_view(whole).substr(0, size), 54454)) << size;
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "Nullable(";
  EXPECT_FALSE(native_of_revision(block(1, deep + "UInt8" + std::string(100, ')'), "aaaa"), 54454));
  EXPECT_FALSE(native_of_revision(block(~std::uint64_t{0}, "UInt64", "12345678"), 54454));
}

}  // namespace
}  // namespace tally
