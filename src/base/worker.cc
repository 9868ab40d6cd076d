// SPDX-License-Identifier: Apache-2.0
#include "base/worker.h"

#include <utility>

#include "base/threads.h"

namespace tally {

void Worker::start(std::string name, std::function<void()> work) {
  thread_ = std::thread([name = std::move(name), work = std::move(work)] {
    name_this_thread(name);
    work();
  });
}

void Worker::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void Worker::wake() {
  {
    const std::lock_guard lock(mutex_);
    woken_ = true;
  }
  changed_.notify_all();
}

bool Worker::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

bool Worker::pause(std::chrono::milliseconds time) {
  std::unique_lock lock(mutex_);
  changed_.wait_for(lock, time, [this] { return stopping_ || woken_; });
  woken_ = false;
  return !stopping_;
}

}  // namespace tally
