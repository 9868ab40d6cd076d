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
    sources_.push_back({std::make_unique<ShardFollower>(files, shard, from), {}, 0});
  }
}

// True when the shard had no more to give.
bool HitMerge::read_source(Source& source) {
  if (source.held.size() >= kReadAhead) return false;
  const std::size_t room = kReadAhead - source.held.size();
  const auto got = source.follower->read(room, [&](const LogRecord& record) {
    // An undecodable hit takes the place where it lies; enrichment counts it.
    source.newest = std::max(source.newest, hit_time(record.payload));
    source.held.push_back({record.n, source.newest, std::string(record.payload)});
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
    const bool one_time_only = !source.held.empty() && source.held.front().order == source.newest;
    until_ = std::min(until_, one_time_only ? source.newest : source.newest - 1);
    behind_ = true;
  }
  has_more_ = behind_;
  for (const Source& source : sources_) has_more_ = has_more_ || !source.held.empty();
  return until_;
}

std::size_t HitMerge::earliest() const {
  std::size_t best = sources_.size();
  for (std::size_t i = 0; i < sources_.size(); ++i) {
    if (sources_[i].held.empty()) continue;
    const UnixMillis order = sources_[i].held.front().order;
    if (order > until_ && order < from_the_future_) continue;
    if (best == sources_.size() || order < sources_[best].held.front().order) best = i;
  }
  return best;
}

HitMerge::Next HitMerge::next() const {
  const std::size_t at = earliest();
  if (at == sources_.size()) return {};
  return {&sources_[at].follower->shard().id(), &sources_[at].held.front()};
}

void HitMerge::take() { sources_[earliest()].held.pop_front(); }

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
