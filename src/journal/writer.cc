// SPDX-License-Identifier: Apache-2.0
#include "journal/writer.h"

#include <algorithm>

#include "base/log.h"

namespace tally {

void Bell::ring() {
  {
    const std::lock_guard lock(mutex_);
    is_rung_ = true;
  }
  rung_.notify_one();
}

bool Bell::wait_for(std::chrono::milliseconds timeout) {
  std::unique_lock lock(mutex_);
  rung_.wait_for(lock, timeout, [&] { return is_rung_; });
  return std::exchange(is_rung_, false);
}

std::vector<SegmentState> Shard::segments() const {
  const std::lock_guard lock(mutex_);
  return segments_;
}

void Shard::forget(const SegmentId& id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(segments_, [&](const SegmentState& segment) { return segment.id == id; });
}

LogWriter::LogWriter(Files& files, LogWriterOptions options)
    : files_(&files),
      options_(std::move(options)),
      shard_(std::make_shared<Shard>(options_.shard)) {}

LogWriter::~LogWriter() {
  if (const auto closed = close(); !closed) log_warn("closing the log: {}", closed.error().line());
}

Result<void> LogWriter::open_segment(UnixMillis now) {
  open_ = {};
  open_.id = {options_.kind, options_.shard, next_n_};
  open_.path = options_.directory / segment_name(open_.id);
  open_.end = next_n_;
  open_.created = now;
  TRY_ASSIGN(file_, files_->create(open_.path, options_.segment_bytes));
  const std::string header = encode_segment_header(open_.id, now);
  if (auto written = file_->append(header); !written) {
    file_.reset();
    // The empty file stays; a reader takes it for a segment without a header and passes over it,
    // and the next attempt must not collide with its name.
    if (const auto removed = files_->remove(open_.path); !removed)
      log_warn("{}", removed.error().line());
    return written;
  }
  open_.committed = header.size();
  seed_ = segment_seed(open_.id);
  const std::lock_guard lock(shard_->mutex_);
  shard_->segments_.push_back(open_);
  return {};
}

Result<std::uint64_t> LogWriter::begin_batch(UnixMillis now) {
  if (file_ && open_.committed >= options_.segment_bytes) TRY(close());
  TRY(close_if_old(now));
  if (!file_) TRY(open_segment(now));
  return seed_;
}

Result<void> LogWriter::commit(std::string_view batch, std::uint64_t count, bool sync) {
  auto done = file_->append(batch);
  if (done && sync) done = file_->sync();
  next_n_ += count;
  if (!done) {
    cut_back();
    return done;
  }
  open_.committed += batch.size();
  open_.end = next_n_;
  const std::lock_guard lock(shard_->mutex_);
  shard_->segments_.back() = open_;
  return {};
}

// Whole records of a failed batch must not come back to life at the next start.
void LogWriter::cut_back() {
  if (const auto cut = files_->truncate(open_.path, open_.committed); !cut)
    log_error("cutting a log back: {}", cut.error().line());
  abandon();
}

void LogWriter::abandon() {
  file_.reset();
  open_.closed = true;
  const std::lock_guard lock(shard_->mutex_);
  shard_->segments_.back() = open_;
}

Result<void> LogWriter::sync() {
  if (!file_) return {};
  auto done = file_->sync();
  if (!done) abandon();
  return done;
}

Result<void> LogWriter::close() {
  if (!file_) return {};
  const std::string seal = encode_seal(seed_, next_n_);
  auto done = file_->append(seal);
  if (done) open_.committed += seal.size();
  if (done) done = file_->finish();
  abandon();
  return done;
}

Result<void> LogWriter::close_if_old(UnixMillis now) {
  if (file_ && now - open_.created >= options_.max_age_ms) return close();
  return {};
}

}  // namespace tally
