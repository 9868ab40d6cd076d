// SPDX-License-Identifier: Apache-2.0
//
// Where webhooks are written down, with what became of them: in the same database as links, with
// the same implementations, judged by one suite in tests/contract.
//
// Owners and deliveries write the same webhooks at the same time, so whatever changes what was
// chosen raises its version, and whoever writes says which version it has read: an owner is refused
// what is not the newest, and a delivery's word on how things stand is passed over.
//
// A delivery writes once for all that it has done since the last time (note()): how far it is, what
// has to be tried again, what has not, and what was sent. After a crash it has done all of that or
// none, and sends at most that much twice.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/erasure.h"
#include "model/webhook.h"

namespace tally {

struct WebhookListing {
  WorkspaceId workspace = {};
  std::optional<WebhookId> after = std::nullopt;  // the last one of the page before
  std::size_t limit = 50;
};

struct DeadLetterListing {
  WorkspaceId workspace = {};
  WebhookId webhook = {};
  std::optional<WebhookEventId> after = std::nullopt;
  std::size_t limit = 50;
};

struct WebhookDeliveryListing {
  WorkspaceId workspace = {};
  WebhookId webhook = {};
  std::optional<WebhookDeliveryId> after = std::nullopt;
  std::size_t limit = 50;
  std::optional<bool> ok = std::nullopt;  // those that were taken, or those that were not
};

// What a webhook has in its retry table.
struct WebhookBacklog {
  std::uint64_t waiting = 0;
  std::uint64_t dead = 0;
  friend bool operator==(const WebhookBacklog&, const WebhookBacklog&) = default;
};

struct WebhookRotation {
  std::string secret;
  UnixMillis previous_until = 0;  // how long the old one signs as well
};

// What deliveries have done since they last said so.
struct WebhookStep {
  struct Place {
    WebhookId webhook;
    std::uint64_t version = 0;  // that was read
    WebhookStanding standing;
  };
  struct Done {
    WebhookId webhook;
    std::string event_id;
  };
  std::vector<Place> places;
  std::vector<WebhookEvent> events;  // to be tried again, or dead
  std::vector<Done> done;
  std::vector<WebhookDelivery> deliveries;  // oldest first
};

class WebhookStore {
 public:
  virtual ~WebhookStore() = default;

  // Stores a new one (its id, times, version and standing are ignored) and gives it back.
  // conflict/"too_many_webhooks" when its workspace has kMaxWebhooks.
  virtual Result<Webhook> create(const Webhook& webhook) = 0;
  virtual Result<Webhook> get(WorkspaceId workspace, WebhookId id) = 0;
  // Newest first.
  virtual Result<std::vector<Webhook>> list(const WebhookListing& listing) = 0;
  // Replaces what can be changed of webhooks(workspace, id): not its format, signature and secrets,
  // though the key of a tool. conflict/"changed_meanwhile" when its version is not the newest. One
  // that is switched on begins with what happens from now on; that, and another URL or key, end its
  // failing: what waits is tried now.
  virtual Result<Webhook> update(const Webhook& webhook) = 0;
  // With all that waits, is dead or was delivered.
  virtual Result<void> remove(WorkspaceId workspace, WebhookId id) = 0;
  // A new secret. The old one stays beside it for a while; one that was there already goes.
  virtual Result<Webhook> rotate(WorkspaceId workspace, WebhookId id,
                                 const WebhookRotation& rotation) = 0;

  // Of each of a workspace's webhooks.
  virtual Result<std::map<WebhookId, WebhookBacklog>> backlogs(WorkspaceId workspace) = 0;
  // Newest first, likewise; not_found when there is no such webhook.
  virtual Result<std::vector<WebhookEvent>> dead_letters(const DeadLetterListing& listing) = 0;
  virtual Result<std::vector<WebhookDelivery>> deliveries(
      const WebhookDeliveryListing& listing) = 0;
  // Has what is in the retry table sent at once, its attempts so far counted; how many that are.
  // By its event id, whether it is dead or waits; or dead letters of events in a range of time.
  virtual Result<std::size_t> replay(WorkspaceId workspace, WebhookId id,
                                     std::string_view event_id) = 0;
  virtual Result<std::size_t> replay(WorkspaceId workspace, WebhookId id, TimeRange range) = 0;

  // Those that are on, of every workspace, by id.
  virtual Result<std::vector<Webhook>> enabled() = 0;
  // Events that wait and may be tried at that time, of webhooks that are on and not down, or to be
  // probed: the most overdue of each, then of all.
  virtual Result<std::vector<WebhookEvent>> due(UnixMillis now, std::size_t limit_per_webhook,
                                                std::size_t limit) = 0;
  // The clock was set back: what would wait for longer than its schedule has it, counted from `now`
  // on, is tried at once.
  virtual Result<void> end_long_waits(UnixMillis now) = 0;
  // Writes down all of a step, or nothing. Of a webhook that is gone nothing is taken, of one that
  // was changed since it was read only its place in the log. An event that is there waits on as it
  // is, with what came of trying it; one with the number of a row that is there no more was erased
  // meanwhile, and is left alone. Besides, what is past its time goes: deliveries, dead letters and
  // secrets that were replaced.
  virtual Result<void> note(const WebhookStep& step) = 0;
  // Off, and what waits is dead. False, and nothing is written, when the webhook has been changed
  // or removed since it was read.
  virtual Result<bool> switch_off(const Webhook& webhook, WebhookOff reason) = 0;

  // Deletes whatever holds hits that are erased, or may: events, and deliveries with any of their
  // events in the range.
  virtual Result<void> erase(const Erasure& what) = 0;
  // The same for all hits of a workspace that were received before a time.
  Result<void> forget(WorkspaceId workspace, UnixMillis before) {
    return erase({workspace, {0, before}});
  }
};

}  // namespace tally
