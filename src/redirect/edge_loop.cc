// SPDX-License-Identifier: Apache-2.0
#include "redirect/edge_loop.h"

#include <sys/socket.h>

#include <array>
#include <cerrno>

#include "base/log.h"
#include "base/threads.h"
#include "redirect/edge_connection.h"

namespace tally {
namespace {

constexpr std::size_t kScratch = 64 << 10;
constexpr std::size_t kAcceptsPerTurn = 256;
constexpr UnixMillis kIdleDeadline = 75 * kMillisPerSecond;
constexpr UnixMillis kPreludeDeadline = 10 * kMillisPerSecond;
constexpr UnixMillis kIdleWhenFull = 5 * kMillisPerSecond;
constexpr UnixMillis kSayFullEvery = 60 * kMillisPerSecond;
constexpr std::chrono::seconds kDrainTime{5};
constexpr int kTickMs = 1000;
constexpr int kShortTickMs = 100;  // while accepting pauses

// What an epoll event's data means besides a connection.
constexpr std::uint64_t kListenerTag = ~std::uint64_t{0};
constexpr std::uint64_t kWakerTag = kListenerTag - 1;

}  // namespace

EdgeLoop::EdgeLoop(Deps deps, Socket listener)
    : deps_(deps),
      listener_(std::move(listener)),
      responder_(deps.answers),
      verdicts_(deps.waker),
      replies_(deps.waker),
      scratch_(kScratch, '\0') {}

EdgeLoop::~EdgeLoop() { stop(); }

Result<void> EdgeLoop::start() {
  epoll_ = Socket(::epoll_create1(EPOLL_CLOEXEC));
  if (!epoll_) return fail_errno("open an epoll descriptor", errno);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kListenerTag;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, listener_.get(), &event) != 0)
    return fail_errno("watch the listener", errno);
  event.data.u64 = kWakerTag;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, deps_.waker.fd(), &event) != 0)
    return fail_errno("watch the waker", errno);
  thread_ = std::thread([this] { run(); });
  return {};
}

void EdgeLoop::begin_stop() {
  stopping_.store(true);
  deps_.waker.wake();
}

void EdgeLoop::begin_leaving() {
  leaving_.store(true);
  begin_stop();
}

void EdgeLoop::stop() {
  if (!thread_.joinable()) return;
  begin_stop();
  thread_.join();
}

void EdgeLoop::run() {
  name_this_thread("edge");
  take_short_slices();
  std::array<epoll_event, 512> events;
  UnixMillis next_check = 0;
  std::chrono::steady_clock::time_point give_up{};
  for (;;) {
    const int quiet = stopping_ ? 10 : accepting_ ? kTickMs : kShortTickMs;
    const int count = ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()),
                                   resumed_.empty() ? quiet : 0);
    responder_.begin_turn(deps_.clock.now_ms());
    for (EdgeConnection* connection : std::exchange(resumed_, {})) resume(*connection);
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)]);
    deps_.journal.flush();
    release_committed();
    if (responder_.now() >= next_check) {
      check_deadlines();
      next_check = responder_.now() + kTickMs;
    }
    free_closed();
    if (!accepting_) resume_accepting();
    if (!stopping_) continue;
    if (leaving_) {
      finish_requests();
      return leave_connections();
    }
    if (listener_) {
      listener_.reset();
      give_up = deps_.clock.steady() + kDrainTime;
    }
    if (drained() || deps_.clock.steady() >= give_up) break;
  }
  for (auto& connection : connections_)
    if (connection) close(*connection);
  closed_.clear();
}

