// SPDX-License-Identifier: Apache-2.0
//
// Joins conversions to their clicks: each one becomes a row of the click store, once, that says
// what came of which click.
//
// A click is stored within a second of being made, so most conversions are joined at the first
// look. Those whose click is not there are looked for again, at pauses that grow with the time they
// have waited, for kConversionPatience; the rest were never clicks of this workspace.
//
// Exactly once, like everything in the click store: which conversions are about to be stored
// together is durable before the insert, and after any doubt the store is asked which of exactly
// those it has. The missing ones are sent under the same token, which the store uses to refuse what
// an insert of before brings late; a token that is noted without its rows is followed by the next.
//
// While stored clicks are being judged again nothing is joined: a copy of a click that is about to
// change would keep the old verdict.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "base/clock.h"
#include "base/worker.h"
#include "clicks/click_store.h"
#include "links/conversion_store.h"

namespace tally {

class ConversionJoiner {
 public:
  struct Deps {
    const Clock& clock;
    ConversionStore& conversions;
    ClickStore& clicks;
    std::function<UnixMillis()> as_of;  // every hit received before is stored
  };

  explicit ConversionJoiner(Deps deps) : deps_(std::move(deps)) {}

  void start();
  void stop() { worker_.stop(); }
  // Something is there to be joined.
  void wake() { worker_.wake(); }

  // One look at what is due; how many were joined. For tests; start() calls it.
  Result<std::size_t> join_due();

 private:
  // Clicks by their keys: an imported one may have the number of another workspace's.
  using Found = std::map<std::pair<WorkspaceId, ClickKey>, Click>;

  Result<Found> find(std::span<const Conversion> conversions);
  Result<std::size_t> join_new();
  Result<std::size_t> settle(const JoiningBatch& batch, const Found& found);
  Result<void> look_later(const Conversion& conversion);
  std::chrono::milliseconds pause_until_due();
  void run();

  Deps deps_;
  Worker worker_;
};

// How long to wait before a conversion of that age is looked for again.
UnixMillis pause_before_next_look(UnixMillis age);

}  // namespace tally
