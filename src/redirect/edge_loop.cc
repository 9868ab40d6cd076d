// SPDX-License-Identifier: Apache-2.0
#include "redirect/edge_loop.h"

#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "base/log.h"
#include "base/threads.h"

namespace tally {
namespace {

constexpr std::size_t kScratch = 64 << 10;
constexpr std::size_t kMaxPipelined = 64;     // answered in one go before others get their turn
constexpr std::size_t kKeepBuffer = 4 << 10;  // a connection's buffer that is worth keeping
constexpr UnixMillis kHeadDeadline = 10 * kMillisPerSecond;
constexpr UnixMillis kIdleDeadline = 75 * kMillisPerSecond;
constexpr UnixMillis kSendDeadline = 30 * kMillisPerSecond;
constexpr std::chrono::seconds kDrainTime{5};
constexpr int kTickMs = 1000;

// What an epoll event's data means besides a connection.
constexpr std::uint64_t kListenerTag = ~std::uint64_t{0};
constexpr std::uint64_t kWakerTag = kListenerTag - 1;

}  // namespace

struct EdgeLoop::Connection {
  Connection(Socket s, const Address& address, UnixMillis now)
      : socket(std::move(s)), peer(address), last_active(now) {}

  Socket socket;
  Address peer;
  std::string in;            // the part of a request that has come so far
  std::string out;           // answers to be sent
  HeadScanner scanner;       // over `in`
  std::uint64_t ticket = 0;  // out may leave when the journal has committed past it
  UnixMillis last_active;
  UnixMillis head_since = 0;  // when the first byte of `in` came; 0 when it is empty
  bool readable = false;
  bool waiting = false;  // for the journal, for as long as it is in waiting_
  bool has_ticket = false;
  bool peer_done = false;  // it has closed its side: an end of file is still to be read
  bool blocked = false;    // the peer does not take more of `out` now
  bool close_after = false;
  bool dead = false;
};

Result<Waker> Waker::create() {
  Socket fd(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  if (!fd) return fail_errno("open an event descriptor", errno);
  return Waker(std::move(fd));
}

void Waker::wake() const {
  const std::uint64_t one = 1;
  // It can only fail when the counter is full, and then the loop is awake already.
  [[maybe_unused]] const auto written = ::write(fd_.get(), &one, sizeof one);
}

void Waker::drain() const {
  std::uint64_t count = 0;
  [[maybe_unused]] const auto got = ::read(fd_.get(), &count, sizeof count);
}

EdgeLoop::EdgeLoop(Deps deps, Socket listener)
    : deps_(deps),
      listener_(std::move(listener)),
      responder_(deps.links, deps.proxies, deps.home),
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

void EdgeLoop::stop() {
  if (!thread_.joinable()) return;
  stopping_.store(true);
  deps_.waker.wake();
  thread_.join();
}

void EdgeLoop::run() {
  name_this_thread("edge");
  std::array<epoll_event, 512> events;
  UnixMillis next_check = 0;
  std::chrono::steady_clock::time_point give_up{};
  for (;;) {
    const int timeout = resumed_.empty() ? (stopping_ ? 10 : kTickMs) : 0;
    const int count =
        ::epoll_wait(epoll_.get(), events.data(), static_cast<int>(events.size()), timeout);
    responder_.begin_turn(deps_.clock.now_ms());
    for (Connection* connection : std::exchange(resumed_, {})) resume(*connection);
    for (int i = 0; i < count; ++i) handle(events[static_cast<std::size_t>(i)]);
    finish_turn();
    if (responder_.now() >= next_check) {
      check_deadlines();
      next_check = responder_.now() + kTickMs;
    }
    free_closed();
    if (!stopping_) continue;
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
  if (event.data.u64 == kListenerTag) return accept_all();
  if (event.data.u64 == kWakerTag) return deps_.waker.drain();
  // A connection closed earlier in this turn may have been replaced under the same descriptor; an
  // event too many is harmless, since reading then finds nothing.
  const auto fd = static_cast<std::size_t>(event.data.u64);
  if (fd >= connections_.size() || !connections_[fd]) return;
  Connection& connection = *connections_[fd];
  if ((event.events & EPOLLOUT) != 0 && connection.blocked) {
    connection.blocked = false;
    send_answers(connection);
  }
  if (connection.dead || (event.events & ~static_cast<std::uint32_t>(EPOLLOUT)) == 0) return;
  connection.readable = true;
  // The last bytes and the end of file may come in one event.
  if ((event.events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0) connection.peer_done = true;
  read_some(connection);
}

void EdgeLoop::accept_all() {
  while (listener_) {
    auto accepted = accept_one(listener_.get());
    if (!accepted) {
      if (accepted.error() == EMFILE || accepted.error() == ENFILE)
        log_error("no descriptors left for new connections: raise `ulimit -n`");
      return;
    }
    if (!accepted->socket) return;
    const int fd = accepted->socket.get();
    const auto index = static_cast<std::size_t>(fd);
    if (connections_.size() <= index) connections_.resize(index + 1);
    connections_[index] =
        std::make_unique<Connection>(std::move(accepted->socket), accepted->peer, responder_.now());
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u64 = index;
    counters_.accepted.fetch_add(1, std::memory_order_relaxed);
    counters_.connections.fetch_add(1, std::memory_order_relaxed);
    if (::epoll_ctl(epoll_.get(), EPOLL_CTL_ADD, fd, &event) != 0) close(*connections_[index]);
  }
}

void EdgeLoop::read_some(Connection& connection) {
  // Answers on their way hold back further reading: what a client may have in flight is bounded.
  while (connection.readable && !connection.waiting && !connection.blocked && !connection.dead) {
    const ssize_t got = ::recv(connection.socket.get(), scratch_.data(), scratch_.size(), 0);
    if (got < 0) {
      if (errno == EINTR) continue;
      if (errno == EAGAIN || errno == EWOULDBLOCK)
        connection.readable = false;
      else
        close(connection);
      return;
    }
    if (got == 0) return close(connection);
    // A short read empties the socket; a later arrival raises a new event.
    if (static_cast<std::size_t>(got) < scratch_.size()) connection.readable = connection.peer_done;
    connection.last_active = responder_.now();
    const std::string_view fresh(scratch_.data(), static_cast<std::size_t>(got));
    if (connection.in.empty()) {
      take_requests(connection, fresh);
    } else {
      std::string all = std::exchange(connection.in, {});
      all.append(fresh);
      take_requests(connection, all);
    }
  }
}

// Goes on with a connection whose answers have left: with what was read already, then the socket.
void EdgeLoop::resume(Connection& connection) {
  if (connection.dead) return;
  if (!connection.in.empty()) take_requests(connection, std::exchange(connection.in, {}));
  read_some(connection);
}

void EdgeLoop::take_requests(Connection& connection, std::string_view bytes) {
  for (std::size_t i = 0; i < kMaxPipelined && !bytes.empty() && !connection.close_after; ++i)
    if (!take_request(connection, bytes)) break;
  if (connection.close_after) bytes = {};
  if (bytes.empty()) {
    connection.head_since = 0;
  } else {
    connection.in.assign(bytes);
    if (connection.head_since == 0) connection.head_since = responder_.now();
  }
  if (connection.out.empty()) return;
  connection.waiting = true;
  waiting_.push_back(&connection);
}

// Answers the request at the front of `bytes` and takes it off; false when it is not all there.
bool EdgeLoop::take_request(Connection& connection, std::string_view& bytes) {
  Refusal why;
  // RFC 9112 2.2: an empty line before a request is passed over.
  while (bytes.starts_with("\r\n")) {
    bytes.remove_prefix(2);
    connection.scanner.reset();
  }
  const std::size_t size = connection.scanner.find_end(bytes, why);
  if (size == 0 && !why) return false;
  connection.scanner.reset();
  counters_.requests.fetch_add(1, std::memory_order_relaxed);
  if (!why) why = parse_head(bytes.substr(0, size), head_);
  if (why) {
    counters_.refused.fetch_add(1, std::memory_order_relaxed);
    responder_.refuse(why.status, why.detail, connection.out);
    connection.close_after = true;
    return true;
  }
  const Responder::Answer answer = responder_.answer(head_, connection.peer, connection.out);
  if (answer.record) {
    connection.ticket =
        deps_.journal.add(answer.hit.time, [&](std::string& out) { encode_hit(answer.hit, out); });
    connection.has_ticket = true;
  }
  connection.close_after = answer.close;
  bytes.remove_prefix(size);
  return true;
}

void EdgeLoop::finish_turn() {
  deps_.journal.flush();
  release_committed();
}

void EdgeLoop::release_committed() {
  if (waiting_.empty()) return;
  const std::uint64_t committed = deps_.journal.committed();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    Connection* connection = waiting_[i];
    if (connection->dead) continue;
    if (connection->has_ticket && connection->ticket >= committed) {
      waiting_[kept++] = connection;
      continue;
    }
    connection->waiting = false;
    connection->has_ticket = false;
    send_answers(*connection);
  }
  waiting_.resize(kept);
}

void EdgeLoop::send_answers(Connection& connection) {
  std::string_view rest = connection.out;
  while (!rest.empty()) {
    const ssize_t sent = ::send(connection.socket.get(), rest.data(), rest.size(), MSG_NOSIGNAL);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (errno != EAGAIN && errno != EWOULDBLOCK) return close(connection);
      connection.out.erase(0, connection.out.size() - rest.size());
      connection.blocked = true;
      return;
    }
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  connection.last_active = responder_.now();
  if (connection.out.capacity() > kKeepBuffer) std::string().swap(connection.out);
  connection.out.clear();
  if (connection.close_after) return close(connection);
  // Requests that came behind this one, read or not, get their turn in the next round.
  if (connection.readable || !connection.in.empty()) resumed_.push_back(&connection);
}

void EdgeLoop::check_deadlines() {
  const UnixMillis now = responder_.now();
  for (auto& slot : connections_) {
    if (!slot || slot->dead) continue;
    Connection& connection = *slot;
    const bool head_late = connection.head_since != 0 && !connection.waiting &&
                           !connection.blocked && now - connection.head_since > kHeadDeadline;
    const UnixMillis patience = connection.blocked ? kSendDeadline : kIdleDeadline;
    if (head_late) {
      responder_.refuse(408, "the head did not arrive within 10 s", connection.out);
      connection.close_after = true;
      send_answers(connection);
    } else if (!connection.waiting && now - connection.last_active > patience) {
      close(connection);
    }
  }
}

void EdgeLoop::close(Connection& connection) {
  if (connection.dead) return;
  connection.dead = true;
  counters_.connections.fetch_sub(1, std::memory_order_relaxed);
  const auto index = static_cast<std::size_t>(connection.socket.get());
  closed_.push_back(std::move(connections_[index]));
  closed_.back()->socket.reset();
}

void EdgeLoop::free_closed() {
  if (closed_.empty()) return;
  std::erase_if(resumed_, [](const Connection* connection) { return connection->dead; });
  closed_.clear();
}

bool EdgeLoop::drained() const {
  if (!waiting_.empty() || !resumed_.empty() || deps_.journal.has_pending()) return false;
  for (const auto& connection : connections_)
    if (connection && !connection->out.empty()) return false;
  return true;
}

}  // namespace tally
