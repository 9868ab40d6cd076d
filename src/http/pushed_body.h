// SPDX-License-Identifier: Apache-2.0
//
// The body of an answer that has no end of its own: pieces that somebody pushes as they come, sent
// as fast as the reader takes them.
//
// Whoever pushes never waits. A reader who leaves too much lying is dropped, and a piece is shared
// by all bodies that it was pushed to, so that a thousand slow readers hold little memory and
// nobody up. The connection that sends the body costs no thread while nothing comes.
#pragma once

#include <cstddef>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

namespace tally {

// Thread-safe.
class PushedBody {
 public:
  using Piece = std::shared_ptr<const std::string>;

  // `most_pieces` and `most_bytes` may lie here untaken.
  PushedBody(std::size_t most_pieces, std::size_t most_bytes)
      : most_pieces_(most_pieces), most_bytes_(most_bytes) {}

  // False when nobody reads any more, or so slowly that the body is dropped now.
  bool push(Piece piece);
  // The body ends once what was pushed is sent.
  void finish();
  bool is_open() const;

  // For the connection: `ready` is called, from any thread, when there is something new to take. It
  // must not call back, and after when_ready({}) it is not called any more.
  void when_ready(std::function<void()> ready);
  enum class State { open, finished, dropped };
  // Appends what waits to `bytes`. Finished only when that was the last.
  State take(std::string& bytes);
  // Nobody reads any more.
  void drop();

 private:
  void end(State state);

  const std::size_t most_pieces_, most_bytes_;
  mutable std::mutex mutex_;
  std::deque<Piece> waiting_;
  std::size_t bytes_ = 0;
  State state_ = State::open;
  std::function<void()> ready_;
};

}  // namespace tally
