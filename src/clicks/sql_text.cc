// SPDX-License-Identifier: Apache-2.0
#include "clicks/sql_text.h"

#include "base/text.h"

namespace tally {

std::string sql_quote(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 2);
  out.push_back('\'');
  for (const char c : text) {
    if (c == '\\' || c == '\'') out.push_back('\\');
    if (c == '\0') {
      // The lexer takes a bare NUL for the end of the query.
      out.append("\\0");
    } else {
      out.push_back(c);
    }
  }
  out.push_back('\'');
  return out;
}

std::string sql_quote_list(std::span<const std::string> texts) {
  std::string out = "(";
  for (const std::string& text : texts) {
    if (out.size() > 1) out.push_back(',');
    out += sql_quote(text);
  }
  out.push_back(')');
  return out;
}

std::string tsv_unescape(std::string_view field) {
  std::string out;
  out.reserve(field.size());
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] != '\\' || i + 1 == field.size()) {
      out.push_back(field[i]);
      continue;
    }
    switch (const char c = field[++i]) {
      case 't':
        out.push_back('\t');
        break;
      case 'n':
        out.push_back('\n');
        break;
      case 'r':
        out.push_back('\r');
        break;
      case 'b':
        out.push_back('\b');
        break;
      case 'f':
        out.push_back('\f');
        break;
      case '0':
        out.push_back('\0');
        break;
      default:
        out.push_back(c);
    }
  }
  return out;
}

TsvTable parse_tsv(std::string_view text) {
  TsvTable table;
  bool after_blank = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    // Only totals stand behind a blank line. A row that is blank itself, one empty field, is not
    // told apart: whoever asks for one text column asks for a second one beside it.
    if (line.empty()) {
      after_blank = true;
    } else if (after_blank) {
      table.totals = split(line, '\t');
    } else {
      table.rows.push_back(split(line, '\t'));
    }
  }
  return table;
}

Result<std::uint64_t> tsv_count(std::span<const std::string_view> row, std::size_t field) {
  const auto value = field < row.size() ? parse_number<std::uint64_t>(row[field]) : std::nullopt;
  if (!value)
    return fail(ErrorCode::corrupt,
                "the click store's answer has no number in field " + std::to_string(field + 1));
  return *value;
}

}  // namespace tally
