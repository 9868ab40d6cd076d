// SPDX-License-Identifier: Apache-2.0
//
// Outgoing requests to a receiver on this machine that answers at once: requests a second, and the
// processor time that the outgoing thread takes for one. Beside it up to a thousand requests wait
// for receivers that never answer, which is what must not cost anything.
#include <arpa/inet.h>
#include <benchmark/benchmark.h>
#include <netinet/in.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <ctime>
#include <latch>
#include <string>
#include <string_view>
#include <thread>

#include "base/check.h"
#include "http/outgoing.h"

namespace tally {
namespace {

constexpr int kRequests = 10'000;  // for each iteration
constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

// Takes connections; with `answers`, says yes to what arrives in one piece, as small requests do.
class Receiver {
 public:
  explicit Receiver(bool answers) : answers_(answers) {
    sockaddr_in at{};
    at.sin_family = AF_INET;
    at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof at;
    listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
    CHECK(listener_ >= 0);
    CHECK(::bind(listener_, reinterpret_cast<sockaddr*>(&at), size) == 0);
    CHECK(::listen(listener_, 4096) == 0);
    CHECK(::getsockname(listener_, reinterpret_cast<sockaddr*>(&at), &size) == 0);
    port_ = ntohs(at.sin_port);
    watch(listener_);
    thread_ = std::thread([this] { run(); });
  }
  ~Receiver() {
    ending_ = true;
    thread_.join();
    ::close(listener_);
    ::close(epoll_);
  }
  Receiver(const Receiver&) = delete;
  Receiver& operator=(const Receiver&) = delete;

  std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }

 private:
  void watch(int fd) const {
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.fd = fd;
    CHECK(::epoll_ctl(epoll_, EPOLL_CTL_ADD, fd, &event) == 0);
  }
  void run() const {
    std::array<epoll_event, 64> events;
    std::array<char, 4096> request;
    while (!ending_) {
      const int count = ::epoll_wait(epoll_, events.data(), events.size(), 20);
      for (int i = 0; i < count; ++i) {
        const int fd = events[static_cast<std::size_t>(i)].data.fd;
        if (fd == listener_) {
          watch(::accept(listener_, nullptr, nullptr));
        } else if (::recv(fd, request.data(), request.size(), 0) <= 0) {
          ::close(fd);
        } else if (answers_) {
          ::send(fd, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
        }
      }
    }
  }

  const bool answers_;
  const int epoll_ = ::epoll_create1(0);
  int listener_ = -1;
  int port_ = 0;
  std::atomic<bool> ending_ = false;
  std::thread thread_;
};

double cpu_seconds_of_this_thread() {
  timespec time{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) * 1e-9;
}

OutgoingRequest click(const std::string& url) {
  static const auto body = std::make_shared<const std::string>(std::string(700, 'x'));
  OutgoingRequest request;
  request.url = url;
  request.headers = {{"Content-Type", "application/json"},
                     {"User-Agent", "Tallymark"},
                     {"webhook-id", "msg_2KWPBgLlAfxdpx2AI54pPJ85f4W"},
                     {"webhook-timestamp", "1674087231"},
                     {"webhook-signature", "v1,K5oZfzN95Z9UVu1EsfQmfVNQhnkZ2pj9o9NDN/H/pI4="}};
  request.body = body;
  request.timeout = std::chrono::minutes(10);
  return request;
}

void send_clicks(benchmark::State& state) {
  const Receiver receiver(true), silent(false);
  AddressGuard guard = *AddressGuard::parse("127.0.0.1");
  OutgoingOptions options;
  options.guard = std::move(guard);
  options.most_running = 2'000;
  options.most_per_host = 1'000;
  Outgoing outgoing(options);
  for (int i = 0; i < state.range(1); ++i) outgoing.send(click(silent.url()), [](const auto&) {});
  double cpu = 0;
  for (auto _ : state) {
    std::latch over(kRequests);
    std::atomic<int> left = kRequests - static_cast<int>(state.range(0));
    double first = 0;
    Outgoing::Done next = [&](const OutgoingAnswer& answer) {
      CHECK(answer.status == 200);
      if (first == 0) first = cpu_seconds_of_this_thread();
      cpu += cpu_seconds_of_this_thread() - first;
      first = cpu_seconds_of_this_thread();
      if (left-- > 0) outgoing.send(click(receiver.url()), next);
      over.count_down();
    };
    for (int i = 0; i < state.range(0); ++i) outgoing.send(click(receiver.url()), next);
    over.wait();
  }
  const auto requests = static_cast<double>(state.iterations()) * kRequests;
  state.counters["requests"] = benchmark::Counter(requests, benchmark::Counter::kIsRate);
  state.counters["cpu_us"] = cpu * 1e6 / requests;
}
// Requests at a time, and silent ones beside them.
BENCHMARK(send_clicks)
    ->Args({1, 0})
    ->Args({16, 0})
    ->Args({64, 0})
    ->Args({64, 900})
    ->Args({512, 0})
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tally

BENCHMARK_MAIN();
