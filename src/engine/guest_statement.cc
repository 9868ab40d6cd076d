// SPDX-License-Identifier: Apache-2.0
#include "engine/guest_statement.h"

#include <algorithm>
#include <span>
#include <vector>

#include "base/text.h"
#include "engine/guest_formats.h"

namespace tally {
namespace {

enum class Kind : std::uint8_t { word, quoted_name, text, symbol };

struct Token {
  Kind kind;
  std::string_view written;
  std::string name;    // a word in lower case, a quoted name without its quotes, a symbol as it is
  bool apart = false;  // blanks or a comment stand before it
};

constexpr std::string_view kBlanks = " \t\r\n\f\v";

bool is_name_byte(char c) { return is_alnum(c) || c == '_'; }

std::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorCode::malformed, "Syntax error: " + std::string(what));
}

std::unexpected<Error> not_for_guests(std::string_view what) {
  return fail(ErrorCode::forbidden, std::string(what));
}

class Lexer {
 public:
  explicit Lexer(std::string_view text) : text_(text) {}

  Result<std::vector<Token>> read() {
    std::vector<Token> out;
    for (;;) {
      const std::size_t before = at_;
      TRY(skip());
      if (at_ == text_.size()) return out;
      TRY_ASSIGN(Token token, next());
      token.apart = at_before_ != before;
      out.push_back(std::move(token));
    }
  }

 private:
  // Blanks and comments.
  Result<void> skip() {
    for (;;) {
      while (at_ < text_.size() && kBlanks.contains(text_[at_])) ++at_;
      const std::string_view rest = text_.substr(at_);
      if (rest.starts_with("--")) {
        at_ = std::min(text_.find('\n', at_), text_.size());
      } else if (rest.starts_with("/*")) {
        const auto end = text_.find("*/", at_ + 2);
        if (end == std::string_view::npos) return broken("a comment has no end");
        at_ = end + 2;
      } else {
        return {};
      }
    }
  }

  Result<Token> next() {
    at_before_ = at_;
    const char c = text_[at_];
    if (is_name_byte(c)) {
      while (at_ < text_.size() && is_name_byte(text_[at_])) ++at_;
      return Token{Kind::word, written(), lower(written())};
    }
    if (c == '\'') return quoted(Kind::text);
    if (c == '"' || c == '`') return quoted(Kind::quoted_name);
    // Heredocs begin with $, comments of other dialects with #; both have easier spellings. Quotes
    // of other alphabets would be quotes to the library.
    if (c <= ' ' || c > '~' || c == '$' || c == '#' || c == '\\')
      return broken("a character that has no place outside of quotes");
    ++at_;
    return Token{Kind::symbol, written(), std::string(1, c)};
  }

  // Doubled quotes and backslashes, as the library has both.
  Result<Token> quoted(Kind kind) {
    const char quote = text_[at_++];
    std::string name;
    while (at_ < text_.size()) {
      const char c = text_[at_++];
      if (c == quote) {
        if (at_ == text_.size() || text_[at_] != quote)
          return Token{kind, written(), kind == Kind::text ? "" : std::move(name)};
        ++at_;
      } else if (c == '\\') {
        // \x66 and its kin would be a second spelling of a name.
        if (kind == Kind::quoted_name) return broken("a name with a backslash");
        if (at_ == text_.size()) break;
        ++at_;
      }
      if (kind == Kind::quoted_name) name.push_back(c);
    }
    return broken("a quote is not closed");
  }

  std::string_view written() const { return text_.substr(at_before_, at_ - at_before_); }

  std::string_view text_;
  std::size_t at_ = 0, at_before_ = 0;
};

template <std::size_t N>
bool listed(const std::string_view (&names)[N], std::string_view name) {
  return std::ranges::find(names, name) != std::end(names);
}

constexpr std::string_view kVerbs[] = {"select", "with",   "show",   "describe",
                                       "desc",   "exists", "explain"};
constexpr std::string_view kShown[] = {"tables", "databases", "columns", "fields",
                                       "full",   "extended",  "create",  "functions"};

// What programs ask for before they show a table. Other tables of the system tell of the process,
// of questions that run now, or make the engine look at files and hosts.
constexpr std::string_view kSystemTables[] = {
    "aggregate_function_combinators",
    "build_options",
    "collations",
    "columns",
    "data_skipping_indices",
    "data_type_families",
    "databases",
    "formats",
    "functions",
    "keywords",
    "numbers",
    "one",
    "settings",
    "table_engines",
    "table_functions",
    "tables",
    "time_zones",
};

