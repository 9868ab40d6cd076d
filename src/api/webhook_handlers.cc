// SPDX-License-Identifier: Apache-2.0
//
// Webhooks: what is told to whom, what became of it, and telling it once more. A secret is in the
// answers that make one and in no other.
#include <algorithm>

#include "api/handlers.h"
#include "api/paging.h"
#include "api/test_turn.h"
#include "api/webhook_input.h"
#include "links/webhook_secret.h"
#include "model/calendar.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr std::array<std::string_view, 2> kResults = {"failed", "ok"};

std::unexpected<Error> no_such_webhook() {
  return fail(ErrorCode::not_found, "there is no such webhook");
}

Result<WebhookId> id_of(const Call& call) {
  const auto id = WebhookId::parse(call.route.value("id"));
  if (!id) return no_such_webhook();
  return *id;
}

std::optional<std::string> time_text(UnixMillis time) {
  return time == 0 ? std::nullopt : std::optional(format_utc(time));
}

std::optional<int> status_or_null(int status) {
  return status == 0 ? std::nullopt : std::optional(status);
}

void put_choice(JsonWriter& out, const Webhook& webhook) {
  out.field("name", webhook.name).field("url", webhook.url).key("events").begin_array();
  for (std::size_t i = 0; i < kEventKindNames.size(); ++i)
    if (webhook.events.has(static_cast<EventKind>(i))) out.value(kEventKindNames[i]);
  out.end_array().key("filter").begin_object().key("links").begin_array();
  for (const LinkId link : webhook.filter.links) out.value(link.text());
  out.end_array().key("campaigns").begin_array();
  for (const std::string& campaign : webhook.filter.campaigns) out.value(campaign);
  out.end_array().field("traffic", to_text(webhook.filter.traffic)).end_object();
  const auto signature =
      webhook.is_for_tool() ? std::nullopt : std::optional(to_text(webhook.signature));
  out.field("format", to_text(webhook.format))
      .field("mode", to_text(webhook.mode))
      .field("signature", signature)
      .text_or_null("public_key", webhook_public_key(webhook.secret))
      .field("ip", to_text(webhook.ip))
      .field("enabled", webhook.enabled)
      .text_or_null("off_reason", to_text(webhook.off_reason));
}

void put_standing(JsonWriter& out, const Webhook& webhook, const WebhookBacklog& backlog) {
  const WebhookStanding& standing = webhook.standing;
  out.field("state", to_text(standing.state))
      .field("failures_in_row", standing.failures_in_row)
      .field("failing_since", time_text(standing.failing_since))
      .field("next_probe_at", time_text(standing.next_probe))
      .field("last_success_at", time_text(standing.last_success_at))
      .text_or_null("last_error", standing.last_error)
      .field("waiting", backlog.waiting)
      .field("dead", backlog.dead);
}

enum class Secret { hidden, shown };

void put_webhook(JsonWriter& out, const Webhook& webhook, const WebhookBacklog& backlog,
                 Secret secret = Secret::hidden) {
  out.begin_object().field("id", webhook.id.text());
  put_choice(out, webhook);
  put_standing(out, webhook, backlog);
  out.field("previous_secret_until", time_text(webhook.previous_until))
      .field("created_at", format_utc(webhook.created_at))
      .field("updated_at", format_utc(webhook.updated_at));
  if (secret == Secret::shown && !webhook.is_for_tool()) out.field("secret", webhook.secret);
  out.end_object();
}

Result<Response> webhook_response(Api& api, const Webhook& webhook, Secret secret = Secret::hidden,
                                  int status = 200) {
  TRY_ASSIGN(auto backlogs, api.deps.webhooks.backlogs(webhook.workspace));
  JsonWriter out;
  put_webhook(out, webhook, backlogs[webhook.id], secret);
  return json_response(out.take(), status);
}

void put_answer(JsonWriter& out, const WebhookDelivery& delivery) {
  out.field("result", kResults[delivery.ok() ? 1 : 0])
      .field("status", status_or_null(delivery.status))
      .field("took_ms", delivery.took_ms)
      .text_or_null("error", delivery.error)
      .field("request", delivery.request)
      .field("response", delivery.response);
}

