// SPDX-License-Identifier: Apache-2.0
//
// Events on their way into the outbox, in the transaction of the change that they tell of.
#pragma once

#include "links/outbox.h"
#include "links/sqlite/database.h"
#include "model/webhook.h"

namespace tally {

// As a new row: its id is ignored.
Result<void> add_event(Database& db, const OutboxEvent& event);

// Whether a webhook of this workspace that is on asks for events of a kind. What nobody else reads
// is written only then, so that changes cost nothing where nobody is told of them.
Result<bool> is_asked_for(Database& db, WorkspaceId workspace, EventKind kind);

}  // namespace tally
