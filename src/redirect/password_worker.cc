// SPDX-License-Identifier: Apache-2.0
#include "redirect/password_worker.h"

#include <sodium.h>

namespace tally {

void VerdictBox::put(Verdict verdict) {
  {
    const std::lock_guard lock(mutex_);
    verdicts_.push_back(verdict);
    filled_.store(true, std::memory_order_release);
  }
  waker_.wake();
}

std::vector<VerdictBox::Verdict> VerdictBox::take() {
  const std::lock_guard lock(mutex_);
  filled_.store(false, std::memory_order_release);
  return std::exchange(verdicts_, {});
}

PasswordWorker::~PasswordWorker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  if (thread_.joinable()) thread_.join();
}

bool PasswordWorker::ask(std::string_view hash, std::string_view attempt, std::uint64_t key,
                         VerdictBox& box) {
  {
    const std::lock_guard lock(mutex_);
    if (waiting_.size() >= kMaxWaiting || stopping_) return false;
    waiting_.push_back({std::string(hash), std::string(attempt), key, &box});
    if (!thread_.joinable()) thread_ = std::thread([this] { run(); });
  }
  changed_.notify_one();
  return true;
}

void PasswordWorker::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [&] { return stopping_ || !waiting_.empty(); });
    if (stopping_) return;
    Question question = std::move(waiting_.front());
    waiting_.pop_front();
    lock.unlock();
    const bool fits = crypto_pwhash_str_verify(question.hash.c_str(), question.attempt.data(),
                                               question.attempt.size()) == 0;
    sodium_memzero(question.attempt.data(), question.attempt.size());
    question.box->put({question.key, fits});
    lock.lock();
  }
}

}  // namespace tally
