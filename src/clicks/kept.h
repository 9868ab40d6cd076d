// SPDX-License-Identifier: Apache-2.0
//
// Answers that stay right, kept for whoever asks the same again; and whoever asks meanwhile waits
// for the one that is being found rather than have the store work twice.
//
// What a closed range answers is such an answer: the key names its version, and rows of a closed
// range do not change under a version (closed_ranges.h). Keys of versions that are gone are asked
// no more and are the first to be dropped. Errors are not kept. Thread-safe.
#pragma once

#include <cstddef>
#include <functional>
#include <future>
#include <list>
#include <memory>
#include <mutex>
#include <new>
#include <string>
#include <unordered_map>
#include <utility>

#include "base/result.h"

namespace tally {

template <class Value>
class Kept {
 public:
  using Shared = std::shared_ptr<const Value>;

  // All that is kept stays within `room` bytes; `size` is what a value takes.
  Kept(std::size_t room, std::function<std::size_t(const Value&)> size)
      : room_(room), size_(std::move(size)) {}

  Result<Shared> get(const std::string& key, const std::function<Result<Value>()>& find) {
    std::promise<Result<Shared>> promise;
    {
      std::unique_lock lock(mutex_);
      if (const auto entry = entries_.find(key); entry != entries_.end()) {
        used_.splice(used_.begin(), used_, entry->second.place);
        const auto answer = entry->second.answer;
        lock.unlock();
        return answer.get();
      }
      used_.push_front(key);
      entries_[key] = {promise.get_future().share(), used_.begin(), 0};
    }
    Result<Shared> answer = found_by(find);
    promise.set_value(answer);
    const std::lock_guard lock(mutex_);
    const std::size_t size = answer ? size_(**answer) : 0;
    if (answer && size <= room_)
      settle(key, size);
    else
      drop(key);
    return answer;
  }

 private:
  // What an entry takes beside its key, twice, and its value.
  static constexpr std::size_t kEntrySize = 200;

  // An answer that there is no memory for is an error like others, for all who wait.
  static Result<Shared> found_by(const std::function<Result<Value>()>& find) {
    try {
      auto found = find();
      if (!found) return std::unexpected(std::move(found).error());
      return std::make_shared<const Value>(std::move(*found));
    } catch (const std::bad_alloc&) {
      return fail(ErrorCode::unavailable, "there is no memory for the answer");
    }
  }

  struct Entry {
    std::shared_future<Result<Shared>> answer;
    std::list<std::string>::iterator place;
    std::size_t size;  // 0: being found
  };

  void settle(const std::string& key, std::size_t size) {
    entries_.at(key).size = size;
    taken_ += size;
    // Those that are being found have no size yet and are waited for: they stay.
    for (auto oldest = used_.end(); taken_ > room_ && oldest != used_.begin();) {
      --oldest;
      if (entries_.at(*oldest).size == 0) continue;
      const std::string old = *oldest++;
      drop(old);
    }
  }

  void drop(const std::string& key) {
    const auto entry = entries_.find(key);
    taken_ -= entry->second.size;
    used_.erase(entry->second.place);
    entries_.erase(entry);
  }

  const std::size_t room_;
  const std::function<std::size_t(const Value&)> size_;
  std::mutex mutex_;
  std::unordered_map<std::string, Entry> entries_;
  std::list<std::string> used_;  // the last used first
  std::size_t taken_ = 0;
};

}  // namespace tally
