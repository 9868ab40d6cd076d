// SPDX-License-Identifier: Apache-2.0
#include "api/click_line.h"

#include <bitset>
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>
#include <optional>
#include <string>

#include "api/json.h"
#include "base/text.h"

namespace tally {
namespace {

namespace json = boost::json;
using boost::system::error_code;

std::string shown(std::string_view name) { return std::string(cut_utf8(name, 100)); }

}  // namespace

// What the parser calls. Of several faults the first is kept: only that it is no JSON at all, or
// that a name is there twice, goes before them.
struct ClickLineReader::Handler {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  void begin(ClickReading& into) {
    out = &into;
    depth = 0;
    is_object = false;
    field = nullptr;
    seen.reset();
    fault.reset();
    repeated.reset();
    parts.clear();
  }

  // A value of the line's own object, and not of one within it.
  bool is_value() const { return depth == 1 && is_object; }
  void note(std::unexpected<Error> error) {
    if (!fault) fault = std::move(error).error();
  }
  void value(std::string_view text) {
    if (!is_value() || field == nullptr) return;
    if (auto done = field->read(text, *out); !done) note(std::unexpected(std::move(done).error()));
  }
  bool enter(bool object) {
    if (depth == 0) is_object = object;
    if (is_value() && field != nullptr)
      note(fail_field(std::string(field->name), "wrong_type",
                      "must be a text, a number, true, false or null"));
    ++depth;
    return true;
  }
  bool leave() {
    --depth;
    return true;
  }
  bool name(std::string_view text, error_code& error) {
    if (!is_value()) return true;
    field = find_click_field(text);
    if (field == nullptr)
      note(fail_field(shown(text), "unknown_field", "there is no such field"));
    else if (seen.test(field->number))
      repeated = text;
    else
      seen.set(field->number);
    if (repeated) error = json::error::syntax;
    return !repeated;
  }
  // The text whose last part this is.
  template <class Use>
  bool whole(std::string_view last, Use use) {
    if (parts.empty()) return use(last);
    parts += last;
    const bool more = use(std::string_view(parts));
    parts.clear();
    return more;
  }
  bool part(std::string_view text) {
    parts += text;
    return true;
  }

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return enter(true); }
  bool on_object_end(std::size_t, error_code&) { return leave(); }
  bool on_array_begin(error_code&) { return enter(false); }
  bool on_array_end(std::size_t, error_code&) { return leave(); }
  bool on_key_part(json::string_view text, std::size_t, error_code&) { return part(text); }
  bool on_key(json::string_view text, std::size_t, error_code& error) {
    return whole(text, [&](std::string_view all) { return name(all, error); });
  }
  bool on_string_part(json::string_view text, std::size_t, error_code&) { return part(text); }
  bool on_string(json::string_view text, std::size_t, error_code&) {
    return whole(text, [&](std::string_view all) {
      value(all);
      return true;
    });
  }
  template <class Number>
  bool number(Number number) {
    if (is_value()) value(json::serialize(json::value(number)));
    return true;
  }
  bool on_number_part(json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t one, json::string_view, error_code&) { return number(one); }
  bool on_uint64(std::uint64_t one, json::string_view, error_code&) { return number(one); }
  bool on_double(double one, json::string_view, error_code&) { return number(one); }
  bool on_bool(bool truth, error_code&) {
    value(truth ? "true" : "false");
    return true;
  }
  bool on_null(error_code&) { return true; }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }

  ClickReading* out = nullptr;
  std::size_t depth = 0;
  bool is_object = false;             // the line is one
  const ClickField* field = nullptr;  // of the value to come
  std::bitset<kClickFields> seen;
  std::string parts;  // of a name or text that has not come whole
  std::optional<Error> fault;
  std::optional<std::string> repeated;
};

struct ClickLineReader::Parser {
  static json::parse_options options() {
    json::parse_options out;
    out.max_depth = kMaxJsonDepth;
    return out;
  }
  json::basic_parser<Handler> json{options()};
};

ClickLineReader::ClickLineReader() : parser_(std::make_unique<Parser>()) {}
ClickLineReader::~ClickLineReader() = default;

Result<ClickReading> ClickLineReader::read(std::string_view line) {
  auto& parser = parser_->json;
  Handler& handler = parser.handler();
  parser.reset();
  ClickReading out;
  handler.begin(out);
  error_code error;
  const std::size_t read = parser.write_some(false, line.data(), line.size(), error);
  if (handler.repeated)
    return malformed("duplicate_key", "'" + shown(*handler.repeated) + "' is given twice",
                     shown(*handler.repeated));
  if (error == json::error::too_deep) return malformed("too_deep", "is more than 32 levels deep");
  if (error || read != line.size()) return malformed("bad_json", "is not JSON");
  if (!handler.is_object) return fail_field("", "bad_record", "is not a JSON object");
  if (handler.fault) return std::unexpected(std::move(*handler.fault));
  return out;
}

}  // namespace tally
