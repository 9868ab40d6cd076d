// SPDX-License-Identifier: Apache-2.0
//
// FiguresStore in links.db. Thread-safe.
#pragma once

#include "links/figures_store.h"
#include "links/sqlite/links_database.h"

namespace tally {

class SqliteFiguresStore final : public FiguresStore {
 public:
  explicit SqliteFiguresStore(LinksDatabase& db) : db_(db) {}

  Result<std::vector<FigureFault>> put(WorkspaceId workspace, FigureKind kind,
                                       std::span<const FigureInput> figures) override;
  Result<void> remove(WorkspaceId workspace, FigureKind kind, LinkId link, Day day) override;
  Result<std::vector<Figure>> list(const FigureListing& listing) override;
  Result<std::vector<FigureSum>> sums(WorkspaceId workspace, FigureKind kind, DayRange days,
                                      std::chrono::days period) override;

 private:
  LinksDatabase& db_;
};

}  // namespace tally
