// SPDX-License-Identifier: Apache-2.0
//
// `tallymark demo --links N`: as many clicks as wanted on N links over some months, to see how a
// store of that size behaves. They are made by crowd.h and go straight into the click store, past
// journal and pipeline, which bring 60,000 clicks there as they bring real ones, but not a hundred
// million in minutes.
#pragma once

#include <cstdint>
#include <iosfwd>

#include "base/clock.h"
#include "base/result.h"
#include "cli/crowd_columns.h"
#include "cli/crowd_scene.h"
#include "clicks/click_store.h"
#include "enrich/enricher.h"
#include "links/link_store.h"
#include "model/hit.h"

namespace tally {

struct CrowdToMake {
  std::uint64_t clicks = 0;
  std::size_t links = 0;
  std::size_t days = 0;
  std::uint64_t seed = 1;
  UnixMillis now = 0;
  std::string host;  // of the short URLs
};

// Runs every part of a scene, whose links have ids now, through enrichment, and fills in what its
// world did not know: origins, and which agents are people.
void enrich_scene(CrowdScene& scene, Enricher& enricher, std::string_view host, ClickKey shard,
                  CrowdColumns& columns);

// Makes the links, with `then` moved to when each was made, and stores the clicks, keyed from
// `shard` on. Progress goes to `out`.
struct CrowdPlaces {
  LinkStore& links;
  ManualClock& then;
  ClickStore& clicks;
  Enricher& enricher;
  const CountryOf& country_of;
  WorkspaceId workspace;
  ClickKey shard;
};
Result<void> fill_crowd(const CrowdToMake& wanted, const CrowdPlaces& places, std::ostream& out);

}  // namespace tally
