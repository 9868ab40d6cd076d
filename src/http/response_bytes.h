// SPDX-License-Identifier: Apache-2.0
//
// An answer of HttpServer as the bytes that go out.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "http/message.h"

namespace tally {

struct Sending {
  std::string id;
  UnixMillis now = 0;
  bool head_only = false;
  bool keep_alive = false;
  bool chunked = false;  // of an answer that is not whole yet
};

// The head with its body, as far as there is one by now.
std::string to_bytes(const Response& response, const Sending& sending);

// One chunk of a chunked body.
std::string chunk_of(std::string_view bytes);

}  // namespace tally
