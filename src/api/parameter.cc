// SPDX-License-Identifier: Apache-2.0
#include "api/parameter.h"

#include "base/text.h"

namespace tally {

std::unexpected<Error> refuse_parameter(std::string_view name, std::string slug,
                                        std::string message) {
  return std::unexpected(
      Error{ErrorCode::malformed, std::move(message), {}, std::string(name), std::move(slug)});
}

std::unexpected<Error> bad_parameter(std::string_view name, std::string message) {
  return refuse_parameter(name, "bad_value", std::move(message));
}

std::unexpected<Error> unknown_parameter(std::string_view name) {
  return refuse_parameter(name, "unknown_parameter",
                          "there is no parameter '" + std::string(name) + "'");
}

std::unexpected<Error> bad_cursor() {
  return std::unexpected(Error{ErrorCode::malformed, "'cursor' is not one of this list",
                               "use next_cursor of the page before", "cursor", "bad_cursor"});
}

Result<std::size_t> read_limit(std::string_view value, std::size_t most) {
  const auto limit = parse_number<std::size_t>(value);
  if (limit && *limit > 0 && *limit <= most) return *limit;
  return bad_parameter("limit", "'limit' must be a number from 1 to " + std::to_string(most));
}

}  // namespace tally
