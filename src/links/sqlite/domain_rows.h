// SPDX-License-Identifier: Apache-2.0
//
// Domains as rows of `domains`. Each function runs inside the caller's transaction; what they do is
// said in links/link_store.h.
#pragma once

#include <string>
#include <vector>

#include "links/sqlite/database.h"
#include "model/domain.h"

namespace tally {

Result<Domain> insert_domain(Database& db, Domain domain, UnixMillis now);
Result<Domain> get_domain(Database& db, WorkspaceId workspace, DomainId id);
Result<Domain> update_domain(Database& db, Domain domain, UnixMillis now);
Result<void> remove_domain(Database& db, WorkspaceId workspace, DomainId id);
Result<std::vector<Domain>> all_domains(Database& db);

// For whoever changes what the edge knows of domains and workspaces (LinkStore::domains_version).
Result<void> raise_domains_version(Database& db);

// invalid/"unknown_domain" unless `host` is a domain of the workspace, or "", the default one.
Result<void> check_domain(Database& db, WorkspaceId workspace, const std::string& host);

}  // namespace tally
