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
  const auto found = std::ranges::find(segments_, id, &SegmentState::id);
  if (found == segments_.end()) return;
  if (space_ != nullptr) space_->give_back(found->on_disk);
  segments_.erase(found);
}

void Shard::replace(const SegmentState& segment) {
  const std::lock_guard lock(mutex_);
  const auto found = std::ranges::find(segments_, segment.id, &SegmentState::id);
  if (found == segments_.end()) return;
  if (space_ != nullptr) {
    space_->give_back(found->on_disk);
    space_->add(segment.on_disk);
  }
  *found = segment;
}

LogWriter::LogWriter(Files& files, LogWriterOptions options)
    : files_(&files),
      options_(std::move(options)),
      shard_(std::make_shared<Shard>(options_.shard, options_.space)) {}

LogWriter::~LogWriter() {
  if (const auto closed = close(); !closed) log_warn("closing the log: {}", closed.error().line());
}

Result<void> LogWriter::open_segment(UnixMillis now) {
  if (options_.space != nullptr) {
    TRY(options_.kind == LogKind::raw ? options_.space->take_leaving_reserve(options_.segment_bytes)
                                      : options_.space->take(options_.segment_bytes));
  }
  auto created = create_file(now);
  if (!created) {
    if (options_.space != nullptr) options_.space->give_back(options_.segment_bytes);
    return created;
  }
  seed_ = segment_seed(open_.id);
  const std::lock_guard lock(shard_->mutex_);
  shard_->segments_.push_back(open_);
  return {};
}

Result<void> LogWriter::create_file(UnixMillis now) {
  open_ = {};
  open_.id = {options_.kind, options_.shard, next_n_};
  open_.path = options_.directory / segment_name(open_.id);
  open_.end = next_n_;
  open_.created = now;
  open_.on_disk = options_.segment_bytes;
  auto created = files_->create(open_.path, options_.segment_bytes);
  if (!created && created.error().code == ErrorCode::conflict) {
    // An attempt of this writer that failed, and whose file could not be removed: without records,
    // because the next record's number is still the same.
    TRY(files_->remove(open_.path));
    created = files_->create(open_.path, options_.segment_bytes);
  }
  TRY_ASSIGN(file_, std::move(created));
  const std::string header = encode_segment_header(open_.id, now);
  if (auto written = file_->append(header); !written) {
    file_.reset();
    // The next attempt must not collide with its name.
    if (const auto removed = files_->remove(open_.path); !removed)
      log_warn("{}", removed.error().line());
    return written;
  }
  open_.committed = header.size();
  return {};
}

void LogWriter::publish() {
  const std::lock_guard lock(shard_->mutex_);
  shard_->segments_.back() = open_;
}

// The open segment's file is `bytes` long now.
void LogWriter::set_on_disk(std::uint64_t bytes) {
  if (options_.space != nullptr) {
    if (bytes > open_.on_disk)
      options_.space->add(bytes - open_.on_disk);
    else
      options_.space->give_back(open_.on_disk - bytes);
  }
  open_.on_disk = bytes;
}

Result<std::uint64_t> LogWriter::begin_batch(UnixMillis now) {
  if (uncut_) TRY(cut_back());
  if (file_ && (open_.committed >= options_.segment_bytes || is_old(now))) {
    // A seal that cannot be written costs the seal: what it would have closed is committed already.
    if (const auto closed = close(); !closed) log_error("{}", closed.error().line());
  }
  if (!file_) TRY(open_segment(now));
  return seed_;
}

Result<void> LogWriter::commit(std::string_view batch, std::uint64_t count, bool sync) {
  auto done = file_->append(batch);
  if (done && sync) done = file_->sync();
  next_n_ += count;
  if (!done) {
    give_up_tail();
    return done;
  }
  open_.committed += batch.size();
  open_.end = next_n_;
  if (open_.committed > open_.on_disk) set_on_disk(open_.committed);
  publish();
  return {};
}

// Whole records of a failed batch must not come back to life at the next start, and least of all
// beside their repetition: until they are cut off, nothing is written behind them.
Result<void> LogWriter::cut_back() {
  auto cut = files_->truncate(open_.path, open_.committed);
  uncut_ = !cut && cut.error().code != ErrorCode::not_found;  // a reader may have freed it
  if (uncut_) return cut;
  return {};
}

void LogWriter::give_up_tail() {
  if (const auto cut = cut_back(); cut)
    set_on_disk(open_.committed);
  else
    log_error("cutting a log back: {}", cut.error().line());
  abandon();
}

void LogWriter::abandon() {
  file_.reset();
  open_.closed = true;
  publish();
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
  if (auto done = file_->append(seal); !done) {
    give_up_tail();
    return done;
  }
  open_.committed += seal.size();
  auto done = file_->finish();
  if (done) set_on_disk(open_.committed);
  abandon();
  return done;
}

Result<void> LogWriter::close_if_old(UnixMillis now) {
  return file_ && is_old(now) ? close() : Result<void>{};
}

Result<void> LogWriter::close_if_opened_by(UnixMillis time) {
  return file_ && open_.created <= time ? close() : Result<void>{};
}

}  // namespace tally
