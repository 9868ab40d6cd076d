// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <string_view>

namespace tally {

// The text of openapi.json, which is part of the binary.
std::string_view openapi_document();

}  // namespace tally
