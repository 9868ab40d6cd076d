// SPDX-License-Identifier: Apache-2.0
//
// Makes both logs forget.
//
// What is erased from the click store must neither stay in the logs nor come back from them. It
// could come back in three ways, and each is closed before the store is touched: a batch whose
// insert is in doubt is sent again (so every consumer has to be past it, durably); a restart learns
// landing pages from the log, whose beacons then make views (so the log's segments are written anew
// without the clicks); and so does the running process from its memory (so enrichment forgets them
// first). Raw hits are waited for: their segments are ended, enriched and go by themselves.
//
// All of it can be done again, and is after a crash.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/worker.h"
#include "clicklog/enriched_log.h"
#include "clicks/click_store.h"
#include "model/erasure.h"
#include "pipeline/enrich_stage.h"

namespace tally {

class LogEraser {
 public:
  struct Deps {
    const Clock& clock;
    ClickStore& store;
    EnrichStage& enrichment;
    EnrichedLog& log;
    std::vector<std::shared_ptr<Shard>> raw;           // the journal's, of this start and earlier
    std::function<void(UnixMillis)> end_raw_segments;  // that were opened at or before a time
    // Has consumers that wait for somebody pass what is before a place.
    std::function<void(const EnrichedCursor&)> let_go;
  };

  explicit LogEraser(Deps deps) : deps_(std::move(deps)) {}

  // Waits, on the worker's thread, until everything received before `time` is in the click store
  // and no insert of it can be repeated.
  Result<void> await_settled(UnixMillis time, Worker& worker) const;
  // Takes out of the logs what `what` means; all of it must have been received by now and be in the
  // click store, where it still is.
  Result<void> erase(const Erasure& what, Worker& worker) const;

 private:
  Result<void> await_passed(const EnrichedCursor& cursor, Worker& worker) const;
  bool raw_holds(UnixMillis time) const;

  Deps deps_;
};

}  // namespace tally
