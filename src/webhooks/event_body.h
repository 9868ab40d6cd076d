// SPDX-License-Identifier: Apache-2.0
//
// Events as receivers get them (docs/reference/webhooks.md): an envelope {id, event, timestamp,
// data}, and in batch mode one around up to 500 of them. Pure.
//
// An event's id is a function of the webhook and of what happened, so that it stays the same over
// retries, restarts and crashes, and tells nothing about other webhooks.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_writer.h"
#include "links/outbox.h"
#include "model/click.h"
#include "model/click_id.h"
#include "model/webhook.h"

namespace tally {

inline constexpr std::string_view kEventIdPrefix = "msg_";
// "msg_…" of a webhook's event that `what` names among its events.
std::string event_id(WebhookId webhook, std::string_view what);

// What of a click is not in it.
struct ClickContext {
  const ClickIdCodec& click_ids;
  std::string_view links_base_url;  // "https://go.example", whose scheme short URLs have
  std::string_view destination;     // where the link leads; "" when there is no such link any more
};

// The members of `data`, into an object that is open.
void put_click_data(JsonWriter& out, const Webhook& webhook, const Click& click,
                    const ClickContext& context);
std::string click_event(const Webhook& webhook, const Click& click, const ClickContext& context);
std::string outbox_event(const Webhook& webhook, const OutboxEvent& event);
// The name in an event's envelope; "" where there is none.
std::string_view event_name(std::string_view body);
// What the button "test" sends.
std::string test_event(const Webhook& webhook, std::string_view id, UnixMillis now);

// Several events, each as above, in one body; `time` is that of the last.
std::string batch_event(std::string_view id, UnixMillis time, std::span<const std::string> events);

// What a webhook's request with these events holds: one of them, a batch, or of a tool an array.
std::string parcel_body(const Webhook& webhook, std::string_view id, UnixMillis time,
                        std::span<const std::string> events);

}  // namespace tally
