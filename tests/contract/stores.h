// SPDX-License-Identifier: Apache-2.0
//
// Every store of links, accounts, figures, conversions, experiments, alerts, exports and webhooks,
// over one empty database, for the suites of this folder. Each implementation derives from Stores
// and is named in kImplementations; every suite runs on all.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "base/clock.h"
#include "links/account_store.h"
#include "links/alert_store.h"
#include "links/conversion_store.h"
#include "links/experiment_store.h"
#include "links/export_store.h"
#include "links/figures_store.h"
#include "links/link_store.h"
#include "links/outbox.h"
#include "links/webhook_store.h"

namespace tally {

class Stores {
 public:
  virtual ~Stores() = default;
  virtual LinkStore& links() = 0;
  virtual AccountStore& accounts() = 0;
  virtual FiguresStore& figures() = 0;
  virtual ConversionStore& conversions() = 0;
  virtual ExperimentStore& experiments() = 0;
  virtual AlertStore& alerts() = 0;
  virtual ExportStore& exports() = 0;
  virtual Outbox& outbox() = 0;
  virtual WebhookStore& webhooks() = 0;
  // The same database through connections of its own, as another process would have it.
  virtual LinkStore& links_of_another_process() = 0;
  // A further workspace; the stores themselves make only the first.
  virtual WorkspaceId add_workspace(const std::string& name) = 0;

  ManualClock clock{1'800'000'000'000};
};

struct Implementation {
  std::string name;
  std::function<std::unique_ptr<Stores>()> make;
};

std::unique_ptr<Stores> make_sqlite_stores();

}  // namespace tally
