// SPDX-License-Identifier: Apache-2.0
//
// How each part is, for /readyz: what still works, in words that say what to do.
#pragma once

#include <string>
#include <vector>

#include "api/server.h"
#include "enrich/enrich_data.h"
#include "links/link_feed.h"
#include "redirect/edge.h"
#include "server/counting.h"

namespace tally {

struct HealthSources {
  const Clock& clock;
  const Edge& edge;
  const Unrecorded& unrecorded;
  const LinkFeed& feed;
  const EnrichData& data;
  Counting& counting;
  std::vector<std::string> recovery_notes;  // what the start had to cut or leave aside
};

std::vector<PartState> part_states(const HealthSources& sources);

}  // namespace tally
