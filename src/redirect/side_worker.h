// SPDX-License-Identifier: Apache-2.0
//
// Work that takes too long for an edge loop.
//
// A loop that waited for it would hold up every redirect of its thread, so it hands the question
// over, parks the connection and goes on. One thread serves all loops, and only so many questions
// wait for it; a further one is refused and whoever asked is told to try again. So this work is
// slowed down for all together, and redirects never are.
//
// ask() is called by the loops, Box::put() by the worker, Box::take() by the box's loop.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "redirect/waker.h"

namespace tally {

template <class Question, class Verdict>
class SideWorker {
 public:
  struct Answer {
    std::uint64_t key = 0;  // as it was asked
    Verdict verdict{};
  };

  // Where a loop finds what became of its questions.
  class Box {
   public:
    explicit Box(const Waker& waker) : waker_(waker) {}
    void put(Answer answer) {
      {
        const std::lock_guard lock(mutex_);
        answers_.push_back(std::move(answer));
        filled_.store(true, std::memory_order_release);
      }
      waker_.wake();
    }
    std::vector<Answer> take() {
      const std::lock_guard lock(mutex_);
      filled_.store(false, std::memory_order_release);
      return std::exchange(answers_, {});
    }
    // Cheap enough to ask at each waking.
    bool filled() const { return filled_.load(std::memory_order_acquire); }

   private:
    const Waker& waker_;
    std::atomic<bool> filled_{false};
    std::mutex mutex_;
    std::vector<Answer> answers_;
  };

  SideWorker(std::size_t most_waiting, std::function<Verdict(Question&)> work)
      : most_waiting_(most_waiting), work_(std::move(work)) {}
  // Ends after the question that is worked on; those that wait get no answer.
  ~SideWorker() {
    {
      const std::lock_guard lock(mutex_);
      stopping_ = true;
    }
    changed_.notify_one();
    if (thread_.joinable()) thread_.join();
  }
  SideWorker(const SideWorker&) = delete;
  SideWorker& operator=(const SideWorker&) = delete;

  // The answer goes to `box`, which must outlive this worker. False when too many questions wait.
  // The thread begins with the first question.
  bool ask(Question question, std::uint64_t key, Box& box) {
    {
      const std::lock_guard lock(mutex_);
      if (waiting_.size() >= most_waiting_ || stopping_) return false;
      waiting_.push_back({std::move(question), key, &box});
      if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
    }
    changed_.notify_one();
    return true;
  }

 private:
  struct Waiting {
    Question question;
    std::uint64_t key = 0;
    Box* box = nullptr;
  };

  void run() {
    std::unique_lock lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      Waiting next = std::move(waiting_.front());
      waiting_.pop_front();
      lock.unlock();
      next.box->put({next.key, work_(next.question)});
      lock.lock();
    }
  }

  const std::size_t most_waiting_;
  const std::function<Verdict(Question&)> work_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Waiting> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tally
