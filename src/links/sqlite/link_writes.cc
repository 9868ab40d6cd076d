// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/link_writes.h"

#include "links/link_edit_json.h"
#include "links/sqlite/domain_rows.h"
#include "links/sqlite/link_events.h"
#include "links/sqlite/link_history.h"
#include "links/sqlite/link_rows.h"

namespace tally {
namespace {

std::unexpected<Error> no_link() { return fail(ErrorCode::not_found, "there is no such link"); }

// UNIQUE (domain, prefix, token) is the only rule of `links` that input can break.
Error taken(Error error) {
  if (error.code != ErrorCode::conflict) return error;
  return Error{ErrorCode::conflict, "another link has this prefix and token",
               "choose another token or prefix", "prefix", "slug_taken"};
}

// Takes the next `count` versions and gives the last of them.
Result<std::uint64_t> take_versions(Database& db, std::uint64_t count) {
  TRY_ASSIGN(const auto version,
             db.number("UPDATE link_version SET version = version + ? RETURNING version", count));
  if (!version) return fail(ErrorCode::corrupt, "link database: there is no link version");
  return static_cast<std::uint64_t>(*version);
}

// One link after the other into `links`, `link_tags` and `link_hosts`, through statements prepared
// once.
class Inserter {
 public:
  static Result<Inserter> prepare(Database& db) {
    TRY_ASSIGN(Statement link,
               db.prepare("INSERT INTO links (workspace, domain, prefix, token, destination, "
                          "title, tags, campaign, channel, utm_source, utm_medium, utm_campaign, "
                          "utm_content, utm_term, fallback_url, enabled, starts_at, expires_at, "
                          "created_at, updated_at, behaviour, version) "
                          "VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"));
    TRY_ASSIGN(Statement tag, db.prepare("INSERT OR IGNORE INTO link_tags VALUES (?, ?, ?)"));
    TRY_ASSIGN(Statement host, db.prepare("INSERT OR IGNORE INTO link_hosts VALUES (?, ?)"));
    return Inserter(db, std::move(link), std::move(tag), std::move(host));
  }

  // Sets the link's id.
  Result<void> insert(Link& link, std::uint64_t version) {
    bind_link(link_, link);
    link_.bind(version);
    auto done = link_.run();
    link_.reset();
    if (!done) return std::unexpected(taken(std::move(done).error()));
    link.id = LinkId{static_cast<std::uint64_t>(db_.last_id())};
    TRY(insert_tags(link));
    return insert_hosts(link);
  }

  Result<void> insert_tags(const Link& link) {
    for (const std::string& tag : link.tags) {
      tag_.bind(link.workspace.value).bind(tag).bind(link.id.value);
      auto done = tag_.run();
      tag_.reset();
      TRY(std::move(done));
    }
    return {};
  }

  Result<void> insert_hosts(const Link& link) {
    for (const std::string& host : hosts_led_to(link)) {
      host_.bind(host).bind(link.id.value);
      auto done = host_.run();
      host_.reset();
      TRY(std::move(done));
    }
    return {};
  }

 private:
  Inserter(Database& db, Statement link, Statement tag, Statement host)
      : db_(db), link_(std::move(link)), tag_(std::move(tag)), host_(std::move(host)) {}

