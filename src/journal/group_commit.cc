// SPDX-License-Identifier: Apache-2.0
#include "journal/group_commit.h"

#include <algorithm>
#include <span>

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
constexpr std::size_t kKeepBuffer = 4 << 20;

}  // namespace

void GroupCommit::Batch::clear() {
  if (bytes.capacity() > kKeepBuffer) std::string().swap(bytes);
  bytes.clear();
  starts.clear();
}

GroupCommit::GroupCommit(LogWriter writer, const Clock& clock, GroupCommitOptions options,
                         std::function<void()> wake, Bell& bell)
    : writer_(std::move(writer)),
      clock_(clock),
      options_(options),
      wake_(std::move(wake)),
      bell_(bell),
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
  bell_.ring();
}

void GroupCommit::flush() {
  if (!has_pending()) return;
  std::unique_lock lock(mutex_);
  if (options_.durability != Durability::sync) {
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
  const auto wake_every =
      options_.durability == Durability::interval ? options_.interval : kTendEvery;
  auto next_tend = clock_.steady() + wake_every;
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
    if (const auto now = clock_.steady(); now >= next_tend) {
      tend();
      next_tend = now + wake_every;
    }
  }
}

// Once a second: ends a segment that has grown old although nothing arrives, and syncs in
// `interval` mode.
void GroupCommit::tend() {
  Result<void> done;
  if (options_.durability == Durability::interval && std::exchange(unsynced_, false))
    done = writer_.sync();
  if (done) done = writer_.close_if_old(clock_.now_ms());
  if (!done) log_error("journal: {}", done.error().line());
  bell_.ring();
}

void GroupCommit::write(Batch& batch) {
  const std::uint64_t count = batch.starts.size();
  const auto written = write_records(batch);
  if (!written) {
    unrecorded_.fetch_add(count, std::memory_order_relaxed);
    if (!degraded_.exchange(true))
      log_error("journal degraded, links go on without counting: {}", written.error().line());
  } else if (degraded_.exchange(false)) {
    log_info("journal writes again; {} clicks went unrecorded", unrecorded());
  }
  if (!kAnswerFirst || options_.durability != Durability::sync)
    committed_.fetch_add(count, std::memory_order_release);
  bell_.ring();
}

Result<void> GroupCommit::write_records(Batch& batch) {
  TRY_ASSIGN(const std::uint64_t seed, writer_.begin_batch(clock_.now_ms()));
  const std::span<char> bytes(batch.bytes);
  std::uint64_t n = writer_.next_n();
  for (std::size_t i = 0; i < batch.starts.size(); ++i) {
    const std::size_t start = batch.starts[i];
    const std::size_t end = i + 1 < batch.starts.size() ? batch.starts[i + 1] : bytes.size();
    finish_record(bytes.subspan(start, end - start), seed, n++);
  }
  unsynced_ = true;
  return writer_.commit(batch.bytes, batch.starts.size(), options_.durability == Durability::sync);
}

}  // namespace tally
