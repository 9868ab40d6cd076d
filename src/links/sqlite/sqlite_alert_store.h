// SPDX-License-Identifier: Apache-2.0
//
// AlertStore in links.db. Thread-safe.
#pragma once

#include "links/alert_store.h"
#include "links/sqlite/links_database.h"

namespace tally {

class SqliteAlertStore final : public AlertStore {
 public:
  SqliteAlertStore(LinksDatabase& db, const Clock& clock) : db_(db), clock_(clock) {}

  Result<AlertRule> create(const AlertRule& rule) override;
  Result<AlertRule> get(WorkspaceId workspace, AlertId id) override;
  Result<std::vector<AlertRule>> list(const AlertListing& listing) override;
  Result<AlertRule> update(const AlertRule& rule) override;
  Result<void> remove(WorkspaceId workspace, AlertId id) override;
  Result<std::vector<AlertChange>> history(const AlertHistoryListing& listing) override;
  Result<std::vector<AlertRule>> enabled() override;
  Result<bool> record(const AlertRule& rule, const AlertStep& step, UnixMillis time) override;
  Result<std::optional<ToldAlert>> told(AlertChangeId id) override;

 private:
  LinksDatabase& db_;
  const Clock& clock_;
};

}  // namespace tally
