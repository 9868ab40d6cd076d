// SPDX-License-Identifier: Apache-2.0
//
// The tables of links.db and how an older file becomes a current one. docs/formats/links.md
// describes them; the version is SQLite's user_version.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "links/sqlite/database.h"

namespace tally {

// Brings the database to this program's version, one step a transaction, and makes the default
// workspace when there is none. `conflict`, with a hint, when a newer program has been at it.
Result<void> migrate_links(Database& db, UnixMillis now);

}  // namespace tally
