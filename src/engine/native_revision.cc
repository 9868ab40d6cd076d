// SPDX-License-Identifier: Apache-2.0
#include "engine/native_revision.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "base/bytes.h"
#include "base/text.h"

namespace tally {
namespace {

constexpr std::uint64_t kCustomSerialization = 54454;
// Field 1, "overflows": no. Field 2, the bucket: -1 for none. Field 0: the end.
constexpr std::string_view kBlockInfo("\x01\x00\x02\xff\xff\xff\xff\x00", 8);
constexpr int kMaxDepth = 32;

struct Width {
  std::string_view type;
  std::size_t bytes;
};
constexpr Width kWidths[] = {
    {"UInt8", 1},     {"UInt16", 2},    {"UInt32", 4},      {"UInt64", 8},      {"UInt128", 16},
    {"UInt256", 32},  {"Int8", 1},      {"Int16", 2},       {"Int32", 4},       {"Int64", 8},
    {"Int128", 16},   {"Int256", 32},   {"Float32", 4},     {"Float64", 8},     {"BFloat16", 2},
    {"Bool", 1},      {"Date", 2},      {"Date32", 4},      {"DateTime", 4},    {"DateTime64", 8},
    {"UUID", 16},     {"IPv4", 4},      {"IPv6", 16},       {"Enum8", 1},       {"Enum16", 2},
    {"Decimal32", 4}, {"Decimal64", 8}, {"Decimal128", 16}, {"Decimal256", 32}, {"Nothing", 1},
};

// "Map(String, Array(UInt8))" as "Map" and its two arguments.
struct Type {
  std::string_view name;
  std::vector<std::string_view> arguments;
};

Type take_apart(std::string_view text) {
  Type out{text.substr(0, text.find('(')), {}};
  if (out.name.size() == text.size() || !text.ends_with(')')) return out;
  const std::string_view inside =
      text.substr(out.name.size() + 1, text.size() - out.name.size() - 2);
  std::size_t start = 0;
  int depth = 0;
  char quote = 0;
  for (std::size_t i = 0; i < inside.size(); ++i) {
    const char c = inside[i];
    if (quote != 0) {
      if (c == '\\')
        ++i;
      else if (c == quote)
        quote = 0;
    } else if (c == '\'' || c == '`') {
      quote = c;
    } else if (c == '(' || c == ')') {
      depth += c == '(' ? 1 : -1;
    } else if (c == ',' && depth == 0) {
      out.arguments.push_back(trim(inside.substr(start, i - start)));
      start = i + 1;
    }
  }
  out.arguments.push_back(trim(inside.substr(start)));
  return out;
}

// Of "name Type", as elements of a named tuple are; a type alone is itself.
std::string_view without_name(std::string_view element) {
  if (element.starts_with('`')) {
    const auto end = element.find("` ", 1);
    return end == std::string_view::npos ? element : trim(element.substr(end + 2));
  }
  const auto blank = element.find(' ');
  return blank < element.find('(') ? trim(element.substr(blank)) : element;
}

std::size_t decimal_width(std::string_view precision) {
  const int digits = parse_number<int>(precision).value_or(76);
  return digits <= 9 ? 4 : digits <= 18 ? 8 : digits <= 38 ? 16 : 32;
}

// Reads past the values of a column. False for a type that it does not know; what is broken turns
// the reader bad.
class Skipper {
 public:
  explicit Skipper(ByteReader& bytes) : bytes_(bytes) {}

  // What stands in front of a column's values, for every dictionary in it.
  bool prefix(std::string_view text, int depth = 0) {
    const Type type = take_apart(text);
    if (depth > kMaxDepth) return false;
    if (type.name == "LowCardinality") {
      bytes_.fixed<std::uint64_t>();
      return true;
    }
    if (!is_made_of_others(type.name)) return true;
    return std::ranges::all_of(type.arguments, [&](std::string_view inner) {
      return prefix(without_name(inner), depth + 1);
    });
  }

