// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_webhook_store.h"

#include <limits>
#include <set>

#include "links/sqlite/link_events.h"
#include "links/sqlite/webhook_rows.h"
#include "model/delivery_schedule.h"

namespace tally {
namespace {

constexpr std::uint64_t kLast = std::numeric_limits<std::int64_t>::max();
// As literals in the SQL below, so that SQLite finds the indexes of those.
static_assert(static_cast<int>(WebhookEventState::waiting) == 0);
static_assert(static_cast<int>(WebhookEventState::dead) == 1);

std::unexpected<Error> no_such_webhook() {
  return fail(ErrorCode::not_found, "there is no such webhook");
}

template <class Row, class Read>
Result<std::vector<Row>> read_rows(Statement row, Read read) {
  std::vector<Row> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    TRY_ASSIGN(Row one, read(row));
    out.push_back(std::move(one));
  }
}

Result<std::optional<Webhook>> find_webhook(Database& db, WebhookId id) {
  TRY_ASSIGN(Statement row, db.query(std::string(kSelectWebhook) + "WHERE id = ?", id.value));
  TRY_ASSIGN(auto found, read_rows<Webhook>(std::move(row), read_webhook));
  return found.empty() ? std::nullopt : std::optional(std::move(found.front()));
}

Result<Webhook> find_webhook(Database& db, WorkspaceId workspace, WebhookId id) {
  TRY_ASSIGN(auto found, find_webhook(db, id));
  if (!found || found->workspace != workspace) return no_such_webhook();
  return std::move(*found);
}

Result<void> refuse_one_more(Database& db, WorkspaceId workspace) {
  TRY_ASSIGN(const auto there,
             db.number("SELECT count(*) FROM webhooks WHERE workspace = ?", workspace.value));
  if (static_cast<std::size_t>(there.value_or(0)) < kMaxWebhooks) return {};
  return std::unexpected(
      Error{ErrorCode::conflict,
            "a workspace has at most " + std::to_string(kMaxWebhooks) + " webhooks",
            "remove one",
            {},
            "too_many_webhooks"});
}

// It begins anew: whoever answers now is not to blame for what was before.
Result<void> stop_failing(Database& db, const Webhook& before, bool from_now_on, UnixMillis now) {
  WebhookStanding fresh;
  if (!from_now_on) fresh.clicks = before.standing.clicks;
  fresh.last_success_at = before.standing.last_success_at;
  TRY(write_standing(db, before.id, fresh));
  return db.run(
      "UPDATE webhook_events SET next_try = ? WHERE webhook = ? AND next_try > ? AND "
      "state = 0",
      now, before.id.value, now);
}

}  // namespace

Result<Webhook> SqliteWebhookStore::create(const Webhook& webhook) {
  return db_.write([&](Database& db) -> Result<Webhook> {
    TRY(refuse_one_more(db, webhook.workspace));
    Webhook made = webhook;
    made.id = {};
    made.created_at = made.updated_at = clock_.now_ms();
    TRY(tell_expired(db, made.created_at));
    made.version = 1;
    TRY_ASSIGN(const WebhookId id, write_webhook(db, made));
    return find_webhook(db, webhook.workspace, id);
  });
}

Result<Webhook> SqliteWebhookStore::get(WorkspaceId workspace, WebhookId id) {
  return db_.read([&](Database& db) { return find_webhook(db, workspace, id); });
}

Result<std::vector<Webhook>> SqliteWebhookStore::list(const WebhookListing& listing) {
  return db_.read([&](Database& db) -> Result<std::vector<Webhook>> {
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectWebhook) +
                            "WHERE workspace = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        listing.workspace.value, listing.after.value_or(WebhookId{kLast}).value,
                        static_cast<std::int64_t>(listing.limit)));
    return read_rows<Webhook>(std::move(row), read_webhook);
  });
}

Result<Webhook> SqliteWebhookStore::update(const Webhook& webhook) {
  return db_.write([&](Database& db) -> Result<Webhook> {
    TRY_ASSIGN(const Webhook before, find_webhook(db, webhook.workspace, webhook.id));
    if (before.version != webhook.version)
      return std::unexpected(Error{ErrorCode::conflict,
                                   "the webhook has been changed meanwhile",
                                   "read it again",
                                   {},
                                   "changed_meanwhile"});
    Webhook after = webhook;
    after.format = before.format;
    if (!after.is_for_tool()) after.secret = before.secret;
    after.previous_secret = before.previous_secret;
    after.previous_until = before.previous_until;
    if (after.enabled) after.off_reason = WebhookOff::none;
    after.updated_at = clock_.now_ms();
    after.version = before.version + 1;
    TRY(tell_expired(db, after.updated_at));
    TRY(write_webhook(db, after));
    const bool switched_on = after.enabled && !before.enabled;
    if (switched_on || after.url != before.url || after.secret != before.secret)
      TRY(stop_failing(db, before, switched_on, after.updated_at));
    return find_webhook(db, webhook.workspace, webhook.id);
  });
}

