// SPDX-License-Identifier: Apache-2.0
#include "http/server.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/system/system_error.hpp>

#include <optional>
#include <set>
#include <thread>

#include "base/log.h"
#include "base/threads.h"
#include "http/connection.h"

namespace tally {
namespace {

namespace asio = boost::asio;
using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kAcceptPause{100};

std::unexpected<Error> cannot_listen(const HttpServerOptions& options, const error_code& error) {
  const bool v6 = options.address.contains(':');
  const std::string address = v6 ? "[" + options.address + "]" : options.address;
  std::string message =
      fmt::format("cannot listen on {}:{}: {}", address, options.port, error.message());
  std::string hint;
  if (error == asio::error::address_in_use)
    hint = "another program listens there: stop it or choose another port";
  if (error == asio::error::access_denied) hint = "ports below 1024 need a privilege";
  return fail(ErrorCode::unavailable, std::move(message), std::move(hint));
}

tcp protocol_of(int listener) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  return address.ss_family == AF_INET6 ? tcp::v6() : tcp::v4();
}

}  // namespace

class HttpServer::Impl {
 public:
  Impl(HttpServerOptions options, HttpHandlers handlers, const Clock& clock)
      : options_(std::move(options)),
        handlers_(std::move(handlers)),
        clock_(clock),
        acceptor_(io_),
        room_(io_),
        deadline_(io_),
        pool_(options_.handler_threads) {}

  Result<void> listen();
  std::uint16_t port() const { return port_; }
  int listener() { return acceptor_.native_handle(); }
  void start();
  void stop();

 private:
  asio::awaitable<void> accept_all();
  void serve(tcp::socket socket);
  void drain();

  const HttpServerOptions options_;
  const HttpHandlers handlers_;
  const Clock& clock_;
  asio::io_context io_{1};
  tcp::acceptor acceptor_;
  asio::steady_timer room_;      // cancelled when a connection ends
  asio::steady_timer deadline_;  // for the connections that are open while stopping
  LargeBodies large_bodies_{options_.max_large_bodies};
  std::set<std::shared_ptr<Connection>> connections_;
  bool stopping_ = false;
  std::uint16_t port_ = 0;
  // The pool goes before the io_context, to which its handlers post their answers.
  asio::thread_pool pool_;
  std::thread network_;
};

Result<void> HttpServer::Impl::listen() {
  error_code error;
  if (options_.listener >= 0) {
    acceptor_.assign(protocol_of(options_.listener), options_.listener, error);
    if (!error) port_ = acceptor_.local_endpoint(error).port();
    if (error) return cannot_listen(options_, error);
    return {};
  }
  const auto address = asio::ip::make_address(options_.address, error);
  if (error)
    return fail(ErrorCode::invalid, "'" + options_.address + "' is not an address to listen on",
                "use an IPv4 or IPv6 address, like 127.0.0.1 or ::1");
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(tcp::acceptor::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) return cannot_listen(options_, error);
  port_ = acceptor_.local_endpoint(error).port();
  if (error) return cannot_listen(options_, error);
  return {};
}

void HttpServer::Impl::start() {
  asio::co_spawn(io_, accept_all(), asio::detached);
  network_ = std::thread([this] {
    name_this_thread("console");
    io_.run();
  });
}

asio::awaitable<void> HttpServer::Impl::accept_all() {
  while (!stopping_) {
    error_code error;
    tcp::socket socket =
        co_await acceptor_.async_accept(asio::redirect_error(asio::use_awaitable, error));
    if (stopping_) break;
    if (!error) serve(std::move(socket));
    if (error && error != asio::error::connection_aborted) {
      log_warn("console: accepting a connection: {}", error.message());
      room_.expires_after(kAcceptPause);
      co_await room_.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
    while (!stopping_ && connections_.size() >= options_.max_connections) {
      room_.expires_at(asio::steady_timer::time_point::max());
      co_await room_.async_wait(asio::redirect_error(asio::use_awaitable, error));
    }
  }
}

void HttpServer::Impl::serve(tcp::socket socket) {
  auto connection = std::make_shared<Connection>(std::move(socket), pool_, options_, handlers_,
                                                 clock_, large_bodies_);
  connections_.insert(connection);
  asio::co_spawn(io_, connection->run(), [this, connection](const std::exception_ptr& failed) {
    if (failed) log_error("console: a connection ended by an exception");
    connections_.erase(connection);
    room_.cancel();
    if (stopping_ && connections_.empty()) deadline_.cancel();
  });
}

// Runs on the network thread. When the last connection is gone, or time is up, io_ has no work left
// or is stopped.
void HttpServer::Impl::drain() {
  stopping_ = true;
  error_code ignored;
  acceptor_.close(ignored);
  room_.cancel();
  if (connections_.empty()) return;
  deadline_.expires_after(options_.stop_deadline);
  deadline_.async_wait([this](error_code error) {
    if (!error) io_.stop();
  });
  for (const auto& connection : connections_) connection->finish_soon();
}

void HttpServer::Impl::stop() {
  if (!network_.joinable()) return;
  asio::post(io_, [this] { drain(); });
  network_.join();
  pool_.join();
}

Result<std::unique_ptr<HttpServer>> HttpServer::listen(HttpServerOptions options,
                                                       HttpHandlers handlers, const Clock& clock) {
  auto impl = std::make_unique<Impl>(std::move(options), std::move(handlers), clock);
  TRY(impl->listen());
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(impl)));
}

HttpServer::HttpServer(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
HttpServer::~HttpServer() { stop(); }

std::uint16_t HttpServer::port() const { return impl_->port(); }
int HttpServer::listener() const { return impl_->listener(); }
void HttpServer::start() { impl_->start(); }
void HttpServer::stop() { impl_->stop(); }

}  // namespace tally
