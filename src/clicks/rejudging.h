// SPDX-License-Identifier: Apache-2.0
//
// What a re-run of the traffic classes over stored clicks may look at and change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "model/kinds.h"
#include "model/stats_query.h"

namespace tally {

// Which hits are judged again: those of a workspace (and link) in a range of time whose class came
// from a user agent that is stored whole. Never HEAD, prefetch and imported hits, and none of
// `kept_links`.
struct Rejudging {
  WorkspaceId workspace;
  TimeRange range;
  std::optional<LinkId> link;
  bool release_suspects = false;   // judge scanner suspects by their user agent alone, too
  std::vector<LinkId> kept_links;  // whose class a click limit has acted on
};

// Hits of one user agent that were judged alike.
struct AgentGroup {
  std::string user_agent;
  Traffic traffic = Traffic::human;
  std::string reason;
  std::uint64_t hits = 0;
};

}  // namespace tally
