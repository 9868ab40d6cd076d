// SPDX-License-Identifier: Apache-2.0
//
// How a loop leaves its connections to the process that comes after it, and how that one takes
// them.
//
// Requests that were taken are answered first; nothing new is read. What a client sends meanwhile
// stays in its socket, and the bytes of a request that had come in part are handed on with it, so
// for the client nothing happens but a short wait. What TLS has agreed on cannot be handed on:
// those connections are answered what they have asked by now, and closed.
#include <array>

#include "redirect/edge_connection.h"
#include "redirect/edge_loop.h"

namespace tally {
namespace {
constexpr std::chrono::seconds kFinishTime{5};
constexpr int kFinishTickMs = 10;
constexpr UnixMillis kIdleDeadline = 75 * kMillisPerSecond;
}  // namespace

void EdgeLoop::take_over(OpenConnection inherited) {
  EdgeConnection& connection = add(std::move(inherited.socket), inherited.peer);
  connection.deadline = deps_.clock.now_ms() + kIdleDeadline;
  if (!inherited.received.empty()) {
    connection.pending = std::make_unique<PendingRequest>();
    connection.pending->bytes = std::move(inherited.received);
  }
  resumed_.push_back(&connection);
}

void EdgeLoop::finish_requests() {
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener_.get(), nullptr);
  for (const auto& connection : connections_)
    if (connection && connection->tls) read_some(*connection);
  const auto give_up = deps_.clock.steady() + kFinishTime;
  std::array<epoll_event, 64> events;
  for (;;) {
    responder_.begin_turn(deps_.clock.now_ms());
    take_verdicts();
    deps_.journal.flush();
    release_committed();
    resumed_.clear();
    free_closed();
    if (drained() || deps_.clock.steady() >= give_up) return;
    const int count =
        ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), kFinishTickMs);
    for (int i = 0; i < count; ++i) {
      const epoll_event& event = events[static_cast<std::size_t>(i)];
      if (event.data.u64 >= connections_.size()) {
        deps_.waker.drain();
        continue;
      }
      EdgeConnection* connection = connections_[event.data.u64].get();
      if (connection != nullptr && connection->blocked && !connection->waiting)
        send_answers(*connection);
    }
  }
}

void EdgeLoop::leave_connections() {
  for (auto& slot : connections_) {
    if (!slot) continue;
    EdgeConnection& connection = *slot;
    // A lingering one waits for nothing but its end; others could not be finished in time.
    const bool unfinished = connection.out || connection.parked || connection.lingering;
    if (unfinished || connection.tls || connection.expects_proxy) {
      close(connection);
      continue;
    }
    std::string received = connection.pending ? connection.pending->as_received() : std::string();
    left_.push_back({std::move(connection.socket), connection.peer, std::move(received)});
    connection.dead = true;
    deps_.room.open.fetch_sub(1, std::memory_order_relaxed);
    slot.reset();
  }
  closed_.clear();
}

EdgeEstate EdgeLoop::leave() {
  stop();
  EdgeEstate out;
  out.listeners.push_back(std::move(listener_));
  out.connections = std::move(left_);
  return out;
}

}  // namespace tally
