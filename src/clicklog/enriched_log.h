// SPDX-License-Identifier: Apache-2.0
//
// The log of enriched clicks, over all starts of this node: the one thing every consumer reads.
//
// Each start writes one shard, so the log's order is (start epoch, number). A consumer's place in
// it is an EnrichedCursor, which it keeps durably and by itself. A reader gives what is synced and
// nothing else: what a consumer has seen cannot be unwritten by a power cut.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "base/clock.h"
#include "base/files.h"
#include "base/result.h"
#include "clicklog/batch.h"
#include "journal/follower.h"
#include "journal/recovery.h"
#include "journal/rewrite.h"
#include "journal/writer.h"
#include "model/erasure.h"

namespace tally {

// The next batch to read.
struct EnrichedCursor {
  std::uint32_t epoch = 0;
  std::uint64_t n = 0;
  friend auto operator<=>(const EnrichedCursor&, const EnrichedCursor&) = default;
};

// What one consumer still needs of the log: everything from its cursor on. A segment stays as long
// as any pin is at or before its end, for good: it is the consumer that decides how far it may fall
// behind (one with a limit moves its own pin over what it gives up), never the log. Thread-safe.
class EnrichedPin {
 public:
  explicit EnrichedPin(const EnrichedCursor& from) : cursor_(from) {}
  // Everything before `cursor` is done with, durably: the consumer's own place must not be behind.
  void release_before(const EnrichedCursor& cursor);
  EnrichedCursor cursor() const;

 private:
  mutable std::mutex mutex_;
  EnrichedCursor cursor_;
};

struct EnrichedLogOptions {
  std::filesystem::path directory;
  std::uint16_t node = 1;
  std::uint32_t epoch = 1;
  bool sync = true;
  std::uint64_t segment_bytes = 64 << 20;
  UnixMillis segment_age_ms = kMillisPerHour;
  UnixMillis keep_ms = kMillisPerDay;
  LogSpace* space = nullptr;  // null when nothing bounds the log
};

class EnrichedLog {
 public:
  EnrichedLog(Files& files, const Clock& clock, EnrichedLogOptions options);

  // Recovers what earlier starts left; report(line) is told of every cut tail. Then the log can be
  // read and written.
  Result<void> open(const std::function<void(const std::string&)>& report);

  // The head of the last batch; that of no batch when the log is empty.
  Result<BatchHead> last_head() const;
  // Where to go on in the journal: the positions of the last batch.
  Result<JournalPositions> last_positions() const;

  // Calls each(click) for every click received at or after `since`, and each_view(view) for every
  // view of one, in the log's order.
  Result<void> replay(UnixMillis since, const std::function<void(const Click&)>& each,
                      const std::function<void(const LandingView&)>& each_view);

  // Appends one batch and makes it durable; then readers see it. After an error the call may be
  // made again with the same bytes.
  Result<void> append(std::string_view batch);

  // After everything that is in the log now.
  EnrichedCursor end() const;

  // Tells that every hit received up to `through` is in the log before end(). Readers learn both
  // together, and are woken.
  void publish_through(UnixMillis through);
  struct Watermark {
    EnrichedCursor end;
    UnixMillis through = 0;
  };
  Watermark watermark() const;
  // Waits for publish_through() to say something newer than `seen`, at most `timeout`.
  void wait(const EnrichedCursor& seen, std::chrono::milliseconds timeout) const;

  // Ends the segment that is being written: the next batch begins another. For the writing thread.
  Result<void> end_segment() { return writer_->close(); }
  // A place near the front before which everything received before `time` is; `time` must not be
  // after what publish_through() has told.
  Result<EnrichedCursor> end_of(UnixMillis time) const;
  // Whether every consumer is done with all batches before `cursor`, durably.
  bool is_passed(const EnrichedCursor& cursor) const;
  // Takes what `what` means out of the segments that end at or before `cursor`: clicks, and views
  // of its link or of the clicks `landings`. The cursor must be passed, and a batch behind it. From
  // any thread.
  Result<void> erase_before(const EnrichedCursor& cursor, const Erasure& what,
                            const std::set<ClickKey>& landings);

  // A pin at the front of the log, for as long as the caller keeps it. To be taken before the log
  // is written, and moved as soon as the consumer knows its place.
  std::shared_ptr<EnrichedPin> pin();

  // Removes segments that no pin needs and that are past keep_ms. When the room for logs gets tight
  // age does not count any more, oldest first. The newest segment with records always stays: it
  // says where to go on in the journal. Without a pin nothing goes. For the writing thread.
  void tidy();
  // From when its first click is this old a segment goes, whatever the options say. From any
  // thread.
  void keep_at_most(std::optional<UnixMillis> time) { keep_at_most_ = time.value_or(kForever); }
  // All of the log is old enough to go: it would if something newer said where to go on.
  bool is_outlived() const;
  // The room for logs is tight: what is pinned would better not be.
  bool wants_room() const { return options_.space != nullptr && options_.space->is_tight(); }

  std::vector<std::shared_ptr<Shard>> shards() const { return shards_; }
  Files& files() const { return files_; }

 private:
  EnrichedCursor slowest_pin() const;
  std::optional<SegmentState> newest_with_records() const;
  bool is_old(const SegmentState& segment) const;
  Result<void> erase_from(Shard& shard, const SegmentState& segment, const Rewriting& rewriting);

  Files& files_;
  const Clock& clock_;
  const EnrichedLogOptions options_;
  std::vector<std::shared_ptr<Shard>> shards_;  // by epoch; the last one is being written
  std::unique_ptr<LogWriter> writer_;
  std::string record_;

  static constexpr UnixMillis kForever = UnixMillis{1} << 60;
  std::atomic<UnixMillis> keep_at_most_{kForever};
  std::mutex files_in_use_;  // held by whoever removes or replaces a segment's file

  mutable std::mutex mutex_;
  mutable std::condition_variable published_;
  Watermark watermark_;
  std::vector<std::weak_ptr<EnrichedPin>> pins_;
};

// Reads batches from a cursor on, across shards.
class EnrichedReader {
 public:
  EnrichedReader(const EnrichedLog& log, EnrichedCursor from);

  // Calls each(cursor after the batch, batch bytes) for batches up to the log's end, `most` at
  // most, until it returns false. That batch then counts as not read, and coming back to it costs
  // reading its segment again.
  Result<void> read(const std::function<bool(const EnrichedCursor&, std::string_view)>& each,
                    std::size_t most = SIZE_MAX);

  const EnrichedCursor& cursor() const { return cursor_; }

 private:
  const EnrichedLog& log_;
  EnrichedCursor cursor_;
  std::unique_ptr<ShardFollower> follower_;
};

}  // namespace tally