Result<void> SqliteWebhookStore::remove(WorkspaceId workspace, WebhookId id) {
  return db_.write([&](Database& db) -> Result<void> {
    TRY(db.run("DELETE FROM webhooks WHERE id = ? AND workspace = ?", id.value, workspace.value));
    if (db.changed_rows() == 0) return no_such_webhook();
    return {};
  });
}

Result<Webhook> SqliteWebhookStore::rotate(WorkspaceId workspace, WebhookId id,
                                           const WebhookRotation& rotation) {
  return db_.write([&](Database& db) -> Result<Webhook> {
    TRY_ASSIGN(Webhook webhook, find_webhook(db, workspace, id));
    const UnixMillis now = clock_.now_ms();
    const bool overlap = rotation.previous_until > now;
    webhook.previous_secret = overlap ? webhook.secret : std::string();
    webhook.previous_until = overlap ? rotation.previous_until : 0;
    webhook.secret = rotation.secret;
    webhook.updated_at = now;
    ++webhook.version;
    TRY(write_webhook(db, webhook));
    return webhook;
  });
}

Result<std::map<WebhookId, WebhookBacklog>> SqliteWebhookStore::backlogs(WorkspaceId workspace) {
  return db_.read([&](Database& db) -> Result<std::map<WebhookId, WebhookBacklog>> {
    TRY_ASSIGN(Statement row,
               db.query("SELECT id, (SELECT count(*) FROM webhook_events WHERE webhook = w.id AND "
                        "state = 0), (SELECT count(*) FROM webhook_events WHERE webhook = w.id AND "
                        "state = 1) FROM webhooks w WHERE workspace = ?",
                        workspace.value));
    std::map<WebhookId, WebhookBacklog> out;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return out;
      out[WebhookId{row.unsigned_number(0)}] = {row.unsigned_number(1), row.unsigned_number(2)};
    }
  });
}

Result<std::vector<WebhookEvent>> SqliteWebhookStore::dead_letters(
    const DeadLetterListing& listing) {
  return db_.read([&](Database& db) -> Result<std::vector<WebhookEvent>> {
    TRY(find_webhook(db, listing.workspace, listing.webhook));
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectWebhookEvent) +
                            "WHERE webhook = ? AND state = 1 AND id < ? ORDER BY id DESC LIMIT ?",
                        listing.webhook.value, listing.after.value_or(WebhookEventId{kLast}).value,
                        static_cast<std::int64_t>(listing.limit)));
    return read_rows<WebhookEvent>(std::move(row), read_webhook_event);
  });
}

Result<std::vector<WebhookDelivery>> SqliteWebhookStore::deliveries(
    const WebhookDeliveryListing& listing) {
  return db_.read([&](Database& db) -> Result<std::vector<WebhookDelivery>> {
    TRY(find_webhook(db, listing.workspace, listing.webhook));
    // As WebhookDelivery::ok() has it.
    const std::string taken = "status BETWEEN 200 AND 299 AND error = ''";
    std::string sql =
        std::string(kSelectWebhookDelivery) + "WHERE webhook = ? AND id < ? AND time >= ? ";
    if (listing.ok) sql += (*listing.ok ? "AND " : "AND NOT ") + ("(" + taken + ") ");
    TRY_ASSIGN(Statement row,
               db.query(sql + "ORDER BY id DESC LIMIT ?", listing.webhook.value,
                        listing.after.value_or(WebhookDeliveryId{kLast}).value,
                        clock_.now_ms() - kWebhookKeep, static_cast<std::int64_t>(listing.limit)));
    return read_rows<WebhookDelivery>(std::move(row), read_webhook_delivery);
  });
}

Result<std::size_t> SqliteWebhookStore::replay(WorkspaceId workspace, WebhookId id,
                                               std::string_view event_id) {
  return db_.write([&](Database& db) -> Result<std::size_t> {
    TRY(find_webhook(db, workspace, id));
    TRY(
        db.run("UPDATE webhook_events SET state = 0, next_try = ? WHERE webhook = ? AND "
               "event_id = ?",
               clock_.now_ms(), id.value, event_id));
    return static_cast<std::size_t>(db.changed_rows());
  });
}

