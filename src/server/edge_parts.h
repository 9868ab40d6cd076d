// SPDX-License-Identifier: Apache-2.0
//
// What the edge and the log behind it are made with, from the settings.
#pragma once

#include "clicklog/enriched_log.h"
#include "enrich/enrich_data.h"
#include "links/domain_table.h"
#include "redirect/edge.h"
#include "server/node.h"
#include "server/settings.h"

namespace tally {

// How much of the room for logs is kept for the enriched log.
std::uint64_t log_reserve(const Settings& settings);

// Everything but `visitors.salt_of` and `tls`.
EdgeOptions edge_options(const Settings& settings, const Node& node, LogSpace& space,
                         const EnrichData& data);
EnrichedLogOptions enriched_log_options(const Settings& settings, const Node& node,
                                        LogSpace& space);

// The default domain, whose orphans belong to `home`.
DefaultDomain default_domain(const Settings& settings, WorkspaceId home);

}  // namespace tally
