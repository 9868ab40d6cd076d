// SPDX-License-Identifier: Apache-2.0
//
// One connection of HttpServer. Included by server.cc and connection.cc only: this header needs
// Asio.
//
// Everything here runs on the server's network thread, except handlers and producers, which the
// pool runs while the coroutine waits. A deadline cancels the socket when its time is up, which
// makes the operation that is waiting fail; there is only ever one.
//
// `co_await` stands alone or initialises a variable, never inside a condition: g++ 12 destroys the
// temporaries of `a ? co_await b : co_await c` and `a && co_await b` on the branch not taken.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>

#include <memory>
#include <string>
#include <utility>

#include "http/server.h"

namespace tally {

// How many requests with large bodies there are. Each takes a turn before its body is read and
// gives it back when it is answered, so that strangers cannot fill the memory with bodies.
class LargeBodies {
 public:
  explicit LargeBodies(std::size_t most) : free_(most) {}

  class Turn {
   public:
    Turn() = default;
    explicit Turn(LargeBodies* of) : of_(of) {}
    Turn(Turn&& other) noexcept : of_(std::exchange(other.of_, nullptr)) {}
    Turn& operator=(Turn&& other) noexcept {
      std::swap(of_, other.of_);
      return *this;
    }
    ~Turn() {
      if (of_ != nullptr) ++of_->free_;
    }
    explicit operator bool() const { return of_ != nullptr; }

   private:
    LargeBodies* of_ = nullptr;
  };

  // Holds nothing when there is none to be had. Network thread only.
  Turn take() {
    if (free_ == 0) return Turn();
    --free_;
    return Turn(this);
  }

 private:
  std::size_t free_;
};

class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(boost::asio::ip::tcp::socket socket, boost::asio::thread_pool& pool,
             const HttpServerOptions& options, const HttpHandlers& handlers, const Clock& clock,
             LargeBodies& large_bodies);

  // Serves until the client is done or one side has had enough.
  boost::asio::awaitable<void> run();
  // No further request; one that runs is still answered.
  void finish_soon();

 private:
  // False when the connection is over: closed, too slow, or refused (then already answered).
  boost::asio::awaitable<bool> serve_one();
  boost::asio::awaitable<bool> read_head(RequestHead& head, std::size_t& size);
  boost::asio::awaitable<bool> read_body(const RequestHead& head, std::size_t head_size,
                                         std::string& body, LargeBodies::Turn& turn);
  boost::asio::awaitable<bool> read_sized(std::size_t size, std::string& body);
  boost::asio::awaitable<bool> read_chunked(std::size_t limit, std::string& body);
  boost::asio::awaitable<bool> read_more();
  boost::asio::awaitable<Response> handle(Request request);
  // False when the body did not get to its end.
  boost::asio::awaitable<bool> write_rest(BodyProducer produce, bool chunked);
  // False when the body was dropped, or nobody took it.
  boost::asio::awaitable<bool> write_pushed(std::shared_ptr<PushedBody> body, bool chunked);
  void let_go(BodyProducer produce);
  void reset();
  boost::asio::awaitable<bool> write(std::string bytes);
  boost::asio::awaitable<void> refuse(Refusal why);
  boost::asio::awaitable<void> linger();

  void arm(std::chrono::milliseconds time);
  void disarm();

  boost::asio::ip::tcp::socket socket_;
  boost::asio::thread_pool& pool_;
  const HttpServerOptions& options_;
  const HttpHandlers& handlers_;
  const Clock& clock_;
  LargeBodies& large_bodies_;
  boost::asio::steady_timer timer_;
  std::uint64_t armed_ = 0;  // counts arm() and disarm(), so that a late timer knows it is stale
  bool timed_out_ = false;
  bool idle_ = true;  // between requests
  bool finishing_ = false;
  std::string peer_;
  std::string buffer_;                // received and not used yet
  std::weak_ptr<PushedBody> pushed_;  // that is being sent
};

}  // namespace tally
