// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/webhook_rows.h"

#include "base/text.h"
#include "links/sqlite/row_values.h"
#include "model/kinds.h"

namespace tally {
namespace {

std::unexpected<Error> broken(std::string_view what) {
  return fail(ErrorCode::corrupt,
              "link database: " + std::string(what) + " of a webhook holds what none does");
}

std::string link_lines(const std::vector<LinkId>& links) {
  std::string out;
  for (const LinkId link : links) out.append(std::to_string(link.value)).push_back('\n');
  return out;
}

bool read_links(std::string_view lines, std::vector<LinkId>& out) {
  for (const std::string& line : split_lines(lines)) {
    const auto number = parse_number<std::uint64_t>(line);
    if (!number) return false;
    out.push_back(LinkId{*number});
  }
  return true;
}

bool read_standing(const Statement& row, int first, WebhookStanding& out) {
  out.clicks = {static_cast<std::uint32_t>(row.number(first)), row.unsigned_number(first + 1)};
  out.failures_in_row = static_cast<std::uint32_t>(row.number(first + 3));
  out.failing_since = row.number(first + 4);
  out.next_probe = row.number(first + 5);
  out.last_success_at = row.number(first + 6);
  out.last_error = row.text(first + 7);
  return read_kind(row, first + 2, kWebhookStateNames, out.state);
}

EventSubject read_subject(const Statement& row, int first) {
  return {LinkId{row.unsigned_number(first)}, row.unsigned_number(first + 1),
          row.unsigned_number(first + 2)};
}

std::string beginning(std::string_view text) { return excerpt(text, kMaxWebhookExcerpt); }

}  // namespace

Result<Webhook> read_webhook(const Statement& row) {
  Webhook out;
  out.id = WebhookId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  out.name = row.text(2);
  out.url = row.text(3);
  out.events = EventKinds::from_bits(static_cast<std::uint32_t>(row.number(4)));
  out.filter.campaigns = split_lines(row.view(6));
  out.enabled = row.number(11) != 0;
  out.secret = row.text(13);
  out.previous_secret = row.text(14);
  out.previous_until = row.number(15);
  out.version = row.unsigned_number(16);
  out.created_at = row.number(17);
  out.updated_at = row.number(18);
  if (!read_links(row.view(5), out.filter.links) ||
      !read_kind(row, 7, kTrafficFilterNames, out.filter.traffic) ||
      !read_kind(row, 8, kWebhookModeNames, out.mode) ||
      !read_kind(row, 9, kWebhookSignatureNames, out.signature) ||
      !read_kind(row, 10, kIpModeNames, out.ip) ||
      !read_kind(row, 12, kWebhookOffNames, out.off_reason) ||
      !read_kind(row, 27, kWebhookFormatNames, out.format) || !read_standing(row, 19, out.standing))
    return broken("the row");
  return out;
}

Result<WebhookEvent> read_webhook_event(const Statement& row) {
  WebhookEvent out;
  out.id = WebhookEventId{row.unsigned_number(0)};
  out.webhook = WebhookId{row.unsigned_number(1)};
  out.event_id = row.text(2);
  out.body = row.text(4);
  out.time = row.number(5);
  out.subject = read_subject(row, 6);
  out.attempts = static_cast<std::uint32_t>(row.number(9));
  out.next_try = row.number(10);
  out.last_status = static_cast<int>(row.number(12));
  out.last_error = row.text(13);
  out.events = static_cast<std::uint32_t>(row.number(14));
  out.first_event_at = row.number(15);
  if (!read_kind(row, 3, kEventKindNames, out.event) ||
      !read_kind(row, 11, kWebhookEventStateNames, out.state))
    return broken("an event");
  return out;
}

Result<WebhookDelivery> read_webhook_delivery(const Statement& row) {
  WebhookDelivery out;
  out.id = WebhookDeliveryId{row.unsigned_number(0)};
  out.webhook = WebhookId{row.unsigned_number(1)};
  out.event_id = row.text(2);
  out.events = static_cast<std::uint32_t>(row.number(4));
  out.first_event_at = row.number(5);
  out.last_event_at = row.number(6);
  out.subject = read_subject(row, 7);
  out.attempt = static_cast<std::uint32_t>(row.number(10));
  out.time = row.number(11);
  out.took_ms = static_cast<std::uint32_t>(row.number(12));
  out.status = static_cast<int>(row.number(13));
  out.error = row.text(14);
  out.request = row.text(15);
  out.response = row.text(16);
  if (!read_kind(row, 3, kEventKindNames, out.event)) return broken("a delivery");
  return out;
}

Result<WebhookId> write_webhook(Database& db, const Webhook& webhook) {
  TRY(db.run(
      "INSERT INTO webhooks (id, workspace, name, url, events, links, campaigns, traffic, mode, "
      "signature, ip, enabled, off_reason, secret, previous_secret, previous_until, version, "
      "created_at, updated_at, format) VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET name = excluded.name, url = "
      "excluded.url, "
      "events = excluded.events, links = excluded.links, campaigns = excluded.campaigns, "
      "traffic = excluded.traffic, mode = excluded.mode, ip = excluded.ip, "
      "enabled = excluded.enabled, off_reason = excluded.off_reason, secret = excluded.secret, "
      "previous_secret = excluded.previous_secret, previous_until = excluded.previous_until, "
      "version = excluded.version, updated_at = excluded.updated_at",
      webhook.id.value, webhook.workspace.value, webhook.name, webhook.url,
      static_cast<std::int64_t>(webhook.events.bits()), link_lines(webhook.filter.links),
      join_lines(webhook.filter.campaigns), static_cast<int>(webhook.filter.traffic),
      static_cast<int>(webhook.mode), static_cast<int>(webhook.signature),
      static_cast<int>(webhook.ip), webhook.enabled, static_cast<int>(webhook.off_reason),
      webhook.secret, webhook.previous_secret, webhook.previous_until, webhook.version,
      webhook.created_at, webhook.updated_at, static_cast<int>(webhook.format)));
  return webhook.id ? webhook.id : WebhookId{static_cast<std::uint64_t>(db.last_id())};
}

Result<void> write_standing(Database& db, WebhookId id, const WebhookStanding& standing) {
  return db.run(
      "UPDATE webhooks SET click_epoch = ?, click_n = ?, state = ?, failures = ?, "
      "failing_since = ?, next_probe = ?, last_success_at = ?, last_error = ? WHERE id = ?",
      static_cast<std::int64_t>(standing.clicks.epoch), standing.clicks.n,
      static_cast<int>(standing.state), static_cast<std::int64_t>(standing.failures_in_row),
      standing.failing_since, standing.next_probe, standing.last_success_at,
      beginning(standing.last_error), id.value);
}

Result<void> put_webhook_event(Database& db, const WebhookEvent& event) {
  const auto attempts = static_cast<std::int64_t>(event.attempts);
  const int state = static_cast<int>(event.state);
  const std::string error = beginning(event.last_error);
  if (event.id)
    return db.run(
        "UPDATE webhook_events SET attempts = ?, next_try = ?, state = ?, last_status = ?, "
        "last_error = ? WHERE id = ?",
        attempts, event.next_try, state, event.last_status, error, event.id.value);
  return db.run(
      "INSERT INTO webhook_events (webhook, event_id, event, events, body, first_event_at, time, "
      "link, visitor, about, attempts, next_try, state, last_status, last_error) SELECT id, ?, ?, "
      "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM webhooks WHERE id = ? "
      "ON CONFLICT (webhook, event_id) DO UPDATE SET attempts = excluded.attempts, "
      "next_try = excluded.next_try, state = excluded.state, last_status = excluded.last_status, "
      "last_error = excluded.last_error",
      event.event_id, static_cast<int>(event.event), static_cast<std::int64_t>(event.events),
      event.body, event.first_event_at, event.time, event.subject.link.value, event.subject.visitor,
      event.subject.about, attempts, event.next_try, state, event.last_status, error,
      event.webhook.value);
}

Result<void> add_webhook_delivery(Database& db, const WebhookDelivery& delivery) {
  return db.run(
      "INSERT INTO webhook_deliveries (webhook, event_id, event, events, first_event_at, "
      "last_event_at, link, visitor, about, attempt, time, took_ms, status, error, request, "
      "response) SELECT id, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? FROM webhooks WHERE id = ?",
      delivery.event_id, static_cast<int>(delivery.event),
      static_cast<std::int64_t>(delivery.events), delivery.first_event_at, delivery.last_event_at,
      delivery.subject.link.value, delivery.subject.visitor, delivery.subject.about,
      static_cast<std::int64_t>(delivery.attempt), delivery.time,
      static_cast<std::int64_t>(delivery.took_ms), delivery.status, beginning(delivery.error),
      beginning(delivery.request), beginning(delivery.response), delivery.webhook.value);
}

Result<void> trim_webhooks(Database& db, const std::set<WebhookId>& logged, UnixMillis now) {
  for (const WebhookId id : logged)
    TRY(
        db.run("DELETE FROM webhook_deliveries WHERE webhook = ?1 AND id <= (SELECT id FROM "
               "webhook_deliveries WHERE webhook = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)",
               id.value, static_cast<std::int64_t>(kWebhookDeliveriesKept)));
  TRY(db.run("DELETE FROM webhook_deliveries WHERE time < ?", now - kWebhookKeep));
  TRY(
      db.run("DELETE FROM webhook_events WHERE time < ? AND (state = 1 OR webhook IN "
             "(SELECT id FROM webhooks WHERE enabled = 0))",
             now - kWebhookKeep));
  return db.run(
      "UPDATE webhooks SET previous_secret = '', previous_until = 0 "
      "WHERE previous_until <> 0 AND previous_until <= ?",
      now);
}

Result<void> erase_webhook_rows(Database& db, const Erasure& what) {
  const std::string mine = " AND webhook IN (SELECT id FROM webhooks WHERE workspace = ?)";
  std::string hits;
  if (what.link) hits += " AND link = " + std::to_string(what.link->value);
  for (std::size_t i = 0; i < what.visitors.size(); ++i)
    hits += (i == 0 ? " AND visitor IN (" : ", ") +
            std::to_string(static_cast<std::int64_t>(what.visitors[i]));
  if (!what.visitors.empty()) hits += ")";
  // What holds several events does not say whose they are.
  TRY(db.run("DELETE FROM webhook_events WHERE time >= ? AND first_event_at < ?" + mine +
                 " AND (events > 1 OR (1" + hits + "))",
             what.range.from, what.range.to, what.workspace.value));
  return db.run("DELETE FROM webhook_deliveries WHERE last_event_at >= ? AND first_event_at < ?" +
                    mine + " AND (events > 1 OR (1" + hits + "))",
                what.range.from, what.range.to, what.workspace.value);
}

Result<void> erase_conversion_events(Database& db, std::span<const ConversionId> ids) {
  constexpr int kCreated = static_cast<int>(EventKind::conversion_created);
  std::set<std::int64_t> workspaces;
  for (const ConversionId id : ids) {
    TRY_ASSIGN(const auto workspace,
               db.number("SELECT workspace FROM conversions WHERE id = ?", id.value));
    if (!workspace) continue;
    workspaces.insert(*workspace);
    TRY(db.run("DELETE FROM outbox WHERE event = 'conversion.created' AND about = ?", id.value));
    for (const char* table : {"webhook_events", "webhook_deliveries"})
      TRY(db.run(
          "DELETE FROM " + std::string(table) + " WHERE about = ? AND about <> 0 AND event = ?",
          id.value, kCreated));
  }
  for (const std::int64_t workspace : workspaces)
    TRY(
        db.run("DELETE FROM webhook_deliveries WHERE events > 1 AND webhook IN "
               "(SELECT id FROM webhooks WHERE workspace = ?)",
               workspace));
  return {};
}

}  // namespace tally
