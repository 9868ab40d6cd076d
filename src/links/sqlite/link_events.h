// SPDX-License-Identifier: Apache-2.0
//
// What there is to tell of links, each event in the caller's transaction, and none that no webhook
// asks for.
//
// Nobody changes a link when it expires, so somebody has to look (LinkStore::expire_due), for its
// history and for webhooks. Up to when was looked is kept, and it moves only with something that
// was found: a look that finds nothing writes nothing. It moves before a webhook is written, too,
// so that nobody is told of what was over before they asked. A link whose expiry is set to a time
// before it is told of at once. A clock that was ahead has looked where nobody was yet: when it
// is set back, so is up to when was looked.
#pragma once

#include <limits>
#include <span>

#include "links/sqlite/database.h"
#include "model/link.h"
#include "model/webhook.h"

namespace tally {

// Tells of each of these links, which are of one workspace, as it is given.
Result<void> tell_of_links(Database& db, EventKind kind, std::span<const Link> links,
                           UnixMillis now);

// For a link whose expiry has just been set: notes and tells when that is over and will not be
// found.
Result<void> tell_if_past(Database& db, const Link& link, UnixMillis now);

// Whether tell_expired() would have anything to do. Writes nothing.
Result<bool> any_expired(Database& db, UnixMillis now);
// Notes and tells of all that expired since the last time, or of `most` of them and the others of
// that moment; how many. To be called, for all, before a webhook is written, too.
Result<std::size_t> tell_expired(Database& db, UnixMillis now,
                                 std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace tally
