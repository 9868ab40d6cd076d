// SPDX-License-Identifier: Apache-2.0
#include "clicklog/enriched_log.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <ranges>

#include "base/check.h"
#include "base/log.h"

namespace tally {
namespace {

// What a crash has left of a segment that was being written anew: it holds clicks and is never
// read.
Result<void> remove_replacements(Files& files, const std::filesystem::path& directory) {
  TRY_ASSIGN(const auto names, list_directory(directory));
  for (const std::string& name : names)
    if (name.ends_with(".new")) TRY(files.remove(directory / name));
  return {};
}

}  // namespace

EnrichedLog::EnrichedLog(Files& files, const Clock& clock, EnrichedLogOptions options)
    : files_(files), clock_(clock), options_(std::move(options)) {}

Result<void> EnrichedLog::open(const std::function<void(const std::string&)>& report) {
  TRY(remove_replacements(files_, options_.directory));
  TRY_ASSIGN(RecoveredLog found, recover_log(files_, options_.directory, LogKind::enriched));
  report_recovery("enriched log", found, report);
  shards_ = group_by_shard(std::move(found.segments), options_.space);
  std::ranges::sort(shards_, {}, [](const auto& shard) { return shard->id().epoch; });
  LogWriterOptions writer;
  writer.directory = options_.directory;
  writer.kind = LogKind::enriched;
  writer.shard = {options_.node, options_.epoch, 0};
  writer.segment_bytes = options_.segment_bytes;
  writer.max_age_ms = options_.segment_age_ms;
  writer.space = options_.space;
  writer_ = std::make_unique<LogWriter>(files_, writer);
  shards_.push_back(writer_->shard());
  const std::lock_guard lock(mutex_);
  watermark_.end = end();
  return {};
}

Result<BatchHead> EnrichedLog::last_head() const {
  for (const auto& shard : std::views::reverse(shards_)) {
    const auto segments = shard->segments();
    for (const SegmentState& segment : std::views::reverse(segments)) {
      if (segment.end == segment.id.first) continue;
      TRY_ASSIGN(auto reader, SegmentReader::open(files_, segment.path, LogKind::enriched));
      TRY_ASSIGN(bool more, reader.skip_to(segment.committed, segment.end - 1));
      LogRecord record;
      if (more) {
        TRY_ASSIGN(more, reader.next(segment.committed, record));
      }
      if (!more)
        return fail(ErrorCode::corrupt,
                    segment.path.filename().string() + ": the last batch cannot be read",
                    "restore this file from a copy of the disk; the journal's place is in it");
      return decode_batch_head(record.payload);
    }
  }
  return BatchHead{};
}

Result<JournalPositions> EnrichedLog::last_positions() const {
  TRY_ASSIGN(BatchHead head, last_head());
  return std::move(head.positions);
}

Result<void> EnrichedLog::replay(UnixMillis since, const std::function<void(const Click&)>& each,
                                 const std::function<void(const LandingView&)>& each_view) {
  for (const auto& shard : shards_) {
    for (const SegmentState& segment : shard->segments()) {
      if (segment.created + options_.segment_age_ms < since) continue;
      TRY_ASSIGN(auto reader, SegmentReader::open(files_, segment.path, LogKind::enriched));
      LogRecord record;
      for (;;) {
        TRY_ASSIGN(const bool more, reader.next_readable(segment.committed, record));
        if (!more) break;
        BatchHead head;
        TRY(read_batch(
            record.payload, head,
            [&](const Click& click) {
              if (click.time >= since) each(click);
            },
            [&](const LandingView& view) {
              if (view.time >= since) each_view(view);
            }));
      }
    }
  }
  return {};
}

Result<void> EnrichedLog::append(std::string_view batch) {
  TRY_ASSIGN(const std::uint64_t seed, writer_->begin_batch(clock_.now_ms()));
  record_.assign(kRecordHeaderSize, '\0');
  record_.append(batch);
  finish_record(record_, seed, writer_->next_n());
  return writer_->commit(record_, 1, options_.sync);
}

EnrichedCursor EnrichedLog::end() const { return {options_.epoch, writer_->next_n()}; }

void EnrichedLog::publish_through(UnixMillis through) {
  {
    const std::lock_guard lock(mutex_);
    watermark_ = {end(), through};
  }
  published_.notify_all();
}

EnrichedLog::Watermark EnrichedLog::watermark() const {
  const std::lock_guard lock(mutex_);
  return watermark_;
}

void EnrichedLog::wait(const EnrichedCursor& seen, std::chrono::milliseconds timeout) const {
  std::unique_lock lock(mutex_);
  published_.wait_for(lock, timeout, [&] { return watermark_.end > seen; });
}

std::shared_ptr<EnrichedPin> EnrichedLog::pin() {
  auto out = std::make_shared<EnrichedPin>(EnrichedCursor{});
  const std::lock_guard lock(mutex_);
  pins_.push_back(out);
  return out;
}

// The front of the log when there is none.
EnrichedCursor EnrichedLog::slowest_pin() const {
  const std::lock_guard lock(mutex_);
  std::optional<EnrichedCursor> slowest;
  for (const auto& weak : pins_) {
    const auto pin = weak.lock();
    if (pin && (!slowest || pin->cursor() < *slowest)) slowest = pin->cursor();
  }
  return slowest.value_or(EnrichedCursor{});
}

// What segments begin with says enough: reading all of one would not be worth a few clicks less.
Result<EnrichedCursor> EnrichedLog::end_of(UnixMillis time) const {
  for (const auto& shard : shards_) {
    for (const SegmentState& segment : shard->segments()) {
      auto reader = SegmentReader::open(files_, segment.path, LogKind::enriched);
      if (!reader && reader.error().code == ErrorCode::not_found) continue;  // it has just gone
      if (!reader) return std::unexpected(std::move(reader).error());
      LogRecord record;
      TRY_ASSIGN(const bool any, reader->next_readable(segment.committed, record));
      if (!any) continue;
      BatchHead head;
      bool holds = false;
      TRY(read_batch(
          record.payload, head, [&](const Click& click) { holds |= click.time < time; },
          [&](const LandingView& view) { holds |= view.time < time; }));
      if (head.through >= time)
        return EnrichedCursor{shard->id().epoch, record.n + (holds ? 1 : 0)};
    }
  }
  return watermark().end;
}

bool EnrichedLog::is_passed(const EnrichedCursor& cursor) const {
  const EnrichedCursor pin = slowest_pin();
  for (const auto& shard : shards_) {
    const std::uint32_t epoch = shard->id().epoch;
    for (const SegmentState& segment : shard->segments()) {
      const EnrichedCursor from{epoch, segment.id.first}, to{epoch, segment.end};
      if (std::max(from, pin) < std::min(to, cursor)) return false;
    }
  }
  return true;
}

std::optional<SegmentState> EnrichedLog::newest_with_records() const {
  std::optional<SegmentState> newest;
  for (const auto& shard : shards_)
    for (const SegmentState& segment : shard->segments())
      if (segment.end > segment.id.first) newest = segment;
  return newest;
}

bool EnrichedLog::is_old(const SegmentState& segment) const {
  const UnixMillis now = clock_.now_ms();
  const UnixMillis last = segment.created + options_.segment_age_ms;
  return last + options_.keep_ms < now || segment.created + keep_at_most_ < now;
}

bool EnrichedLog::is_outlived() const {
  const auto newest = newest_with_records();
  return newest && is_old(*newest);
}

void EnrichedLog::tidy() {
  // Whoever has it is making room too.
  const std::unique_lock lock(files_in_use_, std::try_to_lock);
  if (!lock) return;
  const EnrichedCursor needed = slowest_pin();
  const auto newest = newest_with_records();
  for (const auto& shard : shards_) {
    remove_segments(files_, *shard, [&](const SegmentState& segment) {
      if (newest && segment.id == newest->id) return false;
      if (EnrichedCursor{segment.id.shard.epoch, segment.end} > needed) return false;
      return is_old(segment) || wants_room();
    });
  }
}

Result<void> EnrichedLog::erase_before(const EnrichedCursor& cursor, const Erasure& what,
                                       const std::set<ClickKey>& landings) {
  const Rewriting rewriting = [&](std::string_view batch) {
    return without_erased(batch, what, landings);
  };
  for (const auto& shard : shards_) {
    for (const SegmentState& segment : shard->segments()) {
      if (EnrichedCursor{segment.id.shard.epoch, segment.end} > cursor) return {};
      TRY(erase_from(*shard, segment, rewriting));
    }
  }
  return {};
}

Result<void> EnrichedLog::erase_from(Shard& shard, const SegmentState& segment,
                                     const Rewriting& rewriting) {
  const std::lock_guard lock(files_in_use_);
  const auto rewritten = rewrite_segment(files_, segment, rewriting);
  if (rewritten) {
    if (*rewritten) shard.replace(**rewritten);
    return {};
  }
  if (rewritten.error().code == ErrorCode::not_found) return {};  // it was old enough to go
  if (rewritten.error().code != ErrorCode::corrupt) return std::unexpected(rewritten.error());
  // Everybody has read what can be read of it.
  log_warn("{}: the segment is removed", rewritten.error().message);
  remove_segments(files_, shard, [&](const SegmentState& one) { return one.id == segment.id; });
  return {};
}

void EnrichedPin::release_before(const EnrichedCursor& cursor) {
  const std::lock_guard lock(mutex_);
  cursor_ = std::max(cursor_, cursor);
}

EnrichedCursor EnrichedPin::cursor() const {
  const std::lock_guard lock(mutex_);
  return cursor_;
}

EnrichedReader::EnrichedReader(const EnrichedLog& log, EnrichedCursor from)
    : log_(log), cursor_(from) {}

Result<void> EnrichedReader::read(
    const std::function<bool(const EnrichedCursor&, std::string_view)>& each, std::size_t most) {
  for (const auto& shard : log_.shards()) {
    const std::uint32_t epoch = shard->id().epoch;
    if (epoch < cursor_.epoch) continue;
    if (epoch > cursor_.epoch) cursor_ = {epoch, 0};
    if (!follower_ || follower_->shard().id() != shard->id())
      follower_ = std::make_unique<ShardFollower>(log_.files(), shard, cursor_.n);
    bool stopped = false;
    TRY_ASSIGN(const std::size_t count, follower_->read(most, [&](const LogRecord& record) {
      const EnrichedCursor after{epoch, record.n + 1};
      stopped = !each(after, record.payload);
      if (!stopped) cursor_ = after;
      return !stopped;
    }));
    if (stopped) return {};
    cursor_.n = follower_->next_n();
    most -= count;
    if (most == 0) return {};
  }
  return {};
}

}  // namespace tally
