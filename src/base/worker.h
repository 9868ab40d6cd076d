// SPDX-License-Identifier: Apache-2.0
//
// A thread that works now and then: it pauses between two looks, is woken when there is something
// to do, and ends soon when it is told to.
//
// The work is a loop of its owner's that asks pause() wherever it may be ended: between two looks,
// and while it waits for somebody else. A wake that comes before the pause is not lost.
//
// An owner has it as its last member, so that the thread is gone before what it works on.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace tally {

class Worker {
 public:
  Worker() = default;
  ~Worker() { stop(); }
  Worker(const Worker&) = delete;
  Worker& operator=(const Worker&) = delete;

  // `work` returns once pause() has said false.
  void start(std::string name, std::function<void()> work);
  // Waits for the end. Fine to repeat, and when nothing was started.
  void stop();

  // Ends a pause, or the next one before it begins. From any thread.
  void wake();
  // Waits until the time is up, or somebody wakes it. False when it is time to end.
  bool pause(std::chrono::milliseconds time);
  // Whether it is time to end, for work that goes on for long without a pause.
  bool stopping() const;

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stopping_ = false;
  bool woken_ = false;
  std::thread thread_;
};

}  // namespace tally
