// SPDX-License-Identifier: Apache-2.0
#include "journal/group_commit.h"

#include <fmt/chrono.h>

#include <algorithm>
#include <span>

#include "base/check.h"
#include "base/log.h"
#include "base/threads.h"

namespace tally {
namespace {

// A build with this set answers before the hit is written: the crash tests must catch it.
#ifdef TALLY_MUTANT_ANSWER_FIRST
constexpr bool kAnswerFirst = true;
#else
constexpr bool kAnswerFirst = false;
#endif

constexpr std::chrono::milliseconds kTendEvery{1000};
// A degraded journal is tried again after this time, which doubles with each failure.
constexpr std::chrono::milliseconds kFirstRetry{5};
constexpr std::chrono::milliseconds kLastRetry{1000};
constexpr std::size_t kKeepBuffer = 4 << 20;

}  // namespace

void GroupCommit::Batch::clear() {
  if (bytes.capacity() > kKeepBuffer) std::string().swap(bytes);
  bytes.clear();
  starts.clear();
}

GroupCommit::GroupCommit(LogWriter writer, const Clock& clock, JournalShared shared,
                         GroupCommitOptions options, std::function<void()> wake)
    : writer_(std::move(writer)),
      clock_(clock),
      options_(options),
      wake_(std::move(wake)),
      shared_(shared),
      thread_([this] { run(); }) {}

GroupCommit::~GroupCommit() { close(); }

void GroupCommit::close() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
  if (has_pending()) write(pending_);
  pending_.clear();
  pending_oldest_.store(0, std::memory_order_release);
  if (const auto closed = writer_.close(); !closed) log_error("journal: {}", closed.error().line());
  unsynced_since_.store(0, std::memory_order_relaxed);
  shared_.unrecorded.save();
  shared_.bell.ring();
}

void GroupCommit::flush() {
  if (!has_pending()) return;
  std::unique_lock lock(mutex_);
  if (!must_sync()) {
    write(pending_);
    pending_.clear();
    pending_oldest_.store(0, std::memory_order_release);
    return;
  }
  if (busy_) return;
  std::swap(pending_, writing_);
  writing_oldest_.store(pending_oldest_.load(std::memory_order_relaxed), std::memory_order_release);
  pending_oldest_.store(0, std::memory_order_release);
  busy_ = true;
  if (kAnswerFirst) {
    committed_.fetch_add(writing_.starts.size(), std::memory_order_release);
    wake_();
  }
  lock.unlock();
  changed_.notify_one();
}

UnixMillis GroupCommit::oldest_uncommitted() const {
  // Pending first: a batch handed over between the two reads is then seen as writing.
  const UnixMillis pending = pending_oldest_.load(std::memory_order_acquire);
  const UnixMillis writing = writing_oldest_.load(std::memory_order_acquire);
  if (pending == 0 || writing == 0) return std::max(pending, writing);
  return std::min(pending, writing);
}

void GroupCommit::run() {
  name_this_thread("journal");
  take_short_slices();
  const auto wake_every =
      options_.durability == Durability::interval ? options_.interval : kTendEvery;
  auto next_sync = clock_.steady() + wake_every;
  auto next_tend = clock_.steady() + kTendEvery;
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait_for(lock, wake_every, [&] { return busy_ || stopping_; });
    if (busy_) {
      lock.unlock();
      write(writing_);
      writing_.clear();
      lock.lock();
      busy_ = false;
      writing_oldest_.store(0, std::memory_order_release);
      lock.unlock();
      wake_();
      lock.lock();
    }
    if (stopping_ && !busy_) return;
    const auto now = clock_.steady();
    if (options_.durability == Durability::interval && now >= next_sync) {
      sync_written();
      next_sync = now + wake_every;
    }
    if (now >= next_tend) {
      tend();
      next_tend = now + kTendEvery;
    }
  }
}

