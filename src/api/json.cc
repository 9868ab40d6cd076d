// SPDX-License-Identifier: Apache-2.0
#include "api/json.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>
#include <boost/system/error_code.hpp>

#include <cmath>

#include "base/text.h"
#include "model/calendar.h"

namespace tally {
namespace {

namespace json = boost::json;
using boost::system::error_code;

// Boost.JSON keeps the last of repeated names; this pass over the text only looks for them.
struct RepeatedNames {
  static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
  static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

  std::vector<std::set<std::string>> objects;
  std::string name;                     // of which parts have come so far
  std::optional<std::string> repeated;  // the first one found

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) {
    objects.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, error_code&) {
    objects.pop_back();
    return true;
  }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t, error_code&) { return true; }
  bool on_key_part(json::string_view part, std::size_t, error_code&) {
    name.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view part, std::size_t, error_code& error) {
    name.append(part.data(), part.size());
    if (!objects.back().insert(name).second) {
      repeated = name;
      error = json::error::syntax;
      return false;
    }
    name.clear();
    return true;
  }
  bool on_string_part(json::string_view, std::size_t, error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, error_code&) { return true; }
  bool on_number_part(json::string_view, error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, error_code&) { return true; }
  bool on_double(double, json::string_view, error_code&) { return true; }
  bool on_bool(bool, error_code&) { return true; }
  bool on_null(error_code&) { return true; }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }
};

std::optional<std::uint64_t> whole(const json::value& value) {
  if (value.is_uint64()) return value.get_uint64();
  if (value.is_int64() && value.get_int64() >= 0)
    return static_cast<std::uint64_t>(value.get_int64());
  return std::nullopt;
}

std::string decimal_text(double number) {
  constexpr int kSure = 15, kMostDecimals = 9;
  const double size = std::abs(number);
  const int whole = size < 10 ? 1 : static_cast<int>(std::log10(size)) + 1;
  std::array<char, 400> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), number, std::chars_format::fixed,
                    std::clamp(kSure - whole, 0, kMostDecimals));
  std::string out(text.data(), end.ptr);
  if (out.contains('.')) out.erase(out.find_last_not_of('0') + 1);
  if (out.ends_with('.')) out.pop_back();
  return out;
}

std::string shown(std::string_view name) { return std::string(cut_utf8(name, 100)); }

}  // namespace

std::unexpected<Error> malformed(std::string slug, std::string message, std::string field) {
  return std::unexpected(
      Error{ErrorCode::malformed, std::move(message), {}, std::move(field), std::move(slug)});
}

JsonDocument::JsonDocument(std::unique_ptr<json::value> value) : value_(std::move(value)) {}
JsonDocument::JsonDocument(JsonDocument&&) noexcept = default;
JsonDocument& JsonDocument::operator=(JsonDocument&&) noexcept = default;
JsonDocument::~JsonDocument() = default;

Result<JsonDocument> JsonDocument::parse(std::string_view text) {
  if (!is_utf8(text)) return malformed("not_utf8", "the body is not UTF-8");
  json::parse_options options;
  options.max_depth = kMaxJsonDepth;

  json::basic_parser<RepeatedNames> names(options);
  error_code error;
  const std::size_t read = names.write_some(false, text.data(), text.size(), error);
  if (const auto& repeated = names.handler().repeated)
    return malformed("duplicate_key", "'" + shown(*repeated) + "' is given twice",
                     shown(*repeated));
  if (error == json::error::too_deep)
    return malformed("too_deep", "the body is more than 32 levels deep");
  if (error || read != text.size()) return malformed("bad_json", "the body is not JSON");

  json::value value = json::parse(json::string_view(text.data(), text.size()), error, {}, options);
  if (error) return malformed("bad_json", "the body is not JSON: " + error.message());
  return JsonDocument(std::make_unique<json::value>(std::move(value)));
}

JsonFields::JsonFields(const JsonDocument& document) : object_(document.value().if_object()) {
  if (object_ != nullptr) return;
  error_ = Error{ErrorCode::invalid, "the body must be a JSON object", {}, {}, "wrong_type"};
}

JsonFields::JsonFields(const json::value& value, const std::string& trail)
    : object_(value.if_object()), prefix_(trail.empty() ? "" : trail + ".") {
  if (object_ == nullptr)
    error_ = Error{ErrorCode::invalid, "must be a JSON object", {}, trail, "wrong_type"};
}

bool JsonFields::has(std::string_view name) const {
  return object_ != nullptr && object_->contains(json::string_view(name.data(), name.size()));
}

const json::value* JsonFields::take(std::string_view name) {
  taken_.emplace(name);
  if (object_ == nullptr || error_) return nullptr;
  return object_->if_contains(json::string_view(name.data(), name.size()));
}

void JsonFields::refuse(std::string_view name, std::string slug, std::string message) {
  if (error_) return;
  error_ = Error{
      ErrorCode::invalid, std::move(message), {}, prefix_ + std::string(name), std::move(slug)};
}

void JsonFields::text(std::string_view name, std::string& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (!value->is_string()) return refuse(name, "wrong_type", "must be a text");
  out.assign(value->get_string().data(), value->get_string().size());
}

void JsonFields::text_or_null(std::string_view name, std::string& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (value->is_null()) {
    out.clear();
  } else if (value->is_string()) {
    out.assign(value->get_string().data(), value->get_string().size());
  } else {
    refuse(name, "wrong_type", "must be a text or null");
  }
}

