// SPDX-License-Identifier: Apache-2.0
//
// From a request to an answer: find the route, know the caller, check the limits, run the handler,
// turn an error into a problem, add the headers that every answer has, and write the log's line.
// Free of sockets, so that tests can call it with a Request.
#pragma once

#include <string>

#include "api/call.h"
#include "api/routes.h"
#include "api/static_files.h"
#include "http/request_head.h"

namespace tally {

class Dispatcher {
 public:
  Dispatcher(Api& api, StaticFiles files);

  Response answer(const Request& request) const;
  // The largest body that a request with this method and path may bring, in bytes.
  std::size_t body_limit(std::string_view method, std::string_view path) const;
  // The answer to what never became a request.
  Response refuse(const Refusal& why, const std::string& request_id) const;

 private:
  Result<Response> try_answer(const Request& request) const;
  Result<Response> call(const Request& request, const RouteMatch& match) const;
  Result<Response> without_route(const Request& request, const RouteMatch& match) const;
  std::string client_of(const Request& request) const;
  Response to_response(const Request& request, const Error& error) const;

  Api& api_;
  const StaticFiles files_;
  Router router_;
};

}  // namespace tally
