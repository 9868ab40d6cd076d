// SPDX-License-Identifier: Apache-2.0
//
// Amounts of money: whole millionths of one currency, so that sums are exact. Six decimals hold
// every currency's smallest coin and the price of one impression. A workspace has one currency.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tally {

inline constexpr std::int64_t kMicros = 1'000'000;  // in one unit of the currency
// A million million: more than any of them costs in any currency.
inline constexpr std::int64_t kMaxAmount = 1'000'000'000'000 * kMicros;

// "12", "12.5", "0.000001": digits, and up to six behind a point. Nothing for a sign, an exponent,
// a comma, or more than kMaxAmount.
std::optional<std::int64_t> parse_amount(std::string_view text);
// The same without zeros at the end of a fraction; not negative.
std::string format_amount(std::int64_t micros);
// For quotients and for figures that are shown.
inline double units(std::int64_t micros) {
  return static_cast<double>(micros) / static_cast<double>(kMicros);
}

// Has the form of an ISO 4217 code: three capital letters.
bool is_currency(std::string_view text);

}  // namespace tally
