// SPDX-License-Identifier: Apache-2.0
//
// A request as handlers see it and the answer they give: owned text, no library types.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/pushed_body.h"

namespace tally {

struct HeaderField {
  std::string name;
  std::string value;
};

struct Request {
  std::string method;
  std::string path;   // as sent, still percent-encoded, without the query
  std::string query;  // as sent, without '?'
  std::vector<HeaderField> fields;
  std::string body;
  std::string peer;  // address of the socket's other end: "127.0.0.1", "2001:db8::1"
  std::string id;    // names this request in the answer, in errors and in the log

  // The value of the first field of that name in any case; "" when there is none.
  std::string_view field(std::string_view name) const;
};

// Makes a body while it is sent: appends the next part to `chunk` and says whether there is more.
// After an error the client must not take what it has for the whole.
using BodyProducer = std::function<Result<bool>(std::string& chunk)>;

struct Response {
  int status = 200;
  // Without Content-Length, Connection, Date and X-Request-Id, which the server adds.
  std::vector<HeaderField> fields;
  std::string body;
  // Where there is one, `body` is only the beginning and the producer makes the rest.
  BodyProducer more = nullptr;
  // Where there is one, `body` is only the beginning and what is pushed follows.
  std::shared_ptr<PushedBody> pushed = nullptr;
};

// The standard phrase of a status: 404 gives "Not Found".
std::string_view reason_phrase(int status);

}  // namespace tally
