// SPDX-License-Identifier: Apache-2.0
//
// Who may do what: workspaces, users, sessions and API keys. The same two implementations as for
// links (SQLite, later PostgreSQL), in the same database, judged by one suite in tests/contract.
//
// Secrets enter and leave this interface as plain text and are stored only as hashes: passwords as
// Argon2id, tokens and keys, which are random and long, as SHA-256. So a stolen database opens no
// door, and a lost secret cannot be shown again, only replaced. A secret is looked up by its hash:
// how long that takes says nothing about the secret.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/ids.h"

namespace tally {

enum class Scope : std::uint8_t {
  links_read,
  links_write,
  stats_read,
  convert_write,
  admin,
  convert_public
};
inline constexpr std::array<std::string_view, 6> kScopeNames = {
    "links:read", "links:write", "stats:read", "convert:write", "admin", "convert:public"};

// A set of scopes. `admin` includes all others but `convert:public`, `links:write` includes
// `links:read`. `convert:public` stands alone: it is for keys that anybody may read in a page.
class Scopes {
 public:
  Scopes() = default;
  static Scopes of(Scope scope);
  // Nothing when a name is unknown.
  static std::optional<Scopes> parse(const std::vector<std::string>& names);

  void add(Scope scope) { bits_ |= bit(scope); }
  bool allow(Scope scope) const;
  // `convert:public`, and others with it.
  bool mixed() const;
  // The scopes that were added, in the order of kScopeNames.
  std::vector<std::string_view> names() const;

  std::uint32_t bits() const { return bits_; }
  static Scopes from_bits(std::uint32_t bits);
  friend bool operator==(Scopes, Scopes) = default;

 private:
  static constexpr std::uint32_t bit(Scope scope) { return 1u << static_cast<unsigned>(scope); }
  std::uint32_t bits_ = 0;
};

struct Workspace {
  WorkspaceId id;
  std::string name;
  UnixMillis created_at = 0;
  std::string time_zone = "UTC";  // that it reports in; an IANA name
  std::string currency;           // of costs and conversions, ISO 4217; "" until one is chosen
  // Clicks of so many days before today are kept, at least 1; none: all, for ever.
  std::optional<std::uint32_t> retention_days = std::nullopt;
  // Whoever gets a variant of a link is given a cookie that names it, so that it stays the same for
  // kVariantKept; without it it does for the day.
  bool experiment_cookie = false;
  friend bool operator==(const Workspace&, const Workspace&) = default;
};

struct User {
  UserId id;
  WorkspaceId workspace;
  std::string email;
};

struct Session {
  User user;
  Workspace workspace;
};

struct ApiKey {
  KeyId id;
  WorkspaceId workspace;
  std::string name;
  Scopes scopes;
  UnixMillis created_at = 0;
  std::optional<UnixMillis> last_used_at;  // to the minute
  std::string public_text = {};            // the key itself, of a public one

  // Good for telling of conversions from pages, and for nothing else.
  bool is_public() const { return scopes == Scopes::of(Scope::convert_public); }
};

struct NewApiKey {
  ApiKey key;
  std::string secret;
};

inline constexpr UnixMillis kSessionIdle = 30 * kMillisPerDay;  // ends after this much quiet
inline constexpr UnixMillis kSessionLongest =
    90 * kMillisPerDay;                               // and after this much in any case
inline constexpr std::size_t kShortestPassword = 10;  // characters
inline constexpr std::size_t kLongestPassword = 256;  // bytes
inline constexpr std::size_t kShortestBootstrapKey = 32;

class AccountStore {
 public:
  virtual ~AccountStore() = default;

  // The workspace that the first start makes, called "default".
  virtual Result<Workspace> default_workspace() = 0;

  virtual Result<std::vector<Workspace>> workspaces() = 0;
  virtual Result<Workspace> workspace(WorkspaceId id) = 0;
  // Its name, zone, currency and retention; not_found. conflict/"name_taken" when another has the
  // name, and "currency_in_use" when there are costs, or conversions with a value, in the currency
  // of before.
  virtual Result<void> update_workspace(const Workspace& workspace) = 0;

  // True until the first admin exists.
  virtual Result<bool> needs_setup() = 0;
  // A new set-up token, which replaces the one before; conflict/"setup_done" when none is needed.
  virtual Result<std::string> new_setup_token() = 0;
  // Makes the first admin and burns the token. forbidden/"bad_setup_token", conflict/"setup_done",
  // or the field at fault: email ("bad_email"), password ("too_short", "too_long").
  virtual Result<User> create_first_admin(std::string_view setup_token, std::string_view email,
                                          std::string_view password) = 0;

  // The user with that address and password, else unauthenticated/"bad_login": it says, and takes
  // the time to say, the same for an unknown address as for a wrong password. Takes tens of
  // milliseconds and 19 MiB; at most two run at a time, further callers wait.
  virtual Result<User> check_password(std::string_view email, std::string_view password) = 0;

  // The token of a new session.
  virtual Result<std::string> start_session(UserId user) = 0;
  // The session of that token; nothing when there is none or it has run out.
  virtual Result<std::optional<Session>> find_session(std::string_view token) = 0;
  virtual Result<void> end_session(std::string_view token) = 0;

  // A new key; its secret, "tmk_" and 40 random letters and digits, is given here and never again.
  // A public one is "pub_" and 24 of them, and stays readable.
  virtual Result<NewApiKey> create_key(WorkspaceId workspace, std::string_view name,
                                       Scopes scopes) = 0;
  virtual Result<std::vector<ApiKey>> keys(WorkspaceId workspace) = 0;
  virtual Result<void> revoke_key(WorkspaceId workspace, KeyId id) = 0;
  virtual Result<std::optional<ApiKey>> find_key(std::string_view secret) = 0;
  // Makes `secret`, chosen by the operator, the one admin key called "bootstrap" of the default
  // workspace; "" removes it. `invalid` when it is shorter than kShortestBootstrapKey.
  virtual Result<void> set_bootstrap_key(std::string_view secret) = 0;
};

}  // namespace tally
