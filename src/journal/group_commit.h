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
// A hit's ticket is the number its record has in the shard, known before it is written, so that the
// answer can carry it. The edge may answer when the ticket is below committed(). A batch that could
// not be written is committed in that sense too: links must go on working. Its numbers name nothing
// then. Its hits are counted as unrecorded, and the journal is degraded until something can be
// written again: the next batch tries at once, later ones at growing distances up to a second, and
// a second without a batch makes the committing thread try by itself.
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
#include "journal/unrecorded.h"
#include "journal/writer.h"

namespace tally {

enum class Durability { sync, interval, os };

struct GroupCommitOptions {
  Durability durability = Durability::sync;
  std::chrono::milliseconds interval{100};
};

// What all shards of a journal share.
struct JournalShared {
  Bell& bell;  // rung when there is something new to read
  Unrecorded& unrecorded;
};

class GroupCommit {
 public:
  GroupCommit(LogWriter writer, const Clock& clock, JournalShared shared,
              GroupCommitOptions options, std::function<void()> wake);
  ~GroupCommit();  // closes

  // Adds a record whose payload `encode` appends to the string it is given. Returns its ticket: n
  // of the hit's (node, epoch, shard, n).
  template <class Encode>
  std::uint64_t add(UnixMillis received, Encode&& encode) {
    if (pending_.starts.empty()) {
      pending_.first = added_;
      pending_.oldest = received;
      pending_oldest_.store(received, std::memory_order_release);
    }
    pending_.newest = received;
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

  // Ends the segment that is being written, within a second, if it was opened at or before `time`.
  // From any thread.
  void end_segment(UnixMillis time) { end_opened_by_.store(time, std::memory_order_relaxed); }

  // The ticket that add() gives next.
  std::uint64_t next() const { return added_; }
  bool has_pending() const { return !pending_.starts.empty(); }

  std::uint64_t committed() const { return committed_.load(std::memory_order_acquire); }
  // Receive time of the oldest hit that is not committed; 0 when there is none.
  UnixMillis oldest_uncommitted() const;
  // Receive time of the oldest hit that `interval` has written and not synced; 0 without one.
  UnixMillis oldest_unsynced() const { return unsynced_since_.load(std::memory_order_relaxed); }
  // Hits are not being recorded. One relaxed load: cheap enough to ask for every request.
  bool degraded() const { return degraded_.load(std::memory_order_acquire); }
  // Why; "" when all is well.
  std::string trouble() const;
  // Writes and syncs that failed. A file is not written again after the first of them.
  std::uint64_t failures() const { return failures_.load(std::memory_order_relaxed); }
  const std::shared_ptr<Shard>& shard() const { return writer_.shard(); }

 private:
  struct Batch {
    std::string bytes;
    std::vector<std::size_t> starts;  // where each record begins in bytes
    std::uint64_t first = 0;          // number of the first record
    UnixMillis oldest = 0, newest = 0;
    void clear();
  };

  void run();
  void write(Batch& batch);
  Result<void> write_records(Batch& batch);
  void tend();
  void sync_written();
  void try_again();
  void set_trouble(const Error& error);
  void clear_trouble();
  bool must_sync() const { return options_.durability == Durability::sync; }

  LogWriter writer_;
  const Clock& clock_;
  const GroupCommitOptions options_;
  const std::function<void()> wake_;
  const JournalShared shared_;

  // The edge thread's own.
  Batch pending_;
  std::uint64_t added_ = 0;  // number of the next record

  std::atomic<std::uint64_t> committed_{0};
  std::atomic<UnixMillis> pending_oldest_{0};
  std::atomic<UnixMillis> writing_oldest_{0};
  std::atomic<UnixMillis> unsynced_since_{0};
  std::atomic<UnixMillis> end_opened_by_{0};
  std::atomic<std::uint64_t> failures_{0};
  std::atomic<bool> degraded_{false};
  mutable std::mutex trouble_mutex_;
  std::string trouble_;

  // Guards writer_ and everything below; while busy_ they belong to the committing thread.
  std::mutex mutex_;
  std::condition_variable changed_;
  Batch writing_;
  bool busy_ = false;
  bool stopping_ = false;
  std::chrono::milliseconds retry_after_{0};
  std::chrono::steady_clock::time_point retry_at_;
  std::thread thread_;
};

}  // namespace tally
