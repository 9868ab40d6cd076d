// SPDX-License-Identifier: Apache-2.0
//
// Brings events to the webhooks that want them.
//
// One thread has a lane for each webhook that is on (lane.h), gives it what is due in the retry
// table, sends what it has ready and tells it what came of that. Requests run elsewhere
// (http/outgoing.h), so a receiver that is slow holds up nobody but its own lane. Events of the
// outbox go into the retry table, due at once, for each webhook that asks for them. Links that have
// expired are looked for here too, since nobody else is told when that happens.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "base/worker.h"
#include "clicklog/enriched_log.h"
#include "http/outgoing.h"
#include "links/link_store.h"
#include "links/outbox.h"
#include "links/webhook_store.h"
#include "model/click_id.h"
#include "webhooks/lane.h"

namespace tally {

class Courier {
 public:
  struct Deps {
    const Clock& clock;
    Random& random;
    EnrichedLog& log;
    WebhookStore& webhooks;
    Outbox& outbox;
    LinkStore& links;
    ClickIdCodec click_ids;
    std::string links_base_url;
    std::string user_agent;
  };
  struct Counters {
    std::atomic<std::uint64_t> delivered = 0;  // requests that were taken
    std::atomic<std::uint64_t> failed = 0;     // that were not
    std::atomic<std::uint64_t> dead = 0;       // events given up
    // Batches of the log that do not decode, once for each webhook that asks for clicks.
    std::atomic<std::uint64_t> undecodable = 0;
    std::atomic<std::size_t> webhooks = 0;  // that are on
    std::atomic<std::size_t> down = 0;      // of them
  };

  Courier(Deps deps, OutgoingOptions options);
  ~Courier() { stop(); }
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  Result<void> start();
  void stop();

  // One was made, changed, removed, or had something sent again. Once it returns, what happens from
  // now on is told to those that are new; it waits for that, though not for ever.
  void webhooks_changed();
  // There may be something new in the outbox.
  void wake() { worker_.wake(); }
  // Sends a test event now and waits for what comes of it, at most as long as a request may take.
  Result<WebhookDelivery> test(const Webhook& webhook);
  // Everything before `cursor` has to be passed soon, also by webhooks that are down.
  void pass_before(const EnrichedCursor& cursor);

  // Runs `erase`, which deletes rows of the retry table and of the delivery log, while nothing is
  // written there. What is here of such rows is neither sent nor written any more.
  Result<void> forget_rows(const std::function<Result<void>()>& erase);

  const Counters& counters() const { return counters_; }

 private:
  struct Answer {
    std::weak_ptr<Lane> lane;  // that sent it: another one of the same webhook is none
    std::shared_ptr<Parcel> parcel;
    ParcelAnswer answer;
  };
  struct Destination {
    std::string url;
    UnixMillis read_at = 0;
  };

  void run();
  Result<void> step();
  void take_answers();
  Result<void> read_webhooks();
  Result<void> read_if_asked();
  Result<void> take_outbox();
  Result<void> take_due();
  Result<void> send();
  Result<void> note();
  Result<void> judge();
  Result<void> pass();
  void forget_if_asked();
  void post(const std::shared_ptr<Lane>& lane, const std::shared_ptr<Parcel>& parcel);
  OutgoingRequest request_of(const Webhook& webhook, const Parcel& parcel) const;
  Result<std::vector<std::string>> to_events(const Webhook& webhook, std::span<const Click> clicks);
  Result<void> read_destinations(WorkspaceId workspace, std::span<const Click> clicks);
  bool due(UnixMillis& last, UnixMillis every) const;

  Deps deps_;
  Counters counters_;
  std::map<WebhookId, std::shared_ptr<Lane>> lanes_;
  std::map<LinkId, Destination> destinations_;
  std::map<WebhookId, std::string> said_;  // trouble of a lane, told once
  UnixMillis seen_at_ = INT64_MAX;  // what the clock said last; whatever it says first is less
  UnixMillis read_at_ = 0, expiry_at_ = 0, outbox_at_ = 0, due_at_ = 0, noted_at_ = 0;
  std::mutex mutex_;
  std::vector<Answer> answers_;
  EnrichedCursor pass_before_;
  std::mutex writing_;        // held by whoever writes or deletes rows
  bool forget_rows_ = false;  // under it
  std::condition_variable read_;
  std::uint64_t asked_ = 0, reads_ = 0;  // to read the webhooks again, and how far that has come
  std::unique_ptr<Outgoing> outgoing_;
  Worker worker_;
};

}  // namespace tally
