// SPDX-License-Identifier: Apache-2.0
//
// How each part is, for /readyz: what still works, in words that say what to do.
#pragma once

#include <string>
#include <vector>

#include "api/server.h"
#include "engine/supervisor.h"
#include "enrich/enrich_data.h"
#include "links/link_feed.h"
#include "pipeline/enrich_stage.h"
#include "pipeline/retention.h"
#include "pipeline/shipper.h"
#include "redirect/edge.h"

namespace tally {

struct HealthSources {
  const Clock& clock;
  const Edge& edge;
  const Unrecorded& unrecorded;
  const LinkFeed& feed;
  const EnrichData& data;
  const EnrichStage& enrichment;
  const Shipper& shipper;
  const Retention& retention;
  const EngineSupervisor* engine;           // null without the embedded engine
  std::vector<std::string> recovery_notes;  // what the start had to cut or leave aside
};

std::vector<PartState> part_states(const HealthSources& sources);

}  // namespace tally
