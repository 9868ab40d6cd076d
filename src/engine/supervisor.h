// SPDX-License-Identifier: Apache-2.0
//
// Keeps one engine running as a child process.
//
// A thread of its own starts the child, waits for it to answer, and starts it again when it ends:
// at once at first, then with pauses that double from 100 ms to 5 s, and from the beginning again
// once a child has been healthy for a minute. A child that does not come up within a minute is
// ended and counts as failed. Nobody ever waits for the engine: callers look at state(), and
// questions fail with `unavailable` while it is down.
//
// The child is told who its parent is and ends with it (engine.h), so a killed server leaves no
// engine behind. The kernel ties that to the thread that started the child, which is why one thread
// does all the starting and lives as long as the supervisor.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>

#include "base/clock.h"
#include "base/result.h"

namespace tally {

class EngineSupervisor {
 public:
  struct Options {
    std::string binary;        // the tallymark executable
    std::string path;          // the store's folder
    std::string socket;        // the Unix socket that the child is to listen on
    std::string library;       // libchdb.so; "" for the child's own default
    int read_listener = -1;    // a listening socket for guests, which the child gets; -1: none
    std::string read_token{};  // what they have to show
    std::chrono::milliseconds first_pause{100};
    std::chrono::milliseconds longest_pause{5'000};
    std::chrono::milliseconds healthy_after{60'000};
    std::chrono::milliseconds start_limit{60'000};
    std::chrono::milliseconds stop_limit{10'000};
  };

  struct State {
    bool running = false;        // it answered the last ping, and has not ended since
    std::uint64_t restarts = 0;  // starts after the first
    int pid = 0;                 // of the child there is now; 0 when there is none
    std::string last_exit;       // "exit 1", "signal 9"; "" before the first end
  };

  EngineSupervisor(Options options, const Clock& clock);
  // Calls stop().
  ~EngineSupervisor();
  EngineSupervisor(const EngineSupervisor&) = delete;
  EngineSupervisor& operator=(const EngineSupervisor&) = delete;

  // Returns at once; once per supervisor.
  void start();
  // Waits until the child answers, for callers that cannot do without; `unavailable` after `limit`.
  Result<void> wait_ready(std::chrono::milliseconds limit);
  State state() const;
  // Ends the child, SIGTERM and after the stop limit SIGKILL, and waits for it. Fine to repeat.
  void stop();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace tally