  bool values(std::string_view text, std::uint64_t rows, int depth = 0) {
    if (depth > kMaxDepth || !bytes_.ok()) return false;
    const Type type = take_apart(text);
    const auto& arguments = type.arguments;
    if (type.name == "String") return texts(rows);
    if (type.name == "FixedString" && arguments.size() == 1)
      return fixed(rows, parse_number<std::uint32_t>(arguments[0]).value_or(0));
    if (type.name == "Decimal" && !arguments.empty())
      return fixed(rows, decimal_width(arguments[0]));
    if (type.name.starts_with("Interval")) return fixed(rows, 8);
    const auto width = std::ranges::find(kWidths, type.name, &Width::type);
    if (width != std::end(kWidths)) return fixed(rows, width->bytes);
    if (arguments.empty()) return false;
    if (type.name == "Nullable") return fixed(rows, 1) && values(arguments[0], rows, depth + 1);
    if (type.name == "LowCardinality") return dictionary(arguments[0], rows, depth);
    if (type.name == "SimpleAggregateFunction") return values(arguments.back(), rows, depth + 1);
    if (type.name == "Tuple")
      return std::ranges::all_of(arguments, [&](std::string_view element) {
        return values(without_name(element), rows, depth + 1);
      });
    if (type.name != "Array" && type.name != "Map" && type.name != "Nested") return false;
    const std::uint64_t inner = last_offset(rows);
    return std::ranges::all_of(arguments, [&](std::string_view element) {
      return values(without_name(element), inner, depth + 1);
    });
  }

 private:
  static bool is_made_of_others(std::string_view name) {
    constexpr std::string_view kNames[] = {"Nullable", "Array", "Map",
                                           "Nested",   "Tuple", "SimpleAggregateFunction"};
    return std::ranges::find(kNames, name) != std::end(kNames);
  }

  bool fixed(std::uint64_t rows, std::size_t width) {
    // More than there is cannot be there, whatever the product comes to.
    if (rows > bytes_.rest().size() + 1) bytes_.raw(bytes_.rest().size() + 1);
    bytes_.raw(rows * width);
    return true;
  }

  bool texts(std::uint64_t rows) {
    for (; rows > 0 && bytes_.ok(); --rows) bytes_.text();
    return true;
  }

  // Where the values of each row end; the last end is how many values there are.
  std::uint64_t last_offset(std::uint64_t rows) {
    if (rows == 0) return 0;
    fixed(rows - 1, sizeof(std::uint64_t));
    return bytes_.fixed<std::uint64_t>();
  }

  // How wide indexes are, the words, the indexes.
  bool dictionary(std::string_view inner, std::uint64_t rows, int depth) {
    if (rows == 0) return true;
    const auto flags = bytes_.fixed<std::uint64_t>();
    const Type type = take_apart(inner);
    const std::string_view words =
        type.name == "Nullable" && !type.arguments.empty() ? type.arguments[0] : inner;
    if (!values(words, bytes_.fixed<std::uint64_t>(), depth + 1)) return false;
    return fixed(bytes_.fixed<std::uint64_t>(), std::size_t{1} << (flags & 3));
  }

  ByteReader& bytes_;
};

}  // namespace

Result<std::string> native_of_revision(std::string_view blocks, std::uint64_t revision) {
  if (revision == 0) return std::string(blocks);
  std::string out;
  out.reserve(blocks.size() + blocks.size() / 64 + 64);
  ByteReader bytes(blocks);
  while (!bytes.at_end() && bytes.ok()) {
    out += kBlockInfo;
    const std::uint64_t columns = bytes.varint(), rows = bytes.varint();
    put_varint(out, columns);
    put_varint(out, rows);
    for (std::uint64_t i = 0; i < columns && bytes.ok(); ++i) {
      const std::string_view name = bytes.text(), type = bytes.text();
      put_text(out, name);
      put_text(out, type);
      if (revision >= kCustomSerialization) out.push_back('\0');
      if (rows == 0) continue;
      const std::string_view before = bytes.rest();
      Skipper skipper(bytes);
      if (!(skipper.prefix(type) && skipper.values(type, rows)) && bytes.ok())
        return fail(ErrorCode::invalid,
                    "the column " + make_utf8(cut_utf8(name, 64)) + " of type " +
                        make_utf8(cut_utf8(type, 64)) + " cannot be sent to this client",
                    "turn it into text with toString()");
      out += before.substr(0, before.size() - bytes.rest().size());
    }
  }
  if (!bytes.ok()) return fail(ErrorCode::corrupt, "an answer is no Native block");
  return out;
}

}  // namespace tally
