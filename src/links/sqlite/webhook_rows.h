// SPDX-License-Identifier: Apache-2.0
//
// Rows of webhooks, of their retry table and of their delivery log, in and out.
#pragma once

#include <optional>
#include <set>
#include <span>

#include "links/sqlite/database.h"
#include "links/webhook_store.h"
#include "model/conversion.h"

namespace tally {

// What the readers below expect of a row.
inline constexpr std::string_view kSelectWebhook =
    "SELECT id, workspace, name, url, events, links, campaigns, traffic, mode, signature, ip, "
    "enabled, off_reason, secret, previous_secret, previous_until, version, created_at, "
    "updated_at, click_epoch, click_n, state, failures, failing_since, next_probe, "
    "last_success_at, last_error, format FROM webhooks ";
inline constexpr std::string_view kSelectWebhookEvent =
    "SELECT id, webhook, event_id, event, body, time, link, visitor, about, attempts, next_try, "
    "state, last_status, last_error, events, first_event_at FROM webhook_events ";
inline constexpr std::string_view kSelectWebhookDelivery =
    "SELECT id, webhook, event_id, event, events, first_event_at, last_event_at, link, visitor, "
    "about, attempt, time, took_ms, status, error, request, response FROM webhook_deliveries ";

// The row that was stepped to; `corrupt` when it holds what nobody writes.
Result<Webhook> read_webhook(const Statement& row);
Result<WebhookEvent> read_webhook_event(const Statement& row);
Result<WebhookDelivery> read_webhook_delivery(const Statement& row);

// What was chosen, as row `webhook.id`; 0 takes a new one, whose number it gives.
Result<WebhookId> write_webhook(Database& db, const Webhook& webhook);
Result<void> write_standing(Database& db, WebhookId id, const WebhookStanding& standing);

// Neither writes anything for a webhook that is not there.
Result<void> put_webhook_event(Database& db, const WebhookEvent& event);
Result<void> add_webhook_delivery(Database& db, const WebhookDelivery& delivery);

// Takes what is past its time out of the log of each of these, and of all.
Result<void> trim_webhooks(Database& db, const std::set<WebhookId>& logged, UnixMillis now);

Result<void> erase_webhook_rows(Database& db, const Erasure& what);
// What tells of conversions that are about to be erased, events in the outbox too.
Result<void> erase_conversion_events(Database& db, std::span<const ConversionId> ids);

}  // namespace tally
