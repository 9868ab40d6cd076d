// SPDX-License-Identifier: Apache-2.0
//
// The stage between the two logs: each hit of the journal is enriched exactly once.
//
// One thread takes what every shard has committed, in the order of receipt (hit_merge.h), enriches
// it, and appends one batch to the enriched log: the clicks together with the positions reached.
// Only when that batch is durable are the journal's segments freed, so a crash anywhere repeats
// work and never results. First clicks depend on earlier ones: these are in files of their own up
// to a place in the enriched log, and a start learns the rest from there (first_clicks.h), as it
// does the landing pages of the last minutes. Bursts are in memory only.
//
// A beacon is no click. It becomes a landing view of its click, which was enriched before; one that
// was received on another thread a moment before its click is waited for, in memory
// (waiting_beacons.h): a crash in that moment loses the view, and never counts one twice.
//
// What is erased while it is here is forgotten on this thread too (forget()): its landing pages are
// not believed in any more, and the log's segment ends, so that all that was enriched before lies
// in segments that nobody writes.
//
// What cannot be written now (a batch on a full disk, the day's salt) is tried again until it can:
// the journal keeps the hits meanwhile.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "base/threads.h"
#include "clicklog/batch.h"
#include "clicklog/enriched_log.h"
#include "enrich/burst.h"
#include "enrich/enricher.h"
#include "enrich/first_clicks.h"
#include "enrich/salt.h"
#include "model/erasure.h"
#include "pipeline/hit_merge.h"
#include "pipeline/landing_clicks.h"
#include "pipeline/limit_counter.h"
#include "pipeline/waiting_beacons.h"

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
    std::filesystem::path visitors;  // folder of the first clicks' files
    std::uint32_t epoch;             // of this start: shards of others get nothing new
    Bell& bell;                      // rung when the journal has something new
    std::function<UnixMillis()> committed_through;
  };

  // Follows `shards` from `positions`; a shard without a position is read from its front.
  EnrichStage(Deps deps, const std::vector<std::shared_ptr<Shard>>& shards,
              const JournalPositions& positions);
  ~EnrichStage();

  // Takes up first clicks from their files and the log, and landing pages from the log, then starts
  // the thread. `report` is told of damaged files.
  Result<void> start(const std::function<void(const std::string&)>& report);
  // Enriches everything that is committed by now, frees its segments and ends the thread.
  void stop();

  // What the thread has been asked to forget. Once `done`, the log holds hits of before only in
  // segments that end at or before `end`, a batch is behind that, and no view of these clicks comes
  // any more.
  struct Forgetting {
    Erasure what;
    std::atomic<bool> done{false};
    EnrichedCursor end;  // to be read when it is done
  };
  std::shared_ptr<const Forgetting> forget(const Erasure& what);

  const EnrichCounters& counters() const { return counters_; }
  // What is wrong with visitors' salts or first clicks at the moment; "" when nothing.
  std::string visitor_trouble() const;
  // What of them was lost to damage; "" when nothing.
  std::string visitor_note() const { return deps_.salts.note(); }

 private:
  // A hit on its way.
  struct Draft {
    Result<HitView> hit;
    Click click;  // if the hit is one
    bool is_click() const { return hit && hit->kind != HitKind::beacon; }
  };

  Result<void> learn_first_clicks();
  Result<void> learn_landings();
  void run();
  bool step();
  std::size_t enrich(std::span<const HitMerge::Next> hits);
  std::size_t make_drafts(std::span<const HitMerge::Next> hits);
  bool settle(const ShardId& shard, const HeldHit& held, Draft& draft);
  void take_beacons(UnixMillis through);
  void begin_batch();
  bool append_until_done(UnixMillis through);
  bool begin_segment();
  void forget_asked();
  bool save_limits();
  void sweep();
  void tend_first_clicks();
  void save_first_clicks();
  void release_saved();
  void set_trouble(std::string& which, const std::string& trouble);

  Deps deps_;
  HitMerge hits_;
  std::unique_ptr<FirstClicks> first_clicks_;
  std::shared_ptr<EnrichedPin> unsaved_first_clicks_;  // the log from where they are not saved
  LandingClicks landings_;
  WaitingBeacons beacons_;
  BurstWindow bursts_;
  EnrichCounters counters_;
  std::chrono::steady_clock::time_point save_limits_at_, save_first_clicks_at_;
  std::vector<Draft> drafts_;  // of the hits that are being enriched
  std::vector<const HitView*> look_ahead_;
  std::string clicks_;  // this step's, encoded
  std::string views_;
  std::uint64_t count_ = 0;
  std::uint64_t view_count_ = 0;
  bool gave_up_ = false;      // a batch could not be written before the end
  mutable std::mutex mutex_;  // of the texts, which only the thread writes, and of what is asked
  std::vector<std::shared_ptr<Forgetting>> asked_;
  std::string salt_trouble_, sweep_trouble_, save_trouble_, first_clicks_trouble_;
  std::atomic<bool> stopping_{false};
  Courtesy courtesy_;
  std::thread thread_;
};

}  // namespace tally
