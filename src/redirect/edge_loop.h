// SPDX-License-Identifier: Apache-2.0
//
// One thread of the links listener: an epoll loop that works in turns.
//
// A turn takes every request that is ready, answers each into its connection's buffer, adds the
// hits to the journal's batch, hands the batch over, and then sends the answers whose hits are
// committed. So one write and one sync serve a whole turn, and the loop is never without work while
// the disk is busy. Doing it on plain epoll rather than through Asio is what gives the turn its
// end; it also saves a receive call per request (docs/decisions/0003-edge-loop.md).
//
// Sockets are edge-triggered: a connection remembers that it is readable, reads only when it has
// nothing waiting to be committed, and a short read says the socket is empty. An idle connection
// holds no buffer.
//
// Deadlines: a head must arrive whole within 10 s of its first byte; a connection idle for 75 s, or
// one that does not take its answer for 30 s, is closed.
#pragma once

#include <sys/epoll.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "journal/group_commit.h"
#include "redirect/responder.h"
#include "redirect/socket.h"

namespace tally {

struct EdgeCounters {
  std::atomic<std::uint64_t> requests{0};     // answered, of any kind
  std::atomic<std::uint64_t> refused{0};      // malformed, answered with a 4xx or 5xx
  std::atomic<std::uint64_t> connections{0};  // open now
  std::atomic<std::uint64_t> accepted{0};
};

// Wakes a loop from another thread.
class Waker {
 public:
  explicit Waker(Socket fd) : fd_(std::move(fd)) {}
  static Result<Waker> create();
  void wake() const;
  void drain() const;
  int fd() const { return fd_.get(); }

 private:
  Socket fd_;
};

class EdgeLoop {
 public:
  struct Deps {
    const LiveLinkTable& links;
    const TrustedProxies& proxies;
    const Clock& clock;
    GroupCommit& journal;
    const Waker& waker;  // rung by the journal and by stop()
    WorkspaceId home;    // of requests that resolve to no link
  };

  EdgeLoop(Deps deps, Socket listener);
  ~EdgeLoop();

  Result<void> start();
  // Takes no new connections, lets answers on their way go out (at most 5 s), then ends the thread.
  void stop();

  const EdgeCounters& counters() const { return counters_; }

 private:
  struct Connection;

  void run();
  void accept_all();
  void handle(const epoll_event& event);
  void read_some(Connection& connection);
  void resume(Connection& connection);
  void take_requests(Connection& connection, std::string_view bytes);
  bool take_request(Connection& connection, std::string_view& bytes);
  void release_committed();
  void send_answers(Connection& connection);
  void finish_turn();
  void check_deadlines();
  void close(Connection& connection);
  void free_closed();
  bool drained() const;

  Deps deps_;
  Socket listener_;
  Socket epoll_;
  Responder responder_;
  RequestHead head_;
  EdgeCounters counters_;
  std::vector<std::unique_ptr<Connection>> connections_;  // by descriptor
  std::vector<Connection*> waiting_;                      // answered, not committed
  std::vector<Connection*> resumed_;                      // sent, with more to read
  std::vector<std::unique_ptr<Connection>> closed_;       // freed at the end of the turn
  std::string scratch_;
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace tally
