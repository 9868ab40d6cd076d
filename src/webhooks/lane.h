// SPDX-License-Identifier: Apache-2.0
//
// One webhook's deliveries: what is to be sent next, what is under way, and how far it is.
//
// Clicks come from the enriched log, a batch of it at a time, and the lane's place in the log moves
// behind a batch once each of its clicks was taken by the receiver or is in the retry table: a
// delivery that goes well costs no write of its own. What failed waits in that table for its time,
// and other events come from there too.
//
// After kDownAfter failures in a row the webhook is down. Then its place in the log stays, so that
// a receiver that is away for days does not fill the table, and one request is made for each step
// of the schedule until one goes well. When somebody needs the log to be passed, an erase or a full
// disk, pass() moves what waits there into the table all the same.
//
// Whatever the lane does is told to the store in one step (put()), so that after a crash it has
// done all of that or none: what was under way is sent again, with the same id and body.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/random.h"
#include "base/result.h"
#include "clicklog/enriched_log.h"
#include "links/webhook_store.h"
#include "model/click.h"
#include "model/webhook.h"

namespace tally {

// One request, and what it tells.
struct Parcel {
  std::string id;  // the webhook-id
  EventKind event = EventKind::link_clicked;
  std::shared_ptr<const std::string> body;
  std::uint32_t events = 1;
  UnixMillis first_event_at = 0, last_event_at = 0;
  EventSubject subject;        // of a single event
  std::uint32_t attempts = 0;  // before this one
  std::uint64_t version = 0;   // of the webhook, when it was sent
  WebhookEventId row;          // of the retry table; none: from the log
  std::uint64_t read = 0;      // of the log: which read of a batch it is part of
  std::uint64_t forgets = 0;   // how often rows were forgotten when it was sent
};

// What came of a request.
struct ParcelAnswer {
  int status = 0;
  std::string error{};
  std::string body{};
  std::string retry_after{};  // the header
  bool stopped = false;       // it says nothing about the receiver
  UnixMillis took_ms = 0;

  bool ok() const { return error.empty() && status >= 200 && status < 300; }
};

class Lane {
 public:
  static constexpr std::uint32_t kDownAfter = 20;
  static constexpr UnixMillis kGiveUpAfter = 5 * kMillisPerDay;
  static constexpr std::size_t kMostRunning = 64;
  static constexpr std::size_t kMostBatchesRunning = 8;

  struct Deps {
    EnrichedLog& log;
    Random& random;
    // Clicks as events of a webhook.
    std::function<Result<std::vector<std::string>>(const Webhook&, std::span<const Click>)>
        to_events;
    std::atomic<std::uint64_t>& undecodable;  // batches of the log that were passed over
  };

  Lane(Deps deps, Webhook webhook);

  const Webhook& webhook() const { return webhook_; }
  const WebhookStanding& standing() const { return standing_; }
  // As its owner has it now.
  void change(Webhook webhook);

  // From the retry table; one that is here is passed over, and all are when it has plenty.
  void offer(WebhookEvent event);
  // Rows of the table may be gone: lets go of what it has of them and has not sent, and of log rows
  // about them, of those that are under way too.
  void forget_rows();
  // Requests to be made now. What could not be read of the log is told, and tried again.
  Result<std::vector<std::shared_ptr<Parcel>>> take(UnixMillis now);
  void settle(const Parcel& parcel, const ParcelAnswer& answer, UnixMillis now);
  // Whether it has to be switched off, and why; said once nothing is under way, which would be
  // lost.
  WebhookOff verdict() const { return running_ == 0 ? verdict_ : WebhookOff::none; }
  // Puts what waits in the log before `until` into the retry table, a good deal at a time. Whether
  // there is more; what is under way is not waited for.
  Result<bool> pass(const EnrichedCursor& until, UnixMillis now);

  // What has happened since the last noted().
  bool has_news() const;
  bool has_failures() const { return !step_.events.empty(); }
  void put(WebhookStep& step) const;
  void noted();

 private:
  // A batch of the log some of whose clicks are not done.
  struct Read {
    EnrichedCursor after;
    std::size_t left = 0;
  };

  std::size_t most_running() const;
  Result<bool> read_one();
  EnrichedCursor place() const { return {standing_.clicks.epoch, standing_.clicks.n}; }
  void queue(std::span<const Click> clicks, std::vector<std::string> events, std::uint64_t read);
  std::shared_ptr<Parcel> next();
  WebhookEvent row_of(const Parcel& parcel) const;
  void finish(const Parcel& parcel);
  void move_place();
  void fail(const Parcel& parcel, const ParcelAnswer& answer, UnixMillis now);
  std::uint32_t probes() const;  // that failed, as the schedule counts them
  void count_failure(UnixMillis now);
  void log(const Parcel& parcel, const ParcelAnswer& answer, UnixMillis now);

  Deps deps_;
  Webhook webhook_;
  WebhookStanding standing_, noted_;
  std::shared_ptr<EnrichedPin> pin_;
  std::optional<EnrichedReader> reader_;
  EnrichedCursor read_to_;
  std::deque<Read> reads_;
  std::uint64_t first_read_ = 0;               // the number of reads_.front()
  std::deque<std::shared_ptr<Parcel>> queue_;  // from the log
  std::deque<std::shared_ptr<Parcel>> due_;    // from the table
  std::set<std::string> known_;                // ids of those from the table that are here
  std::vector<std::string> settled_;           // of those, what the table does not know yet
  std::size_t running_ = 0;
  std::uint64_t forgets_ = 0;
  bool table_next_ = false;
  WebhookOff verdict_ = WebhookOff::none;
  WebhookStep step_;  // that is not noted yet; without places
  std::size_t logged_successes_ = 0;
};

}  // namespace tally
