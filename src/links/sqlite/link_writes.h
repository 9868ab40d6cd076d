// SPDX-License-Identifier: Apache-2.0
//
// Every change of a link: the row, its tags and hosts, the version that it raises, the names that
// it frees, its entry in the history and the events
// that tell of it. Each function runs inside the caller's transaction.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "links/link_store.h"
#include "links/sqlite/database.h"

namespace tally {

Result<Link> get_link(Database& db, WorkspaceId workspace, LinkId id);

Result<Link> insert_link(Database& db, Link link, const Editor& by, UnixMillis now);

// As LinkStore::create_many(), but what was inserted before a fault stays until the caller rolls
// back.
Result<CreatedLinks> insert_links(Database& db, std::span<const Link> links, const Editor& by,
                                  UnixMillis now);

Result<Link> update_link(Database& db, Link link, const Editor& by, UnixMillis now);
Result<void> remove_link(Database& db, WorkspaceId workspace, LinkId id, const Editor& by,
                         UnixMillis now);

// Fills link_hosts, which is empty, from all links.
Result<void> index_hosts(Database& db);

// The links that the first request with this key made, `count` of them; nothing when this is the
// first.
Result<std::optional<std::vector<Link>>> repeated_links(Database& db, WorkspaceId workspace,
                                                        const RequestKey& request,
                                                        std::size_t count);
// Remembers that `request` made the links from `first` on.
Result<void> remember_request(Database& db, WorkspaceId workspace, const RequestKey& request,
                              LinkId first, UnixMillis now);

}  // namespace tally
