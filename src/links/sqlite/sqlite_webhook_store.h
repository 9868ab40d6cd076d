// SPDX-License-Identifier: Apache-2.0
//
// WebhookStore in links.db. Thread-safe.
#pragma once

#include "links/sqlite/links_database.h"
#include "links/webhook_store.h"

namespace tally {

class SqliteWebhookStore final : public WebhookStore {
 public:
  SqliteWebhookStore(LinksDatabase& db, const Clock& clock) : db_(db), clock_(clock) {}

  Result<Webhook> create(const Webhook& webhook) override;
  Result<Webhook> get(WorkspaceId workspace, WebhookId id) override;
  Result<std::vector<Webhook>> list(const WebhookListing& listing) override;
  Result<Webhook> update(const Webhook& webhook) override;
  Result<void> remove(WorkspaceId workspace, WebhookId id) override;
  Result<Webhook> rotate(WorkspaceId workspace, WebhookId id,
                         const WebhookRotation& rotation) override;

  Result<std::map<WebhookId, WebhookBacklog>> backlogs(WorkspaceId workspace) override;
  Result<std::vector<WebhookEvent>> dead_letters(const DeadLetterListing& listing) override;
  Result<std::vector<WebhookDelivery>> deliveries(const WebhookDeliveryListing& listing) override;
  Result<std::size_t> replay(WorkspaceId workspace, WebhookId id,
                             std::string_view event_id) override;
  Result<std::size_t> replay(WorkspaceId workspace, WebhookId id, TimeRange range) override;

  Result<std::vector<Webhook>> enabled() override;
  Result<void> end_long_waits(UnixMillis now) override;
  Result<std::vector<WebhookEvent>> due(UnixMillis now, std::size_t limit_per_webhook,
                                        std::size_t limit) override;
  Result<void> note(const WebhookStep& step) override;
  Result<bool> switch_off(const Webhook& webhook, WebhookOff reason) override;
  Result<void> erase(const Erasure& what) override;

 private:
  LinksDatabase& db_;
  const Clock& clock_;
};

}  // namespace tally
