// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_account_store.h"

#include <algorithm>

#include "base/log.h"
#include "base/text.h"
#include "links/secrets.h"
#include "links/sqlite/domain_rows.h"

namespace tally {
namespace {

constexpr UnixMillis kSessionSeenEvery = kMillisPerHour;
constexpr UnixMillis kKeyUsedEvery = kMillisPerMinute;
constexpr std::size_t kMaxEmail = 254;
constexpr std::string_view kKeyColumns =
    "SELECT id, workspace, name, scopes, created_at, last_used_at, public FROM api_keys ";

std::string as_stored(std::string_view email) { return lower(trim(email)); }

// A name, one '@' and a host without blanks: the mail that reaches it is the real test.
bool is_email(std::string_view text) {
  const auto at = text.find('@');
  const bool plain = std::ranges::all_of(text, [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && c != 0x7f && c != ',' && c != ';';
  });
  return plain && text.size() <= kMaxEmail && is_utf8(text) && at != std::string_view::npos &&
         at > 0 && at + 1 < text.size() && !text.substr(at + 1).contains('@');
}

std::size_t characters(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

Result<void> validate_credentials(std::string_view email, std::string_view password) {
  if (!is_email(email)) return fail_field("email", "bad_email", "is not an email address");
  if (characters(password) < kShortestPassword)
    return fail_field("password", "too_short", "must be at least 10 characters");
  if (password.size() > kLongestPassword)
    return fail_field("password", "too_long", "must be at most 256 bytes");
  return {};
}

std::unexpected<Error> setup_done() {
  return std::unexpected(
      Error{ErrorCode::conflict, "set-up is done: log in", {}, {}, "setup_done"});
}

Result<bool> has_user(Database& db) {
  TRY_ASSIGN(const auto found, db.number("SELECT 1 FROM users LIMIT 1"));
  return found.has_value();
}

Result<bool> is_setup_token(Database& db, std::string_view token) {
  TRY_ASSIGN(Statement row, db.query("SELECT token FROM setup_token"));
  TRY_ASSIGN(const bool found, row.step());
  return found && same_secret(row.text(0), hash_secret(token));
}

constexpr std::string_view kWorkspaceColumns =
    "w.id, w.name, w.created_at, w.time_zone, w.currency, w.retention_days, w.experiment_cookie";
constexpr int kWorkspaceWidth = 7;

Workspace read_workspace(const Statement& row, int first = 0) {
  Workspace out{WorkspaceId{row.unsigned_number(first)}, row.text(first + 1), row.number(first + 2),
                row.text(first + 3), row.text(first + 4)};
  if (const auto days = row.optional_number(first + 5))
    out.retention_days = static_cast<std::uint32_t>(*days);
  out.experiment_cookie = row.number(first + 6) != 0;
  return out;
}

// Those that meet a condition, oldest first.
template <class... Values>
Result<std::vector<Workspace>> find_workspaces(Database& db, std::string_view rest,
                                               const Values&... values) {
  TRY_ASSIGN(Statement row, db.query("SELECT " + std::string(kWorkspaceColumns) +
                                         " FROM workspaces w " + std::string(rest),
                                     values...));
  std::vector<Workspace> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    out.push_back(read_workspace(row));
  }
}

Result<Workspace> oldest_workspace(Database& db) {
  TRY_ASSIGN(auto found, find_workspaces(db, "ORDER BY id LIMIT 1"));
  if (found.empty()) return fail(ErrorCode::corrupt, "link database: there is no workspace");
  return std::move(found.front());
}

// Amounts are stored without their currency: it cannot change under them.
Result<void> refuse_other_currency(Database& db, const Workspace& wanted) {
  struct Amounts {
    const char* sql;
    const char* message;
    const char* hint;
  };
  for (const auto& [sql, message, hint] :
       {Amounts{"SELECT 1 FROM costs c JOIN workspaces w ON w.id = c.workspace "
                "WHERE w.id = ? AND w.currency <> ? LIMIT 1",
                "there are costs in another currency", "remove them first"},
        Amounts{"SELECT 1 FROM conversions WHERE workspace = ? AND value_micros IS NOT NULL "
                "AND currency <> ? LIMIT 1",
                "there are conversions with values in another currency",
                "a new workspace can have another one"}}) {
    TRY_ASSIGN(const auto found, db.number(sql, wanted.id.value, wanted.currency));
    if (found)
      return std::unexpected(
          Error{ErrorCode::conflict, message, hint, "currency", "currency_in_use"});
  }
  return {};
}

ApiKey read_key(const Statement& row) {
  ApiKey out;
  out.id = KeyId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  out.name = row.text(2);
  out.scopes = Scopes::from_bits(static_cast<std::uint32_t>(row.number(3)));
  out.created_at = row.number(4);
  out.last_used_at = row.optional_number(5);
  out.public_text = row.text(6);
  return out;
}

Result<ApiKey> insert_key(Database& db, ApiKey key, std::string_view secret, bool bootstrap) {
  TRY(
      db.run("INSERT INTO api_keys (workspace, secret, name, scopes, bootstrap, created_at, public)"
             " VALUES (?, ?, ?, ?, ?, ?, nullif(?, ''))",
             key.workspace.value, hash_secret(secret), key.name, std::int64_t{key.scopes.bits()},
             bootstrap, key.created_at, key.public_text));
  key.id = KeyId{static_cast<std::uint64_t>(db.last_id())};
  return key;
}

void warn(std::string_view what, const Result<void>& done) {
  if (!done) log_warn("{}: {}", what, done.error().line());
}

}  // namespace

Result<Workspace> SqliteAccountStore::default_workspace() {
  return db_.read([](Database& db) { return oldest_workspace(db); });
}

Result<std::vector<Workspace>> SqliteAccountStore::workspaces() {
  return db_.read([](Database& db) { return find_workspaces(db, "ORDER BY id"); });
}

Result<Workspace> SqliteAccountStore::workspace(WorkspaceId id) {
  return db_.read([&](Database& db) -> Result<Workspace> {
    TRY_ASSIGN(auto found, find_workspaces(db, "WHERE id = ?", id.value));
    if (found.empty()) return fail(ErrorCode::not_found, "there is no such workspace");
    return std::move(found.front());
  });
}

Result<void> SqliteAccountStore::update_workspace(const Workspace& workspace) {
  return db_.write([&](Database& db) -> Result<void> {
    TRY(refuse_other_currency(db, workspace));
    const auto& days = workspace.retention_days;
    auto done = db.run(
        "UPDATE workspaces SET name = ?, time_zone = ?, currency = ?, retention_days = ?, "
        "experiment_cookie = ? WHERE id = ?",
        workspace.name, workspace.time_zone, workspace.currency,
        days ? std::optional<std::int64_t>(*days) : std::nullopt, workspace.experiment_cookie,
        workspace.id.value);
    if (!done && done.error().code == ErrorCode::conflict)
      return std::unexpected(
          Error{ErrorCode::conflict, "another workspace has this name", {}, "name", "name_taken"});
    TRY(std::move(done));
    if (db.changed_rows() == 0) return fail(ErrorCode::not_found, "there is no such workspace");
    return raise_domains_version(db);  // the edge looks who has the cookie on
  });
}

Result<bool> SqliteAccountStore::needs_setup() {
  return db_.read([](Database& db) -> Result<bool> {
    TRY_ASSIGN(const bool done, has_user(db));
    return !done;
  });
}

Result<std::string> SqliteAccountStore::new_setup_token() {
  const std::string token = make_secret(random_, 32);
  return db_.write([&](Database& db) -> Result<std::string> {
    TRY_ASSIGN(const bool done, has_user(db));
    if (done) return setup_done();
    TRY(db.run("INSERT OR REPLACE INTO setup_token VALUES (1, ?)", hash_secret(token)));
    return token;
  });
}

Result<User> SqliteAccountStore::create_first_admin(std::string_view setup_token,
                                                    std::string_view email,
                                                    std::string_view password) {
  const auto check = [&](Database& db) -> Result<void> {
    TRY_ASSIGN(const bool done, has_user(db));
    if (done) return setup_done();
    TRY_ASSIGN(const bool right, is_setup_token(db, setup_token));
    if (right) return {};
    return std::unexpected(Error{ErrorCode::forbidden, "this set-up link is not the newest one",
                                 "use the link that the last start printed", "token",
                                 "bad_setup_token"});
  };
  // Checked before the costly hash, and again in the transaction that relies on it.
  TRY(db_.read(check));
  const std::string address = as_stored(email);
  TRY(validate_credentials(address, password));
  TRY_ASSIGN(const std::string hash, hash_password(password));
  return db_.write([&](Database& db) -> Result<User> {
    TRY(check(db));
    TRY_ASSIGN(const Workspace workspace, oldest_workspace(db));
    TRY(db.run("INSERT INTO users (workspace, email, password, created_at) VALUES (?, ?, ?, ?)",
               workspace.id.value, address, hash, clock_.now_ms()));
    const UserId id{static_cast<std::uint64_t>(db.last_id())};
    TRY(db.run("DELETE FROM setup_token"));
    return User{id, workspace.id, address};
  });
}

Result<User> SqliteAccountStore::check_password(std::string_view email, std::string_view password) {
  User user;
  std::string hash;
  TRY(db_.read([&](Database& db) -> Result<void> {
    TRY_ASSIGN(Statement row,
               db.query("SELECT id, workspace, email, password FROM users WHERE email = ?",
                        as_stored(email)));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return {};
    user = {UserId{row.unsigned_number(0)}, WorkspaceId{row.unsigned_number(1)}, row.text(2)};
    hash = row.text(3);
    return {};
  }));
  if (fits_password(hash, password.substr(0, kLongestPassword + 1))) return user;
  return std::unexpected(
      Error{ErrorCode::unauthenticated, "email or password is wrong", {}, {}, "bad_login"});
}

Result<std::string> SqliteAccountStore::start_session(UserId user) {
  const std::string token = make_secret(random_, 43);
  return db_.write([&](Database& db) -> Result<std::string> {
    const UnixMillis now = clock_.now_ms();
    TRY(db.run("DELETE FROM sessions WHERE seen_at <= ?", now - kSessionIdle));
    TRY(db.run("INSERT INTO sessions VALUES (?, ?, ?, ?)", hash_secret(token), user.value, now,
               now));
    return token;
  });
}

Result<std::optional<Session>> SqliteAccountStore::find_session(std::string_view token) {
  const UnixMillis now = clock_.now_ms();
  const std::string hash = hash_secret(token);
  UnixMillis seen_at = 0;
  auto found = db_.read([&](Database& db) -> Result<std::optional<Session>> {
    TRY_ASSIGN(Statement row,
               db.query("SELECT " + std::string(kWorkspaceColumns) +
                            ", u.id, u.email, s.seen_at "
                            "FROM sessions s JOIN users u ON u.id = s.user "
                            "JOIN workspaces w ON w.id = u.workspace "
                            "WHERE s.token = ? AND s.seen_at > ? AND s.started_at > ?",
                        hash, now - kSessionIdle, now - kSessionLongest));
    TRY_ASSIGN(const bool any, row.step());
    if (!any) return std::nullopt;
    seen_at = row.number(kWorkspaceWidth + 2);
    Session out;
    out.workspace = read_workspace(row);
    out.user = {UserId{row.unsigned_number(kWorkspaceWidth)}, out.workspace.id,
                row.text(kWorkspaceWidth + 1)};
    return out;
  });
  if (found && *found && now - seen_at >= kSessionSeenEvery)
    warn("noting a session's use", db_.write([&](Database& db) {
      return db.run("UPDATE sessions SET seen_at = ? WHERE token = ?", now, hash);
    }));
  return found;
}

Result<void> SqliteAccountStore::end_session(std::string_view token) {
  return db_.write([&](Database& db) {
    return db.run("DELETE FROM sessions WHERE token = ?", hash_secret(token));
  });
}

Result<NewApiKey> SqliteAccountStore::create_key(WorkspaceId workspace, std::string_view name,
                                                 Scopes scopes) {
  NewApiKey out;
  out.key = {{}, workspace, std::string(name), scopes, clock_.now_ms(), {}};
  out.secret = "tmk_" + make_secret(random_, 40);
  if (out.key.is_public()) out.key.public_text = out.secret = "pub_" + make_secret(random_, 24);
  return db_.write([&](Database& db) -> Result<NewApiKey> {
    TRY_ASSIGN(out.key, insert_key(db, out.key, out.secret, false));
    return out;
  });
}

Result<std::vector<ApiKey>> SqliteAccountStore::keys(WorkspaceId workspace) {
  return db_.read([&](Database& db) -> Result<std::vector<ApiKey>> {
    TRY_ASSIGN(Statement row, db.query(std::string(kKeyColumns) + "WHERE workspace = ? ORDER BY id",
                                       workspace.value));
    std::vector<ApiKey> out;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return out;
      out.push_back(read_key(row));
    }
  });
}

