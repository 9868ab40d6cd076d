// SPDX-License-Identifier: Apache-2.0
// What every AccountStore must do.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "contract/stores.h"

namespace tally {
namespace {

using testing::ElementsAre;

constexpr std::string_view kPassword = "correct horse battery";

class AccountStoreContract : public testing::TestWithParam<Implementation> {
 protected:
  void SetUp() override { stores_ = GetParam().make(); }

  AccountStore& store() { return stores_->accounts(); }
  ManualClock& clock() { return stores_->clock; }

  User set_up() {
    const std::string token = store().new_setup_token().value();
    return store().create_first_admin(token, "Ada@Example.com", kPassword).value();
  }

  std::unique_ptr<Stores> stores_;
};

INSTANTIATE_TEST_SUITE_P(Stores, AccountStoreContract,
                         testing::Values(Implementation{"sqlite", make_sqlite_stores}),
                         [](const auto& row) { return row.param.name; });

TEST(Scopes, IncludeEachOther) {
  EXPECT_TRUE(Scopes::of(Scope::admin).allow(Scope::stats_read));
  EXPECT_TRUE(Scopes::of(Scope::links_write).allow(Scope::links_read));
  EXPECT_FALSE(Scopes::of(Scope::links_read).allow(Scope::links_write));
  EXPECT_FALSE(Scopes::of(Scope::links_write).allow(Scope::stats_read));
  EXPECT_FALSE(Scopes().allow(Scope::links_read));
  EXPECT_FALSE(Scopes::parse({"links:read", "root"}));
  EXPECT_THAT(Scopes::parse({"stats:read", "links:read"})->names(),
              ElementsAre("links:read", "stats:read"));
  EXPECT_EQ(Scopes::from_bits(0xffffffff).names().size(), kScopeNames.size());
}

TEST_P(AccountStoreContract, TheFirstStartMakesAWorkspace) {
  const Workspace workspace = store().default_workspace().value();
  EXPECT_EQ(workspace.name, "default");
  EXPECT_TRUE(workspace.id);
  EXPECT_EQ(workspace.created_at, clock().now_ms());
}

TEST_P(AccountStoreContract, AWorkspaceIsChangedAndKeepsANameOfItsOwn) {
  Workspace workspace = store().default_workspace().value();
  stores_->add_workspace("other");
  workspace.name = "Shop";
  workspace.time_zone = "Asia/Kathmandu";
  workspace.currency = "NPR";
  workspace.retention_days = 36'525;
  ASSERT_TRUE(store().update_workspace(workspace));
  EXPECT_EQ(store().workspace(workspace.id).value(), workspace);
  workspace.name = "other";
  EXPECT_EQ(store().update_workspace(workspace).error().slug, "name_taken");
  workspace.id = WorkspaceId{99};
  workspace.name = "third";
  EXPECT_EQ(store().update_workspace(workspace).error().code, ErrorCode::not_found);
}

TEST_P(AccountStoreContract, SetUpHappensOnceWithTheNewestToken) {
  EXPECT_TRUE(store().needs_setup().value());
  const std::string old = store().new_setup_token().value();
  const std::string token = store().new_setup_token().value();
  EXPECT_NE(old, token);
  for (const std::string& wrong : {old, std::string(), token + "x", token.substr(1)})
    EXPECT_EQ(store().create_first_admin(wrong, "a@b.c", kPassword).error().slug,
              "bad_setup_token");
  EXPECT_TRUE(store().needs_setup().value());

  const User user = store().create_first_admin(token, " Ada@Example.com ", kPassword).value();
  EXPECT_EQ(user.email, "ada@example.com");
  EXPECT_EQ(user.workspace, store().default_workspace().value().id);
  EXPECT_FALSE(store().needs_setup().value());
  EXPECT_EQ(store().create_first_admin(token, "b@b.c", kPassword).error().slug, "setup_done");
  EXPECT_EQ(store().new_setup_token().error().slug, "setup_done");
}

TEST_P(AccountStoreContract, SetUpRefusesUnusableCredentials) {
  struct Row {
    std::string email, password;
    const char* slug;
  };
  const std::string good(kPassword);
  const Row rows[] = {
      {"", good, "bad_email"},
      {"ada", good, "bad_email"},
      {"@b.c", good, "bad_email"},
      {"a@", good, "bad_email"},
      {"a b@c.d", good, "bad_email"},
      {"a@b@c", good, "bad_email"},
      {"a\n@b.c", good, "bad_email"},
      {std::string(250, 'a') + "@b.cd", good, "bad_email"},
      {"a@b.c", "", "too_short"},
      {"a@b.c", "123456789", "too_short"},
      {"a@b.c", "\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4\xc3\xa4", "too_short"},
      {"a@b.c", std::string(257, 'x'), "too_long"},
  };
  const std::string token = store().new_setup_token().value();
  for (const Row& row : rows)
    EXPECT_EQ(store().create_first_admin(token, row.email, row.password).error().slug, row.slug)
        << row.email;
  EXPECT_TRUE(store().create_first_admin(token, "a@b.c", good));
}

TEST_P(AccountStoreContract, ChecksPasswords) {
  const User user = set_up();
  EXPECT_EQ(store().check_password("ADA@example.com", kPassword).value().id, user.id);
  const auto wrong = store().check_password("ada@example.com", "wrong password");
  const auto unknown = store().check_password("eve@example.com", kPassword);
  EXPECT_EQ(wrong.error().slug, "bad_login");
  EXPECT_EQ(wrong.error().line(), unknown.error().line());
  EXPECT_FALSE(store().check_password("ada@example.com", ""));
  EXPECT_FALSE(store().check_password("", ""));
}

TEST_P(AccountStoreContract, SessionsEndByLogOut) {
  const User user = set_up();
  const std::string a = store().start_session(user.id).value();
  const std::string b = store().start_session(user.id).value();
  EXPECT_NE(a, b);
  const auto session = store().find_session(a).value();
  ASSERT_TRUE(session);
  EXPECT_EQ(session->user.email, "ada@example.com");
  EXPECT_EQ(session->workspace.name, "default");
  ASSERT_TRUE(store().end_session(a));
  EXPECT_FALSE(store().find_session(a).value());
  EXPECT_TRUE(store().find_session(b).value());
  EXPECT_FALSE(store().find_session("").value());
  EXPECT_TRUE(store().end_session("never was one"));
}

TEST_P(AccountStoreContract, SessionsEndByQuietAndByAge) {
  const User user = set_up();
  const std::string quiet = store().start_session(user.id).value();
  const std::string busy = store().start_session(user.id).value();
  clock().advance(kSessionIdle - 1);
  EXPECT_TRUE(store().find_session(busy).value());
  clock().advance(1);
  EXPECT_FALSE(store().find_session(quiet).value());
  EXPECT_TRUE(store().find_session(busy).value());
  const UnixMillis end = clock().now_ms() - kSessionIdle + kSessionLongest;
  while (clock().now_ms() + kMillisPerDay < end) {
    clock().advance(kMillisPerDay);
    ASSERT_TRUE(store().find_session(busy).value());
  }
  clock().advance(kMillisPerDay);
  EXPECT_FALSE(store().find_session(busy).value());
}

TEST_P(AccountStoreContract, Keys) {
  const WorkspaceId workspace = store().default_workspace().value().id;
  const NewApiKey made =
      store().create_key(workspace, "reporting", Scopes::of(Scope::stats_read)).value();
  EXPECT_THAT(made.secret, testing::MatchesRegex("tmk_[A-Za-z0-9]{40}"));
  EXPECT_FALSE(store().keys(workspace).value().at(0).last_used_at);

  const auto found = store().find_key(made.secret).value();
  ASSERT_TRUE(found);
  EXPECT_EQ(found->id, made.key.id);
  EXPECT_EQ(found->workspace, workspace);
  EXPECT_EQ(found->scopes, Scopes::of(Scope::stats_read));
  EXPECT_EQ(store().keys(workspace).value().at(0).last_used_at, clock().now_ms());
  EXPECT_FALSE(store().find_key("").value());
  EXPECT_FALSE(store().find_key(made.secret + "x").value());

  EXPECT_EQ(store().revoke_key(stores_->add_workspace("other"), made.key.id).error().code,
            ErrorCode::not_found);
  ASSERT_TRUE(store().revoke_key(workspace, made.key.id));
  EXPECT_FALSE(store().find_key(made.secret).value());
  EXPECT_EQ(store().revoke_key(workspace, made.key.id).error().code, ErrorCode::not_found);
}

TEST_P(AccountStoreContract, APublicKeyStaysReadable) {
  const WorkspaceId workspace = store().default_workspace().value().id;
  const NewApiKey made =
      store().create_key(workspace, "page", Scopes::of(Scope::convert_public)).value();
  EXPECT_THAT(made.secret, testing::MatchesRegex("pub_[A-Za-z0-9]{24}"));
  EXPECT_EQ(store().keys(workspace)->at(0).public_text, made.secret);
  const auto found = store().find_key(made.secret).value();
  ASSERT_TRUE(found);
  EXPECT_TRUE(found->is_public());
  EXPECT_EQ(found->public_text, made.secret);
  const auto secret = store().create_key(workspace, "all", Scopes::of(Scope::admin)).value();
  EXPECT_EQ(secret.key.public_text, "");
  EXPECT_FALSE(secret.key.is_public());
  EXPECT_FALSE(secret.key.scopes.allow(Scope::convert_public));
}

TEST_P(AccountStoreContract, AKeysUseIsNotedToTheMinute) {
  const WorkspaceId workspace = store().default_workspace().value().id;
  const std::string secret =
      store().create_key(workspace, "k", Scopes::of(Scope::admin)).value().secret;
  const UnixMillis first = clock().now_ms();
  ASSERT_TRUE(store().find_key(secret));
  clock().advance(kMillisPerMinute - 1);
  ASSERT_TRUE(store().find_key(secret));
  EXPECT_EQ(store().keys(workspace).value().at(0).last_used_at, first);
  clock().advance(1);
  ASSERT_TRUE(store().find_key(secret));
  EXPECT_EQ(store().keys(workspace).value().at(0).last_used_at, clock().now_ms());
}

TEST_P(AccountStoreContract, TheBootstrapKeyIsOneAdminKey) {
  const WorkspaceId workspace = store().default_workspace().value().id;
  const std::string first = "tmk_" + std::string(28, 'a');
  const std::string second = "tmk_" + std::string(28, 'b');
  EXPECT_FALSE(store().set_bootstrap_key("tmk_" + std::string(27, 'a')));
  ASSERT_TRUE(store().set_bootstrap_key(first));
  ASSERT_TRUE(store().set_bootstrap_key(first));
  const auto keys = store().keys(workspace).value();
  ASSERT_EQ(keys.size(), 1u);
  EXPECT_EQ(keys[0].name, "bootstrap");
  EXPECT_TRUE(keys[0].scopes.allow(Scope::admin));
  EXPECT_TRUE(store().find_key(first).value());

  ASSERT_TRUE(store().create_key(workspace, "kept", Scopes::of(Scope::admin)));
  ASSERT_TRUE(store().set_bootstrap_key(second));
  EXPECT_FALSE(store().find_key(first).value());
  EXPECT_TRUE(store().find_key(second).value());
  ASSERT_TRUE(store().set_bootstrap_key(""));
  EXPECT_FALSE(store().find_key(second).value());
  EXPECT_EQ(store().keys(workspace).value().size(), 1u);
}

}  // namespace
}  // namespace tally
