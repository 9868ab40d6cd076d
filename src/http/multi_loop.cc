// SPDX-License-Identifier: Apache-2.0
#include "http/multi_loop.h"

#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "base/check.h"
#include "http/easy_handle.h"

namespace tally {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kEventsOfTurn = 256;

std::uint32_t events_of(int what) {
  switch (what) {
    case CURL_POLL_IN:
      return EPOLLIN;
    case CURL_POLL_OUT:
      return EPOLLOUT;
    case CURL_POLL_INOUT:
      return EPOLLIN | EPOLLOUT;
    default:
      return 0;
  }
}

}  // namespace

MultiLoop::MultiLoop(long kept)
    : epoll_(::epoll_create1(EPOLL_CLOEXEC)), waker_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {
  set_up_libcurl();
  multi_.reset(curl_multi_init());
  CHECK(epoll_ >= 0 && waker_ >= 0 && multi_ != nullptr);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.fd = waker_;
  CHECK(::epoll_ctl(epoll_, EPOLL_CTL_ADD, waker_, &event) == 0);
  CURLM* const multi = multi_.get();
  curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, watch_socket);
  curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
  curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, set_timer);
  curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  curl_multi_setopt(multi, CURLMOPT_MAXCONNECTS, kept);
}

MultiLoop::~MultiLoop() {
  // Kept connections are closed through close_socket().
  multi_.reset();
  ::close(waker_);
  ::close(epoll_);
}

void MultiLoop::add(CURL* handle) {
  CHECK(curl_multi_add_handle(multi_.get(), handle) == CURLM_OK);
}

void MultiLoop::remove(CURL* handle) {
  CHECK(curl_multi_remove_handle(multi_.get(), handle) == CURLM_OK);
}

void MultiLoop::adopt(CURL* handle) {
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  curl_easy_setopt(handle, CURLOPT_CLOSESOCKETDATA, this);
}

curl_socket_t MultiLoop::open_socket(const curl_sockaddr& address) {
  const int socket = ::socket(address.family, address.socktype | SOCK_CLOEXEC, address.protocol);
  if (socket < 0) return CURL_SOCKET_BAD;
  watched(socket) = Watched{.ours = true};
  return socket;
}

int MultiLoop::close_socket(void* loop, curl_socket_t socket) {
  static_cast<MultiLoop*>(loop)->watched(socket) = {};
  return ::close(socket);
}

MultiLoop::Watched& MultiLoop::watched(curl_socket_t socket) {
  const auto at = static_cast<std::size_t>(socket);
  if (at >= sockets_.size()) sockets_.resize(std::max(at + 1, sockets_.size() * 2));
  return sockets_[at];
}

void MultiLoop::register_events(curl_socket_t socket, std::uint32_t events) {
  Watched& entry = watched(socket);
  if (entry.registered == events) return;
  epoll_event event{};
  event.events = events;
  event.data.fd = socket;
  if (events == 0) {
    ::epoll_ctl(epoll_, EPOLL_CTL_DEL, socket, &event);
  } else {
    const int operation = entry.registered == 0 ? EPOLL_CTL_ADD : EPOLL_CTL_MOD;
    CHECK(::epoll_ctl(epoll_, operation, socket, &event) == 0);
  }
  entry.registered = events;
}

int MultiLoop::watch_socket(CURL*, curl_socket_t socket, int what, void* loop, void*) {
  auto& self = *static_cast<MultiLoop*>(loop);
  Watched& entry = self.watched(socket);
  entry.wanted = events_of(what);
  // The resolver's sockets end without a word, and their numbers come again: nothing may stay.
  if (entry.wanted != 0 || !entry.ours) self.register_events(socket, entry.wanted);
  return 0;
}

int MultiLoop::set_timer(CURLM*, long after_ms, void* loop) {
  auto& due = static_cast<MultiLoop*>(loop)->due_;
  due.reset();
  if (after_ms >= 0) due = Clock::now() + std::chrono::milliseconds(after_ms);
  return 0;
}

void MultiLoop::take_event(curl_socket_t socket, std::uint32_t events) {
  const Watched entry = watched(socket);
  if (entry.wanted == 0) {
    // A kept connection that its other end closes; libcurl sees to that when it wants it next.
    register_events(socket, 0);
    return;
  }
  // What is wrong with a socket is said to who reads from it or writes to it.
  if ((events & (EPOLLERR | EPOLLHUP)) != 0) events |= entry.wanted;
  int running = 0;
  curl_multi_socket_action(multi_.get(), socket,
                           ((events & EPOLLIN) != 0 ? CURL_CSELECT_IN : 0) |
                               ((events & EPOLLOUT) != 0 ? CURL_CSELECT_OUT : 0),
                           &running);
}

void MultiLoop::turn(std::chrono::milliseconds most) {
  if (due_) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(*due_ - Clock::now());
    most = std::clamp(left, std::chrono::milliseconds(0), most);
  }
  std::array<epoll_event, kEventsOfTurn> events;
  const int count =
      ::epoll_wait(epoll_, events.data(), events.size(), static_cast<int>(most.count()));
  for (int i = 0; i < count; ++i) {
    const epoll_event& event = events[static_cast<std::size_t>(i)];
    if (event.data.fd == waker_) {
      std::uint64_t wakes = 0;
      [[maybe_unused]] const ssize_t n = ::read(waker_, &wakes, sizeof wakes);
    } else {
      take_event(event.data.fd, event.events);
    }
  }
  if (due_ && *due_ <= Clock::now()) {
    due_.reset();
    int running = 0;
    curl_multi_socket_action(multi_.get(), CURL_SOCKET_TIMEOUT, 0, &running);
  }
}

std::optional<MultiLoop::Finished> MultiLoop::finished() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_.get(), &left))
    if (message->msg == CURLMSG_DONE) return Finished{message->easy_handle, message->data.result};
  return std::nullopt;
}

void MultiLoop::wake() const {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t n = ::write(waker_, &one, sizeof one);
}

}  // namespace tally