// Words that make files, hosts or other statements of a question, wherever they stand bare.
constexpr std::string_view kRefusedWords[] = {"outfile", "infile", "override"};

// Functions, of tables and of values, that reach out of the store: for files, hosts, programs,
// dictionaries, models, logs, the insides of the process, or other tables by a pattern. Of those
// that begin alike the common front stands in kRefusedFronts.
constexpr std::string_view kRefusedFunctions[] = {
    "addresstoline",
    "addresstolinewithinlines",
    "addresstosymbol",
    "arrowstream",
    "azureblobstorage",
    "azureblobstoragecluster",
    "catboostevaluate",
    "clusterallreplicas",
    "cluster",
    "demangle",
    "dictionary",
    "embedtext",
    "evalmlmethod",
    "executable",
    "filecluster",
    "file",
    "filesystem",
    "fuzzquery",
    "gcs",
    "generateserialid",
    "getclienthttpheader",
    "getmaxtablenamelengthfordatabase",
    "getmergetreesetting",
    "getserversetting",
    "hascolumnintable",
    "hdfs",
    "hdfscluster",
    "input",
    "jdbc",
    "joinget",
    "joingetornull",
    "logtrace",
    "loop",
    "mongodb",
    "mysql",
    "odbc",
    "postgresql",
    "python",
    "redis",
    "remote",
    "remotesecure",
    "reversednsquery",
    "showcertificate",
    "sleep",
    "sleepeachrow",
    "sqlite",
    "urlcluster",
    "url",
    "viewexplain",
    "ytsaurus",
    "zookeepersessionuptime",
};
constexpr std::string_view kRefusedFronts[] = {"ai",
                                               "arrowflight",
                                               "deltalake",
                                               "dictget",
                                               "dicthas",
                                               "dictis",
                                               "hudi",
                                               "iceberg",
                                               "merge",
                                               "naivebayes",
                                               "oss",
                                               "paimon",
                                               "prometheus",
                                               "s3",
                                               "timeseriesdata",
                                               "timeseriesmetrics",
                                               "timeseriesselector",
                                               "timeseriestags",
                                               "cosn",
                                               "hive"};

// Functions whose work for one value grows with the square of its length or worse: time is looked
// at between blocks of rows only.
constexpr std::string_view kCostlyFunctions[] = {"arrayfold", "arraysimilarity", "hasall", "hasany",
                                                 "hassubstr"};
constexpr std::string_view kCostlyFronts[] = {
    "arraylevenshtein", "dameraulevenshtein", "editdistance", "jaro", "levenshtein", "polygon"};

// Databases that are not for guests. The engine refuses what is in them, but with other words when
// it is not there, and a table of `default` is a file.
constexpr std::string_view kOtherDatabases[] = {"_temporary_and_external_tables", "default",
                                                "tallymark"};

// What may stand between EXPLAIN and the question. The tree of a question, which a setting of
// SYNTAX shows as well, has the columns of tables that are refused.
constexpr std::string_view kExplained[] = {"ast", "estimate", "pipeline", "plan", "syntax"};
constexpr std::string_view kExplainSettings[] = {
    "actions", "compact", "description", "graph",       "header", "indexes",
    "json",    "oneline", "optimize",    "projections", "sorting"};

bool is_word(const Token& token, std::string_view name) {
  return token.kind == Kind::word && token.name == name;
}

bool is_symbol(const Token& token, char c) {
  return token.kind == Kind::symbol && token.name[0] == c;
}

template <std::size_t N>
bool begins_as_one_of(const std::string_view (&fronts)[N], std::string_view name) {
  return std::ranges::any_of(fronts,
                             [&](std::string_view front) { return name.starts_with(front); });
}

Result<void> check_function(std::string_view name) {
  const std::string plain = lower(name);
  if (listed(kRefusedFunctions, plain) || begins_as_one_of(kRefusedFronts, plain) ||
      listed(kCostlyFunctions, plain) || begins_as_one_of(kCostlyFronts, plain))
    return not_for_guests("the function " + std::string(name) + " is not for the read port");
  return {};
}