Result<std::size_t> SqliteWebhookStore::replay(WorkspaceId workspace, WebhookId id,
                                               TimeRange range) {
  return db_.write([&](Database& db) -> Result<std::size_t> {
    TRY(find_webhook(db, workspace, id));
    TRY(
        db.run("UPDATE webhook_events SET state = 0, next_try = ? WHERE webhook = ? AND "
               "state = 1 AND time >= ? AND time < ?",
               clock_.now_ms(), id.value, range.from, range.to));
    return static_cast<std::size_t>(db.changed_rows());
  });
}

Result<std::vector<Webhook>> SqliteWebhookStore::enabled() {
  return db_.read([&](Database& db) -> Result<std::vector<Webhook>> {
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectWebhook) + "WHERE enabled <> 0 ORDER BY id"));
    return read_rows<Webhook>(std::move(row), read_webhook);
  });
}

Result<std::vector<WebhookEvent>> SqliteWebhookStore::due(UnixMillis now,
                                                          std::size_t limit_per_webhook,
                                                          std::size_t limit) {
  return db_.read([&](Database& db) -> Result<std::vector<WebhookEvent>> {
    TRY_ASSIGN(
        Statement row,
        db.query(std::string(kSelectWebhookEvent) +
                     "WHERE id IN (SELECT e.id FROM webhooks w JOIN webhook_events e ON e.id IN "
                     "(SELECT id FROM webhook_events WHERE webhook = w.id AND state = 0 AND "
                     "next_try <= ? ORDER BY next_try, id LIMIT ?) WHERE w.enabled <> 0 "
                     "AND (w.state = 0 OR w.next_probe <= ?)) ORDER BY next_try, id LIMIT ?",
                 now, static_cast<std::int64_t>(limit_per_webhook), now,
                 static_cast<std::int64_t>(limit)));
    return read_rows<WebhookEvent>(std::move(row), read_webhook_event);
  });
}

Result<void> SqliteWebhookStore::end_long_waits(UnixMillis now) {
  return db_.write([&](Database& db) -> Result<void> {
    constexpr std::int64_t kMost = kDeliveryAttempts;
    for (std::int64_t attempts = 0; attempts <= kMost; ++attempts)
      TRY(
          db.run("UPDATE webhook_events SET next_try = ? WHERE state = 0 AND next_try > ? AND "
                 "min(attempts, ?) = ?",
                 now, now + longest_delay(static_cast<std::uint32_t>(attempts)), kMost, attempts));
    return {};
  });
}

Result<void> SqliteWebhookStore::note(const WebhookStep& step) {
  return db_.write([&](Database& db) -> Result<void> {
    for (const WebhookStep::Place& place : step.places) {
      TRY_ASSIGN(const auto now, find_webhook(db, place.webhook));
      if (!now) continue;
      WebhookStanding standing = place.standing;
      if (now->version != place.version) {
        standing = now->standing;
        standing.clicks = place.standing.clicks;
      }
      TRY(write_standing(db, place.webhook, standing));
    }
    for (const WebhookEvent& event : step.events) TRY(put_webhook_event(db, event));
    for (const WebhookStep::Done& done : step.done)
      TRY(db.run("DELETE FROM webhook_events WHERE webhook = ? AND event_id = ?",
                 done.webhook.value, done.event_id));
    std::set<WebhookId> logged;
    for (const WebhookDelivery& delivery : step.deliveries) {
      TRY(add_webhook_delivery(db, delivery));
      logged.insert(delivery.webhook);
    }
    return trim_webhooks(db, logged, clock_.now_ms());
  });
}

Result<bool> SqliteWebhookStore::switch_off(const Webhook& webhook, WebhookOff reason) {
  return db_.write([&](Database& db) -> Result<bool> {
    TRY(
        db.run("UPDATE webhooks SET enabled = 0, off_reason = ?, version = version + 1, "
               "updated_at = ? WHERE id = ? AND version = ? AND enabled <> 0",
               static_cast<int>(reason), clock_.now_ms(), webhook.id.value, webhook.version));
    if (db.changed_rows() == 0) return false;
    TRY(db.run("UPDATE webhook_events SET state = 1 WHERE webhook = ? AND state = 0",
               webhook.id.value));
    return true;
  });
}

Result<void> SqliteWebhookStore::erase(const Erasure& what) {
  return db_.write([&](Database& db) { return erase_webhook_rows(db, what); });
}

}  // namespace tally
