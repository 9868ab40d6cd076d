// SPDX-License-Identifier: Apache-2.0
//
// Checks the passwords of links away from the edge loops.
//
// Argon2id is slow on purpose: some 50 ms and 19 MiB for one try. An edge loop that waited for it
// would hold up every redirect of its thread, so it hands the question over, parks the connection
// and goes on. One thread serves all loops, and at most kMaxWaiting questions wait for it, a few
// seconds' worth; a further one is refused and its visitor is told to try again. Guessing is
// thereby slowed down for all links together, and redirects never are.
//
// ask() is called by the loops, VerdictBox::put() by the worker, VerdictBox::take() by its loop.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "redirect/waker.h"

namespace tally {

// Where a loop finds what became of its questions.
class VerdictBox {
 public:
  struct Verdict {
    std::uint64_t key = 0;  // as it was asked
    bool fits = false;
  };

  explicit VerdictBox(const Waker& waker) : waker_(waker) {}
  void put(Verdict verdict);
  std::vector<Verdict> take();
  // Cheap enough to ask at each waking.
  bool filled() const { return filled_.load(std::memory_order_acquire); }

 private:
  const Waker& waker_;
  std::atomic<bool> filled_{false};
  std::mutex mutex_;
  std::vector<Verdict> verdicts_;
};

class PasswordWorker {
 public:
  static constexpr std::size_t kMaxWaiting = 64;

  PasswordWorker() = default;
  // Ends after the check that runs; questions that wait get no verdict.
  ~PasswordWorker();
  PasswordWorker(const PasswordWorker&) = delete;
  PasswordWorker& operator=(const PasswordWorker&) = delete;

  // Does `attempt` fit `hash`, which libsodium's crypto_pwhash_str made? The verdict goes to `box`,
  // which must outlive this worker. False when too many questions wait. The thread begins with the
  // first question.
  bool ask(std::string_view hash, std::string_view attempt, std::uint64_t key, VerdictBox& box);

 private:
  struct Question {
    std::string hash, attempt;
    std::uint64_t key = 0;
    VerdictBox* box = nullptr;
  };
  void run();

  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Question> waiting_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace tally
