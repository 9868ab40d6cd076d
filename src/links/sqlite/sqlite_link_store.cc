// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_link_store.h"

#include <algorithm>
#include <set>

#include "links/sqlite/link_listing.h"
#include "links/sqlite/link_rows.h"

namespace tally {
namespace {

std::string select_links(std::string_view rest) {
  return "SELECT " + std::string(kLinkColumns) + " FROM links " + std::string(rest);
}

std::unexpected<Error> no_link() { return fail(ErrorCode::not_found, "there is no such link"); }

// UNIQUE (domain, prefix, token) is the only rule of `links` that input can break.
std::unexpected<Error> taken(Error error) {
  if (error.code != ErrorCode::conflict) return std::unexpected(std::move(error));
  return std::unexpected(Error{ErrorCode::conflict, "another link has this prefix and token",
                               "choose another token or prefix", "prefix", "slug_taken"});
}

Result<std::uint64_t> next_version(Database& db) {
  TRY_ASSIGN(const auto version,
             db.number("UPDATE link_version SET version = version + 1 RETURNING version"));
  if (!version) return fail(ErrorCode::corrupt, "link database: there is no link version");
  return static_cast<std::uint64_t>(*version);
}

Result<void> write_tags(Database& db, const Link& link) {
  TRY(db.run("DELETE FROM link_tags WHERE link = ?", link.id.value));
  for (const std::string& tag : link.tags)
    TRY(db.run("INSERT OR IGNORE INTO link_tags VALUES (?, ?, ?)", link.workspace.value, tag,
               link.id.value));
  return {};
}

bool same_name(const Link& a, const Link& b) {
  return a.domain == b.domain && a.prefix == b.prefix && a.token == b.token;
}

// For those who follow: nothing is found under this name any more.
Result<void> remember_removed(Database& db, const Link& link) {
  TRY_ASSIGN(const std::uint64_t version, next_version(db));
  return db.run("INSERT INTO removed_links VALUES (?, ?, ?, ?, ?, ?)", version, link.id.value,
                link.workspace.value, link.domain, link.prefix, link.token);
}

Result<Link> insert_link(Database& db, Link link, UnixMillis now) {
  link.created_at = link.updated_at = now;
  TRY_ASSIGN(const std::uint64_t version, next_version(db));
  TRY_ASSIGN(Statement statement,
             db.prepare("INSERT INTO links (workspace, domain, prefix, token, destination, title, "
                        "tags, campaign, channel, utm_source, utm_medium, utm_campaign, "
                        "utm_content, utm_term, fallback_url, enabled, starts_at, expires_at, "
                        "created_at, updated_at, version) "
                        "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
  bind_link(statement, link);
  statement.bind(version);
  if (auto done = statement.run(); !done) return taken(std::move(done).error());
  link.id = LinkId{static_cast<std::uint64_t>(db.last_id())};
  TRY(write_tags(db, link));
  return link;
}

Result<Link> get_link(Database& db, WorkspaceId workspace, LinkId id) {
  TRY_ASSIGN(Statement row,
             db.query(select_links("WHERE id = ? AND workspace = ?"), id.value, workspace.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return no_link();
  return read_link(row);
}

// The link that the first request with this key made; nothing when this is the first.
Result<std::optional<Link>> repeated_link(Database& db, WorkspaceId workspace,
                                          const RequestKey& request) {
  TRY_ASSIGN(Statement row,
             db.query("SELECT fingerprint, link FROM request_keys WHERE workspace = ? AND key = ?",
                      workspace.value, request.key));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return std::nullopt;
  if (row.text(0) != request.fingerprint)
    return std::unexpected(Error{ErrorCode::conflict,
                                 "this Idempotency-Key was used for another request",
                                 "use a new key for each new request",
                                 {},
                                 "idempotency_mismatch"});
  TRY_ASSIGN(Link link, get_link(db, workspace, LinkId{row.unsigned_number(1)}));
  return link;
}

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
    out.push_back({row.unsigned_number(kLinkColumnCount), read_link(row), false});
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

Result<Link> SqliteLinkStore::create(const Link& link) {
  return db_.write([&](Database& db) { return insert_link(db, link, clock_.now_ms()); });
}

Result<CreatedLink> SqliteLinkStore::create_once(const Link& link, const RequestKey& request) {
  return db_.write([&](Database& db) -> Result<CreatedLink> {
    const UnixMillis now = clock_.now_ms();
    TRY(db.run("DELETE FROM request_keys WHERE created_at <= ?", now - kRequestKeyLife));
    TRY_ASSIGN(auto earlier, repeated_link(db, link.workspace, request));
    if (earlier) return CreatedLink{std::move(*earlier), true};
    TRY_ASSIGN(Link made, insert_link(db, link, now));
    TRY(db.run("INSERT INTO request_keys VALUES (?, ?, ?, ?, ?)", link.workspace.value, request.key,
               request.fingerprint, made.id.value, now));
    return CreatedLink{std::move(made), false};
  });
}

Result<Link> SqliteLinkStore::get(WorkspaceId workspace, LinkId id) {
  return db_.read([&](Database& db) { return get_link(db, workspace, id); });
}

Result<Link> SqliteLinkStore::update(const Link& link) {
  return db_.write([&](Database& db) -> Result<Link> {
    TRY_ASSIGN(const Link before, get_link(db, link.workspace, link.id));
    Link after = link;
    after.created_at = before.created_at;
    after.updated_at = clock_.now_ms();
    if (!same_name(before, after)) TRY(remember_removed(db, before));
    TRY_ASSIGN(const std::uint64_t version, next_version(db));
    TRY_ASSIGN(Statement statement,
               db.prepare("UPDATE links SET workspace = ?, domain = ?, prefix = ?, token = ?, "
                          "destination = ?, title = ?, tags = ?, campaign = ?, channel = ?, "
                          "utm_source = ?, utm_medium = ?, utm_campaign = ?, utm_content = ?, "
                          "utm_term = ?, fallback_url = ?, enabled = ?, starts_at = ?, "
                          "expires_at = ?, created_at = ?, updated_at = ?, version = ? "
                          "WHERE id = ?"));
    bind_link(statement, after);
    statement.bind(version).bind(after.id.value);
    if (auto done = statement.run(); !done) return taken(std::move(done).error());
    TRY(write_tags(db, after));
    return after;
  });
}

Result<void> SqliteLinkStore::remove(WorkspaceId workspace, LinkId id) {
  return db_.write([&](Database& db) -> Result<void> {
    TRY_ASSIGN(const Link link, get_link(db, workspace, id));
    TRY(remember_removed(db, link));
    return db.run("DELETE FROM links WHERE id = ?", id.value);
  });
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
      if (found) out.push_back(read_link(row));
    }
    return out;
  });
}

Result<std::vector<LinkId>> SqliteLinkStore::tagged(WorkspaceId workspace,
                                                    const std::vector<std::string>& tags) {
  return db_.read([&](Database& db) -> Result<std::vector<LinkId>> {
    std::set<LinkId> ids;
    for (const std::string& tag : tags) {
      TRY_ASSIGN(Statement row,
                 db.query("SELECT link FROM link_tags WHERE workspace = ? AND tag = ?",
                          workspace.value, tag));
      for (;;) {
        TRY_ASSIGN(const bool found, row.step());
        if (!found) break;
        ids.insert(LinkId{row.unsigned_number(0)});
      }
    }
    return std::vector<LinkId>(ids.begin(), ids.end());
  });
}

Result<std::uint64_t> SqliteLinkStore::read_all(const std::function<void(const Link&)>& each) {
  return db_.read([&](Database& db) -> Result<std::uint64_t> {
    TRY_ASSIGN(const auto version, db.number("SELECT version FROM link_version"));
    TRY_ASSIGN(Statement row, db.prepare(select_links("ORDER BY id")));
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return static_cast<std::uint64_t>(version.value_or(0));
      each(read_link(row));
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

}  // namespace tally
