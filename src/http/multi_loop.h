// SPDX-License-Identifier: Apache-2.0
//
// libcurl's multi interface on one epoll: many transfers on one thread.
//
// libcurl says which sockets it wants to hear of and when it wants to be called at the latest; the
// loop waits for both. So a turn costs what happened in it. The simpler curl_multi_poll() and
// curl_multi_perform() look at every transfer on every turn, with a system call each: a thousand
// receivers that are silent would slow down the one that answers. What remains is libcurl's own: it
// walks over all open connections when a transfer is removed, some 40 ns for each.
//
// A connection that is kept leaves libcurl's interest after each request and is back with the next
// one. Its socket stays in the epoll for that time, which saves two system calls for every request.
//
// All of it belongs to one thread, but for wake().
#pragma once

#include <curl/curl.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace tally {

class MultiLoop {
 public:
  struct Finished {
    CURL* handle = nullptr;
    CURLcode code = CURLE_OK;
  };

  // Keeps up to `kept` connections open, idle ones among them.
  explicit MultiLoop(long kept);
  ~MultiLoop();
  MultiLoop(const MultiLoop&) = delete;
  MultiLoop& operator=(const MultiLoop&) = delete;

  // `handle` opens its sockets with open_socket(), see adopt().
  void add(CURL* handle);
  // Ends it where it is. Its connection is closed unless the transfer was over.
  void remove(CURL* handle);

  // Has `handle` close its sockets here. Whoever opens them (CURLOPT_OPENSOCKETFUNCTION) asks
  // open_socket().
  void adopt(CURL* handle);
  curl_socket_t open_socket(const curl_sockaddr& address);

  // Waits until something happens, `most` at most, and lets libcurl go on.
  void turn(std::chrono::milliseconds most);
  // One that is over since; to be removed by the caller.
  std::optional<Finished> finished();
  // Ends the waiting of a turn, or of the next one. From any thread.
  void wake() const;

 private:
  struct CloseMulti {
    void operator()(CURLM* multi) const { curl_multi_cleanup(multi); }
  };
  struct Watched {
    std::uint32_t wanted = 0;      // events that libcurl waits for
    std::uint32_t registered = 0;  // events that the epoll tells of
    bool ours = false;             // we hear of its end
  };

  static int watch_socket(CURL*, curl_socket_t socket, int what, void* loop, void*);
  static int set_timer(CURLM*, long after_ms, void* loop);
  static int close_socket(void* loop, curl_socket_t socket);
  Watched& watched(curl_socket_t socket);
  void register_events(curl_socket_t socket, std::uint32_t events);
  void take_event(curl_socket_t socket, std::uint32_t events);

  int epoll_ = -1;
  int waker_ = -1;
  std::vector<Watched> sockets_;  // by descriptor
  std::optional<std::chrono::steady_clock::time_point> due_;
  std::unique_ptr<CURLM, CloseMulti> multi_;
};

}  // namespace tally
