// SPDX-License-Identifier: Apache-2.0
//
// A value that is replaced while others use it: rules, databases, tables that are loaded again
// when their file changes.
//
// One thread publishes a whole new value; each reading thread has a Reader of its own and goes on
// with what it holds until it asks again. Asking costs one atomic load as long as nothing changed,
// so it may stand on a hot path.
//
// Taking rules or a database down may take some ten milliseconds, which no reading thread has. So
// old values stay here until no reader holds them, and the publishing thread lets them go.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

namespace tally {

template <class T>
class Latest {
 public:
  explicit Latest(std::shared_ptr<const T> first) : value_(std::move(first)) {}

  // For the publishing thread.
  void publish(std::shared_ptr<const T> next) {
    {
      const std::lock_guard lock(mutex_);
      value_.swap(next);
      version_.fetch_add(1, std::memory_order_release);
    }
    if (next != nullptr) retired_.push_back(std::move(next));
    drop_unused();
  }

  // Lets go of old values that nobody holds any more; for the publishing thread, now and then.
  // publish() does it too.
  void drop_unused() {
    // Nobody can take up an old value, so a count of one stays one.
    std::erase_if(retired_, [](const auto& old) { return old.use_count() == 1; });
  }

  std::shared_ptr<const T> get() const {
    const std::lock_guard lock(mutex_);
    return value_;
  }

  // Not thread-safe; the source outlives it.
  class Reader {
   public:
    explicit Reader(const Latest& source) : source_(&source) { refresh(); }

    // Takes up the newest value; true when it is another one than before.
    bool refresh() {
      const std::uint64_t now = source_->version_.load(std::memory_order_acquire);
      if (value_ != nullptr && now == seen_) return false;
      value_ = source_->get();
      seen_ = now;
      return true;
    }

    // What refresh() took up last; `shared` may be null where null was published.
    const T& value() const { return *value_; }
    const std::shared_ptr<const T>& shared() const { return value_; }

   private:
    const Latest* source_;
    std::uint64_t seen_ = 0;
    std::shared_ptr<const T> value_;
  };

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const T> value_;
  std::atomic<std::uint64_t> version_{0};
  std::vector<std::shared_ptr<const T>> retired_;  // the publishing thread's
};

}  // namespace tally