Result<void> SqliteAccountStore::revoke_key(WorkspaceId workspace, KeyId id) {
  return db_.write([&](Database& db) -> Result<void> {
    TRY(db.run("DELETE FROM api_keys WHERE id = ? AND workspace = ?", id.value, workspace.value));
    if (db.changed_rows() == 0) return fail(ErrorCode::not_found, "there is no such key");
    return {};
  });
}

Result<std::optional<ApiKey>> SqliteAccountStore::find_key(std::string_view secret) {
  auto found = db_.read([&](Database& db) -> Result<std::optional<ApiKey>> {
    TRY_ASSIGN(Statement row,
               db.query(std::string(kKeyColumns) + "WHERE secret = ?", hash_secret(secret)));
    TRY_ASSIGN(const bool any, row.step());
    if (!any) return std::nullopt;
    return read_key(row);
  });
  const UnixMillis now = clock_.now_ms();
  if (found && *found && now - (*found)->last_used_at.value_or(0) >= kKeyUsedEvery)
    warn("noting a key's use", db_.write([&](Database& db) {
      return db.run("UPDATE api_keys SET last_used_at = ? WHERE id = ?", now, (*found)->id.value);
    }));
  return found;
}

Result<void> SqliteAccountStore::set_bootstrap_key(std::string_view secret) {
  if (!secret.empty() && secret.size() < kShortestBootstrapKey)
    return fail(ErrorCode::invalid, "the bootstrap key is shorter than 32 characters",
                "make one with: echo tmk_$(openssl rand -hex 20)");
  return db_.write([&](Database& db) -> Result<void> {
    // The same key again keeps its id and what is known of its use.
    TRY(db.run("DELETE FROM api_keys WHERE bootstrap = 1 AND secret <> ?", hash_secret(secret)));
    if (secret.empty()) return {};
    TRY_ASSIGN(const auto known,
               db.number("SELECT id FROM api_keys WHERE secret = ?", hash_secret(secret)));
    if (known) return {};
    TRY_ASSIGN(const Workspace workspace, oldest_workspace(db));
    const ApiKey key{{}, workspace.id, "bootstrap", Scopes::of(Scope::admin), clock_.now_ms(), {}};
    TRY(insert_key(db, key, secret, true));
    return {};
  });
}

}  // namespace tally
