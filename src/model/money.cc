// SPDX-License-Identifier: Apache-2.0
#include "model/money.h"

#include <algorithm>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kDecimals = 6;
constexpr std::size_t kMaxWhole = 13;  // digits of the largest amount

}  // namespace

std::optional<std::int64_t> parse_amount(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  const std::string_view whole = text.substr(0, point);
  std::string fraction(text.substr(std::min(point + 1, text.size())));
  const bool bare = point == text.size();
  if (whole.empty() || whole.size() > kMaxWhole || fraction.size() > kDecimals) return std::nullopt;
  if (!bare && fraction.empty()) return std::nullopt;
  if (!std::ranges::all_of(whole, is_digit) || !std::ranges::all_of(fraction, is_digit))
    return std::nullopt;
  fraction.resize(kDecimals, '0');
  const std::int64_t micros =
      *parse_number<std::int64_t>(whole) * kMicros + *parse_number<std::int64_t>(fraction);
  if (micros > kMaxAmount) return std::nullopt;
  return micros;
}

std::string format_amount(std::int64_t micros) {
  std::string out = std::to_string(micros / kMicros);
  std::string fraction = std::to_string(micros % kMicros);
  fraction.insert(0, kDecimals - fraction.size(), '0');
  fraction.erase(fraction.find_last_not_of('0') + 1);
  return fraction.empty() ? out : out + "." + fraction;
}

bool is_currency(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

}  // namespace tally
