// SPDX-License-Identifier: Apache-2.0
//
// What came of the made-up clicks of `tallymark demo`: orders, how often each link was shown and
// what that cost, and an experiment on the two openings of the newsletter, one of which sells
// better. The table is data/demo_results.inc; a visitor orders once, a while after the click.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "links/account_store.h"
#include "links/conversion_store.h"
#include "links/experiment_store.h"
#include "links/figures_store.h"
#include "model/click.h"
#include "model/link.h"

namespace tally {

class DemoResults {
 public:
  struct Stores {
    AccountStore& accounts;
    FiguresStore& figures;
    ConversionStore& conversions;
    ExperimentStore& experiments;
    ManualClock& then;  // that conversions are received by
  };

  // `links`: as they are stored.
  DemoResults(std::span<const Link> links, std::uint64_t seed);

  void observe(const Click& click);
  // Everything that was to come of the clicks observed, up to `now`.
  Result<void> store(const Stores& stores, const Workspace& workspace, UnixMillis now);

 private:
  struct Ways {
    double orders = 0;  // of a visitor
    double worth = 0;
    std::optional<double> ctr, click_cost;
  };

  Result<void> store_figures(FiguresStore& figures, WorkspaceId workspace, FigureKind kind);
  std::int64_t figure_of(FigureKind kind, const Ways& ways, double clicks);
  double vary() { return 0.85 + 0.3 * random_.share(); }

  SplitMix64 random_;
  std::map<LinkId, Ways> ways_;
  std::map<std::pair<LinkId, Day>, std::uint64_t> clicks_;
  std::vector<Conversion> orders_;
  ExperimentSetup experiment_;
};

}  // namespace tally
