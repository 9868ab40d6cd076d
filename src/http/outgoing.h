// SPDX-License-Identifier: Apache-2.0
//
// Outgoing requests that nobody waits for: send() returns at once, and a function is called with
// what came of it. For receivers that others name, so it expects the worst of them.
//
// One thread drives all requests (multi_loop.h). Nothing a receiver does holds it up: a name is
// looked up on a thread of its own (Debian's libcurl has the threaded resolver; a look-up that is
// given up is left to end alone), nothing blocks, and what is read of an answer is bounded.
//
//   silent, slow, endless       ends with an error when the request's time is up, or nothing has
//                               moved for as long as it may stand still
//   a body without an end       `most_read` bytes are read, then the answer counts by its status
//   headers without an end      ends with an error after 32 KiB
//   compressed                  the bytes as they are: nothing is ever unpacked
//   a redirect                  is an answer like any other; it is not followed
//   an address inside           the guard is asked about each address that is dialled, after the
//                               look-up: there is no other way to a socket
//
// Neither cookies nor credentials are kept, nothing is taken from the environment (proxies, netrc),
// certificates are verified. Connections are kept and shared by all requests to a host. A request
// on a kept connection that closes before the first byte of an answer is sent again, by libcurl, on
// another one: it may reach its receiver twice, as whoever retries expects.
//
// A host that is slow must not take all connections there are. So each has at most `most_per_host`
// requests under way, and the hosts take turns where `most_running` in all are too few. One that
// waits for longer than it may take is not sent.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/files.h"
#include "http/address_guard.h"

namespace tally {

inline constexpr std::size_t kSlowest = 100;  // bytes a second

struct OutgoingRequest {
  std::string method = "POST";
  std::string url;  // absolute, http or https, in ASCII
  // Without Content-Length and Host. No Content-Type is sent unless there is one here.
  std::vector<std::pair<std::string, std::string>> headers;
  std::shared_ptr<const std::string> body;  // null: none
  // Sent instead of `body`, a piece at a time; what the outgoing thread reads it waits for.
  std::shared_ptr<const ReadFile> file;
  std::uint64_t file_bytes = 0;
  std::chrono::milliseconds connect_timeout{5'000};
  std::chrono::milliseconds timeout{15'000};  // to wait for its turn; then to the answer's end
  // Less than kSlowest on average for so long ends it; 0: only its time does.
  std::chrono::seconds stall{0};
  std::size_t most_read = 64u << 10;  // of the answer's body
};

struct OutgoingAnswer {
  int status = 0;                                            // 0: none came
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;                                          // at most `most_read` bytes
  // Why there was no whole answer, in one line; "" when there was. A status may have come before.
  std::string error;
  bool stopped = false;              // by stop(), or never sent: it says nothing of the receiver
  std::chrono::milliseconds took{};  // since send()

  // The first header of that lower-case name; "" when there is none.
  std::string_view header(std::string_view name) const;
};

struct OutgoingOptions {
  AddressGuard guard;
  std::filesystem::path ca;  // certificates to trust instead of the system's; "": the system's
  std::size_t most_running = 1'024;
  std::size_t most_per_host = 64;
  // What names lead to, asked for by each request as it starts, in lines as CURLOPT_RESOLVE takes
  // them: "receiver.test:80:127.0.0.1". So a test needs no name server. Null: the system's own.
  std::function<std::vector<std::string>()> resolve;
};

class Outgoing {
 public:
  // Called once for each request that was sent, on the outgoing thread: it hands the answer on and
  // returns soon. It may send().
  using Done = std::function<void(OutgoingAnswer)>;

  explicit Outgoing(OutgoingOptions options = {});
  // As stop(); returns when the last function was called.
  ~Outgoing();
  Outgoing(const Outgoing&) = delete;
  Outgoing& operator=(const Outgoing&) = delete;

  // From any thread; never waits.
  void send(OutgoingRequest request, Done done);
  // Ends all requests with an error: those that run, those that wait and those still to come.
  void stop();

 private:
  class Thread;
  std::unique_ptr<Thread> thread_;
};

}  // namespace tally
