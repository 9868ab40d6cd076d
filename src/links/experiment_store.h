// SPDX-License-Identifier: Apache-2.0
//
// Where experiments are written down: in the same database as links, with the same implementations,
// judged by one suite in tests/contract. They outlive their links, as clicks do.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "model/experiment_setup.h"

namespace tally {

struct ExperimentListing {
  WorkspaceId workspace = {};
  std::optional<LinkId> link = std::nullopt;         // that takes part
  std::optional<ExperimentId> after = std::nullopt;  // the last one of the page before
  std::size_t limit = 50;
};

class ExperimentStore {
 public:
  virtual ~ExperimentStore() = default;

  // Stores a new one (its id and times of change are ignored) and gives it back.
  // invalid/"unknown_link" (field "link_ids[1]", "link_id") when the workspace has no such link.
  virtual Result<ExperimentSetup> create(const ExperimentSetup& setup) = 0;
  virtual Result<ExperimentSetup> get(WorkspaceId workspace, ExperimentId id) = 0;
  // Newest first.
  virtual Result<std::vector<ExperimentSetup>> list(const ExperimentListing& listing) = 0;
  // Replaces name, end and least effect of experiments(workspace, id); the rest stays.
  virtual Result<ExperimentSetup> update(const ExperimentSetup& setup) = 0;
  virtual Result<void> remove(WorkspaceId workspace, ExperimentId id) = 0;
};

}  // namespace tally
