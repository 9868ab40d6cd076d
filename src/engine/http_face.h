// SPDX-License-Identifier: Apache-2.0
//
// The engine's listener: HTTP/1.1 on a Unix socket or a TCP port.
//
// One thread does all reading and writing; queries run on two small pools. Inserts have their own,
// because four slow questions must not hold up what clicks wait for. Past a bounded queue a request
// is answered at once with ClickHouse's "too many simultaneous queries", which callers treat as
// "later".
//
// There are no users here. A Unix socket is readable by its owner only; who binds a TCP port opens
// the store to everybody who can reach it.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "engine/runner.h"

namespace tally {

class HttpFace {
 public:
  using Runner = std::function<EngineAnswer(const EngineQuery&)>;

  // Binds "unix:PATH" or "ADDR:PORT" (port 0: any free one). A socket file that nobody listens on
  // is replaced.
  static Result<std::unique_ptr<HttpFace>> listen(const std::string& address, Runner runner);
  ~HttpFace();

  // The address that clients can use, with the real port.
  const std::string& address() const;

  // Serves until SIGTERM or SIGINT; then takes nothing new, lets running queries end, and returns.
  void serve();

 private:
  struct State;
  explicit HttpFace(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tally
