// SPDX-License-Identifier: Apache-2.0
//
// Follows one shard through its segments, from a record's number on, as far as its writer has
// committed. It is how everything downstream reads a log: enrichment the raw one, every consumer
// the enriched one.
//
// Numbers may have gaps between segments (a batch that could not be written). Damage inside a
// segment is passed over to the next record that can be found, or to the next segment; what lies
// between is counted and logged: it must not stop the clicks behind it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "base/files.h"
#include "base/result.h"
#include "journal/reader.h"
#include "journal/writer.h"

namespace tally {

class ShardFollower {
 public:
  ShardFollower(Files& files, std::shared_ptr<Shard> shard, std::uint64_t from);

  // Calls each(record) for up to `limit` records and says how many there were; fewer than `limit`
  // means that everything committed has been read. `each` returning false stops early, before
  // counting its record as read. Errors are the disk's; the call can be made again.
  Result<std::size_t> read(std::size_t limit, const std::function<bool(const LogRecord&)>& each);

  const Shard& shard() const { return *shard_; }
  std::uint64_t next_n() const { return next_n_; }
  // Records that were written and cannot be read.
  std::uint64_t lost() const { return lost_; }
  // Everything is read and nothing will come: true for a shard of an earlier start at its end.
  bool finished() const;

  // Removes the closed segments whose records are all numbered below `n`, if `may` allows it, which
  // is asked only when there are some.
  void free_segments_before(std::uint64_t n, const std::function<bool()>& may);

 private:
  Result<bool> open_reader(const SegmentState& segment);
  void lose_up_to(std::uint64_t n, const SegmentState& segment);

  Files& files_;
  std::shared_ptr<Shard> shard_;
  std::uint64_t next_n_;
  std::uint64_t lost_ = 0;
  std::optional<SegmentReader> reader_;
};

// Removes the files of a shard's closed segments for which `done` holds. The shard forgets a
// segment only when its file is gone for good: whoever forgot it first would read it again after a
// crash.
void remove_segments(Files& files, Shard& shard,
                     const std::function<bool(const SegmentState&)>& done);

}  // namespace tally
