// SPDX-License-Identifier: Apache-2.0
//
// An HTTP/1.1 server for answers that may take a while: the console's API and its files.
//
// One thread does all network work; handlers run on a small pool, because they may wait for a
// database. A connection is one coroutine: read a head, read its body, hand both to the pool, write
// the answer, again. So requests that were pipelined are answered one after the other, in order,
// and a connection never has more than one handler running. The redirect does not use this server:
// it never waits for anything and has its own loop.
//
// A body that is made while it is sent (Response::more) goes out in chunks. Each is made on the
// pool once the socket has taken the one before: a slow reader costs the memory of one and no
// thread. When making one fails, the connection is reset: a part never looks like the whole. One
// that others push (Response::pushed) goes out as it comes, for as long as they like.
//
// Every wait has an end: a head must be complete 10 s after its first byte, however steadily its
// bytes drip; a body 30 s after its head; an answer, or a chunk of one, must have been taken 30 s
// after it was ready; a quiet connection is closed after a minute. Heads are judged by
// request_head.h; a request that cannot be understood is answered and its connection closed.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"
#include "http/message.h"
#include "http/request_head.h"

namespace tally {

struct HttpServerOptions {
  std::string address = "127.0.0.1";  // IPv4 or IPv6 address to listen on
  std::uint16_t port = 0;             // 0 picks a free one
  int listener = -1;                  // a socket that listens already, to be used and owned instead
  std::size_t handler_threads = 4;
  std::size_t max_connections = 512;   // further ones wait in the system's queue
  std::size_t max_body = 1024 * 1024;  // usually; HttpHandlers::max_body may allow more
  std::size_t max_large_bodies = 4;    // requests with more than that, at one time
  std::chrono::milliseconds head_deadline{10'000};
  std::chrono::milliseconds body_deadline{30'000};
  std::chrono::milliseconds write_deadline{30'000};
  std::chrono::milliseconds idle_deadline{60'000};
  std::chrono::milliseconds stop_deadline{5'000};  // for requests that run when stop() is called
};

struct HttpHandlers {
  // Answers a request. Runs on a pool thread, several at once. What it throws becomes a 500.
  std::function<Response(const Request&)> handle;
  // The answer to what never became a request; `request_id` names it in the log.
  std::function<Response(const Refusal&, const std::string& request_id)> refuse;
  // The largest body that a request with this method and path may bring; where there is no such
  // function, options.max_body. Called on the network thread.
  std::function<std::size_t(std::string_view method, std::string_view path)> max_body;
  // A new request id; called from several threads.
  std::function<std::string()> new_id;
};

class HttpServer {
 public:
  // Takes the address at once and accepts connections from start() on. Errors are one line for the
  // person at the terminal: a taken port, an address that is not this machine's.
  static Result<std::unique_ptr<HttpServer>> listen(HttpServerOptions options,
                                                    HttpHandlers handlers, const Clock& clock);
  ~HttpServer();  // stops
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  std::uint16_t port() const;
  int listener() const;
  void start();
  // Accepts nothing more, lets running requests finish within stop_deadline, joins all threads.
  // Calling it again does nothing.
  void stop();

 private:
  class Impl;
  explicit HttpServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace tally
