// SPDX-License-Identifier: Apache-2.0
#include "engine/statement.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace tally {
namespace {

// Parameters of the protocol that change nothing here: answers are always whole, there are no users
// and no sessions.
constexpr std::array<std::string_view, 8> kIgnored = {"wait_end_of_query",
                                                      "buffer_size",
                                                      "query_id",
                                                      "user",
                                                      "password",
                                                      "send_progress_in_http_headers",
                                                      "http_headers_progress_interval_ms",
                                                      "quota_key"};
// Parameters that would change the bytes of a body.
constexpr std::array<std::string_view, 5> kRefused = {"compress", "decompress", "session_id",
                                                      "stacktrace", "enable_http_compression"};

bool is_name_byte(char c) { return is_alnum(c) || c == '_'; }

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Reads a statement's words from the front.
class Words {
 public:
  explicit Words(std::string_view text) : text_(text) {}

  bool keyword(std::string_view word) {
    skip_blanks();
    const std::string_view found = text_.substr(at_, word.size());
    if (!equals_ignoring_case(found, word)) return false;
    const std::size_t after = at_ + word.size();
    if (after < text_.size() && is_name_byte(text_[after])) return false;
    at_ = after;
    return true;
  }

  // One name, bare or in backticks or double quotes, without its quotes.
  std::optional<std::string> name() {
    skip_blanks();
    if (at_ == text_.size()) return std::nullopt;
    const char quote = text_[at_];
    if (quote == '`' || quote == '"') {
      const auto end = text_.find(quote, at_ + 1);
      if (end == std::string_view::npos) return std::nullopt;
      std::string out(text_.substr(at_ + 1, end - at_ - 1));
      at_ = end + 1;
      return out;
    }
    const std::size_t start = at_;
    while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
    if (at_ == start) return std::nullopt;
    return std::string(text_.substr(start, at_ - start));
  }

  bool accept(char c) {
    skip_blanks();
    if (at_ == text_.size() || text_[at_] != c) return false;
    ++at_;
    return true;
  }

  void skip_blanks() {
    while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
  }

  std::size_t at() const { return at_; }
  std::string_view since(std::size_t start) const { return text_.substr(start, at_ - start); }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

Result<void> take_parameter(std::string_view pair, EngineQuery& query) {
  const auto equals = pair.find('=');
  const auto name = percent_decode(pair.substr(0, equals), true);
  const auto value = percent_decode(
      equals == std::string_view::npos ? std::string_view() : pair.substr(equals + 1), true);
  if (!name || !value) return fail(ErrorCode::malformed, "the URL has a broken escape");
  const auto listed = [&](const auto& names) {
    return std::ranges::find(names, *name) != names.end();
  };
  if (*name == "query") {
    query.sql += *value;
  } else if (*name == "database") {
    query.database = *value;
  } else if (*name == "default_format") {
    query.format = *value;
  } else if (listed(kRefused)) {
    // "0" asks for what is the case anyway.
    if (*value != "0")
      return fail(ErrorCode::malformed, "the engine does not know the parameter " + *name);
  } else if (!listed(kIgnored)) {
    if (name->empty() || !std::ranges::all_of(*name, is_name_byte))
      return fail(ErrorCode::malformed, "a parameter of the URL cannot be a setting's name");
    query.settings.emplace_back(*name, *value);
  }
  return {};
}

}  // namespace

Result<EngineQuery> read_query(std::string_view method, std::string_view target,
                               std::string_view body) {
  EngineQuery query;
  query.read_only = method == "GET";
  const auto mark = target.find('?');
  if (mark != std::string_view::npos) {
    for (const std::string_view pair : split(target.substr(mark + 1), '&'))
      if (!pair.empty()) TRY(take_parameter(pair, query));
  }
  if (const auto insert = read_insert(query.sql)) {
    // What the URL holds behind the head would be data too, in front of the body's.
    if (trim(std::string_view(query.sql).substr(insert->end)).empty()) {
      query.data = body;
      query.has_data = true;
      return query;
    }
  }
  if (query.sql.empty()) {
    if (const auto insert = read_insert(body)) {
      query.sql = body.substr(0, insert->end);
      query.data = body.substr(insert->end);
      query.has_data = true;
      return query;
    }
  }
  query.sql += body;
  return query;
}

std::optional<InsertHead> read_insert(std::string_view sql) {
  Words words(sql);
  if (!words.keyword("INSERT") || !words.keyword("INTO")) return std::nullopt;
  words.keyword("TABLE");
  InsertHead head;
  words.skip_blanks();
  const std::size_t start = words.at();
  if (!words.name()) return std::nullopt;
  if (words.accept('.') && !words.name()) return std::nullopt;
  head.table = trim(words.since(start));
  if (words.accept('(')) {
    do {
      auto column = words.name();
      if (!column) return std::nullopt;
      head.columns.push_back(std::move(*column));
    } while (words.accept(','));
    if (!words.accept(')')) return std::nullopt;
  }
  if (!words.keyword("FORMAT")) return std::nullopt;
  auto format = words.name();
  if (!format) return std::nullopt;
  head.format = std::move(*format);
  head.end = words.at();
  if (head.end < sql.size() && sql[head.end] == '\r') ++head.end;
  if (head.end < sql.size() && (sql[head.end] == '\n' || sql[head.end] == ' ')) ++head.end;
  return head;
}

std::optional<std::string_view> read_parquet(std::string_view sql) {
  Words words(sql);
  if (!words.keyword("SELECT") && !words.keyword("WITH")) return std::nullopt;
  const auto drop_word = [&sql](std::string_view word) {
    while (!sql.empty() && is_blank(sql.back())) sql.remove_suffix(1);
    if (sql.size() <= word.size()) return false;
    if (!equals_ignoring_case(sql.substr(sql.size() - word.size()), word)) return false;
    sql.remove_suffix(word.size());
    return !is_name_byte(sql.back());
  };
  if (!drop_word("Parquet") || !drop_word("FORMAT")) return std::nullopt;
  return sql;
}

std::string engine_literal(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\0') {
      out += "\\0";
      continue;
    }
    if (c == '\\' || c == '\'') out.push_back('\\');
    out.push_back(c);
  }
  out.push_back('\'');
  return out;
}

}  // namespace tally
