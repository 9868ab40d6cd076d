// SPDX-License-Identifier: Apache-2.0
//
// The stage between the two logs: each hit of the journal is enriched exactly once.
//
// One thread takes what every shard has committed, in the order of receipt (hit_merge.h), enriches
// it, and appends one batch to the enriched log: the clicks together with the positions reached.
// Only when that batch is durable are the journal's segments freed, so a crash anywhere repeats
// work and never results. What depends on earlier clicks (first clicks, bursts, landing pages) is
// kept in memory and re-learnt from the enriched log at the start.
//
// A beacon is no click. It becomes a landing view of its click, which was enriched before; one that
// was received on another thread a moment before its click is waited for, in memory: a crash in
// that moment loses the view, and never counts one twice.
//
// A batch that cannot be written (a full disk) is tried again until it can: the journal keeps the
// hits meanwhile.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "enrich/burst.h"
#include "enrich/enricher.h"
#include "enrich/first_clicks.h"
#include "enrich/salt.h"
#include "pipeline/batch.h"
#include "pipeline/enriched_log.h"
#include "pipeline/hit_merge.h"
#include "pipeline/landing_clicks.h"
#include "pipeline/limit_counter.h"

namespace tally {

struct EnrichCounters {
  std::atomic<std::uint64_t> enriched{0};
  std::atomic<std::uint64_t> undecodable{
      0};                                 // hits whose bytes make no sense: counted, passed over
  std::atomic<std::uint64_t> beacons{0};  // of landing pages; no clicks
  // Beacons that are no view: no click that was shown a page of late has that id, or it had one.
  std::atomic<std::uint64_t> unknown_beacons{0};
  std::atomic<std::uint64_t> repeated_beacons{0};
  std::atomic<std::uint64_t> batches{0};
  std::atomic<std::uint64_t> failed_writes{0};
  std::atomic<std::uint64_t> lost{0};  // records of damaged segments
  std::atomic<UnixMillis> through{0};  // receive time up to which all is enriched
};

class EnrichStage {
 public:
  struct Deps {
    Files& files;
    const Clock& clock;
    Enricher& enricher;
    SaltKeeper& salts;
    EnrichedLog& log;
    LimitCounter& limits;
    std::uint32_t epoch;  // of this start: shards of others get nothing new
    Bell& bell;           // rung when the journal has something new
    std::function<UnixMillis()> committed_through;
  };

  // Follows `shards` from `positions`; a shard without a position is read from its front.
  EnrichStage(Deps deps, const std::vector<std::shared_ptr<Shard>>& shards,
              const JournalPositions& positions);
  ~EnrichStage();

  // Re-learns first clicks and landing pages from the log, then starts the thread.
  Result<void> start();
  // Enriches everything that is committed by now, frees its segments and ends the thread.
  void stop();

  const EnrichCounters& counters() const { return counters_; }

 private:
  void run();
  bool step();
  bool enrich(const ShardId& shard, const HeldHit& held);
  void take_beacons(UnixMillis through);
  bool append_until_done(UnixMillis through);
  bool save_limits();

  Deps deps_;
  HitMerge hits_;
  FirstClicks first_clicks_;
  LandingClicks landings_;
  std::vector<LandingView> beacons_;  // whose clicks are looked for
  BurstWindow bursts_;
  EnrichCounters counters_;
  std::chrono::steady_clock::time_point save_limits_at_{};
  std::string clicks_;  // this step's, encoded
  std::string views_;
  std::uint64_t count_ = 0;
  std::uint64_t view_count_ = 0;
  bool gave_up_ = false;  // a batch could not be written before the end
  std::atomic<bool> stopping_{false};
  std::thread thread_;
};

}  // namespace tally
