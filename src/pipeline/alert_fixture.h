// SPDX-License-Identifier: Apache-2.0
//
// For tests: alerts and their outbox in a database of their own.
#pragma once

#include <gtest/gtest.h>

#include "base/random.h"
#include "base/test_folder.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_alert_store.h"
#include "links/sqlite/sqlite_link_store.h"
#include "links/sqlite/sqlite_outbox.h"

namespace tally {

class AlertFixture : public testing::Test {
 protected:
  AlertFixture() {
    database_ = std::move(LinksDatabase::open(folder_.path() / "links.db", clock_).value());
    alerts_ = std::make_unique<SqliteAlertStore>(*database_, clock_);
    links_ = std::make_unique<SqliteLinkStore>(*database_, clock_);
    outbox_ = std::make_unique<SqliteOutbox>(*database_);
    workspace_ = SqliteAccountStore(*database_, clock_, random_).default_workspace().value().id;
    EXPECT_TRUE(outbox_->next("test", 1));
  }

  AlertRule add(AlertRule rule) {
    rule.workspace = workspace_;
    rule.name = "Rule";
    return alerts_->create(rule).value();
  }
  AlertRule now(const AlertRule& rule) { return alerts_->get(workspace_, rule.id).value(); }
  std::vector<std::string> events() {
    std::vector<std::string> out;
    const auto found = outbox_->next("test", 100);
    for (const OutboxEvent& each : found.value()) out.push_back(each.event);
    return out;
  }

  static constexpr UnixMillis kMonday = 1'772'409'600'000;  // 2026-03-02T00:00:00Z

  TestFolder folder_;
  SystemRandom random_;
  ManualClock clock_{kMonday};
  std::unique_ptr<LinksDatabase> database_;
  std::unique_ptr<AlertStore> alerts_;
  std::unique_ptr<LinkStore> links_;
  std::unique_ptr<Outbox> outbox_;
  WorkspaceId workspace_;
};

}  // namespace tally