void JsonFields::text_or_null(std::string_view name, std::optional<std::string>& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  std::string text;
  text_or_null(name, text);
  out.reset();
  if (value->is_string()) out = std::move(text);
}

void JsonFields::boolean(std::string_view name, bool& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (!value->is_bool()) return refuse(name, "wrong_type", "must be true or false");
  out = value->get_bool();
}

void JsonFields::texts(std::string_view name, std::vector<std::string>& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (!value->is_array()) return refuse(name, "wrong_type", "must be a list of texts");
  out.clear();
  for (const json::value& item : value->get_array()) {
    if (!item.is_string()) return refuse(name, "wrong_type", "must be a list of texts");
    out.emplace_back(item.get_string().data(), item.get_string().size());
  }
}

void JsonFields::number(std::string_view name, std::uint64_t& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  const auto number = whole(*value);
  if (!number) return refuse(name, "wrong_type", "must be a whole number");
  out = *number;
}

void JsonFields::number_or_null(std::string_view name, std::optional<std::uint64_t>& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  const auto number = whole(*value);
  if (!number && !value->is_null())
    return refuse(name, "wrong_type", "must be a whole number or null");
  out = number;
}

void JsonFields::micros_or_null(std::string_view name, std::optional<std::int64_t>& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (value->is_null()) return out.reset();
  error_code error;
  const auto number = value->to_number<double>(error);
  if (error || !value->is_number()) return refuse(name, "wrong_type", "must be a number or null");
  if (!(number >= 0 && number <= kMaxDecimal))
    return refuse(name, "out_of_range", "must be from 0 to 1000000000");
  out = std::llround(number * 1e6);
}

void JsonFields::numbers(std::string_view name, std::vector<std::uint64_t>& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (!value->is_array()) return refuse(name, "wrong_type", "must be a list of whole numbers");
  out.clear();
  for (const json::value& item : value->get_array()) {
    const auto number = whole(item);
    if (!number) return refuse(name, "wrong_type", "must be a list of whole numbers");
    out.push_back(*number);
  }
}

void JsonFields::decimal(std::string_view name, std::string& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (value->is_string()) {
    out.assign(value->get_string().data(), value->get_string().size());
  } else if (value->is_double()) {
    out = decimal_text(value->get_double());
  } else if (value->is_int64() || value->is_uint64()) {
    out = value->is_int64() ? std::to_string(value->get_int64())
                            : std::to_string(value->get_uint64());
  } else {
    refuse(name, "wrong_type", "must be a number, or its text");
  }
}

void JsonFields::time_or_null(std::string_view name, std::optional<UnixMillis>& out) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (value->is_null()) {
    out.reset();
    return;
  }
  if (!value->is_string()) return refuse(name, "wrong_type", "must be a time or null");
  const std::string text(value->get_string().data(), value->get_string().size());
  const auto clock = text.find('T');
  const bool has_offset =
      clock != std::string::npos && text.find_first_of("Zz+-", clock) != std::string::npos;
  const auto time = parse_time(text, TimeZone::utc(), name);
  if (!has_offset || !time)
    return refuse(name, "bad_time", "must be a time with offset, like 2027-06-01T09:30:00Z");
  out = *time;
}

void JsonFields::object_or_null(std::string_view name, const std::function<void(JsonFields&)>& read,
                                const std::function<void()>& clear) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (value->is_null()) return clear();
  if (!value->is_object()) return refuse(name, "wrong_type", "must be an object or null");
  JsonFields inner(*value, prefix_ + std::string(name));
  read(inner);
  adopt(inner);
}

void JsonFields::adopt(JsonFields& inner) {
  if (auto done = inner.finish(); !done && !error_) error_ = std::move(done).error();
}

void JsonFields::objects(std::string_view name, const std::function<void()>& begin,
                         const std::function<void(JsonFields&)>& read) {
  const json::value* const value = take(name);
  if (value == nullptr) return;
  if (!value->is_array()) return refuse(name, "wrong_type", "must be a list of objects");
  begin();
  const std::string trail = prefix_ + std::string(name) + "[";
  std::size_t index = 0;
  for (const json::value& item : value->get_array()) {
    JsonFields inner(item, trail + std::to_string(index++) + "]");
    read(inner);
    adopt(inner);
  }
}

std::vector<JsonFields> JsonFields::items(std::string_view name) {
  std::vector<JsonFields> out;
  const json::value* const value = take(name);
  if (value == nullptr || !value->is_array()) {
    refuse(name, value == nullptr ? "required" : "wrong_type", "must be a list of objects");
    return out;
  }
  for (const json::value& item : value->get_array()) out.push_back(JsonFields(item, ""));
  return out;
}

void JsonFields::require(std::string_view name) {
  if (object_ != nullptr && !has(name)) refuse(name, "required", "is needed");
}

Result<void> JsonFields::finish() {
  if (error_) return std::unexpected(*error_);
  for (const auto& member : *object_) {
    const std::string_view name(member.key().data(), member.key().size());
    if (taken_.contains(name)) continue;
    return fail_field(prefix_ + shown(name), "unknown_field",
                      "there is no such field: '" + prefix_ + shown(name) + "'");
  }
  return {};
}

}  // namespace tally
