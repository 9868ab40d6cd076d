// SPDX-License-Identifier: Apache-2.0
//
// JSON from strangers, read strictly.
//
// Two readers of one text must see the same object, so a repeated name is refused instead of one of
// its values winning; so are text that is not UTF-8, more than 32 levels, and anything after the
// value. Then the fields: JsonFields hands out those that a handler asks for, with their types
// checked, and finish() refuses whatever nobody asked for, by name, so that a misspelt field is an
// error and not silence. The first fault is kept and the rest of the asking is harmless, which lets
// a handler be a list of fields.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace boost::json {
class object;
class value;
}  // namespace boost::json

namespace tally {

// A body, or a line of one, that cannot be read: answered 400 with `slug`.
std::unexpected<Error> malformed(std::string slug, std::string message, std::string field = {});

inline constexpr std::size_t kMaxJsonDepth = 32;
inline constexpr double kMaxDecimal = 1e9;

// An owned JSON value.
class JsonDocument {
 public:
  // Refused as malformed: "bad_json", "duplicate_key" (field = the name), "too_deep", "not_utf8".
  static Result<JsonDocument> parse(std::string_view text);
  JsonDocument(JsonDocument&&) noexcept;
  JsonDocument& operator=(JsonDocument&&) noexcept;
  ~JsonDocument();

  const boost::json::value& value() const { return *value_; }

 private:
  explicit JsonDocument(std::unique_ptr<boost::json::value> value);
  std::unique_ptr<boost::json::value> value_;
};

class JsonFields {
 public:
  // The fields of the document's object; a fault when it is something else.
  explicit JsonFields(const JsonDocument& document);

  // The items of a list of objects, each a reader of its own whose faults are named as if it were
  // alone; nothing, and a fault here, when the field is absent or something else.
  std::vector<JsonFields> items(std::string_view name);

  // Each leaves `out` as it was when the field is absent. Null is refused unless said otherwise.
  bool has(std::string_view name) const;
  void text(std::string_view name, std::string& out);
  void text_or_null(std::string_view name, std::string& out);  // null is ""
  void text_or_null(std::string_view name, std::optional<std::string>& out);
  void boolean(std::string_view name, bool& out);
  void texts(std::string_view name, std::vector<std::string>& out);
  void number(std::string_view name, std::uint64_t& out);  // whole, not negative
  void number_or_null(std::string_view name, std::optional<std::uint64_t>& out);
  // A decimal, not negative and at most kMaxDecimal, in millionths; what is finer is rounded. Null
  // is nothing.
  void micros_or_null(std::string_view name, std::optional<std::int64_t>& out);
  // A list of whole numbers, not negative.
  void numbers(std::string_view name, std::vector<std::uint64_t>& out);
  // A decimal number as its text: from a text as it is, from a number in up to 15 digits, which is
  // what a JSON number is sure of.
  void decimal(std::string_view name, std::string& out);
  // ISO 8601 with an offset or Z; null is nothing.
  void time_or_null(std::string_view name, std::optional<UnixMillis>& out);
  // Calls `read` with the fields of an object, `clear` for null. Faults inside are named
  // "outer.inner".
  void object_or_null(std::string_view name, const std::function<void(JsonFields&)>& read,
                      const std::function<void()>& clear);
  // Calls `read` with the fields of each object of a list, in order, after `begin`. Faults inside
  // are named "outer[2].inner".
  void objects(std::string_view name, const std::function<void()>& begin,
               const std::function<void(JsonFields&)>& read);
  // A fault unless the field is there.
  void require(std::string_view name);
  // Notes a fault of the caller's own finding.
  void refuse(std::string_view name, std::string slug, std::string message);

  // The first fault, or the first field that nobody asked for.
  Result<void> finish();

 private:
  // `trail` is the way to the value: "rules[0]"; "" for one that stands alone.
  JsonFields(const boost::json::value& value, const std::string& trail);
  const boost::json::value* take(std::string_view name);
  void adopt(JsonFields& inner);

  const boost::json::object* object_ = nullptr;
  std::string prefix_;
  std::set<std::string, std::less<>> taken_;
  std::optional<Error> error_;
};

}  // namespace tally
