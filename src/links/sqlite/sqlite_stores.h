// SPDX-License-Identifier: Apache-2.0
//
// Every store of links.db, over one LinksDatabase.
#pragma once

#include <memory>

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

struct SqliteStores {
  SqliteStores(std::unique_ptr<LinksDatabase> opened, const Clock& clock, Random& random,
               const ClickIdCodec::Key& click_ids)
      : database(std::move(opened)),
        links(*database, clock),
        accounts(*database, clock, random),
        figures(*database),
        conversions(*database, clock, random, click_ids),
        experiments(*database, clock),
        alerts(*database, clock),
        exports(*database, clock),
        outbox(*database),
        webhooks(*database, clock) {}

  std::unique_ptr<LinksDatabase> database;
  SqliteLinkStore links;
  SqliteAccountStore accounts;
  SqliteFiguresStore figures;
  SqliteConversionStore conversions;
  SqliteExperimentStore experiments;
  SqliteAlertStore alerts;
  SqliteExportStore exports;
  SqliteOutbox outbox;
  SqliteWebhookStore webhooks;
};

}  // namespace tally
