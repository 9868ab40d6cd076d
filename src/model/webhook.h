// SPDX-License-Identifier: Apache-2.0
//
// Who is told of events over HTTP, and how that goes.
//
// A webhook is what its owner chose; its standing is what deliveries make of it. Clicks are read
// from the enriched log, each webhook at a place of its own; other events come from the outbox. An
// event that could not be delivered goes to the retry table, where it waits, and when it has waited
// for as long as it may is a dead letter: kept, and sent again when somebody asks for it. Every
// request that was made is a row of the delivery log, with a piece of what was sent and answered.
//
// Both tables hold what clicks hold, so their rows say which link and which visitor they are about:
// an erase takes them along.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "model/ids.h"
#include "model/ip_mode.h"
#include "model/stats_query.h"

namespace tally {

using WebhookId = Id<struct WebhookTag>;
struct WebhookTag {
  static constexpr std::string_view kPrefix = "whk_";
};
using WebhookEventId = Id<struct WebhookEventTag>;
struct WebhookEventTag {
  static constexpr std::string_view kPrefix = "whe_";
};
using WebhookDeliveryId = Id<struct WebhookDeliveryTag>;
struct WebhookDeliveryTag {
  static constexpr std::string_view kPrefix = "whd_";
};

// What there is to be told of. Stored sets are bits in this order, so it only grows at its end.
enum class EventKind : std::uint8_t {
  link_clicked,
  link_created,
  link_updated,
  link_deleted,
  link_expired,
  conversion_created,
  alert_fired,
  alert_resolved,
  export_ready,
};
inline constexpr std::array<std::string_view, 9> kEventKindNames = {
    "link.clicked",       "link.created", "link.updated",   "link.deleted", "link.expired",
    "conversion.created", "alert.fired",  "alert.resolved", "export.ready"};
constexpr std::string_view to_text(EventKind v) {
  return kEventKindNames[static_cast<std::size_t>(v)];
}

class EventKinds {
 public:
  constexpr EventKinds() = default;
  constexpr EventKinds(std::initializer_list<EventKind> kinds) {
    for (const EventKind kind : kinds) add(kind);
  }
  // Of what is no kind nothing is taken.
  static constexpr EventKinds from_bits(std::uint32_t bits) {
    EventKinds out;
    out.bits_ = bits & ((1u << kEventKindNames.size()) - 1);
    return out;
  }

  constexpr void add(EventKind kind) { bits_ |= 1u << static_cast<unsigned>(kind); }
  constexpr bool has(EventKind kind) const { return (bits_ >> static_cast<unsigned>(kind)) & 1; }
  constexpr bool empty() const { return bits_ == 0; }
  constexpr std::uint32_t bits() const { return bits_; }
  friend constexpr bool operator==(EventKinds, EventKinds) = default;

