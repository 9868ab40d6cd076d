// SPDX-License-Identifier: Apache-2.0
//
// One record of the enriched log: clicks, landing views, and how far in the journal they bring us.
//
// Putting both into one record is what makes enrichment happen exactly once: a batch is there
// wholly, with the positions to go on from, or not at all. `through` is the receive time up to
// which every hit is in this batch or an earlier one.
//
// Layout in docs/formats/enriched.md.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "journal/format.h"
#include "model/click.h"
#include "model/erasure.h"
#include "model/landing_view.h"

namespace tally {

// For each journal shard, the number of the next hit to enrich.
using JournalPositions = std::map<ShardId, std::uint64_t>;

struct BatchHead {
  JournalPositions positions;
  UnixMillis through = 0;
  std::uint64_t clicks = 0;
  std::uint64_t views = 0;
};

void encode_batch_head(const BatchHead& head, std::string& out);

// The head at the front of `bytes`, which are advanced to the first click; behind the last one come
// the views.
Result<BatchHead> decode_batch_head(std::string_view& bytes);

// A whole batch: calls `each` for its clicks in order, with one that is read over again, then
// `each_view` for its views. After an error what they were given is not to be used.
Result<void> read_batch(std::string_view bytes, BatchHead& head,
                        const std::function<void(const Click&)>& each,
                        const std::function<void(const LandingView&)>& each_view);

// The batch without the clicks that `what` means, and without views of its link or of the clicks
// `landings`; nothing when none of them is in it.
Result<std::optional<std::string>> without_erased(std::string_view bytes, const Erasure& what,
                                                  const std::set<ClickKey>& landings);

}  // namespace tally
