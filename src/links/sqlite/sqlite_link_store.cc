// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_link_store.h"

#include <algorithm>
#include <set>

#include "links/sqlite/domain_rows.h"
#include "links/sqlite/link_events.h"
#include "links/sqlite/link_history.h"
#include "links/sqlite/link_listing.h"
#include "links/sqlite/link_rows.h"
#include "links/sqlite/link_writes.h"

namespace tally {
namespace {

// Whoever else writes gets its turn in between.
constexpr std::size_t kExpiredAtOnce = 1000;

Result<std::vector<LinkChange>> changed_links(Database& db, std::uint64_t version,
                                              std::size_t limit) {
  TRY_ASSIGN(Statement row,
             db.query("SELECT " + std::string(kLinkColumns) +
                          ", version FROM links WHERE version > ? ORDER BY version LIMIT ?",
                      version, limit));
  std::vector<LinkChange> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    TRY_ASSIGN(Link link, read_link(row));
    out.push_back({row.unsigned_number(kLinkColumnCount), std::move(link), false});
  }
}

Result<std::vector<LinkChange>> removed_links(Database& db, std::uint64_t version,
                                              std::size_t limit) {
  TRY_ASSIGN(Statement row,
             db.query("SELECT version, id, workspace, domain, prefix, token FROM removed_links "
                      "WHERE version > ? ORDER BY version LIMIT ?",
                      version, limit));
  std::vector<LinkChange> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    Link link;
    link.id = LinkId{row.unsigned_number(1)};
    link.workspace = WorkspaceId{row.unsigned_number(2)};
    link.domain = row.text(3);
    link.prefix = row.text(4);
    link.token = row.text(5);
    out.push_back({row.unsigned_number(0), std::move(link), true});
  }
}

}  // namespace

Result<Link> SqliteLinkStore::create(const Link& link, const Editor& by) {
  return db_.write([&](Database& db) { return insert_link(db, link, by, clock_.now_ms()); });
}

Result<CreatedLink> SqliteLinkStore::create_once(const Link& link, const RequestKey& request,
                                                 const Editor& by) {
  TRY_ASSIGN(CreatedLinks made, create_many({&link, 1}, request, by));
  if (!made.faults.empty()) return std::unexpected(std::move(made.faults.front().error));
  return CreatedLink{std::move(made.links.front()), made.repeated};
}

Result<CreatedLinks> SqliteLinkStore::create_many(std::span<const Link> links,
                                                  const std::optional<RequestKey>& request,
                                                  const Editor& by) {
  if (links.empty()) return CreatedLinks{};
  const WorkspaceId workspace = links.front().workspace;
  std::vector<LinkFault> faults;
  auto made = db_.write([&](Database& db) -> Result<CreatedLinks> {
    const UnixMillis now = clock_.now_ms();
    if (request) {
      TRY(db.run("DELETE FROM request_keys WHERE created_at <= ?", now - kRequestKeyLife));
      TRY_ASSIGN(auto earlier, repeated_links(db, workspace, *request, links.size()));
      if (earlier) return CreatedLinks{std::move(*earlier), {}, true};
    }
    TRY_ASSIGN(CreatedLinks inserted, insert_links(db, links, by, now));
    faults = std::move(inserted.faults);
    if (!faults.empty()) return fail(ErrorCode::invalid, "rolls back");
    if (request) TRY(remember_request(db, workspace, *request, inserted.links.front().id, now));
    return inserted;
  });
  if (!faults.empty()) return CreatedLinks{{}, std::move(faults), false};
  return made;
}

Result<Link> SqliteLinkStore::get(WorkspaceId workspace, LinkId id) {
  return db_.read([&](Database& db) { return get_link(db, workspace, id); });
}

Result<Link> SqliteLinkStore::update(const Link& link, const Editor& by) {
  return db_.write([&](Database& db) { return update_link(db, link, by, clock_.now_ms()); });
}

Result<void> SqliteLinkStore::remove(WorkspaceId workspace, LinkId id, const Editor& by) {
  return db_.write(
      [&](Database& db) { return remove_link(db, workspace, id, by, clock_.now_ms()); });
}

Result<std::size_t> SqliteLinkStore::expire_due(UnixMillis now) {
  TRY_ASSIGN(const bool any, db_.read([&](Database& db) { return any_expired(db, now); }));
  if (!any) return 0;
  return db_.write([&](Database& db) { return tell_expired(db, now, kExpiredAtOnce); });
}

Result<std::vector<LinkEdit>> SqliteLinkStore::history(const LinkHistoryListing& listing) {
  return db_.read([&](Database& db) { return read_history(db, listing); });
}

Result<void> SqliteLinkStore::erase_history(const Erasure& what) {
  return db_.write([&](Database& db) { return tally::erase_history(db, what); });
}

Result<LinkPage> SqliteLinkStore::list(const LinkListing& listing) {
  return db_.read([&](Database& db) { return list_links(db, listing); });
}