void EdgeLoop::handle(const epoll_event& event) {
  if (event.data.u64 == kListenerTag) return accept_some();
  if (event.data.u64 == kWakerTag) {
    deps_.waker.drain();
    return take_verdicts();
  }
  // A connection closed earlier in this turn may have been replaced under the same descriptor; an
  // event too many is harmless, since reading then finds nothing.
  const auto fd = static_cast<std::size_t>(event.data.u64);
  if (fd >= connections_.size() || !connections_[fd]) return;
  EdgeConnection& connection = *connections_[fd];
  // TLS may have to read before it can write, and the other way round.
  const std::uint32_t news = connection.tls ? EPOLLIN | EPOLLOUT | event.events : event.events;
  if ((news & EPOLLOUT) != 0 && connection.blocked && !connection.waiting) send_answers(connection);
  if (connection.dead || (news & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0) return;
  connection.readable = true;
  // The last bytes and the end of file may come in one event.
  if ((event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) connection.peer_done = true;
  read_some(connection);
}

void EdgeLoop::accept_some() {
  for (std::size_t i = 0; i < kAcceptsPerTurn && listener_; ++i) {
    if (deps_.room.full()) return pause_accepting();
    auto accepted = accept_one(listener_.get());
    if (!accepted) {
      // The connection is gone already, which concerns nobody; all else means there is no room.
      if (accepted.error() == ECONNABORTED || accepted.error() == EINTR) continue;
      return pause_accepting();
    }
    if (!accepted->socket) return;
    EdgeConnection& connection = add(std::move(accepted->socket), accepted->peer);
    connection.deadline = responder_.now() + kIdleDeadline;
    if (deps_.tls != nullptr || deps_.proxy_protocol) {
      connection.deadline = responder_.now() + kPreludeDeadline;
      connection.expects_proxy =
          deps_.proxy_protocol && deps_.answers.proxies.trusts(accepted->peer);
      if (deps_.tls != nullptr) connection.tls = deps_.tls->accept(connection.socket.get());
      if (deps_.tls != nullptr && !connection.tls) {
        close(connection);
        continue;
      }
    }
    counters_.accepted.fetch_add(1, std::memory_order_relaxed);
    read_some(connection);
  }
}

// The kernel reports a connection with its first bytes.
EdgeConnection& EdgeLoop::add(Socket socket, const Address& peer) {
  const auto index = static_cast<std::size_t>(socket.get());
  if (connections_.size() <= index) connections_.resize(index + 1);
  connections_[index] = std::make_unique<EdgeConnection>(std::move(socket), peer, ++last_id_);
  connections_[index]->readable = true;
  deps_.room.open.fetch_add(1, std::memory_order_relaxed);
  counters_.connections.fetch_add(1, std::memory_order_relaxed);
  return *connections_[index];
}

// New connections wait in the kernel's queue. The listener leaves epoll, or it would report them
// again and again.
void EdgeLoop::pause_accepting() {
  ::epoll_ctl(epoll_.get(), EPOLL_CTL_DEL, listener_.get(), nullptr);
  accepting_ = false;
  if (responder_.now() - full_said_ < kSayFullEvery) return;
  full_said_ = responder_.now();
  log_error("no descriptors left for new connections: raise `ulimit -n`");
}

void EdgeLoop::resume_accepting() {
  if (deps_.room.full() || !listener_) return;
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kListenerTag;
  accepting_ = ::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, listener_.get(), &event) == 0;
}

void EdgeLoop::watch(EdgeConnection& connection) {
  epoll_event event{};
  event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
  event.data.u64 = static_cast<std::uint64_t>(connection.socket.get());
  connection.watched = true;
  if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, connection.socket.get(), &event) != 0)
    close(connection);
}

void EdgeLoop::check_deadlines() {
  const UnixMillis now = responder_.now();
  const UnixMillis hurry = accepting_ ? 0 : kIdleDeadline - kIdleWhenFull;
  for (auto& slot : connections_) {
    if (!slot || slot->dead || slot->waiting || slot->parked) continue;
    EdgeConnection& connection = *slot;
    const bool reading = connection.pending && !connection.blocked && !connection.lingering;
    if (reading && connection.pending->deadline != 0) {
      if (now < connection.pending->deadline) continue;
      lend_buffer(connection);
      refuse(connection, {408, "timeout", "the request did not arrive in time"});
      send_answers(connection);
    } else if (now >= connection.deadline - (connection.blocked ? 0 : hurry)) {
      close(connection);
    }
  }
}

void EdgeLoop::close(EdgeConnection& connection) {
  if (connection.dead) return;
  connection.dead = true;
  deps_.room.open.fetch_sub(1, std::memory_order_relaxed);
  counters_.connections.fetch_sub(1, std::memory_order_relaxed);
  if (connection.tls) connection.tls->end();
  const auto index = static_cast<std::size_t>(connection.socket.get());
  closed_.push_back(std::move(connections_[index]));
  closed_.back()->socket.reset();
}

void EdgeLoop::free_closed() {
  if (closed_.empty()) return;
  std::erase_if(resumed_, [](const EdgeConnection* connection) { return connection->dead; });
  closed_.clear();
}

bool EdgeLoop::drained() const {
  if (!waiting_.empty() || !resumed_.empty() || deps_.journal.has_pending()) return false;
  for (const auto& connection : connections_)
    if (connection && (connection->out || connection->parked)) return false;
  return true;
}

}  // namespace tally
