// SPDX-License-Identifier: Apache-2.0
#include "server/hand_over.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <span>

#include "base/bytes.h"
#include "base/log.h"

namespace tally {
namespace {

constexpr std::string_view kHello = "tallymark take-over 1";
constexpr std::string_view kLock = "lock";
constexpr std::string_view kReady = "ready";
constexpr std::string_view kSockets = "sockets";
constexpr std::string_view kConnections = "connections";
constexpr std::string_view kDone = "done";

constexpr std::size_t kMostDescriptors = 128;
constexpr std::size_t kFullMessage = 64 << 10;      // no connection is added to one of this size
constexpr std::size_t kLongestMessage = 192 << 10;  // a request that came in part is under 100 KiB
constexpr int kGreetingSeconds = 5;
constexpr int kReadySeconds = 300;   // a new process reads all links first
constexpr int kLeavingSeconds = 60;  // an old one stops engine and pipeline first

struct Message {
  std::string text;
  std::vector<Socket> sockets;
};

Result<void> send_message(const Socket& to, std::string_view text, std::span<const int> fds = {}) {
  iovec part{const_cast<char*>(text.data()), text.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> control{};
  if (!fds.empty()) {
    message.msg_control = control.data();
    message.msg_controllen = CMSG_SPACE(fds.size_bytes());
    cmsghdr* header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(fds.size_bytes());
    std::memcpy(CMSG_DATA(header), fds.data(), fds.size_bytes());
  }
  if (::sendmsg(to.get(), &message, MSG_NOSIGNAL) < 0) return fail_errno("send to it", errno);
  return {};
}

void set_patience(const Socket& socket, int seconds) {
  const timeval limit{seconds, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
}

Result<Message> receive_message(const Socket& from) {
  Message out;
  out.text.resize(kLongestMessage);
  iovec part{out.text.data(), out.text.size()};
  msghdr message{};
  message.msg_iov = &part;
  message.msg_iovlen = 1;
  alignas(cmsghdr) std::array<char, CMSG_SPACE(kMostDescriptors * sizeof(int))> control{};
  message.msg_control = control.data();
  message.msg_controllen = control.size();
  const ssize_t got = ::recvmsg(from.get(), &message, MSG_CMSG_CLOEXEC);
  if (got < 0) return fail_errno("wait for it", errno);
  for (cmsghdr* header = CMSG_FIRSTHDR(&message); header != nullptr;
       header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    const std::size_t count = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (std::size_t i = 0; i < count; ++i) {
      int fd = -1;
      std::memcpy(&fd, CMSG_DATA(header) + i * sizeof fd, sizeof fd);
      out.sockets.emplace_back(fd);
    }
  }
  if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
    return fail(ErrorCode::internal, "its message came in part only");
  if (got == 0) return fail(ErrorCode::unavailable, "it went away");
  out.text.resize(static_cast<std::size_t>(got));
  return out;
}

Result<Message> expect_message(const Socket& from, std::string_view kind) {
  TRY_ASSIGN(Message message, receive_message(from));
  if (!message.text.starts_with(kind))
    return fail(ErrorCode::conflict, "it said something else than '" + std::string(kind) + "'",
                "the two versions cannot hand over to each other: stop the old one first");
  return message;
}

// The socket's address by way of the folder's descriptor: a folder's own name may be too long.
struct SocketName {
  Socket folder;
  sockaddr_un address{};

  static Result<SocketName> of(const std::filesystem::path& data) {
    SocketName out;
    out.folder = Socket(::open(data.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
    if (!out.folder) return fail_errno("open '" + data.string() + "'", errno);
    out.address.sun_family = AF_UNIX;
    const std::string path = fmt::format("/proc/self/fd/{}/hand-over.sock", out.folder.get());
    std::ranges::copy(path, out.address.sun_path);
    return out;
  }
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&address); }
};

bool same_user(const Socket& peer) {
  ucred who{};
  socklen_t size = sizeof who;
  return ::getsockopt(peer.get(), SOL_SOCKET, SO_PEERCRED, &who, &size) == 0 &&
         (who.uid == ::geteuid() || who.uid == 0);
}

std::string encode(const OpenConnection& connection) {
  std::string out(reinterpret_cast<const char*>(connection.peer.bytes.data()),
                  connection.peer.bytes.size());
  put_text(out, connection.received);
  return out;
}

Result<void> decode_connections(Message message, std::vector<OpenConnection>& out) {
  ByteReader in(std::string_view(message.text).substr(kConnections.size()));
  for (Socket& socket : message.sockets) {
    OpenConnection connection;
    connection.socket = std::move(socket);
    connection.peer.bytes = in.fixed<std::array<unsigned char, 16>>();
    connection.received = in.text();
    out.push_back(std::move(connection));
  }
  if (!in.ok()) return fail(ErrorCode::internal, "its connections make no sense");
  return {};
}

}  // namespace

HandOverDoor::HandOverDoor(std::filesystem::path data, Socket listener, int lock,
                           std::string addresses, Waker waker, std::function<void()> wanted)
    : data_(std::move(data)),
      listener_(std::move(listener)),
      lock_(lock),
      addresses_(std::move(addresses)),
      waker_(std::move(waker)),
      wanted_(std::move(wanted)),
      thread_([this] { run(); }) {}

Result<std::unique_ptr<HandOverDoor>> HandOverDoor::open(const std::filesystem::path& data,
                                                         int lock, std::string addresses,
                                                         std::function<void()> wanted) {
  TRY_ASSIGN(const SocketName name, SocketName::of(data));
  Socket listener(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  if (!listener) return fail_errno("open a socket", errno);
  ::unlink(name.address.sun_path);  // whoever left it does not hold the lock any more
  if (::bind(listener.get(), name.get(), sizeof name.address) != 0 ||
      ::listen(listener.get(), 4) != 0)
    return fail_errno("listen in '" + data.string() + "'", errno);
  TRY_ASSIGN(Waker waker, Waker::create());
  return std::unique_ptr<HandOverDoor>(new HandOverDoor(
      data, std::move(listener), lock, std::move(addresses), std::move(waker), std::move(wanted)));
}

HandOverDoor::~HandOverDoor() {
  stopping_.store(true);
  waker_.wake();
  thread_.join();
  if (!done_) ::unlink((data_ / "hand-over.sock").c_str());
}

void HandOverDoor::run() {
  while (!stopping_) {
    std::array<pollfd, 2> wanted{
        {{waker_.fd(), POLLIN, 0}, {busy_ ? -1 : listener_.get(), POLLIN, 0}}};
    if (::poll(wanted.data(), wanted.size(), -1) < 0) continue;
    if (wanted[0].revents != 0) waker_.drain();
    if (wanted[1].revents == 0 || stopping_ || busy_) continue;
    Socket taker(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (!taker || !same_user(taker) || !meet(taker)) continue;
    taker_ = std::move(taker);
    busy_.store(true);
    wanted_();
  }
}

// True when the new process is ready to take over.
bool HandOverDoor::meet(const Socket& taker) const {
  set_patience(taker, kGreetingSeconds);
  if (!expect_message(taker, kHello)) return false;
  if (!send_message(taker, std::string(kLock) + addresses_, std::array{lock_})) return false;
  log_info("a new process is about to take over");
  std::array<pollfd, 2> wanted{{{waker_.fd(), POLLIN, 0}, {taker.get(), POLLIN, 0}}};
  ::poll(wanted.data(), wanted.size(), kReadySeconds * 1000);
  if (wanted[1].revents == 0) return false;
  if (const auto ready = expect_message(taker, kReady); !ready) {
    log_warn("the new process did not take over: {}", ready.error().line());
    return false;
  }
  return true;
}

bool HandOverDoor::taker_waits() const {
  if (!busy_) return false;
  char byte = 0;
  return ::recv(taker_.get(), &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

Result<void> HandOverDoor::give(const Inheritance& inheritance) {
  set_patience(taker_, kGreetingSeconds);
  std::vector<int> fds{inheritance.console.get()};
  for (const Socket& listener : inheritance.edge.listeners) fds.push_back(listener.get());
  if (fds.size() > kMostDescriptors)
    return fail(ErrorCode::internal, "there are too many edge threads to hand over");
  TRY(send_message(taker_, kSockets, fds));
  const auto& connections = inheritance.edge.connections;
  for (std::size_t next = 0; next < connections.size();) {
    std::string text(kConnections);
    fds.clear();
    for (; next < connections.size() && fds.size() < kMostDescriptors; ++next) {
      if (text.size() >= kFullMessage) break;
      text += encode(connections[next]);
      fds.push_back(connections[next].socket.get());
    }
    TRY(send_message(taker_, text, fds));
  }
  return {};
}

Result<void> HandOverDoor::say_done() {
  done_ = true;
  return send_message(taker_, kDone);
}

void HandOverDoor::dismiss() {
  taker_.reset();
  busy_.store(false);
  waker_.wake();
}

Result<std::optional<TakeOver>> TakeOver::begin(const std::filesystem::path& data) {
  std::error_code ignored;
  if (!std::filesystem::exists(data / "hand-over.sock", ignored)) return std::nullopt;
  TRY_ASSIGN(const SocketName name, SocketName::of(data));
  Socket peer(::socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0));
  if (!peer) return fail_errno("open a socket", errno);
  set_patience(peer, kGreetingSeconds);
  if (::connect(peer.get(), name.get(), sizeof name.address) != 0) {
    // Nobody listens: it was killed, and the lock will tell.
    if (errno == ECONNREFUSED || errno == ENOENT) return std::nullopt;
    return fail_errno("speak to the running process", errno);
  }
  TakeOver out(std::move(peer));
  TRY(send_message(out.peer_, kHello));
  auto answer = expect_message(out.peer_, kLock);
  if (!answer) return std::unexpected(std::move(answer).error().within("the running process"));
  if (answer->sockets.size() != 1)
    return fail(ErrorCode::internal, "the running process did not hand over its lock");
  out.lock_ = std::move(answer->sockets.front());
  out.addresses_ = answer->text.substr(kLock.size());
  return out;
}

Result<Inheritance> TakeOver::finish() {
  set_patience(peer_, kLeavingSeconds);
  TRY(send_message(peer_, kReady));
  TRY_ASSIGN(Message sockets, expect_message(peer_, kSockets));
  if (sockets.sockets.size() < 2)
    return fail(ErrorCode::internal, "the running process left no sockets");
  Inheritance out;
  out.console = std::move(sockets.sockets.front());
  std::move(sockets.sockets.begin() + 1, sockets.sockets.end(),
            std::back_inserter(out.edge.listeners));
  for (;;) {
    TRY_ASSIGN(Message message, receive_message(peer_));
    if (message.text == kDone) return out;
    if (!message.text.starts_with(kConnections))
      return fail(ErrorCode::internal, "the running process said something unknown");
    TRY(decode_connections(std::move(message), out.edge.connections));
  }
}

}  // namespace tally