void put_delivery(JsonWriter& out, const WebhookDelivery& delivery) {
  out.begin_object()
      .field("id", delivery.id.text())
      .field("event_id", delivery.event_id)
      .field("event", to_text(delivery.event))
      .field("events", delivery.events)
      .field("attempt", delivery.attempt)
      .field("time", format_utc(delivery.time));
  put_answer(out, delivery);
  out.end_object();
}

void put_dead_letter(JsonWriter& out, const WebhookEvent& event) {
  out.begin_object()
      .field("event_id", event.event_id)
      .field("event", to_text(event.event))
      .field("time", format_utc(event.time))
      .field("attempts", event.attempts)
      .field("status", status_or_null(event.last_status))
      .text_or_null("error", event.last_error)
      .field("body", event.body)
      .end_object();
}

// A misspelt link would never have a click.
Result<void> check_links(Api& api, const Webhook& webhook) {
  const auto& ids = webhook.filter.links;
  if (ids.empty()) return {};
  TRY_ASSIGN(const auto links, api.deps.links.find(webhook.workspace, ids));
  for (std::size_t i = 0; i < ids.size(); ++i)
    if (std::ranges::find(links, ids[i], &Link::id) == links.end())
      return fail_field("filter.links[" + std::to_string(i) + "]", "unknown_link",
                        "there is no link " + ids[i].text());
  return {};
}

// In turns with whoever else changes something; telling of it waits, and is not part of the turn.
Result<Webhook> change_webhook(Api& api, const Call& call, WebhookId id) {
  const std::lock_guard lock(api.patching);
  TRY_ASSIGN(Webhook webhook, api.deps.webhooks.get(call.workspace(), id));
  const auto links = webhook.filter.links;
  TRY(patch_webhook(webhook, call.request.body));
  if (webhook.filter.links != links) TRY(check_links(api, webhook));
  return api.deps.webhooks.update(webhook);
}

Result<Webhook> give_new_secret(Api& api, const Call& call, WebhookId id, UnixMillis overlap) {
  const std::lock_guard lock(api.patching);
  TRY_ASSIGN(const Webhook webhook, api.deps.webhooks.get(call.workspace(), id));
  if (webhook.is_for_tool())
    return std::unexpected(
        Error{ErrorCode::conflict,
              "the key of " + std::string(to_text(webhook.format)) + " is theirs",
              "get a new one there, then PATCH 'api_key'",
              {},
              "not_our_secret"});
  return api.deps.webhooks.rotate(
      call.workspace(), id,
      {make_webhook_secret(api.deps.random, webhook.signature), api.deps.clock.now_ms() + overlap});
}

void tell_of_change(const Api& api) {
  if (api.deps.webhooks_changed) api.deps.webhooks_changed();
}

}  // namespace

Result<Response> create_webhook(Api& api, const Call& call) {
  TRY_ASSIGN(Webhook webhook, read_webhook(call.request.body));
  webhook.workspace = call.workspace();
  TRY(check_links(api, webhook));
  if (!webhook.is_for_tool())
    webhook.secret = make_webhook_secret(api.deps.random, webhook.signature);
  TRY_ASSIGN(const Webhook made, api.deps.webhooks.create(webhook));
  tell_of_change(api);
  TRY_ASSIGN(Response out, webhook_response(api, made, Secret::shown, 201));
  out.fields.push_back({"Location", "/api/v1/webhooks/" + made.id.text()});
  return out;
}

Result<Response> list_webhooks(Api& api, const Call& call) {
  WebhookListing listing{.workspace = call.workspace()};
  TRY(read_page<WebhookId>(call, listing));
  TRY_ASSIGN(auto webhooks, api.deps.webhooks.list(listing));
  TRY_ASSIGN(auto backlogs, api.deps.webhooks.backlogs(call.workspace()));
  return page_response(webhooks, listing.limit, [&](JsonWriter& out, const Webhook& webhook) {
    put_webhook(out, webhook, backlogs[webhook.id]);
  });
}

