// SPDX-License-Identifier: Apache-2.0
#include "server/parts.h"

#include <string_view>

#include "server/default_paths.h"

namespace tally {

std::string host_of(const std::string& url) {
  const auto start = url.find("//") + 2;
  const std::string authority = url.substr(start, url.find('/', start) - start);
  const auto colon = authority.rfind(':');
  const bool has_port = colon != std::string::npos && !authority.substr(colon).contains(']');
  return has_port ? authority.substr(0, colon) : authority;
}

std::filesystem::path links_file(const Settings& settings, const Node& node) {
  if (settings.links_url.empty()) return node.links_file();
  return settings.links_url.substr(std::string_view("sqlite:").size());
}

EnrichSettings enrich_settings(const Settings& settings, const std::string& base_url) {
  EnrichSettings out;
  out.user_agent_rules = settings.user_agent_rules;
  out.geo_v4 = settings.geo_v4;
  out.geo_v6 = settings.geo_v6;
  out.ip = settings.ip;
  out.signals = settings.signals;
  out.own_hosts = {host_of(base_url)};
  return out;
}

ClickStoreParts open_click_store(const Settings& settings, const Node& node, const Clock& clock,
                                 HttpClient& http) {
  ClickStoreParts out;
  ClickStoreOptions options;
  if (settings.clicks_url.empty()) {
    EngineSupervisor::Options child;
    child.binary = settings.engine_binary.empty() ? std::filesystem::path(this_program())
                                                  : settings.engine_binary;
    child.path = node.engine_data();
    child.socket = node.engine_socket();
    child.library = settings.engine_library;
    out.engine = std::make_unique<EngineSupervisor>(child, clock);
    out.engine->start();
    options.unix_socket = child.socket;
  } else {
    options.url = settings.clicks_url;
  }
  out.store = std::make_unique<ClickStore>(http, options);
  return out;
}

}  // namespace tally
