// SPDX-License-Identifier: Apache-2.0
#include "pipeline/log_eraser.h"

#include <algorithm>
#include <set>

#include "pipeline/settling.h"

namespace tally {
namespace {

// A build with this set erases rows only: the crash tests must catch it.
#ifdef TALLY_MUTANT_LOGS_KEPT
constexpr bool kLogsKept = true;
#else
constexpr bool kLogsKept = false;
#endif

}  // namespace

Result<void> LogEraser::await_passed(const EnrichedCursor& cursor, Worker& worker) const {
  deps_.let_go(cursor);
  while (!deps_.log.is_passed(cursor))
    if (!worker.pause(kSettlingPoll)) return stopped();
  return {};
}

Result<void> LogEraser::await_settled(UnixMillis time, Worker& worker) const {
  EnrichedLog::Watermark enriched = deps_.log.watermark();
  for (; enriched.through < time; enriched = deps_.log.watermark())
    if (!worker.pause(kSettlingPoll)) return stopped();
  TRY_ASSIGN(const EnrichedCursor end, deps_.log.end_of(time));
  return await_passed(end, worker);
}

// A segment holds nothing that was received before it was opened, give or take its first batch.
bool LogEraser::raw_holds(UnixMillis time) const {
  return std::ranges::any_of(deps_.raw, [&](const auto& shard) {
    return std::ranges::any_of(
        shard->segments(), [&](const SegmentState& segment) { return segment.created <= time; });
  });
}

Result<void> LogEraser::erase(const Erasure& what, Worker& worker) const {
  if (kLogsKept) return {};
  const UnixMillis now = deps_.clock.now_ms();
  deps_.end_raw_segments(now);
  const auto forgetting = deps_.enrichment.forget(what);
  while (!forgetting->done)
    if (!worker.pause(kSettlingPoll)) return stopped();
  TRY(await_passed(forgetting->end, worker));
  std::set<ClickKey> landings;
  if (!what.visitors.empty()) {
    TRY_ASSIGN(const auto keys, deps_.store.landings_of(what));
    landings.insert(keys.begin(), keys.end());
  }
  TRY(deps_.log.erase_before(forgetting->end, what, landings));
  while (raw_holds(now))
    if (!worker.pause(kSettlingPoll)) return stopped();
  return {};
}

}  // namespace tally
