// SPDX-License-Identifier: Apache-2.0
//
// One of the engine's listeners: HTTP/1.1 on a Unix socket or a TCP port.
//
// One thread does all reading and writing; queries run on two small pools. Inserts have their own,
// because four slow questions must not hold up what clicks wait for. Past a bounded queue a request
// is answered at once with ClickHouse's "too many simultaneous queries", which callers treat as
// "later".
//
// What a request means, and whether it is answered at all, is for the reader that the face is
// given. Without one there are no users: a Unix socket is readable by its owner only, and who binds
// a TCP port opens the store to everybody who can reach it. The read port brings a reader of its
// own (guest_request.h), pools of its own and closer limits.
#pragma once

#include <chrono>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "engine/runner.h"

namespace tally {

// All text is borrowed from the request.
struct EngineRequest {
  std::string_view method;
  std::string_view target;  // "/?query=…"
  std::string_view body;
  // The value of a field; "" when there is none.
  std::function<std::string_view(std::string_view name)> field;
};

class HttpFace {
 public:
  using Runner = std::function<EngineAnswer(const EngineQuery&)>;
  // What is to be run, or what is answered in its place.
  using Reader = std::function<std::expected<EngineQuery, EngineAnswer>(const EngineRequest&)>;

  struct Options {
    Reader read;  // none: read_query()
    std::size_t question_threads = 3;
    std::size_t insert_threads = 2;
    int max_waiting = 64;
    std::uint64_t max_body = 1u << 30;
    std::uint32_t max_head = 1u << 20;  // a query may stand in the URL
    int max_connections = 0;            // 0: any number
    std::uint64_t max_unsent = 0;       // bytes of all answers that are not sent yet; 0: any number
    // Whether the head of a request shows that it is of somebody known; none: everybody is.
    std::function<bool(const EngineRequest&)> knows;
    // All three or none. Who stops reading, or says nothing, holds up no others.
    std::chrono::seconds patience{0};           // for a request to come, and for an answer to go
    std::chrono::seconds stranger_patience{0};  // for a request of nobody known
    std::chrono::seconds stall{0};              // for a next piece of an answer to go
  };

  // Binds "unix:PATH" or "ADDR:PORT" (port 0: any free one), or takes "fd:N" (listening.h).
  static Result<std::unique_ptr<HttpFace>> listen(const std::string& address, Runner runner,
                                                  Options options);
  static Result<std::unique_ptr<HttpFace>> listen(const std::string& address, Runner runner) {
    return listen(address, std::move(runner), Options());
  }
  ~HttpFace();

  // The address that clients can use, with the real port.
  const std::string& address() const;

  // Serves until SIGTERM or SIGINT; from then on takes nothing new and answers nothing.
  void serve();

  // After serve(): waits for the queries that run, however long they do.
  void drain();

 private:
  struct State;
  explicit HttpFace(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tally