 private:
  std::uint32_t bits_ = 0;
};

// single: a request for each event. batch: one for up to kMaxWebhookBatch of them.
enum class WebhookMode : std::uint8_t { single, batch };
inline constexpr std::array<std::string_view, 2> kWebhookModeNames = {"single", "batch"};
constexpr std::string_view to_text(WebhookMode v) {
  return kWebhookModeNames[static_cast<std::size_t>(v)];
}

// How a request tells its events: in our form and signed, or as a tool takes clicks, which knows us
// by a key of its own (webhooks/tool_request.h).
enum class WebhookFormat : std::uint8_t { standard, segment, amplitude, mixpanel };
inline constexpr std::array<std::string_view, 4> kWebhookFormatNames = {"standard", "segment",
                                                                        "amplitude", "mixpanel"};
constexpr std::string_view to_text(WebhookFormat v) {
  return kWebhookFormatNames[static_cast<std::size_t>(v)];
}

// Where each takes clicks, unless a webhook says otherwise, as those have to whose data stay in
// Europe. Of the standard there is no such place.
inline constexpr std::array<std::string_view, 4> kWebhookToolUrls = {
    "", "https://api.segment.io/v1/batch", "https://api2.amplitude.com/2/httpapi",
    "https://api.mixpanel.com/import?strict=1"};

// By whom a request can be checked: by those who share a secret, or by everybody.
enum class WebhookSignature : std::uint8_t { hmac, ed25519 };
inline constexpr std::array<std::string_view, 2> kWebhookSignatureNames = {"hmac", "ed25519"};
constexpr std::string_view to_text(WebhookSignature v) {
  return kWebhookSignatureNames[static_cast<std::size_t>(v)];
}

// Why one is off without its owner's doing: the receiver said that it is gone (410), or answered
// nothing else than failures for days.
enum class WebhookOff : std::uint8_t { none, gone, failing };
inline constexpr std::array<std::string_view, 3> kWebhookOffNames = {"", "gone", "failing"};
constexpr std::string_view to_text(WebhookOff v) {
  return kWebhookOffNames[static_cast<std::size_t>(v)];
}

inline constexpr std::size_t kMaxWebhooks = 100;                // of a workspace
inline constexpr std::size_t kMaxWebhookName = 200;             // bytes
inline constexpr std::size_t kMaxWebhookBatch = 500;            // events in a request
inline constexpr std::size_t kMaxWebhookFilter = 100;           // links; campaigns
inline constexpr std::size_t kMaxWebhookKey = 255;              // bytes of a tool's key
inline constexpr std::size_t kMaxWebhookExcerpt = 1024;         // bytes of a request or an answer
inline constexpr std::size_t kWebhookDeliveriesKept = 1'000;    // the newest
inline constexpr UnixMillis kWebhookKeep = 30 * kMillisPerDay;  // deliveries and dead letters
inline constexpr UnixMillis kWebhookSecretOverlap = kMillisPerDay;
inline constexpr UnixMillis kMaxWebhookSecretOverlap = 7 * kMillisPerDay;

// Which clicks and conversions are told of: of these links and campaigns, when there are any. What
// else a webhook asks for passes.
struct WebhookFilter {
  std::vector<LinkId> links;
  std::vector<std::string> campaigns;
  TrafficFilter traffic = TrafficFilter::human;
  friend bool operator==(const WebhookFilter&, const WebhookFilter&) = default;
};

// The next batch of the enriched log; epoch 0: its first look begins it at the end.
struct WebhookCursor {
  std::uint32_t epoch = 0;
  std::uint64_t n = 0;
  friend bool operator==(const WebhookCursor&, const WebhookCursor&) = default;
};

// down: nothing is sent but a probe now and then, and its place in the log stays.
enum class WebhookState : std::uint8_t { ok, down };
inline constexpr std::array<std::string_view, 2> kWebhookStateNames = {"ok", "down"};
constexpr std::string_view to_text(WebhookState v) {
  return kWebhookStateNames[static_cast<std::size_t>(v)];
}

struct WebhookStanding {
  WebhookCursor clicks;
  WebhookState state = WebhookState::ok;
  std::uint32_t failures_in_row = 0;
  UnixMillis failing_since = 0;    // 0: it is not
  UnixMillis next_probe = 0;       // while it is down
  UnixMillis last_success_at = 0;  // 0: never
  std::string last_error;          // "" since its last success
  friend bool operator==(const WebhookStanding&, const WebhookStanding&) = default;
};

struct Webhook {
  WebhookId id;
  WorkspaceId workspace;
  std::string name;
  std::string url;
  EventKinds events;
  WebhookFilter filter;
  WebhookFormat format = WebhookFormat::standard;
  WebhookMode mode = WebhookMode::single;
  WebhookSignature signature = WebhookSignature::hmac;
  IpMode ip = IpMode::none;  // of a clicker's address
  bool enabled = true;
  WebhookOff off_reason = WebhookOff::none;
  std::string secret;           // links/webhook_secret.h; of a tool its key
  std::string previous_secret;  // signs as well until previous_until; "" when there is none
  UnixMillis previous_until = 0;
  std::uint64_t version = 0;  // grows when it is changed; not when something is delivered
  UnixMillis created_at = 0;
  UnixMillis updated_at = 0;
  WebhookStanding standing;  // is only read

  bool is_for_tool() const { return format != WebhookFormat::standard; }
  friend bool operator==(const Webhook&, const Webhook&) = default;
};

// What an event is about, for those who erase: 0 is nothing of the kind.
struct EventSubject {
  LinkId link;                // of a click
  std::uint64_t visitor = 0;  // of a click
  std::uint64_t about = 0;    // of events from the outbox: OutboxEvent::about
  friend bool operator==(const EventSubject&, const EventSubject&) = default;
};

enum class WebhookEventState : std::uint8_t { waiting, dead };
inline constexpr std::array<std::string_view, 2> kWebhookEventStateNames = {"waiting", "dead"};
constexpr std::string_view to_text(WebhookEventState v) {
  return kWebhookEventStateNames[static_cast<std::size_t>(v)];
}

// A row of the retry table.
struct WebhookEvent {
  WebhookEventId id;  // of the row
  WebhookId webhook;
  std::string event_id;  // "msg_…": one event of one webhook, for good
  EventKind event = EventKind::link_clicked;
  std::uint32_t events = 1;       // that are in it
  std::string body;               // as it is sent
  UnixMillis first_event_at = 0;  // of several, the first of them
  UnixMillis time = 0;            // of the event; of a click when it was received
  EventSubject subject;
  std::uint32_t attempts = 0;
  UnixMillis next_try = 0;
  WebhookEventState state = WebhookEventState::waiting;
  int last_status = 0;  // 0: there was no answer
  std::string last_error;
  friend bool operator==(const WebhookEvent&, const WebhookEvent&) = default;
};

// A row of the delivery log: one request.
struct WebhookDelivery {
  WebhookDeliveryId id;
  WebhookId webhook;
  std::string event_id;  // the request's webhook-id
  EventKind event = EventKind::link_clicked;
  std::uint32_t events = 1;       // in the request
  UnixMillis first_event_at = 0;  // of the event; of several, the first and the last of them
  UnixMillis last_event_at = 0;
  EventSubject subject;  // of a single event
  std::uint32_t attempt = 1;
  UnixMillis time = 0;
  std::uint32_t took_ms = 0;
  int status = 0;     // 0: there was no answer
  std::string error;  // "" when it was taken
  // The beginnings of what was sent and answered: kMaxWebhookExcerpt bytes of UTF-8 at most.
  std::string request, response;

  bool ok() const { return status >= 200 && status < 300 && error.empty(); }
  friend bool operator==(const WebhookDelivery&, const WebhookDelivery&) = default;
};

}  // namespace tally
