// SPDX-License-Identifier: Apache-2.0
//
// Appends the records of one shard to its segments.
//
// A batch is written with one write() and, when asked, one fdatasync(). A batch never straddles two
// segments. When a write or sync fails the segment is not trusted again: it is cut back to what was
// committed before, the failed batch gives an error, and the next batch opens a new segment whose
// first record has the next number. The numbers of the failed batch are used up: whoever was given
// one (a click id in a redirect) has a name that nothing else ever gets. So numbers have gaps, and
// only between segments.
//
// The writer tells readers of the same process how far they may read through Shard: a list of
// segments, each with the count of bytes committed. Readers hold the lock for a copy only.
//
// Threads: one writer thread; Shard is shared.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "journal/format.h"
#include "journal/space.h"

namespace tally {

// A bell that a writer rings and a reader waits for.
class Bell {
 public:
  void ring();
  // Until it was rung since the last wait, or the time is up. True when rung.
  bool wait_for(std::chrono::milliseconds timeout);

 private:
  std::mutex mutex_;
  std::condition_variable rung_;
  bool is_rung_ = false;
};

struct SegmentState {
  SegmentId id;
  std::filesystem::path path;
  std::uint64_t committed = 0;  // bytes that readers may believe
  std::uint64_t end = 0;        // number after the last committed record
  UnixMillis created = 0;
  bool closed = false;        // nothing will be added
  std::uint64_t on_disk = 0;  // what it takes of the room for logs
};

// What readers see of a shard: one that is being written, or one that recovery found.
class Shard {
 public:
  // `space` is given back to when a segment's file is removed; null when nothing bounds the log.
  explicit Shard(ShardId id, LogSpace* space = nullptr, std::vector<SegmentState> segments = {})
      : id_(id), space_(space), segments_(std::move(segments)) {}

  const ShardId& id() const { return id_; }
  // In the order of their records.
  std::vector<SegmentState> segments() const;
  // Its file has been removed.
  void forget(const SegmentId& id);
  // Its file has been written anew; the segment is closed.
  void replace(const SegmentState& segment);

 private:
  friend class LogWriter;
  const ShardId id_;
  LogSpace* const space_;
  mutable std::mutex mutex_;
  std::vector<SegmentState> segments_;
};

struct LogWriterOptions {
  std::filesystem::path directory;
  LogKind kind = LogKind::raw;
  ShardId shard;
  std::uint64_t segment_bytes = 16 << 20;
  UnixMillis max_age_ms = kMillisPerMinute;  // a segment older than this is closed
  LogSpace* space = nullptr;                 // outlives the shard; null when nothing bounds the log
};

class LogWriter {
 public:
  LogWriter(Files& files, LogWriterOptions options);
  LogWriter(LogWriter&&) = default;
  ~LogWriter();

  // The seed to finish records with (format.h), opening a segment if none is open, or if the open
  // one is full or old. Call it before building each batch. An error leaves no segment open.
  Result<std::uint64_t> begin_batch(UnixMillis now);

  // Uses up the numbers of records that cannot be written because begin_batch() failed.
  void skip(std::uint64_t count) { next_n_ += count; }

  // Writes the next `count` records, built with begin_batch()'s seed; syncs when `sync`.
  // On success they are committed. On failure their numbers are used up all the same: part of the
  // batch may be on disk, and no number may ever name two records.
  Result<void> commit(std::string_view batch, std::uint64_t count, bool sync);

  // Syncs what earlier commits only wrote.
  Result<void> sync();

  // Ends the open segment with its seal. Readers see it as closed.
  Result<void> close();

  // Closes the open segment if it is older than max_age_ms, so that readers can free it.
  Result<void> close_if_old(UnixMillis now);
  // Likewise, if it was opened at or before `time`.
  Result<void> close_if_opened_by(UnixMillis time);

  std::uint64_t next_n() const { return next_n_; }

  const std::shared_ptr<Shard>& shard() const { return shard_; }

 private:
  Result<void> open_segment(UnixMillis now);
  Result<void> create_file(UnixMillis now);
  void publish();
  void set_on_disk(std::uint64_t bytes);
  bool is_old(UnixMillis now) const { return now - open_.created >= options_.max_age_ms; }
  Result<void> cut_back();
  void give_up_tail();
  void abandon();

  Files* files_;
  LogWriterOptions options_;
  std::shared_ptr<Shard> shard_;
  std::unique_ptr<AppendFile> file_;
  SegmentState open_;
  bool uncut_ = false;  // open_'s file may still hold a failed batch
  std::uint64_t seed_ = 0;
  std::uint64_t next_n_ = 0;
};

}  // namespace tally
