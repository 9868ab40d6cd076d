// SPDX-License-Identifier: Apache-2.0
#include "api/csv_writer.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/text.h"

namespace tally {
namespace {

// A blank, a no-break space, an ideographic space, a byte order mark.
constexpr std::array<std::string_view, 4> kBlanks = {" ", "\xc2\xa0", "\xe3\x80\x80",
                                                     "\xef\xbb\xbf"};
constexpr std::array<std::string_view, 11> kSigns = {"=",
                                                     "+",
                                                     "-",
                                                     "@",
                                                     "\t",
                                                     "\r",
                                                     "\n",
                                                     "\xef\xbc\x9d",   // U+FF1D =
                                                     "\xef\xbc\x8b",   // U+FF0B +
                                                     "\xef\xbc\x8d",   // U+FF0D -
                                                     "\xef\xbc\xa0"};  // U+FF20 @

template <std::size_t N>
std::size_t begins_with(std::string_view text, const std::array<std::string_view, N>& forms) {
  for (const std::string_view form : forms)
    if (text.starts_with(form)) return form.size();
  return 0;
}

constexpr auto kQuoted = [] {
  std::array<bool, 256> out{};
  for (const char c : {'"', ',', '\r', '\n'}) out[static_cast<unsigned char>(c)] = true;
  return out;
}();

// Blanks at the ends are quoted too: some readers would drop them.
bool needs_quotes(std::string_view cell) {
  if (cell.empty()) return false;
  return cell.front() == ' ' || cell.back() == ' ' ||
         std::ranges::any_of(cell, [](unsigned char c) { return kQuoted[c]; });
}

}  // namespace

bool looks_like_formula(std::string_view cell) {
  while (!cell.empty() && !is_alnum(cell.front())) {
    if (begins_with(cell, kSigns) > 0) return true;
    const std::size_t blank = begins_with(cell, kBlanks);
    if (blank == 0) return false;
    cell.remove_prefix(blank);
  }
  return false;
}

void CsvWriter::comma() {
  if (cells_++ > 0) out_.push_back(',');
}

void CsvWriter::text(std::string_view cell) {
  comma();
  if (cell.empty()) return;
  empty_ = false;
  const bool guard = guarded_ && looks_like_formula(cell);
  if (!needs_quotes(cell)) {
    if (guard) out_.push_back('\'');
    out_ += cell;
    return;
  }
  out_ += guard ? "\"'" : "\"";
  for (const char c : cell) {
    if (c == '"') out_.push_back('"');
    out_.push_back(c);
  }
  out_.push_back('"');
}

void CsvWriter::plain(std::string_view cell) {
  comma();
  empty_ = empty_ && cell.empty();
  out_ += cell;
}

void CsvWriter::number(std::optional<std::uint64_t> cell) {
  std::array<char, 20> digits{};
  if (!cell) return plain({});
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), *cell).ptr;
  plain({digits.data(), static_cast<std::size_t>(end - digits.data())});
}

void CsvWriter::end_row() {
  // A line with nothing in it would be no row.
  if (cells_ == 1 && empty_) out_ += "\"\"";
  out_ += "\r\n";
  cells_ = 0;
  empty_ = true;
}

}  // namespace tally
