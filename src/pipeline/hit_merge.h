// SPDX-License-Identifier: Apache-2.0
//
// The hits of all journal shards as one stream in the order in which they were received.
//
// Two clicks of one visitor may have been taken by two edge threads; which of them is the first
// must not depend on which thread's log is read first. So hits are given in the order of their
// receive time, and only up to a time before which nothing more can appear: the edge says up to
// when all shards are committed, and a shard that was not read to its end holds the others back.
//
// Within a shard the order is always that of its numbers. A clock that was set back makes hits look
// too early, never lets them overtake; one that was set forward and back again would make hits wait
// for a time that is far away, so a hit from the future is not waited for.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "base/clock.h"
#include "clicklog/batch.h"
#include "journal/follower.h"
#include "pipeline/held_hits.h"

namespace tally {

class HitMerge {
 public:
  // Follows `shards` from `positions`; a shard without a position is read from its front.
  HitMerge(Files& files, const std::vector<std::shared_ptr<Shard>>& shards,
           const JournalPositions& positions);

  // Reads ahead in every shard, and decides what may be given: hits received up to the time it
  // returns, which is at most `committed`.
  UnixMillis read_ahead(UnixMillis committed);

  // The next hits in order, at most so many; none when what read_ahead() allowed has been given.
  // They stay where they are until take() says how many of them were used.
  struct Next {
    const ShardId* shard = nullptr;
    const HeldHit* hit = nullptr;
    std::size_t source = 0;
  };
  std::span<const Next> next(std::size_t most);
  // The first `count` of those that next() gave.
  void take(std::size_t count);

  // Hits were read that could not be given yet, or a shard was not read to its end.
  bool has_more() const { return has_more_; }
  // A shard was not read to its end: there is more to give at once.
  bool behind() const { return behind_; }

  // For each shard, the number of the next hit that was not taken.
  JournalPositions positions() const;

  // Removes the segments all of whose hits were taken, if `may` allows it, which is asked only when
  // there are some. A shard of a start other than `epoch` is
  // dropped when it has none left: its position must outlive its files.
  void free_taken(std::uint32_t epoch, const std::function<bool()>& may);

  std::uint64_t lost() const;

 private:
  struct Source {
    std::unique_ptr<ShardFollower> follower;
    HeldHits held;
    UnixMillis newest = 0;   // order of the last hit read
    std::size_t looked = 0;  // hits of it among those that next() gives
    std::uint64_t position() const { return held.empty() ? follower->next_n() : held[0].n; }
  };
  bool read_source(Source& source);
  // Index of the source of whose hits that were not looked at one is next; sources_.size() when
  // none may be given.
  std::size_t earliest() const;

  std::vector<Source> sources_;
  std::vector<Next> next_;
  UnixMillis until_ = 0;
  UnixMillis from_the_future_ = 0;
  std::uint64_t lost_by_dropped_ = 0;
  bool has_more_ = false;
  bool behind_ = false;
};

}  // namespace tally
