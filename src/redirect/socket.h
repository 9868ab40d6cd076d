// SPDX-License-Identifier: Apache-2.0
//
// A descriptor that closes itself, and listening sockets that several threads share.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/hit.h"

namespace tally {

class Socket {
 public:
  Socket() = default;
  explicit Socket(int fd) : fd_(fd) {}
  Socket(Socket&& other) noexcept : fd_(std::exchange(other.fd_, -1)) {}
  Socket& operator=(Socket&& other) noexcept {
    std::swap(fd_, other.fd_);
    return *this;
  }
  ~Socket();
  int get() const { return fd_; }
  explicit operator bool() const { return fd_ >= 0; }
  void reset() { *this = Socket(); }
  // The descriptor is the caller's from now on.
  int release() { return std::exchange(fd_, -1); }

 private:
  int fd_ = -1;
};

struct Listening {
  std::vector<Socket> sockets;  // one per thread, all on one port (SO_REUSEPORT)
  std::uint16_t port = 0;
};

// `count` listening sockets on one address ("127.0.0.1", "::", ...) and port; 0 picks a free one.
// A port that somebody else listens on is an error, even though SO_REUSEPORT would allow sharing.
Result<Listening> listen_shared(const std::string& address, std::uint16_t port, std::size_t count);

Result<std::uint16_t> local_port(const Socket& socket);

// The peer of an accepted connection, IPv4 as mapped IPv6.
struct Accepted {
  Socket socket;
  Address peer;
};
// The next connection, non-blocking; an empty socket when there is none, the errno when it failed.
std::expected<Accepted, int> accept_one(int listener);

}  // namespace tally
