// SPDX-License-Identifier: Apache-2.0
//
// Where alerts are written down with their states and their history: in the same database as links,
// with the same implementations, judged by one suite in tests/contract. A state that changes, its
// line of history and the event that tells of it are one transaction: none is there without the
// others, whatever happens to the process.
#pragma once

#include <optional>
#include <vector>

#include "base/result.h"
#include "model/alert.h"

namespace tally {

struct AlertListing {
  WorkspaceId workspace = {};
  std::optional<AlertId> after = std::nullopt;  // the last one of the page before
  std::size_t limit = 50;
};

struct AlertHistoryListing {
  WorkspaceId workspace = {};
  AlertId alert = {};
  std::optional<AlertChangeId> after = std::nullopt;
  std::size_t limit = 50;
};

// What one more bucket makes of a rule.
struct AlertStep {
  AlertStatus status;
  bool changed = false;  // the state is another than before
  bool told = false;     // it is to be told of
};

// What a change tells of: its alert as it is now, and the change itself.
struct ToldAlert {
  AlertRule alert;
  AlertChange change;
};

class AlertStore {
 public:
  virtual ~AlertStore() = default;

  // Stores a new one (its id, times, version and status are ignored) and gives it back.
  virtual Result<AlertRule> create(const AlertRule& rule) = 0;
  virtual Result<AlertRule> get(WorkspaceId workspace, AlertId id) = 0;
  // Newest first.
  virtual Result<std::vector<AlertRule>> list(const AlertListing& listing) = 0;
  // Replaces all that can be chosen of alerts(workspace, id). One that asks something else than
  // before (AlertRule::asks_as) is judged anew: its status is that of a new one.
  virtual Result<AlertRule> update(const AlertRule& rule) = 0;
  // With its history.
  virtual Result<void> remove(WorkspaceId workspace, AlertId id) = 0;
  // Newest first; not_found when there is no such alert.
  virtual Result<std::vector<AlertChange>> history(const AlertHistoryListing& listing) = 0;

  // Those that are on, of every workspace, by id.
  virtual Result<std::vector<AlertRule>> enabled() = 0;
  // Writes down what a bucket made of `rule`, at `time`: with a line of history when the state
  // changed, and an event in the outbox when it is told of. False, and nothing is written, when the
  // rule has been changed, removed or judged since it was read.
  virtual Result<bool> record(const AlertRule& rule, const AlertStep& step, UnixMillis time) = 0;
  // What an event is about; nothing when its alert is gone.
  virtual Result<std::optional<ToldAlert>> told(AlertChangeId id) = 0;
};

}  // namespace tally