Result<std::vector<Link>> SqliteLinkStore::find(WorkspaceId workspace,
                                                const std::vector<LinkId>& ids) {
  return db_.read([&](Database& db) -> Result<std::vector<Link>> {
    std::vector<Link> out;
    TRY_ASSIGN(Statement row, db.prepare(select_links("WHERE id = ? AND workspace = ?")));
    for (const LinkId id : ids) {
      row.reset();
      row.bind(id.value).bind(workspace.value);
      TRY_ASSIGN(const bool found, row.step());
      if (!found) continue;
      TRY_ASSIGN(Link link, read_link(row));
      out.push_back(std::move(link));
    }
    return out;
  });
}

Result<std::optional<LinkId>> SqliteLinkStore::named(WorkspaceId workspace,
                                                     const std::string& domain,
                                                     const std::string& prefix,
                                                     const std::string& token) {
  return db_.read([&](Database& db) -> Result<std::optional<LinkId>> {
    TRY_ASSIGN(const auto found, db.number("SELECT id FROM links WHERE domain = ? AND prefix = ? "
                                           "AND token = ? AND workspace = ?",
                                           domain, prefix, token, workspace.value));
    if (!found) return std::nullopt;
    return LinkId{static_cast<std::uint64_t>(*found)};
  });
}

Result<std::vector<LinkId>> SqliteLinkStore::tagged(WorkspaceId workspace,
                                                    const std::vector<std::string>& tags) {
  return db_.read([&](Database& db) -> Result<std::vector<LinkId>> {
    std::set<LinkId> ids;
    const auto add = [&](Statement row) -> Result<void> {
      for (;;) {
        TRY_ASSIGN(const bool found, row.step());
        if (!found) return {};
        ids.insert(LinkId{row.unsigned_number(0)});
      }
    };
    const std::string_view of_workspace = "SELECT link FROM link_tags WHERE workspace = ?";
    if (tags.empty()) {
      TRY_ASSIGN(Statement row, db.query(of_workspace, workspace.value));
      TRY(add(std::move(row)));
    }
    for (const std::string& tag : tags) {
      TRY_ASSIGN(Statement row,
                 db.query(std::string(of_workspace) + " AND tag = ?", workspace.value, tag));
      TRY(add(std::move(row)));
    }
    return std::vector<LinkId>(ids.begin(), ids.end());
  });
}

Result<std::uint64_t> SqliteLinkStore::read_all(const std::function<void(const Link&)>& each) {
  return db_.read([&](Database& db) -> Result<std::uint64_t> {
    TRY_ASSIGN(const auto version, db.number("SELECT version FROM link_version"));
    TRY_ASSIGN(Statement row, db.prepare(select_links("ORDER BY id")));
    Link link;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return static_cast<std::uint64_t>(version.value_or(0));
      TRY(read_link(row, link));
      each(link);
    }
  });
}

Result<void> SqliteLinkStore::leading_to(const std::string& host,
                                         const std::function<bool(const Link&)>& each) {
  return db_.read([&](Database& db) -> Result<void> {
    TRY_ASSIGN(Statement row,
               db.query(select_links("JOIN link_hosts ON link = id WHERE host = ?"), host));
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return {};
      TRY_ASSIGN(const Link link, read_link(row));
      if (!each(link)) return {};
    }
  });
}

Result<std::vector<LinkChange>> SqliteLinkStore::changes_since(std::uint64_t version,
                                                               std::size_t limit) {
  return db_.read([&](Database& db) -> Result<std::vector<LinkChange>> {
    TRY_ASSIGN(auto changed, changed_links(db, version, limit));
    TRY_ASSIGN(const auto removed, removed_links(db, version, limit));
    changed.insert(changed.end(), removed.begin(), removed.end());
    std::ranges::sort(changed, {}, &LinkChange::version);
    if (changed.size() > limit) changed.resize(limit);
    return changed;
  });
}

Result<Domain> SqliteLinkStore::create_domain(const Domain& domain) {
  return db_.write([&](Database& db) { return insert_domain(db, domain, clock_.now_ms()); });
}

Result<Domain> SqliteLinkStore::get_domain(WorkspaceId workspace, DomainId id) {
  return db_.read([&](Database& db) { return tally::get_domain(db, workspace, id); });
}

Result<Domain> SqliteLinkStore::update_domain(const Domain& domain) {
  return db_.write([&](Database& db) { return tally::update_domain(db, domain, clock_.now_ms()); });
}

Result<void> SqliteLinkStore::remove_domain(WorkspaceId workspace, DomainId id) {
  return db_.write([&](Database& db) { return tally::remove_domain(db, workspace, id); });
}

Result<std::vector<Domain>> SqliteLinkStore::domains() {
  return db_.read([&](Database& db) { return all_domains(db); });
}

Result<std::vector<WorkspaceId>> SqliteLinkStore::cookie_workspaces() {
  return db_.read([](Database& db) -> Result<std::vector<WorkspaceId>> {
    TRY_ASSIGN(Statement row, db.query("SELECT id FROM workspaces WHERE experiment_cookie <> 0"));
    std::vector<WorkspaceId> out;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return out;
      out.push_back(WorkspaceId{row.unsigned_number(0)});
    }
  });
}

Result<std::uint64_t> SqliteLinkStore::domains_version() {
  return db_.read([&](Database& db) -> Result<std::uint64_t> {
    TRY_ASSIGN(const auto version, db.number("SELECT version FROM domains_version"));
    return static_cast<std::uint64_t>(version.value_or(0));
  });
}

}  // namespace tally