  Database& db_;
  Statement link_, tag_, host_;
};

bool same_name(const Link& a, const Link& b) {
  return a.domain == b.domain && a.prefix == b.prefix && a.token == b.token;
}

// For those who follow: nothing is found under this name any more.
Result<void> remember_removed(Database& db, const Link& link) {
  TRY_ASSIGN(const std::uint64_t version, take_versions(db, 1));
  return db.run("INSERT INTO removed_links VALUES (?, ?, ?, ?, ?, ?)", version, link.id.value,
                link.workspace.value, link.domain, link.prefix, link.token);
}

Result<void> remove_hosts(Database& db, const Link& link) {
  for (const std::string& host : hosts_led_to(link))
    TRY(db.run("DELETE FROM link_hosts WHERE host = ? AND link = ?", host, link.id.value));
  return {};
}

Result<void> tell_of_new(Database& db, std::span<const Link> links, UnixMillis now) {
  TRY(tell_of_links(db, EventKind::link_created, links, now));
  for (const Link& link : links) TRY(tell_if_past(db, link, now));
  return {};
}

// A fault of the one link, as opposed to one of the database.
bool is_fault(const Error& error) {
  return error.code == ErrorCode::conflict || error.code == ErrorCode::invalid;
}

}  // namespace

Result<Link> get_link(Database& db, WorkspaceId workspace, LinkId id) {
  TRY_ASSIGN(Statement row,
             db.query(select_links("WHERE id = ? AND workspace = ?"), id.value, workspace.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return no_link();
  return read_link(row);
}

Result<Link> insert_link(Database& db, Link link, const Editor& by, UnixMillis now) {
  TRY(check_domain(db, link.workspace, link.domain));
  link.created_at = link.updated_at = now;
  TRY_ASSIGN(const std::uint64_t version, take_versions(db, 1));
  TRY_ASSIGN(Inserter inserter, Inserter::prepare(db));
  TRY(inserter.insert(link, version));
  TRY(note_edit(db, link, {{}, now, LinkEditKind::created, by, link_changes(nullptr, &link)}));
  TRY(tell_of_new(db, {&link, 1}, now));
  return link;
}

Result<CreatedLinks> insert_links(Database& db, std::span<const Link> links, const Editor& by,
                                  UnixMillis now) {
  TRY_ASSIGN(std::uint64_t version, take_versions(db, links.size()));
  version -= links.size();
  TRY_ASSIGN(Inserter inserter, Inserter::prepare(db));
  TRY_ASSIGN(EditWriter history, EditWriter::prepare(db));
  CreatedLinks out;
  out.links.assign(links.begin(), links.end());
  std::string known_domain;  // of the link before: lists tend to be of one
  for (std::size_t i = 0; i < out.links.size(); ++i) {
    Link& link = out.links[i];
    link.created_at = link.updated_at = now;
    auto done = link.domain == known_domain ? Result<void>()
                                            : check_domain(db, link.workspace, link.domain);
    if (done) {
      known_domain = link.domain;
      done = inserter.insert(link, ++version);
    }
    if (done)
      done = history.add(link, {{}, now, LinkEditKind::created, by, link_changes(nullptr, &link)});
    if (done) continue;
    if (!is_fault(done.error())) return std::unexpected(std::move(done).error());
    out.faults.push_back({i, std::move(done).error()});
  }
  if (out.faults.empty()) TRY(tell_of_new(db, out.links, now));
  return out;
}

Result<Link> update_link(Database& db, Link link, const Editor& by, UnixMillis now) {
  TRY_ASSIGN(const Link before, get_link(db, link.workspace, link.id));
  if (link.domain != before.domain) TRY(check_domain(db, link.workspace, link.domain));
  link.created_at = before.created_at;
  link.updated_at = now;
  if (!same_name(before, link)) TRY(remember_removed(db, before));
  TRY_ASSIGN(const std::uint64_t version, take_versions(db, 1));
  TRY_ASSIGN(Statement statement,
             db.prepare("UPDATE links SET workspace = ?, domain = ?, prefix = ?, token = ?, "
                        "destination = ?, title = ?, tags = ?, campaign = ?, channel = ?, "
                        "utm_source = ?, utm_medium = ?, utm_campaign = ?, utm_content = ?, "
                        "utm_term = ?, fallback_url = ?, enabled = ?, starts_at = ?, "
                        "expires_at = ?, created_at = ?, updated_at = ?, behaviour = ?, "
                        "version = ? WHERE id = ?"));
  bind_link(statement, link);
  statement.bind(version).bind(link.id.value);
  if (auto done = statement.run(); !done) return std::unexpected(taken(std::move(done).error()));
  if (link.tags != before.tags) {
    TRY(db.run("DELETE FROM link_tags WHERE link = ?", link.id.value));
    TRY_ASSIGN(Inserter inserter, Inserter::prepare(db));
    TRY(inserter.insert_tags(link));
  }
  if (hosts_led_to(link) != hosts_led_to(before)) {
    TRY(remove_hosts(db, before));
    TRY_ASSIGN(Inserter inserter, Inserter::prepare(db));
    TRY(inserter.insert_hosts(link));
  }
  Link as_then = link;
  as_then.updated_at = before.updated_at;
  if (as_then != before) {
    TRY(note_edit(db, link, {{}, now, LinkEditKind::updated, by, link_changes(&before, &link)}));
    TRY(tell_of_links(db, EventKind::link_updated, {&link, 1}, now));
  }
  if (link.expires_at != before.expires_at) TRY(tell_if_past(db, link, now));
  return link;
}

Result<void> remove_link(Database& db, WorkspaceId workspace, LinkId id, const Editor& by,
                         UnixMillis now) {
  TRY_ASSIGN(const Link link, get_link(db, workspace, id));
  TRY(note_edit(db, link, {{}, now, LinkEditKind::deleted, by, link_changes(&link, nullptr)}));
  TRY(tell_of_links(db, EventKind::link_deleted, {&link, 1}, now));
  TRY(remember_removed(db, link));
  TRY(remove_hosts(db, link));
  return db.run("DELETE FROM links WHERE id = ?", id.value);
}

Result<void> index_hosts(Database& db) {
  TRY_ASSIGN(Inserter inserter, Inserter::prepare(db));
  TRY_ASSIGN(Statement row, db.prepare(select_links("ORDER BY id")));
  Link link;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return {};
    TRY(read_link(row, link));
    TRY(inserter.insert_hosts(link));
  }
}

Result<std::optional<std::vector<Link>>> repeated_links(Database& db, WorkspaceId workspace,
                                                        const RequestKey& request,
                                                        std::size_t count) {
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
  // One transaction inserted them, so their ids follow each other.
  const std::uint64_t first = row.unsigned_number(1);
  std::vector<Link> out;
  for (std::uint64_t id = first; id < first + count; ++id) {
    TRY_ASSIGN(Link link, get_link(db, workspace, LinkId{id}));
    out.push_back(std::move(link));
  }
  return out;
}

Result<void> remember_request(Database& db, WorkspaceId workspace, const RequestKey& request,
                              LinkId first, UnixMillis now) {
  return db.run("INSERT INTO request_keys VALUES (?, ?, ?, ?, ?)", workspace.value, request.key,
                request.fingerprint, first.value, now);
}

}  // namespace tally
