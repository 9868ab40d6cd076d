// SPDX-License-Identifier: Apache-2.0
#include "journal/follower.h"

#include <algorithm>

#include "base/log.h"

namespace tally {

ShardFollower::ShardFollower(Files& files, std::shared_ptr<Shard> shard, std::uint64_t from)
    : files_(files), shard_(std::move(shard)), next_n_(from) {}

// False when nothing of the segment can be read.
Result<bool> ShardFollower::open_reader(const SegmentState& segment) {
  if (reader_ && reader_->header().id == segment.id && reader_->next_n() <= next_n_) return true;
  reader_.reset();
  auto opened = SegmentReader::open(files_, segment.path, segment.id.kind);
  if (opened) {
    reader_ = std::move(*opened);
    return true;
  }
  if (opened.error().code == ErrorCode::corrupt) return false;
  return std::unexpected(std::move(opened).error());
}

void ShardFollower::lose_up_to(std::uint64_t n, const SegmentState& segment) {
  log_error("log segment {}: damaged, records {} to {} cannot be read",
            segment.path.filename().string(), next_n_, n - 1);
  lost_ += n - next_n_;
  next_n_ = n;
}

Result<std::size_t> ShardFollower::read(std::size_t limit,
                                        const std::function<bool(const LogRecord&)>& each) {
  std::size_t count = 0;
  LogRecord record;
  for (const SegmentState& segment : shard_->segments()) {
    if (segment.end <= next_n_) continue;
    next_n_ = std::max(next_n_, segment.id.first);
    TRY_ASSIGN(const bool readable, open_reader(segment));
    while (readable && count < limit && next_n_ < segment.end) {
      TRY_ASSIGN(const bool more, reader_->next_readable(segment.committed, record));
      if (!more) break;
      if (record.n < next_n_) continue;
      if (record.n > next_n_) lose_up_to(record.n, segment);
      if (!each(record)) {
        reader_.reset();
        return count;
      }
      next_n_ = record.n + 1;
      ++count;
    }
    if (count == limit) return count;
    if (next_n_ < segment.end) {
      lose_up_to(segment.end, segment);
      reader_.reset();
    }
  }
  return count;
}

bool ShardFollower::finished() const {
  return std::ranges::all_of(shard_->segments(), [&](const SegmentState& segment) {
    return segment.closed && segment.end <= next_n_;
  });
}

void ShardFollower::free_segments_before(std::uint64_t n, const std::function<bool()>& may) {
  remove_segments(files_, *shard_,
                  [&](const SegmentState& segment) { return segment.end <= n && may(); });
}

void remove_segments(Files& files, Shard& shard,
                     const std::function<bool(const SegmentState&)>& done) {
  for (const SegmentState& segment : shard.segments()) {
    if (!segment.closed || !done(segment)) continue;
    const auto removed = files.remove(segment.path);
    if (removed || removed.error().code == ErrorCode::not_found) {
      shard.forget(segment.id);
    } else {
      log_error("{}", removed.error().line());
    }
  }
}

}  // namespace tally
