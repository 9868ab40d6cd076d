// SPDX-License-Identifier: Apache-2.0
#include <filesystem>

#include "base/check.h"
#include "base/random.h"
#include "contract/stores.h"
#include "links/sqlite/links_database.h"
#include "links/sqlite/sqlite_account_store.h"
#include "links/sqlite/sqlite_alert_store.h"
#include "links/sqlite/sqlite_conversion_store.h"
#include "links/sqlite/sqlite_experiment_store.h"
#include "links/sqlite/sqlite_export_store.h"
#include "links/sqlite/sqlite_figures_store.h"
#include "links/sqlite/sqlite_link_store.h"
#include "links/sqlite/sqlite_outbox.h"
#include "links/sqlite/sqlite_webhook_store.h"

namespace tally {
namespace {

class SqliteStores final : public Stores {
 public:
  SqliteStores()
      : folder_(std::filesystem::temp_directory_path() /
                ("tallymark-contract-" + random_.text(12, "abcdefghijklmnop"))) {
    std::filesystem::create_directories(folder_);
    first_ = open();
    second_ = open();
    links_ = std::make_unique<SqliteLinkStore>(*first_, clock);
    other_links_ = std::make_unique<SqliteLinkStore>(*second_, clock);
    accounts_ = std::make_unique<SqliteAccountStore>(*first_, clock, random_);
    figures_ = std::make_unique<SqliteFiguresStore>(*first_);
    conversions_ =
        std::make_unique<SqliteConversionStore>(*first_, clock, random_, ClickIdCodec::Key{});
    experiments_ = std::make_unique<SqliteExperimentStore>(*first_, clock);
    alerts_ = std::make_unique<SqliteAlertStore>(*first_, clock);
    exports_ = std::make_unique<SqliteExportStore>(*first_, clock);
    outbox_ = std::make_unique<SqliteOutbox>(*first_);
    webhooks_ = std::make_unique<SqliteWebhookStore>(*first_, clock);
  }
  ~SqliteStores() override {
    first_.reset();
    second_.reset();
    std::filesystem::remove_all(folder_);
  }

  LinkStore& links() override { return *links_; }
  AccountStore& accounts() override { return *accounts_; }
  FiguresStore& figures() override { return *figures_; }
  ConversionStore& conversions() override { return *conversions_; }
  ExperimentStore& experiments() override { return *experiments_; }
  AlertStore& alerts() override { return *alerts_; }
  ExportStore& exports() override { return *exports_; }
  Outbox& outbox() override { return *outbox_; }
  WebhookStore& webhooks() override { return *webhooks_; }
  LinkStore& links_of_another_process() override { return *other_links_; }

  WorkspaceId add_workspace(const std::string& name) override {
    const auto id = first_->write([&](Database& db) -> Result<std::int64_t> {
      TRY(db.run("INSERT INTO workspaces (name, created_at) VALUES (?, ?)", name, clock.now_ms()));
      return db.last_id();
    });
    CHECK(id.has_value());
    return WorkspaceId{static_cast<std::uint64_t>(*id)};
  }

 private:
  std::unique_ptr<LinksDatabase> open() {
    auto opened = LinksDatabase::open(folder_ / "links.db", clock);
    CHECK(opened.has_value());
    return std::move(*opened);
  }

  SystemRandom random_;
  std::filesystem::path folder_;
  std::unique_ptr<LinksDatabase> first_, second_;
  std::unique_ptr<LinkStore> links_, other_links_;
  std::unique_ptr<AccountStore> accounts_;
  std::unique_ptr<FiguresStore> figures_;
  std::unique_ptr<ConversionStore> conversions_;
  std::unique_ptr<ExperimentStore> experiments_;
  std::unique_ptr<AlertStore> alerts_;
  std::unique_ptr<ExportStore> exports_;
  std::unique_ptr<Outbox> outbox_;
  std::unique_ptr<WebhookStore> webhooks_;
};

}  // namespace

std::unique_ptr<Stores> make_sqlite_stores() { return std::make_unique<SqliteStores>(); }

}  // namespace tally
