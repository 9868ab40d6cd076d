// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/domain_rows.h"

namespace tally {
namespace {

constexpr std::string_view kSelect =
    "SELECT id, workspace, host, root_redirect, not_found_redirect, created_at, updated_at "
    "FROM domains ";

Domain read_domain(const Statement& row) {
  Domain out;
  out.id = DomainId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  out.host = row.text(2);
  out.root_redirect = row.text(3);
  out.not_found_redirect = row.text(4);
  out.created_at = row.number(5);
  out.updated_at = row.number(6);
  return out;
}

}  // namespace

Result<void> raise_domains_version(Database& db) {
  return db.run("UPDATE domains_version SET version = version + 1");
}

Result<Domain> insert_domain(Database& db, Domain domain, UnixMillis now) {
  domain.created_at = domain.updated_at = now;
  auto done = db.run(
      "INSERT INTO domains (workspace, host, root_redirect, not_found_redirect, created_at, "
      "updated_at) VALUES (?, ?, ?, ?, ?, ?)",
      domain.workspace.value, domain.host, domain.root_redirect, domain.not_found_redirect, now,
      now);
  if (!done && done.error().code == ErrorCode::conflict)
    return std::unexpected(
        Error{ErrorCode::conflict, "this domain is already in use here", {}, "host", "host_taken"});
  TRY(std::move(done));
  domain.id = DomainId{static_cast<std::uint64_t>(db.last_id())};
  TRY(raise_domains_version(db));
  return domain;
}

Result<Domain> get_domain(Database& db, WorkspaceId workspace, DomainId id) {
  TRY_ASSIGN(Statement row, db.query(std::string(kSelect) + "WHERE id = ? AND workspace = ?",
                                     id.value, workspace.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return fail(ErrorCode::not_found, "there is no such domain");
  return read_domain(row);
}

Result<Domain> update_domain(Database& db, Domain domain, UnixMillis now) {
  TRY_ASSIGN(const Domain before, get_domain(db, domain.workspace, domain.id));
  domain.host = before.host;
  domain.created_at = before.created_at;
  domain.updated_at = now;
  TRY(db.run(
      "UPDATE domains SET root_redirect = ?, not_found_redirect = ?, updated_at = ? WHERE id = ?",
      domain.root_redirect, domain.not_found_redirect, now, domain.id.value));
  TRY(raise_domains_version(db));
  return domain;
}

Result<void> remove_domain(Database& db, WorkspaceId workspace, DomainId id) {
  TRY_ASSIGN(const Domain domain, get_domain(db, workspace, id));
  TRY_ASSIGN(const auto used,
             db.number("SELECT 1 FROM links WHERE domain = ? LIMIT 1", domain.host));
  if (used)
    return std::unexpected(Error{ErrorCode::conflict,
                                 "there are links on this domain",
                                 "remove them or move them to another domain",
                                 {},
                                 "domain_in_use"});
  TRY(db.run("DELETE FROM domains WHERE id = ?", id.value));
  return raise_domains_version(db);
}

Result<std::vector<Domain>> all_domains(Database& db) {
  TRY_ASSIGN(Statement row, db.query(std::string(kSelect) + "ORDER BY host"));
  std::vector<Domain> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    out.push_back(read_domain(row));
  }
}

Result<void> check_domain(Database& db, WorkspaceId workspace, const std::string& host) {
  if (host.empty()) return {};
  TRY_ASSIGN(const auto found, db.number("SELECT 1 FROM domains WHERE host = ? AND workspace = ?",
                                         host, workspace.value));
  if (found) return {};
  return fail_field("domain", "unknown_domain", "this workspace has no such domain");
}

}  // namespace tally
