// SPDX-License-Identifier: Apache-2.0
//
// What the process counts, as Prometheus text. Read when asked for; nothing is kept here.
#pragma once

#include <filesystem>
#include <string>

#include "enrich/enrich_data.h"
#include "links/link_table.h"
#include "redirect/edge.h"
#include "server/counting.h"

namespace tally {

struct MetricSources {
  const Clock& clock;
  const Edge& edge;
  const Unrecorded& unrecorded;
  const LogSpace& log_space;
  Durability durability;
  const LiveLinkTable& links;
  const EnrichData& data;
  Counting& counting;
  const std::filesystem::path& data_folder;
};

// Prometheus text exposition format 0.0.4.
std::string metrics_text(const MetricSources& sources);

}  // namespace tally
