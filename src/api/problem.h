// SPDX-License-Identifier: Apache-2.0
//
// Errors as RFC 9457 problems: the one place where our codes become HTTP statuses.
//
//   {"type":"about:blank","title":"Unprocessable Content","status":422,"code":"bad_scheme",
//    "detail":"must begin with https:// or http://","field":"destination","request_id":"7F3Q…"}
//
// `code` is stable and is the error's slug, or the name of its kind where it has none. What an
// `internal` or `corrupt` error says is for the log; the client gets the request id to quote.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace tally {

// 404 for not_found, 422 for invalid, 400 for malformed, and so on.
int http_status(ErrorCode code);

// What is wrong with one item of a list.
struct ItemProblem {
  std::size_t index = 0;
  std::string code, detail, field;
  std::size_t line = 0;  // of a text; 0 when the list is not one
};

struct Problem {
  int status = 500;
  std::string code;
  std::string detail;
  std::string field;                    // "" when no field is at fault
  std::vector<ItemProblem> items = {};  // shown as `errors` when there are any
};
Problem to_problem(const Error& error);

Response problem_response(const Problem& problem, std::string_view request_id);

}  // namespace tally
