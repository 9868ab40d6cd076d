// SPDX-License-Identifier: Apache-2.0
#include "pipeline/hit_merge.h"

#include <algorithm>

#include "base/log.h"
#include "model/hit.h"

namespace tally {
namespace {

constexpr std::size_t kReadAhead = 4096;  // hits held of one shard
// A hit that is this much later than anything can be was stamped by a clock that has been set back.
constexpr UnixMillis kFuture = 5 * kMillisPerSecond;

}  // namespace

HitMerge::HitMerge(Files& files, const std::vector<std::shared_ptr<Shard>>& shards,
                   const JournalPositions& positions) {
  for (const auto& shard : shards) {
    const auto known = positions.find(shard->id());
    const std::uint64_t from = known == positions.end() ? 0 : known->second;
    sources_.push_back({std::make_unique<ShardFollower>(files, shard, from), {}, 0, 0});
  }
}

// True when the shard had no more to give.
bool HitMerge::read_source(Source& source) {
  if (source.held.size() >= kReadAhead) return false;
  const std::size_t room = kReadAhead - source.held.size();
  const auto got = source.follower->read(room, [&](const LogRecord& record) {
    // An undecodable hit takes the place where it lies; enrichment counts it.
    source.newest = std::max(source.newest, hit_time(record.payload));
    source.held.push(record.n, source.newest, record.payload);
    return true;
  });
  if (!got) log_error("reading the journal: {}", got.error().line());
  return got && *got < room;
}

UnixMillis HitMerge::read_ahead(UnixMillis committed) {
  until_ = committed;
  from_the_future_ = committed + kFuture;
  behind_ = false;
  for (Source& source : sources_) {
    if (read_source(source)) continue;
    // More hits of the last one's millisecond may follow; unless all that are held are of it, they
    // are left to come together.
    const bool one_time_only = !source.held.empty() && source.held[0].order == source.newest;
    until_ = std::min(until_, one_time_only ? source.newest : source.newest - 1);
    behind_ = true;
  }
  has_more_ = behind_;
  for (const Source& source : sources_) has_more_ = has_more_ || !source.held.empty();
  return until_;
}

std::size_t HitMerge::earliest() const {
  std::size_t best = sources_.size();
  UnixMillis best_order = 0;
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    const Source& source = sources_[i];
    if (source.looked == source.held.size()) continue;
    const UnixMillis order = source.held[source.looked].order;
    if (order > until_ && order < from_the_future_) continue;
    if (best < sources_.size() && order >= best_order) continue;
    best = i;
    best_order = order;
  }
  return best;
}

std::span<const HitMerge::Next> HitMerge::next(std::size_t most) {
  next_.clear();
  for (Source& source : sources_) source.looked = 0;
  while (next_.size() < most) {
    const std::size_t at = earliest();
    if (at == sources_.size()) break;
    Source& source = sources_[at];
    next_.push_back({&source.follower->shard().id(), &source.held[source.looked++], at});
  }
  return next_;
}

void HitMerge::take(std::size_t count) {
  for (const Next& one : std::span(next_).first(count)) sources_[one.source].held.pop();
  next_.clear();
}

JournalPositions HitMerge::positions() const {
  JournalPositions out;
  for (const Source& source : sources_) out[source.follower->shard().id()] = source.position();
  return out;
}

void HitMerge::free_taken(std::uint32_t epoch, const std::function<bool()>& may) {
  for (const Source& source : sources_)
    source.follower->free_segments_before(source.position(), may);
  std::erase_if(sources_, [&](const Source& source) {
    const Shard& shard = source.follower->shard();
    const bool done = shard.id().epoch != epoch && shard.segments().empty();
    if (done) lost_by_dropped_ += source.follower->lost();
    return done;
  });
}

std::uint64_t HitMerge::lost() const {
  std::uint64_t lost = lost_by_dropped_;
  for (const Source& source : sources_) lost += source.follower->lost();
  return lost;
}

}  // namespace tally
