// SPDX-License-Identifier: Apache-2.0
#include "redirect/socket.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

namespace tally {
namespace {

struct Endpoint {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
  sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

Endpoint endpoint_of(const Address& address, std::uint16_t port) {
  Endpoint out;
  if (address.is_v4()) {
    auto& v4 = reinterpret_cast<sockaddr_in&>(out.storage);
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::copy_n(address.bytes.begin() + 12, 4, reinterpret_cast<unsigned char*>(&v4.sin_addr));
    out.size = sizeof v4;
  } else {
    auto& v6 = reinterpret_cast<sockaddr_in6&>(out.storage);
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::ranges::copy(address.bytes, v6.sin6_addr.s6_addr);
    out.size = sizeof v6;
  }
  return out;
}

Address address_of(const Endpoint& endpoint) {
  Address out;
  if (endpoint.storage.ss_family == AF_INET) {
    const auto& v4 = reinterpret_cast<const sockaddr_in&>(endpoint.storage);
    out.bytes[10] = out.bytes[11] = 0xff;
    std::copy_n(reinterpret_cast<const unsigned char*>(&v4.sin_addr), 4, out.bytes.begin() + 12);
  } else if (endpoint.storage.ss_family == AF_INET6) {
    const auto& v6 = reinterpret_cast<const sockaddr_in6&>(endpoint.storage);
    std::ranges::copy(v6.sin6_addr.s6_addr, out.bytes.begin());
  }
  return out;
}

std::uint16_t port_of(const Endpoint& endpoint) {
  return endpoint.storage.ss_family == AF_INET
             ? ntohs(reinterpret_cast<const sockaddr_in&>(endpoint.storage).sin_port)
             : ntohs(reinterpret_cast<const sockaddr_in6&>(endpoint.storage).sin6_port);
}

void set_option(const Socket& socket, int level, int name) {
  const int on = 1;
  ::setsockopt(socket.get(), level, name, &on, sizeof on);
}

// What every accepted connection inherits, so that it costs no call of its own.
void set_for_accepted(const Socket& listener) {
  set_option(listener, IPPROTO_TCP, TCP_NODELAY);
  // Reported with their first bytes, or after a second without: no second wait for those.
  set_option(listener, IPPROTO_TCP, TCP_DEFER_ACCEPT);
}

Result<Socket> bound(const Endpoint& endpoint, bool shared, const std::string& name) {
  Socket socket(
      ::socket(endpoint.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (!socket) return fail_errno("open a socket", errno);
  set_option(socket, SOL_SOCKET, SO_REUSEADDR);
  if (shared) set_option(socket, SOL_SOCKET, SO_REUSEPORT);
  if (::bind(socket.get(), endpoint.get(), endpoint.size) != 0)
    return fail_errno("listen on " + name, errno);
  return socket;
}

}  // namespace

Socket::~Socket() {
  if (fd_ >= 0) ::close(fd_);
}

Result<Listening> listen_shared(const std::string& address, std::uint16_t port, std::size_t count) {
  const auto parsed = Address::parse(address);
  if (!parsed)
    return fail(ErrorCode::invalid, "'" + address + "' is not an address to listen on",
                "write it like 127.0.0.1:8080 or [::1]:8080");
  const std::string name = address + ":" + std::to_string(port);
  Endpoint endpoint = endpoint_of(*parsed, port);
  {
    // Bound without sharing, so that another listener's port is refused; this also picks port 0's.
    TRY_ASSIGN(const Socket probe, bound(endpoint, false, name));
    endpoint.size = sizeof endpoint.storage;
    if (::getsockname(probe.get(), endpoint.get(), &endpoint.size) != 0)
      return fail_errno("listen on " + name, errno);
  }
  Listening out;
  out.port = port_of(endpoint);
  for (std::size_t i = 0; i < count; ++i) {
    TRY_ASSIGN(Socket socket, bound(endpoint, true, name));
    set_for_accepted(socket);
    if (::listen(socket.get(), SOMAXCONN) != 0) return fail_errno("listen on " + name, errno);
    out.sockets.push_back(std::move(socket));
  }
  return out;
}

Result<std::uint16_t> local_port(const Socket& socket) {
  Endpoint endpoint;
  endpoint.size = sizeof endpoint.storage;
  if (::getsockname(socket.get(), endpoint.get(), &endpoint.size) != 0)
    return fail_errno("ask for a socket's port", errno);
  return port_of(endpoint);
}

std::expected<Accepted, int> accept_one(int listener) {
  Endpoint endpoint;
  endpoint.size = sizeof endpoint.storage;
  Accepted out;
  out.socket =
      Socket(::accept4(listener, endpoint.get(), &endpoint.size, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (!out.socket) {
    const int error = errno;
    if (error == EAGAIN || error == EWOULDBLOCK) return out;
    return std::unexpected(error);
  }
  out.peer = address_of(endpoint);
  return out;
}

}  // namespace tally
