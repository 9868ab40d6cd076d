// SPDX-License-Identifier: Apache-2.0
#include "engine/listening.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/local/stream_protocol.hpp>

#include <cstring>
#include <string_view>

#include "base/text.h"

namespace tally {
namespace {

namespace asio = boost::asio;
using Stream = asio::generic::stream_protocol;
using Acceptor = asio::basic_socket_acceptor<Stream>;

std::unexpected<Error> cannot_listen(const std::string& address, std::string_view reason) {
  return fail(ErrorCode::unavailable, "listen on '" + address + "': " + std::string(reason));
}

// A file left by a process that died would keep the name taken. One that answers is in use.
Result<void> clear_stale_socket(asio::io_context& io, const std::string& path,
                                const std::string& address) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0) return {};
  if (!S_ISSOCK(status.st_mode)) return cannot_listen(address, "there is a file of that name");
  asio::local::stream_protocol::socket probe(io);
  boost::system::error_code error;
  probe.connect(asio::local::stream_protocol::endpoint(path), error);
  if (!error) return cannot_listen(address, "another process listens there");
  ::unlink(path.c_str());
  return {};
}

Result<EngineListener> take_over(asio::io_context& io, const std::string& address) {
  const auto fd = parse_number<int>(std::string_view(address).substr(3));
  int family = 0;
  socklen_t size = sizeof(family);
  if (!fd || ::getsockopt(*fd, SOL_SOCKET, SO_DOMAIN, &family, &size) != 0)
    return cannot_listen(address, "that is no open socket");
  Acceptor acceptor(io);
  boost::system::error_code error;
  acceptor.assign(Stream(family, 0), *fd, error);
  if (error) return cannot_listen(address, error.message());
  return EngineListener{std::move(acceptor), address, {}};
}

Result<Stream::endpoint> tcp_endpoint(const std::string& address) {
  const auto colon = address.rfind(':');
  std::string host = colon == std::string::npos ? "" : address.substr(0, colon);
  if (host.starts_with('[') && host.ends_with(']')) host = host.substr(1, host.size() - 2);
  boost::system::error_code error;
  const auto ip = asio::ip::make_address(host, error);
  const auto port = parse_number<std::uint16_t>(
      std::string_view(address).substr(colon == std::string::npos ? address.size() : colon + 1));
  if (error || !port) return cannot_listen(address, "say unix:PATH or ADDRESS:PORT");
  return asio::ip::tcp::endpoint(ip, *port);
}

}  // namespace

Result<EngineListener> listen_at(asio::io_context& io, const std::string& address) {
  if (address.starts_with("fd:")) return take_over(io, address);
  std::string socket_file, shown = address;
  Stream::endpoint endpoint;
  if (address.starts_with("unix:")) {
    socket_file = address.substr(5);
    if (socket_file.empty() || socket_file.size() >= sizeof(sockaddr_un::sun_path))
      return cannot_listen(address, "a socket's path has 1 to 107 bytes");
    TRY(clear_stale_socket(io, socket_file, address));
    endpoint = asio::local::stream_protocol::endpoint(socket_file);
  } else {
    TRY_ASSIGN(endpoint, tcp_endpoint(address));
  }
  Acceptor acceptor(io);
  boost::system::error_code error;
  acceptor.open(endpoint.protocol(), error);
  if (!error && socket_file.empty())
    acceptor.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor.bind(endpoint, error);
  if (!error) acceptor.listen(asio::socket_base::max_listen_connections, error);
  if (error) return cannot_listen(address, error.message());
  if (socket_file.empty()) {
    asio::ip::tcp::endpoint real;
    const auto local = acceptor.local_endpoint();
    std::memcpy(real.data(), local.data(), local.size());
    shown = address.substr(0, address.rfind(':') + 1) + std::to_string(real.port());
  }
  return EngineListener{std::move(acceptor), shown, socket_file};
}

}  // namespace tally
