// SPDX-License-Identifier: Apache-2.0
//
// Outgoing HTTP, on libcurl.
//
// One call is one request and its whole answer; the thread that calls waits. Connections stay open
// between calls and are shared by all threads: a call takes a handle, with its open connection,
// from the pool and puts it back, so there are as many connections as calls at one time.
//
// Redirects are never followed, no cookie is kept, no environment variable (proxy settings) is
// obeyed, and no signal is used for time-outs. An answer of any status is a success here: what a
// 500 means is for the caller to say. Nothing is retried, with one exception that is libcurl's
// own: a request on a kept connection that closes before the first byte of an answer is sent again
// on a new one. Whoever must not send twice asks for a fresh connection.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace tally {

struct HttpRequest {
  std::string method = "GET";
  std::string url;
  std::string unix_socket;  // connect to this path, whatever host the URL names; "" for the network
  std::vector<std::pair<std::string, std::string>> headers;
  std::string_view body;  // must outlive the call; sent with a Content-Length
  std::int64_t connect_timeout_ms = 2'000;
  std::int64_t timeout_ms = 30'000;  // for the whole call
  std::size_t max_response_bytes = 64u << 20;
  bool fresh_connection = false;  // never on a kept one, so never sent twice
  // Takes the body of a 200 piece by piece as it arrives, instead of HttpResponse::body and without
  // its limit; false ends the call.
  std::function<bool(std::string_view)> sink;
  // Asked about once a second while there is nothing to read or write; true ends the call.
  std::function<bool()> give_up;
};

struct HttpResponse {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;

  // The first header of that lower-case name; "" when there is none.
  std::string_view header(std::string_view name) const;
};

class HttpClient {
 public:
  HttpClient();
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  // Fails with `unavailable` when there was no whole answer (refused, timed out, cut off, given
  // up), `too_large` when it is longer than allowed, `invalid` for an unusable URL or method.
  Result<HttpResponse> request(const HttpRequest& request);

 private:
  struct Pool;
  std::unique_ptr<Pool> pool_;
};

// `text` as it may stand in a URL's query or path: everything but A-Za-z0-9-._~ escaped.
std::string percent_encode(std::string_view text);

}  // namespace tally
