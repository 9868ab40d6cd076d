// SPDX-License-Identifier: Apache-2.0
//
// Group commit: many hits, one write, one sync, and no answer before it.
//
// An edge thread works in turns. During a turn it adds the hits of all requests that were ready; at
// the turn's end it calls flush(). In `sync` mode a second thread writes and syncs the batch while
// the loop goes on to its next turn and collects the next batch; a batch therefore grows exactly as
// long as the disk takes, which is what makes 512 connections cost hardly more syncs than one. In
// `os` and `interval` mode the write happens at once, in the loop's thread: the hits then survive
// the process, and `interval` adds a sync every interval_ms from the second thread.
//
// The edge may answer a hit when its ticket is below committed(). A batch that could not be written
// is committed in that sense too: links must go on working. It is counted in unrecorded(), and the
// journal is degraded until a later batch is written.
//
// Threads: add(), flush(), has_pending() belong to the edge thread; the atomics can be read by any.
// `wake` is called from the committing thread when committed() has moved, and must be cheap.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "journal/writer.h"

namespace tally {

enum class Durability { sync, interval, os };

struct GroupCommitOptions {
  Durability durability = Durability::sync;
  std::chrono::milliseconds interval{100};
};

class GroupCommit {
 public:
  // `bell` is rung when there is something new to read.
  GroupCommit(LogWriter writer, const Clock& clock, GroupCommitOptions options,
              std::function<void()> wake, Bell& bell);
  ~GroupCommit();  // closes

  // Adds a record whose payload `encode` appends to the string it is given. Returns its ticket.
  template <class Encode>
  std::uint64_t add(UnixMillis received, Encode&& encode) {
    if (pending_.starts.empty()) pending_oldest_.store(received, std::memory_order_release);
    pending_.starts.push_back(pending_.bytes.size());
    pending_.bytes.append(kRecordHeaderSize, '\0');
    encode(pending_.bytes);
    return added_++;
  }

  // Hands what was added to the disk, unless it is still busy with the batch before.
  void flush();
  // Writes what is pending and ends the segment; nothing may be added any more. The edge thread
  // must have stopped using it. Fine to repeat.
  void close();

  bool has_pending() const { return !pending_.starts.empty(); }

  std::uint64_t committed() const { return committed_.load(std::memory_order_acquire); }
  // Receive time of the oldest hit that is not committed; 0 when there is none.
  UnixMillis oldest_uncommitted() const;
  std::uint64_t unrecorded() const { return unrecorded_.load(std::memory_order_relaxed); }
  bool degraded() const { return degraded_.load(std::memory_order_relaxed); }
  const std::shared_ptr<Shard>& shard() const { return writer_.shard(); }

 private:
  struct Batch {
    std::string bytes;
    std::vector<std::size_t> starts;  // where each record begins in bytes
    void clear();
  };

  void run();
  void write(Batch& batch);
  Result<void> write_records(Batch& batch);
  void tend();

  LogWriter writer_;
  const Clock& clock_;
  const GroupCommitOptions options_;
  const std::function<void()> wake_;
  Bell& bell_;

  // The edge thread's own.
  Batch pending_;
  std::uint64_t added_ = 0;

  std::atomic<std::uint64_t> committed_{0};
  std::atomic<UnixMillis> pending_oldest_{0};
  std::atomic<UnixMillis> writing_oldest_{0};
  std::atomic<std::uint64_t> unrecorded_{0};
  std::atomic<bool> degraded_{false};

  // Guards writer_ and everything below.
  std::mutex mutex_;
  std::condition_variable changed_;
  Batch writing_;
  bool busy_ = false;  // writing_ belongs to the committing thread
  bool stopping_ = false;
  bool unsynced_ = false;
  std::thread thread_;
};

}  // namespace tally