// In `interval` mode. What a failed sync leaves in doubt is not counted as unrecorded: it was
// written, and enrichment may have read it already.
void GroupCommit::sync_written() {
  if (unsynced_since_.exchange(0, std::memory_order_relaxed) == 0) return;
  const auto done = writer_.sync();
  if (done) return;
  failures_.fetch_add(1, std::memory_order_relaxed);
  log_error("journal: a sync failed, hits of the last {} would not survive power loss: {}",
            options_.interval, done.error().line());
}

// Once a second: ends a segment that has grown old although nothing arrives, or that somebody wants
// to see gone, and tries whether a degraded journal can be written again.
void GroupCommit::tend() {
  auto done = writer_.close_if_old(clock_.now_ms());
  if (done) done = writer_.close_if_opened_by(end_opened_by_.load(std::memory_order_relaxed));
  if (!done) {
    failures_.fetch_add(1, std::memory_order_relaxed);
    log_error("journal: {}", done.error().line());
  }
  if (degraded()) try_again();
  shared_.unrecorded.save();
  shared_.bell.ring();
}

void GroupCommit::try_again() {
  const auto seed = writer_.begin_batch(clock_.now_ms());
  if (!seed) return set_trouble(seed.error());
  if (options_.durability != Durability::os)
    if (const auto synced = writer_.sync(); !synced) return set_trouble(synced.error());
  clear_trouble();
}

std::string GroupCommit::trouble() const {
  const std::lock_guard lock(trouble_mutex_);
  return trouble_;
}

void GroupCommit::set_trouble(const Error& error) {
  failures_.fetch_add(1, std::memory_order_relaxed);
  retry_at_ = clock_.steady() + retry_after_;
  retry_after_ = std::clamp(2 * retry_after_, kFirstRetry, kLastRetry);
  if (!degraded_.exchange(true, std::memory_order_relaxed))
    log_error("journal degraded, links go on without counting: {}", error.line());
  const std::lock_guard lock(trouble_mutex_);
  trouble_ = error.line();
}

void GroupCommit::clear_trouble() {
  retry_after_ = {};
  log_info("the journal is written again; {} hits went unrecorded so far",
           shared_.unrecorded.total());
  // Last, so that whoever sees the journal well finds no trouble told.
  const std::lock_guard lock(trouble_mutex_);
  trouble_.clear();
  degraded_.store(false, std::memory_order_release);
}

void GroupCommit::write(Batch& batch) {
  const std::uint64_t count = batch.starts.size();
  const bool waiting = degraded() && clock_.steady() < retry_at_;
  const auto written = waiting ? Result<void>{} : write_records(batch);
  if (waiting) writer_.skip(count);
  if (waiting || !written) {
    const auto [from, to] = std::minmax(batch.oldest, batch.newest);
    shared_.unrecorded.note(from, to + 1, count, must_sync());
    if (!written) set_trouble(written.error());
  } else if (degraded()) {
    clear_trouble();
  }
  if (!kAnswerFirst || !must_sync()) committed_.fetch_add(count, std::memory_order_release);
  shared_.bell.ring();
}

Result<void> GroupCommit::write_records(Batch& batch) {
  const auto seed = writer_.begin_batch(clock_.now_ms());
  if (!seed) {
    writer_.skip(batch.starts.size());
    return std::unexpected(seed.error());
  }
  // The tickets that were given out are these records' numbers.
  CHECK(writer_.next_n() == batch.first);
  const std::span<char> bytes(batch.bytes);
  std::uint64_t n = batch.first;
  for (std::size_t i = 0; i < batch.starts.size(); ++i) {
    const std::size_t start = batch.starts[i];
    const std::size_t end = i + 1 < batch.starts.size() ? batch.starts[i + 1] : bytes.size();
    finish_record(bytes.subspan(start, end - start), *seed, n++);
  }
  TRY(writer_.commit(batch.bytes, batch.starts.size(), must_sync()));
  if (options_.durability == Durability::interval) {
    UnixMillis none = 0;
    unsynced_since_.compare_exchange_strong(none, batch.oldest, std::memory_order_relaxed);
  }
  return {};
}

}  // namespace tally
