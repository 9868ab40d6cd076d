// SPDX-License-Identifier: Apache-2.0
//
// The loop's way from received bytes to sent answers.
#include <sys/socket.h>

#include <cerrno>

#include "base/check.h"
#include "redirect/edge_connection.h"
#include "redirect/edge_loop.h"
#include "redirect/proxy_protocol.h"

namespace tally {
namespace {

constexpr std::size_t kMaxPipelined = 64;     // answered in one go before others get their turn
constexpr std::size_t kKeepBuffer = 4 << 10;  // a buffer that is worth keeping
constexpr std::size_t kKeepBuffers = 1024;
constexpr std::size_t kMaxDiscarded = 256 << 10;
constexpr UnixMillis kHeadDeadline = 10 * kMillisPerSecond;
constexpr UnixMillis kBodyDeadline = 30 * kMillisPerSecond;
constexpr UnixMillis kIdleDeadline = 75 * kMillisPerSecond;
constexpr UnixMillis kSendDeadline = 30 * kMillisPerSecond;
constexpr UnixMillis kLingerDeadline = 2 * kMillisPerSecond;

// Only the loop's thread writes its counters, so this needs no locked instruction.
void count_one(std::atomic<std::uint64_t>& counter) {
  counter.store(counter.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
}

bool would_block(int error) { return error == EAGAIN || error == EWOULDBLOCK; }

}  // namespace

// True when what follows is the client's.
bool EdgeLoop::take_proxy_header(EdgeConnection& connection) {
  if (!connection.readable) return false;
  // Only looked at, because what follows may be for TLS.
  const int fd = connection.socket.get();
  const ssize_t got = ::recv(fd, scratch_.data(), kMaxProxyHeader, MSG_PEEK);
  if (got == 0 || (got < 0 && !would_block(errno))) {
    close(connection);
    return false;
  }
  const std::string_view bytes(scratch_.data(), got < 0 ? 0 : static_cast<std::size_t>(got));
  const ProxyHeader header = parse_proxy_header(bytes);
  if (header.state == ProxyHeader::State::complete) {
    ::recv(fd, scratch_.data(), header.size, 0);
    if (header.client) connection.peer = *header.client;
    connection.expects_proxy = false;
    return true;
  }
  connection.readable = false;
  if (header.state == ProxyHeader::State::bad || connection.peer_done) {
    count_one(counters_.refused);
    close(connection);
  } else if (!connection.watched) {
    watch(connection);
  }
  return false;
}

void EdgeLoop::read_some(EdgeConnection& connection) {
  if (connection.expects_proxy && !take_proxy_header(connection)) return;
  // Answers on their way hold back further reading: what a client may have in flight is bounded.
  while (connection.readable && !connection.waiting && !connection.blocked && !connection.parked) {
    const ssize_t got = connection.receive(scratch_.data(), scratch_.size());
    if (got <= 0) {
      if (got < 0 && errno == EINTR) continue;
      if (got == 0 || !would_block(errno)) return close(connection);
      connection.readable = false;
      break;
    }
    const std::string_view fresh(scratch_.data(), static_cast<std::size_t>(got));
    // A short read empties the socket; a later arrival raises a new event. TLS reads by records.
    if (fresh.size() < scratch_.size() && !connection.tls)
      connection.readable = connection.peer_done;
    if (connection.lingering) {
      connection.discarded += static_cast<std::uint32_t>(fresh.size());
      if (connection.discarded > kMaxDiscarded) return close(connection);
      continue;
    }
    take_fresh(connection, fresh);
  }
  if (!connection.watched && !connection.waiting && !connection.parked) watch(connection);
}

// Goes on with a connection whose answers have left: with what was read already, then the socket.
void EdgeLoop::resume(EdgeConnection& connection) {
  if (connection.dead || connection.waiting || connection.blocked || connection.parked) return;
  if (connection.pending && !connection.pending->bytes.empty())
    go_on(connection, std::move(connection.pending->bytes));
  read_some(connection);
}

void EdgeLoop::take_fresh(EdgeConnection& connection, std::string_view fresh) {
  if (connection.pending) {
    std::string bytes = std::move(connection.pending->bytes);
    bytes.append(fresh);
    return go_on(connection, std::move(bytes));
  }
  scanner_.reset();
  const std::size_t left = take_requests(connection, fresh);
  if (left == 0 && !connection.pending) return;
  if (!connection.pending) connection.pending = std::make_unique<PendingRequest>();
  connection.pending->bytes.assign(fresh.substr(fresh.size() - left));
  keep_rest(connection);
}

void EdgeLoop::go_on(EdgeConnection& connection, std::string bytes) {
  scanner_ = connection.pending->scanner;
  const std::size_t left = take_requests(connection, bytes);
  bytes.erase(0, bytes.size() - left);
  connection.pending->bytes = std::move(bytes);
  keep_rest(connection);
}

// What is left of the bytes is in the pending request now.
void EdgeLoop::keep_rest(EdgeConnection& connection) {
  PendingRequest& pending = *connection.pending;
  pending.scanner = scanner_;
  if (connection.parked || pending.in_body()) return;
  if (pending.bytes.empty())
    connection.pending.reset();
  else if (pending.deadline == 0)
    pending.deadline = responder_.now() + kHeadDeadline;
}

// Answers the requests at the front of `bytes`. Returns how many bytes remain; scanner_ has seen
// those.
std::size_t EdgeLoop::take_requests(EdgeConnection& connection, std::string_view bytes) {
  lend_buffer(connection);
  for (std::size_t i = 0; i < kMaxPipelined && !bytes.empty(); ++i) {
    if (!take_request(connection, bytes)) break;
    if (connection.close_after || connection.parked) break;
  }
  await_commit(connection);
  if (!connection.close_after) return bytes.size();
  // What came behind the last request would make the kernel reset the connection.
  if (!bytes.empty()) connection.linger = true;
  if (connection.pending) connection.pending->forget();
  return 0;
}

// Answers the request at the front of `bytes` and takes it off; false when it is not all there.
bool EdgeLoop::take_request(EdgeConnection& connection, std::string_view& bytes) {
  if (connection.pending && connection.pending->in_body()) return take_body(connection, bytes);
  Refusal why;
  // RFC 9112 2.2: an empty line before a request is passed over.
  while (bytes.starts_with("\r\n")) {
    bytes.remove_prefix(2);
    scanner_.reset();
  }
  const std::size_t size = scanner_.find_end(bytes, why);
  if (size == 0 && !why) return false;
  scanner_.reset();
  const std::string_view head_bytes = bytes.substr(0, size);
  if (!why) why = parse_head(head_bytes, head_);
  if (why) {
    refuse(connection, why);
    return true;
  }
  bytes.remove_prefix(size);
  if (head_.chunked || head_.content_length != 0) [[unlikely]]
    return begin_body(connection, head_bytes, bytes);
  answer(connection, head_bytes, {}, PasswordVerdict::not_asked);
  if (connection.pending) connection.pending->deadline = 0;
  return true;
}

bool EdgeLoop::begin_body(EdgeConnection& connection, std::string_view head_bytes,
                          std::string_view& bytes) {
  if (!connection.pending) connection.pending = std::make_unique<PendingRequest>();
  PendingRequest& pending = *connection.pending;
  Refusal why;
  pending.begin_body(head_bytes, head_, kMaxEdgeBody, why);
  if (why) {
    refuse(connection, why);
    return true;
  }
  pending.deadline = responder_.now() + kBodyDeadline;
  // RFC 9110 10.1.1: not to a client of HTTP/1.0, and not when the body is on its way already.
  if (head_.expects_continue && !head_.is_1_0 && bytes.empty())
    connection.out->append("HTTP/1.1 100 Continue\r\n\r\n");
  return take_body(connection, bytes);
}

bool EdgeLoop::take_body(EdgeConnection& connection, std::string_view& bytes) {
  PendingRequest& pending = *connection.pending;
  Refusal why;
  const bool complete = pending.take_body(bytes, why);
  if (why) {
    refuse(connection, why);
    return true;
  }
  if (!complete) return false;
  // The head that was read belongs to whichever connection the loop served last.
  CHECK(!parse_head(pending.head(), head_));
  answer(connection, pending.head(), pending.body(), PasswordVerdict::not_asked);
  pending.deadline = 0;
  if (!connection.parked) pending.forget();
  return true;
}

// Answers head_, which was read from `head_bytes`.
void EdgeLoop::answer(EdgeConnection& connection, std::string_view head_bytes,
                      std::string_view body, PasswordVerdict verdict) {
  responder_.number_next(deps_.journal.next());
  const Responder::Answer answer =
      responder_.answer(head_, body, connection.peer, *connection.out, verdict);
  if (answer.ask || answer.tells) [[unlikely]] {
    if (ask(connection, answer, body)) return park(connection, head_bytes, body);
    count_one(counters_.requests);
    responder_.busy(head_, *connection.out);
    connection.close_after = !head_.keep_alive;
    return;
  }
  count_one(counters_.requests);
  if (answer.bad_beacon) [[unlikely]]
    count_one(counters_.bad_beacons);
  if (answer.record) {
    connection.ticket =
        deps_.journal.add(answer.hit.time, [&](std::string& out) { encode_hit(answer.hit, out); });
    connection.has_ticket = true;
  }
  connection.close_after = answer.close;
}

// Hands over what this thread has no time for; false when too much waits already.
bool EdgeLoop::ask(const EdgeConnection& connection, const Responder::Answer& answer,
                   std::string_view body) {
  const auto fd = static_cast<std::uint64_t>(connection.socket.get());
  const std::uint64_t key = std::uint64_t{connection.id} << 32 | fd;
  if (answer.tells) return deps_.conversions.ask(std::string(body), key, replies_);
  return deps_.passwords.ask(answer.ask->hash, answer.ask->attempt, key, verdicts_);
}

void EdgeLoop::park(EdgeConnection& connection, std::string_view head_bytes,
                    std::string_view body) {
  if (!connection.pending) connection.pending = std::make_unique<PendingRequest>();
  connection.pending->keep(head_bytes, body);
  connection.parked = true;
}

// What others have found out.
void EdgeLoop::take_verdicts() {
  if (verdicts_.filled()) {
    for (const auto& [key, fits] : verdicts_.take()) {
      EdgeConnection* const connection = unpark(key);
      if (connection == nullptr) continue;
      const PendingRequest& pending = *connection->pending;
      answer(*connection, pending.head(), pending.body(),
             fits ? PasswordVerdict::right : PasswordVerdict::wrong);
      CHECK(!connection->parked);  // a request has one password
      finish_parked(*connection);
    }
  }
  if (!replies_.filled()) return;
  for (const auto& [key, reply] : replies_.take()) {
    count_one(reply.status == 204 ? counters_.conversions : counters_.bad_conversions);
    EdgeConnection* const connection = unpark(key);
    if (connection == nullptr) continue;
    count_one(counters_.requests);
    responder_.conversion_reply(head_, reply, *connection->out);
    connection->close_after = !head_.keep_alive;
    finish_parked(*connection);
  }
}

// The connection that waits for it, unless it is gone, with its request in head_.
EdgeConnection* EdgeLoop::unpark(std::uint64_t key) {
  const auto fd = static_cast<std::size_t>(key & 0xffff'ffff);
  EdgeConnection* const connection = fd < connections_.size() ? connections_[fd].get() : nullptr;
  if (connection == nullptr || connection->id != key >> 32 || !connection->parked) return nullptr;
  connection->parked = false;
  CHECK(!parse_head(connection->pending->head(), head_));
  lend_buffer(*connection);
  return connection;
}

// Its request is answered; what came behind it gets its turn.
void EdgeLoop::finish_parked(EdgeConnection& connection) {
  PendingRequest& pending = *connection.pending;
  pending.forget();
  await_commit(connection);
  if (connection.close_after)
    connection.linger = !pending.bytes.empty();
  else
    go_on(connection, std::move(pending.bytes));
}

void EdgeLoop::refuse(EdgeConnection& connection, const Refusal& why) {
  count_one(counters_.requests);
  count_one(counters_.refused);
  responder_.refuse(why.status, why.detail, *connection.out);
  connection.close_after = true;
  connection.linger = true;
}

void EdgeLoop::release_committed() {
  if (waiting_.empty()) return;
  const std::uint64_t committed = deps_.journal.committed();
  std::size_t kept = 0;
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    EdgeConnection* connection = waiting_[i];
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

void EdgeLoop::send_answers(EdgeConnection& connection) {
  std::string_view rest = *connection.out;
  while (!rest.empty()) {
    const ssize_t sent = connection.transmit(rest);
    if (sent < 0) {
      if (errno == EINTR) continue;
      if (!would_block(errno)) return close(connection);
      connection.out->erase(0, connection.out->size() - rest.size());
      if (!connection.blocked) connection.deadline = responder_.now() + kSendDeadline;
      connection.blocked = true;
      if (!connection.watched) watch(connection);
      return;
    }
    rest.remove_prefix(static_cast<std::size_t>(sent));
  }
  connection.blocked = false;
  connection.out->clear();
  return_buffer(connection);
  if (connection.close_after)
    return connection.linger && !connection.peer_done ? begin_linger(connection)
                                                      : close(connection);
  connection.deadline = responder_.now() + kIdleDeadline;
  // Requests that came behind this one, read or not, get their turn in the next round.
  if (connection.readable || connection.pending) resumed_.push_back(&connection);
  if (!connection.watched) watch(connection);
}

// Answers are in the buffer and may leave when the journal has what they tell of.
void EdgeLoop::await_commit(EdgeConnection& connection) {
  if (connection.out->empty()) return return_buffer(connection);
  if (connection.waiting) return;
  connection.waiting = true;
  waiting_.push_back(&connection);
}

void EdgeLoop::lend_buffer(EdgeConnection& connection) {
  if (connection.out) return;
  if (buffers_.empty()) {
    connection.out = std::make_unique<std::string>();
    return;
  }
  connection.out = std::move(buffers_.back());
  buffers_.pop_back();
}

// The buffer is empty.
void EdgeLoop::return_buffer(EdgeConnection& connection) {
  if (connection.out->capacity() <= kKeepBuffer && buffers_.size() < kKeepBuffers)
    buffers_.push_back(std::move(connection.out));
  else
    connection.out.reset();
}

// Closing a socket that holds unread bytes resets the connection, and the peer may lose the answer
// that tells it what was wrong (RFC 9112 9.6).
void EdgeLoop::begin_linger(EdgeConnection& connection) {
  if (connection.tls) connection.tls->end();
  ::shutdown(connection.socket.get(), SHUT_WR);
  connection.pending.reset();
  connection.lingering = true;
  connection.readable = true;
  connection.close_after = false;
  connection.deadline = responder_.now() + kLingerDeadline;
  read_some(connection);
}

}  // namespace tally
