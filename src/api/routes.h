// SPDX-License-Identifier: Apache-2.0
//
// Every route of the console listener with its limits, in one table.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

#include "api/auth.h"
#include "api/call.h"

namespace tally {

struct BodyTypes {
  std::string_view first;
  std::string_view second = {};  // taken as well, when there is one
};

struct Route {
  std::string_view method;
  std::string_view pattern;
  Access access;
  bool takes_query;      // otherwise any parameter is refused
  std::size_t max_body;  // bytes; 0: takes none
  Handler handler;
  BodyTypes body_types = {kJson};
};

std::span<const Route> api_routes();

}  // namespace tally
