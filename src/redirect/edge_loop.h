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
// nothing waiting to be committed, and a short read says the socket is empty. A new connection is
// read at once, since the kernel reports it with its first bytes; epoll watches it only if it
// outlives that.
//
// Deadlines: a head must arrive whole within 10 s of its first byte and a body within 30 s of its
// head, however steadily the bytes drip; an answer must have been taken 30 s after it was ready; a
// connection idle for 75 s is closed. A refused request's connection stays half open for up to 2 s,
// so that the answer is not lost to a reset.
//
// When descriptors run out, accepting pauses (new connections wait in the kernel's queue) and
// connections are let go after 5 s of idleness until there is room again.
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
#include "redirect/conversion_worker.h"
#include "redirect/open_connection.h"
#include "redirect/password_worker.h"
#include "redirect/responder.h"
#include "redirect/socket.h"
#include "redirect/tls.h"
#include "redirect/waker.h"

namespace tally {

struct EdgeConnection;

// How many connections all loops together may hold, so that descriptors remain for everything else.
struct ConnectionRoom {
  std::size_t limit = 10'000;
  std::atomic<std::size_t> open{0};
  bool full() const { return open.load(std::memory_order_relaxed) >= limit; }
};

struct EdgeCounters {
  std::atomic<std::uint64_t> requests{0};     // answered, of any kind
  std::atomic<std::uint64_t> refused{0};      // malformed, answered with a 4xx or 5xx
  std::atomic<std::uint64_t> bad_beacons{0};  // no beacon, or of a click that is not ours
  std::atomic<std::uint64_t> conversions{0};  // that pages told of, taken
  std::atomic<std::uint64_t> bad_conversions{0};
  std::atomic<std::uint64_t> connections{0};  // open now
  std::atomic<std::uint64_t> accepted{0};
};

class EdgeLoop {
 public:
  struct Deps {
    Responder::Deps answers;
    const Clock& clock;
    GroupCommit& journal;
    PasswordWorker& passwords;
    ConversionWorker& conversions;
    const Waker& waker;  // rung by the journal, by the two workers and by stop()
    ConnectionRoom& room;
    const TlsContext* tls = nullptr;  // connections are encrypted
    bool proxy_protocol = false;      // trusted proxies begin with a PROXY header
  };

  EdgeLoop(Deps deps, Socket listener);
  ~EdgeLoop();

  // Before start(): a connection of the process before this one.
  void take_over(OpenConnection inherited);
  Result<void> start();
  // Takes no new connections, lets answers on their way go out (at most 5 s), then ends the thread.
  void stop();
  // The thread is to end as stop() and leave() would have it; returns at once.
  void begin_stop();
  void begin_leaving();
  // Like stop(), but neither the listener nor any connection is closed: whoever comes next gets
  // them. The connections' hits are in the journal.
  EdgeEstate leave();

  const EdgeCounters& counters() const { return counters_; }

 private:
  void run();
  void handle(const epoll_event& event);
  void check_deadlines();
  bool drained() const;

  void finish_requests();
  void leave_connections();

  void accept_some();
  EdgeConnection& add(Socket socket, const Address& peer);
  void pause_accepting();
  void resume_accepting();
  void watch(EdgeConnection& connection);
  void close(EdgeConnection& connection);
  void free_closed();

  bool take_proxy_header(EdgeConnection& connection);
  void read_some(EdgeConnection& connection);
  void resume(EdgeConnection& connection);
  void take_fresh(EdgeConnection& connection, std::string_view fresh);
  void go_on(EdgeConnection& connection, std::string bytes);
  void keep_rest(EdgeConnection& connection);
  std::size_t take_requests(EdgeConnection& connection, std::string_view bytes);
  bool take_request(EdgeConnection& connection, std::string_view& bytes);
  bool begin_body(EdgeConnection& connection, std::string_view head_bytes, std::string_view& bytes);
  bool take_body(EdgeConnection& connection, std::string_view& bytes);
  void answer(EdgeConnection& connection, std::string_view head_bytes, std::string_view body,
              PasswordVerdict verdict);
  bool ask(const EdgeConnection& connection, const Responder::Answer& answer,
           std::string_view body);
  void park(EdgeConnection& connection, std::string_view head_bytes, std::string_view body);
  void take_verdicts();
  EdgeConnection* unpark(std::uint64_t key);
  void finish_parked(EdgeConnection& connection);
  void refuse(EdgeConnection& connection, const Refusal& why);

  void release_committed();
  void send_answers(EdgeConnection& connection);
  void finish_sending(EdgeConnection& connection);
  void await_commit(EdgeConnection& connection);
  void lend_buffer(EdgeConnection& connection);
  void return_buffer(EdgeConnection& connection);
  void begin_linger(EdgeConnection& connection);

  Deps deps_;
  Socket listener_;
  Socket epoll_;
  Responder responder_;
  VerdictBox verdicts_;
  ReplyBox replies_;
  RequestHead head_;
  HeadScanner scanner_;
  EdgeCounters counters_;
  std::vector<std::unique_ptr<EdgeConnection>> connections_;  // by descriptor
  std::vector<EdgeConnection*> waiting_;                      // answered, not committed
  std::vector<EdgeConnection*> resumed_;                      // sent, with more to read
  std::vector<std::unique_ptr<EdgeConnection>> closed_;       // freed at the end of the turn
  std::vector<std::unique_ptr<std::string>> buffers_;         // not lent now
  std::uint32_t last_id_ = 0;
  bool accepting_ = true;
  UnixMillis full_said_ = 0;  // when the log was last told that there is no room
  std::string scratch_;
  std::vector<OpenConnection> left_;
  std::atomic<bool> stopping_{false};
  std::atomic<bool> leaving_{false};
  std::thread thread_;
};

}  // namespace tally
