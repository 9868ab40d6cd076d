// SPDX-License-Identifier: Apache-2.0
//
// AccountStore in links.db. Thread-safe.
//
// Looking up a session or a key is a read; that it was used is written at most once an hour (a
// minute for keys), and when that fails (a full disk) the look-up still holds.
#pragma once

#include "base/clock.h"
#include "base/random.h"
#include "links/account_store.h"
#include "links/sqlite/links_database.h"

namespace tally {

class SqliteAccountStore final : public AccountStore {
 public:
  SqliteAccountStore(LinksDatabase& db, const Clock& clock, Random& random)
      : db_(db), clock_(clock), random_(random) {}

  Result<Workspace> default_workspace() override;
  Result<std::vector<Workspace>> workspaces() override;
  Result<Workspace> workspace(WorkspaceId id) override;
  Result<void> update_workspace(const Workspace& workspace) override;
  Result<bool> needs_setup() override;
  Result<std::string> new_setup_token() override;
  Result<User> create_first_admin(std::string_view setup_token, std::string_view email,
                                  std::string_view password) override;
  Result<User> check_password(std::string_view email, std::string_view password) override;
  Result<std::string> start_session(UserId user) override;
  Result<std::optional<Session>> find_session(std::string_view token) override;
  Result<void> end_session(std::string_view token) override;
  Result<NewApiKey> create_key(WorkspaceId workspace, std::string_view name,
                               Scopes scopes) override;
  Result<std::vector<ApiKey>> keys(WorkspaceId workspace) override;
  Result<void> revoke_key(WorkspaceId workspace, KeyId id) override;
  Result<std::optional<ApiKey>> find_key(std::string_view secret) override;
  Result<void> set_bootstrap_key(std::string_view secret) override;

 private:
  LinksDatabase& db_;
  const Clock& clock_;
  Random& random_;
};

}  // namespace tally