// `rest` stands after EXPLAIN.
Result<void> check_explained(std::span<const Token> rest) {
  const auto is_question = [](const Token& token) {
    return is_symbol(token, '(') || is_word(token, "select") || is_word(token, "with");
  };
  const auto listed_word = [](const Token& token, const auto& names) {
    return token.kind == Kind::word && listed(names, token.name);
  };
  if (!rest.empty() && listed_word(rest[0], kExplained)) rest = rest.subspan(1);
  // name = 1, name = 0
  while (rest.size() > 3 && listed_word(rest[0], kExplainSettings) && is_symbol(rest[1], '=') &&
         rest[2].kind == Kind::word)
    rest = rest.subspan(is_symbol(rest[3], ',') ? 4 : 3);
  if (!rest.empty() && is_question(rest[0])) return {};
  return not_for_guests(
      "the read port explains questions: EXPLAIN PLAN, PIPELINE, SYNTAX, AST or ESTIMATE, with "
      "settings that do not show the query's tree");
}

Result<void> check_beginning(std::span<const Token> tokens) {
  std::size_t first = 0;
  while (first < tokens.size() && is_symbol(tokens[first], '(')) ++first;
  if (first == tokens.size() || tokens[first].kind != Kind::word ||
      !listed(kVerbs, tokens[first].name))
    return not_for_guests(
        "the read port runs statements that read: SELECT, WITH, SHOW, DESCRIBE, "
        "EXISTS, EXPLAIN");
  if (tokens[first].name != "show") return {};
  if (first + 1 < tokens.size() && tokens[first + 1].kind == Kind::word &&
      listed(kShown, tokens[first + 1].name))
    return {};
  return not_for_guests("the read port shows tables, databases, columns and functions");
}

Result<void> check_tokens(std::span<const Token> tokens) {
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& token = tokens[i];
    if (is_symbol(token, ';')) return broken("one statement at a time");
    if (token.kind != Kind::word && token.kind != Kind::quoted_name) continue;
    const auto next = [&](std::size_t n) {
      return i + n < tokens.size() ? &tokens[i + n] : nullptr;
    };
    if (next(1) && is_symbol(*next(1), '(')) TRY(check_function(token.name));
    const bool begins = i == 0 || is_symbol(tokens[i - 1], '(');
    if (begins && is_word(token, "explain")) TRY(check_explained(tokens.subspan(i + 1)));
    if (next(1) && is_symbol(*next(1), '.') && listed(kOtherDatabases, lower(token.name)))
      return not_for_guests("the database " + token.name + " is not for the read port");
    if (token.kind == Kind::word && listed(kRefusedWords, token.name))
      return not_for_guests("the word " + token.name + " is not for the read port");
    // {x:Identifier} would bring in a name that stands nowhere.
    if (is_word(token, "identifier") && next(1) && is_symbol(*next(1), '}'))
      return not_for_guests("a parameter is a value, and not a name, at the read port");
    if (lower(token.name) == "system" && next(1) && is_symbol(*next(1), '.') &&
        !(next(2) && listed(kSystemTables, next(2)->name)))
      return not_for_guests("this table of the system is not for the read port");
    if (is_word(token, "settings") && next(1) && next(1)->kind != Kind::symbol && next(2) &&
        is_symbol(*next(2), '='))
      return not_for_guests("a question at the read port has no settings of its own");
  }
  return {};
}

// "… FORMAT x" at the end.
Result<std::string> named_format(std::span<const Token> tokens) {
  if (tokens.size() < 2 || !is_word(tokens[tokens.size() - 2], "format")) return std::string();
  const Token& last = tokens.back();
  if (last.kind != Kind::word && last.kind != Kind::quoted_name) return std::string();
  if (!is_guest_format(last.name))
    return not_for_guests("the format " + last.name + " is not for the read port");
  return std::string(last.kind == Kind::word ? last.written : std::string_view(last.name));
}

}  // namespace

Result<GuestStatement> read_guest_statement(std::string_view text) {
  TRY_ASSIGN(std::vector<Token> tokens, Lexer(text).read());
  while (!tokens.empty() && is_symbol(tokens.back(), ';')) tokens.pop_back();
  if (tokens.empty()) return GuestStatement{};
  TRY(check_beginning(tokens));
  TRY(check_tokens(tokens));
  GuestStatement out;
  TRY_ASSIGN(out.format, named_format(tokens));
  for (const Token& token : tokens) {
    if (token.apart && !out.sql.empty()) out.sql.push_back(' ');
    out.sql += token.written;
  }
  return out;
}

}  // namespace tally
