// SPDX-License-Identifier: Apache-2.0
//
// How a query parameter is refused: malformed, with its name as the field and a stable code.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.h"

namespace tally {

std::unexpected<Error> refuse_parameter(std::string_view name, std::string slug,
                                        std::string message);
// "bad_value": it cannot be this parameter's.
std::unexpected<Error> bad_parameter(std::string_view name, std::string message);
// "unknown_parameter".
std::unexpected<Error> unknown_parameter(std::string_view name);
// "bad_cursor": not one that the list gave out.
std::unexpected<Error> bad_cursor();

// `limit`: a number from 1 to `most`.
Result<std::size_t> read_limit(std::string_view value, std::size_t most);

}  // namespace tally
