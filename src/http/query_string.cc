// SPDX-License-Identifier: Apache-2.0
#include "http/query_string.h"

#include <algorithm>

#include "base/text.h"

namespace tally {
namespace {

constexpr std::size_t kMaxParameters = 100;

std::unexpected<Error> refuse(std::string message) {
  return std::unexpected(Error{ErrorCode::malformed, std::move(message), {}, {}, "bad_query"});
}

Result<std::string> decode(std::string_view text) {
  auto out = percent_decode(text, true);
  if (!out) return refuse("the query has a broken percent escape");
  if (!is_utf8(*out)) return refuse("the query is not UTF-8");
  const bool control = std::ranges::any_of(
      *out, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (control) return refuse("the query holds a control character");
  return std::move(*out);
}

}  // namespace

Result<std::vector<QueryParameter>> parse_query_string(std::string_view query) {
  std::vector<QueryParameter> out;
  for (const std::string_view piece : split(query, '&')) {
    if (piece.empty()) continue;
    if (out.size() == kMaxParameters) return refuse("the query has more than 100 parameters");
    const auto equals = std::min(piece.find('='), piece.size());
    TRY_ASSIGN(std::string name, decode(piece.substr(0, equals)));
    TRY_ASSIGN(std::string value, decode(piece.substr(std::min(equals + 1, piece.size()))));
    if (name.empty()) return refuse("the query has a value without a name");
    if (std::ranges::find(out, name, &QueryParameter::name) != out.end()) {
      Error error{
          ErrorCode::malformed, "'" + name + "' is given twice", {}, name, "repeated_parameter"};
      return std::unexpected(std::move(error));
    }
    out.push_back({std::move(name), std::move(value)});
  }
  return out;
}

}  // namespace tally
