// SPDX-License-Identifier: Apache-2.0
//
// Small questions about ASCII text that the standard library leaves out. None allocates unless it
// returns a string; none depends on the locale.
#pragma once

#include <charconv>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tally {

constexpr char to_lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
constexpr bool is_alpha(char c) { return to_lower(c) >= 'a' && to_lower(c) <= 'z'; }
constexpr bool is_alnum(char c) { return is_alpha(c) || is_digit(c); }

std::string lower(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);
bool contains_ignoring_case(std::string_view text, std::string_view part);

// Without blanks and tabs at both ends.
std::string_view trim(std::string_view text);

// The pieces between separators; "" gives one empty piece.
std::vector<std::string_view> split(std::string_view text, char separator);

// A whole decimal number, nothing else around it.
template <class T>
std::optional<T> parse_number(std::string_view text) {
  T value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

// Well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates).
bool is_utf8(std::string_view text);

// At most `limit` bytes, cut at a character's edge.
std::string_view cut_utf8(std::string_view text, std::size_t limit);

// The same text with each byte that is not part of well-formed UTF-8 replaced by '?'.
std::string make_utf8(std::string_view text);

// The beginning of what somebody else wrote: at most `limit` bytes of it, in UTF-8.
std::string excerpt(std::string_view text, std::size_t limit);

// RFC 4648, with padding.
std::string base64(std::string_view bytes);

// Percent-decoding (RFC 3986); nothing when an escape is broken. '+' is left alone unless
// `plus_is_blank`, which is the rule of HTML form and query values.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_blank = false);

}  // namespace tally
