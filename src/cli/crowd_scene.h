// SPDX-License-Identifier: Apache-2.0
//
// What stands behind a crowd's positions: links with their tags, the ways that lead to them, agents
// with what they send, and places. All made from the tables in data/, and all as requests, so that
// what becomes of them is decided by the enrichment that real ones go through.
//
// A link's popularity falls off as 1/rank. Most are older than the crowd, the others are made while
// it clicks; mailings are over within days, other links go on, some take off for a day.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "cli/crowd.h"
#include "cli/demo_people.h"
#include "model/hit.h"
#include "model/link.h"

namespace tally {

struct CrowdAgent {
  std::string_view kind;
  std::string user_agent;
  std::string ch_ua, ch_mobile, ch_platform, ch_platform_version;
  std::string_view purpose;
  bool is_head = false;
};

struct CrowdPlace {
  Address address;
  std::string_view accept_language;
};

// A row of crowd_ways for one kind of device.
struct WayIn {
  std::string_view link_kind;
  std::string_view device;  // a kind of agent
  std::string_view query, referrer;
  double weight = 0;
};

struct CrowdScene {
  std::vector<Link>
      links;  // without id; those that are no links, only asked for, have no destination
  std::vector<std::string_view> link_kinds;  // of each
  std::vector<WayIn> ways;
  std::vector<std::string_view> kinds;  // of agents
  std::vector<CrowdAgent> agents;       // in the order of kinds
  std::vector<CrowdPlace> places;       // homes, then where programs run

  // Positions and weights alone; the links' origins are not known yet, nor who is human.
  CrowdWorld world;

  // Which of `ways` lead to a link.
  std::vector<const WayIn*> ways_to(std::size_t link) const;
  std::uint32_t kind_named(std::string_view kind) const;
  // A place where an agent of that kind can be.
  const CrowdPlace& place_of(std::uint32_t kind) const;
};

struct CrowdSceneOptions {
  std::size_t links = 0;
  std::size_t days = 0;
  UnixMillis from = 0;  // of the first day
  std::uint64_t seed = 1;
};

CrowdScene make_crowd_scene(const CrowdSceneOptions& options, const CountryOf& country_of);

// The hit of that request. `way` is none for who comes from nowhere.
HitView crowd_hit(const Link& link, const WayIn* way, const CrowdAgent& agent,
                  const CrowdPlace& place, std::string_view host);

}  // namespace tally
