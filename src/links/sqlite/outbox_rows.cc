// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/outbox_rows.h"

namespace tally {

Result<void> add_event(Database& db, const OutboxEvent& event) {
  return db.run("INSERT INTO outbox (workspace, time, event, about, data) VALUES (?, ?, ?, ?, ?)",
                event.workspace.value, event.time, event.event, event.about, event.data);
}

Result<bool> is_asked_for(Database& db, WorkspaceId workspace, EventKind kind) {
  TRY_ASSIGN(const auto found,
             db.number("SELECT 1 FROM webhooks WHERE workspace = ? AND enabled <> 0 AND "
                       "events & ? <> 0 LIMIT 1",
                       workspace.value, static_cast<std::int64_t>(EventKinds{kind}.bits())));
  return found.has_value();
}

}  // namespace tally
