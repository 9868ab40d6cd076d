// SPDX-License-Identifier: Apache-2.0
//
// ExperimentStore in links.db. Thread-safe.
#pragma once

#include "links/experiment_store.h"
#include "links/sqlite/links_database.h"

namespace tally {

class SqliteExperimentStore final : public ExperimentStore {
 public:
  SqliteExperimentStore(LinksDatabase& db, const Clock& clock) : db_(db), clock_(clock) {}

  Result<ExperimentSetup> create(const ExperimentSetup& setup) override;
  Result<ExperimentSetup> get(WorkspaceId workspace, ExperimentId id) override;
  Result<std::vector<ExperimentSetup>> list(const ExperimentListing& listing) override;
  Result<ExperimentSetup> update(const ExperimentSetup& setup) override;
  Result<void> remove(WorkspaceId workspace, ExperimentId id) override;

 private:
  LinksDatabase& db_;
  const Clock& clock_;
};

}  // namespace tally