Result<Response> get_webhook(Api& api, const Call& call) {
  TRY_ASSIGN(const WebhookId id, id_of(call));
  TRY_ASSIGN(const Webhook webhook, api.deps.webhooks.get(call.workspace(), id));
  return webhook_response(api, webhook);
}

Result<Response> update_webhook(Api& api, const Call& call) {
  TRY_ASSIGN(const WebhookId id, id_of(call));
  TRY_ASSIGN(const Webhook changed, change_webhook(api, call, id));
  tell_of_change(api);
  return webhook_response(api, changed);
}

Result<Response> delete_webhook(Api& api, const Call& call) {
  TRY_ASSIGN(const WebhookId id, id_of(call));
  TRY(api.deps.webhooks.remove(call.workspace(), id));
  tell_of_change(api);
  return Response{204, {}, {}};
}

Result<Response> rotate_webhook(Api& api, const Call& call) {
  TRY_ASSIGN(const WebhookId id, id_of(call));
  TRY_ASSIGN(const UnixMillis overlap, read_webhook_rotation(call.request.body));
  TRY_ASSIGN(const Webhook rotated, give_new_secret(api, call, id, overlap));
  tell_of_change(api);
  return webhook_response(api, rotated, Secret::shown);
}

Result<Response> list_webhook_deliveries(Api& api, const Call& call) {
  WebhookDeliveryListing listing{.workspace = call.workspace()};
  TRY_ASSIGN(listing.webhook, id_of(call));
  TRY(read_page<WebhookDeliveryId>(
      call, listing, [&](std::string_view name, std::string_view value) -> Result<bool> {
        if (name != "result") return false;
        const auto result = std::ranges::find(kResults, value);
        if (result == kResults.end()) return bad_parameter(name, "'result' is ok or failed");
        listing.ok = result != kResults.begin();
        return true;
      }));
  TRY_ASSIGN(auto deliveries, api.deps.webhooks.deliveries(listing));
  return page_response(deliveries, listing.limit, put_delivery);
}

Result<Response> list_dead_letters(Api& api, const Call& call) {
  DeadLetterListing listing{.workspace = call.workspace()};
  TRY_ASSIGN(listing.webhook, id_of(call));
  TRY(read_page<WebhookEventId>(call, listing));
  TRY_ASSIGN(auto events, api.deps.webhooks.dead_letters(listing));
  return page_response(events, listing.limit, put_dead_letter);
}

Result<Response> replay_webhook(Api& api, const Call& call) {
  TRY_ASSIGN(const WebhookId id, id_of(call));
  TRY_ASSIGN(const WebhookReplay wanted, read_webhook_replay(call.request.body));
  WebhookStore& webhooks = api.deps.webhooks;
  TRY_ASSIGN(const std::size_t replayed,
             wanted.event_id.empty() ? webhooks.replay(call.workspace(), id, wanted.range)
                                     : webhooks.replay(call.workspace(), id, wanted.event_id));
  if (replayed == 0 && !wanted.event_id.empty())
    return fail(ErrorCode::not_found, "no such event waits or is a dead letter");
  tell_of_change(api);
  JsonWriter out;
  out.begin_object().field("replayed", replayed).end_object();
  return json_response(out.take(), 202);
}

Result<Response> test_webhook(Api& api, const Call& call) {
  TRY_ASSIGN(const WebhookId id, id_of(call));
  TRY_ASSIGN(const Webhook webhook, api.deps.webhooks.get(call.workspace(), id));
  if (!api.deps.test_webhook)
    return fail(ErrorCode::unavailable, "nothing is sent to webhooks by this process");
  const TestTurn turn(api);
  TRY(turn.check("a webhook or a bucket is being tested already"));
  TRY_ASSIGN(const WebhookDelivery delivery, api.deps.test_webhook(call.workspace(), webhook));
  JsonWriter out;
  put_answer(out.begin_object(), delivery);
  return json_response(out.end_object().take());
}

}  // namespace tally
