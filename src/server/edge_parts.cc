// SPDX-License-Identifier: Apache-2.0
#include "server/edge_parts.h"

#include <algorithm>
#include <thread>

#include "server/parts.h"

namespace tally {
namespace {

// How the room for logs is used: short segments where there is little of it, and enough left to the
// enriched log for two of its own, so that a full journal can still be enriched and freed.
struct SegmentSizes {
  explicit SegmentSizes(std::uint64_t max_bytes, std::size_t threads)
      : raw(std::min<std::uint64_t>(16 << 20, max_bytes / 8 / threads)),
        enriched(std::min<std::uint64_t>(64 << 20, max_bytes / 8)) {}
  std::uint64_t raw;
  std::uint64_t enriched;
};

std::size_t edge_threads(const Settings& settings) {
  if (settings.edge_threads != 0) return settings.edge_threads;
  return std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, 4);
}

SegmentSizes segment_sizes(const Settings& settings) {
  return SegmentSizes(settings.journal_max_bytes, edge_threads(settings));
}

}  // namespace

std::uint64_t log_reserve(const Settings& settings) { return 2 * segment_sizes(settings).enriched; }

EdgeOptions edge_options(const Settings& settings, const Node& node, LogSpace& space,
                         const EnrichData& data) {
  EdgeOptions out;
  out.address = settings.links.address;
  out.port = settings.links.port;
  out.threads = edge_threads(settings);
  out.journal_directory = node.raw_log();
  out.journal_space = &space;
  out.segment_bytes = segment_sizes(settings).raw;
  out.node = node.number();
  out.epoch = node.epoch();
  out.commit = {settings.durability, std::chrono::milliseconds(settings.interval_ms)};
  out.proxies = TrustedProxies(settings.trusted_proxies);
  out.visitors.data = &data;
  out.visitors.signals = settings.signals;
  out.click_id_key = node.click_id_key();
  out.unknown_paths_per_minute = settings.unknown_paths_per_minute;
  out.proxy_protocol = settings.proxy_protocol;
  return out;
}

EnrichedLogOptions enriched_log_options(const Settings& settings, const Node& node,
                                        LogSpace& space) {
  EnrichedLogOptions out;
  out.directory = node.enriched_log();
  out.node = node.number();
  out.epoch = node.epoch();
  out.sync = settings.durability != Durability::os;
  out.keep_ms = settings.keep_ms;
  out.segment_bytes = segment_sizes(settings).enriched;
  out.space = &space;
  return out;
}

DefaultDomain default_domain(const Settings& settings, WorkspaceId home) {
  const std::string url =
      settings.links_base_url.empty() ? url_of(settings.links.address, 0) : settings.links_base_url;
  return {host_of(url), home, settings.root_redirect, settings.not_found_redirect};
}

}  // namespace tally
