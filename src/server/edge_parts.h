// SPDX-License-Identifier: Apache-2.0
//
// What the edge and the log behind it are made with, from the settings.
#pragma once

#include <future>
#include <memory>

#include "enrich/agent_reader.h"
#include "links/domain_table.h"
#include "pipeline/enriched_log.h"
#include "redirect/edge.h"
#include "server/node.h"
#include "server/settings.h"

namespace tally {

// The rules about user agents, loaded beside the links: the edge opens without waiting for them,
// and waits where a link needs them first.
class LoadingAgentRules {
 public:
  void start(const std::filesystem::path& file);
  // Null when they cannot be loaded.
  std::shared_future<std::shared_ptr<const AgentRules>> for_edge() const { return for_edge_; }
  // Waits for them. Asked again after a hand-over that came to nothing.
  Result<std::shared_ptr<const AgentRules>> get() const { return loading_.get(); }

 private:
  std::promise<std::shared_ptr<const AgentRules>> loaded_;
  std::shared_future<std::shared_ptr<const AgentRules>> for_edge_ = loaded_.get_future().share();
  std::shared_future<Result<std::shared_ptr<const AgentRules>>> loading_;
};

// How much of the room for logs is kept for the enriched log.
std::uint64_t log_reserve(const Settings& settings);

// Everything but `visitors.salt_of` and `tls`.
EdgeOptions edge_options(const Settings& settings, const Node& node, LogSpace& space,
                         const LoadingAgentRules& rules);
EnrichedLogOptions enriched_log_options(const Settings& settings, const Node& node,
                                        LogSpace& space);

// The default domain, whose orphans belong to `home`.
DefaultDomain default_domain(const Settings& settings, WorkspaceId home);

}  // namespace tally
