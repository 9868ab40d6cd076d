// SPDX-License-Identifier: Apache-2.0
//
// How commands reach the API of a server that runs: where it is, with which key, and what it says
// when it will not do something.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/client.h"

namespace tally {

struct ApiAccess {
  std::string server = "http://127.0.0.1:8081";  // the console's address
  std::string key;

  // `invalid` without a key: nothing would be answered.
  Result<void> check() const;
  // "/api/v1/…" there, as the key's owner.
  HttpRequest request(std::string method, std::string_view target) const;
};

// A problem document (RFC 9457), or of any other answer just its status.
struct ApiProblem {
  // One of several things that are wrong.
  struct Item {
    std::size_t line = 0;  // of a file
    std::string field, detail;
  };
  int status = 0;
  std::string code, detail;
  std::vector<Item> items;

  static ApiProblem of(const HttpResponse& response);
  // "the server answered 422: …"
  Error error() const;
};

}  // namespace tally
