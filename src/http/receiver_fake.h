// SPDX-License-Identifier: Apache-2.0
//
// A receiver of outgoing requests on the loopback, for tests: every connection has a thread that
// runs a script on the raw socket, so that it can do what no server would.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/check.h"
#include "base/text.h"

namespace tally {

class ReceiverFake {
 public:
  class Connection {
   public:
    Connection(int fd, ReceiverFake& receiver) : fd_(fd), receiver_(receiver) {}

    // A whole request, head and body; "" when the other end closed instead.
    std::string read_request() {
      for (;;) {
        if (const std::size_t size = whole(); size != 0) {
          std::string request = input_.substr(0, size);
          input_.erase(0, size);
          receiver_.note(request);
          return request;
        }
        if (!read_more()) return {};
      }
    }
    // False when the other end is gone.
    bool send(std::string_view bytes) {
      while (!bytes.empty()) {
        const ssize_t n = ::send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (n <= 0) return false;
        bytes.remove_prefix(static_cast<std::size_t>(n));
      }
      return true;
    }
    bool read_more() {
      char piece[16 << 10];
      const ssize_t n = ::recv(fd_, piece, sizeof piece, 0);
      if (n > 0) input_.append(piece, static_cast<std::size_t>(n));
      return n > 0;
    }
    void wait_for_close() {
      while (read_more()) input_.clear();
    }
    int fd() const { return fd_; }

   private:
    // The size of the first request, once it is there.
    std::size_t whole() const {
      const auto end = input_.find("\r\n\r\n");
      if (end == std::string::npos) return 0;
      constexpr std::string_view kLength = "\r\nContent-Length: ";
      const auto at = input_.find(kLength);
      std::size_t length = 0;
      if (at < end) {
        const auto digits = std::string_view(input_).substr(at + kLength.size());
        length = parse_number<std::size_t>(digits.substr(0, digits.find('\r'))).value_or(0);
      }
      return input_.size() >= end + 4 + length ? end + 4 + length : 0;
    }

    int fd_;
    ReceiverFake& receiver_;
    std::string input_;
  };
  using Script = std::function<void(Connection&)>;

  // Listens on a free port, or on `port`, of an IPv4 or IPv6 address.
  explicit ReceiverFake(Script script, const char* address = "127.0.0.1", std::uint16_t port = 0)
      : script_(std::move(script)) {
    sockaddr_storage at{};
    auto& v4 = reinterpret_cast<sockaddr_in&>(at);
    auto& v6 = reinterpret_cast<sockaddr_in6&>(at);
    const bool is_v4 = ::inet_pton(AF_INET, address, &v4.sin_addr) == 1;
    if (!is_v4) CHECK(::inet_pton(AF_INET6, address, &v6.sin6_addr) == 1);
    at.ss_family = is_v4 ? AF_INET : AF_INET6;
    (is_v4 ? v4.sin_port : v6.sin6_port) = htons(port);
    socklen_t size = is_v4 ? sizeof v4 : sizeof v6;
    listener_ = ::socket(at.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(listener_ >= 0);
    const int on = 1;
    ::setsockopt(listener_, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&at), size) == 0);
    CHECK(::listen(listener_, 1024) == 0);
    CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
    port_ = ntohs(is_v4 ? v4.sin_port : v6.sin6_port);
    accepting_ = std::thread([this] { accept_all(); });
  }
  ~ReceiverFake() {
    ::shutdown(listener_, SHUT_RDWR);
    accepting_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int fd : open_) ::shutdown(fd, SHUT_RDWR);
    }
    for (std::thread& thread : threads_) thread.join();
    ::close(listener_);
  }
  ReceiverFake(const ReceiverFake&) = delete;
  ReceiverFake& operator=(const ReceiverFake&) = delete;

  std::uint16_t port() const { return port_; }
  std::string url(std::string_view host = "127.0.0.1") const {
    return "http://" + std::string(host) + ":" + std::to_string(port_) + "/hook";
  }
  // How many there were; how many there were at one time.
  int connections() const { return connections_; }
  std::size_t most_at_once() const {
    const std::lock_guard lock(mutex_);
    return most_open_;
  }
  // All that were read whole.
  std::vector<std::string> requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
  }

 private:
  void note(const std::string& request) {
    const std::lock_guard lock(mutex_);
    requests_.push_back(request);
  }
  void accept_all() {
    for (;;) {
      const int fd = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) return;
      ++connections_;
      const std::lock_guard lock(mutex_);
      open_.push_back(fd);
      most_open_ = std::max(most_open_, open_.size());
      threads_.emplace_back([this, fd] { serve(fd); });
    }
  }
  void serve(int fd) {
    // A script may write to whom is gone, by the hand of a library too.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    Connection connection(fd, *this);
    script_(connection);
    const std::lock_guard lock(mutex_);
    std::erase(open_, fd);
    ::close(fd);
  }

  const Script script_;
  int listener_ = -1;
  std::uint16_t port_ = 0;
  std::atomic<int> connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<int> open_;
  std::size_t most_open_ = 0;
  std::vector<std::string> requests_;
  std::vector<std::thread> threads_;  // the accepting thread's until it has ended
  std::thread accepting_;
};

}  // namespace tally
