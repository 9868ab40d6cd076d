// SPDX-License-Identifier: Apache-2.0
#include "model/money.h"

#include <gtest/gtest.h>

namespace tally {
namespace {

TEST(Money, AmountsAreExactMillionths) {
  struct Row {
    const char* text;
    std::int64_t micros;
    const char* written;
  };
  const Row rows[] = {{"0", 0, "0"},
                      {"12", 12'000'000, "12"},
                      {"12.5", 12'500'000, "12.5"},
                      {"0.10", 100'000, "0.1"},
                      {"0.000001", 1, "0.000001"},
                      {"007.070", 7'070'000, "7.07"},
                      {"1000000000000", kMaxAmount, "1000000000000"}};
  for (const Row& row : rows) {
    EXPECT_EQ(parse_amount(row.text), row.micros) << row.text;
    EXPECT_EQ(format_amount(row.micros), row.written);
  }
  for (const char* text : {"", ".", ".5", "5.", "-1", "+1", "1e3", "1,5", "1 ", " 1", "0.0000001",
                           "1000000000000.000001", "12345678901234", "1.2.3", "NaN", "0x1", "EUR"})
    EXPECT_FALSE(parse_amount(text)) << text;
}

TEST(Money, CurrenciesAreThreeCapitals) {
  for (const char* text : {"EUR", "USD", "JPY"}) EXPECT_TRUE(is_currency(text)) << text;
  for (const char* text : {"", "eur", "EURO", "E R", "€"}) EXPECT_FALSE(is_currency(text)) << text;
}

}  // namespace
}  // namespace tally
