// SPDX-License-Identifier: Apache-2.0
#include "webhooks/lane.h"

#include <algorithm>

#include "base/check.h"
#include "base/log.h"
#include "base/text.h"
#include "clicklog/batch.h"
#include "clicklog/click_json.h"
#include "model/delivery_schedule.h"
#include "webhooks/event_body.h"
#include "webhooks/event_filter.h"

namespace tally {
namespace {

// A build with this set moves on in the log before events are delivered: the crash tests must catch
// it.
#ifdef TALLY_MUTANT_PLACE_FIRST
constexpr bool kPlaceFirst = true;
#else
constexpr bool kPlaceFirst = false;
#endif

// Of requests that went well, so many are written into the log at a time.
constexpr std::size_t kSuccessesLogged = 50;
// One lane does not keep the others waiting: batches of the log, and events that are passed on.
constexpr int kReadsAtOnce = 64;
constexpr std::size_t kPassAtOnce = 2'000;
constexpr int kGone = 410;

// Segment takes 500 KB at once, the others more; this leaves room for what is put around it.
constexpr std::size_t kMostToolBytes = 400'000;

// How many of the events go into one request; at least one.
std::size_t fitting(const Webhook& webhook, std::span<const std::string> events) {
  if (webhook.mode == WebhookMode::single) return 1;
  const std::size_t most = std::min(events.size(), kMaxWebhookBatch);
  if (!webhook.is_for_tool()) return most;
  std::size_t count = 1, bytes = events.front().size();
  while (count < most && bytes + events[count].size() <= kMostToolBytes)
    bytes += events[count++].size();
  return count;
}

}  // namespace

Lane::Lane(Deps deps, Webhook webhook)
    : deps_(std::move(deps)),
      webhook_(std::move(webhook)),
      standing_(webhook_.standing),
      noted_(webhook_.standing),
      pin_(deps_.log.pin()) {
  if (standing_.clicks.epoch == 0) {
    const EnrichedCursor end = deps_.log.watermark().end;
    standing_.clicks = {end.epoch, end.n};
  }
  read_to_ = place();
  pin_->release_before(read_to_);
}

void Lane::change(Webhook webhook) {
  if (webhook.version == webhook_.version) return;
  webhook_ = std::move(webhook);
  const WebhookCursor place = standing_.clicks;
  standing_ = webhook_.standing;
  standing_.clicks = place;
  verdict_ = WebhookOff::none;
}

std::size_t Lane::most_running() const {
  if (standing_.state == WebhookState::down) return 1;
  return webhook_.mode == WebhookMode::batch ? kMostBatchesRunning : kMostRunning;
}

void Lane::offer(WebhookEvent event) {
  if (due_.size() >= 2 * most_running() || !known_.insert(event.event_id).second) return;
  auto parcel = std::make_shared<Parcel>();
  parcel->id = std::move(event.event_id);
  parcel->event = event.event;
  parcel->body = std::make_shared<const std::string>(std::move(event.body));
  parcel->events = event.events;
  parcel->first_event_at = event.first_event_at;
  parcel->last_event_at = event.time;
  parcel->subject = event.subject;
  parcel->attempts = event.attempts;
  parcel->row = event.id;
  due_.push_back(std::move(parcel));
}

void Lane::forget_rows() {
  for (const auto& parcel : due_) known_.erase(parcel->id);
  due_.clear();
  step_.deliveries.clear();
  ++forgets_;
}

// Reads the next batch of the log into the queue; false when there is none.
Result<bool> Lane::read_one() {
  if (!webhook_.events.has(EventKind::link_clicked)) {
    read_to_ = std::max(read_to_, deps_.log.watermark().end);
    if (reads_.empty()) pin_->release_before(read_to_);
    return false;
  }
  if (read_to_ >= deps_.log.watermark().end) return false;
  if (!reader_ || reader_->cursor() != read_to_) reader_.emplace(deps_.log, read_to_);
  std::vector<Click> clicks;
  bool read = false;
  Result<void> told;
  TRY(reader_->read(
      [&](const EnrichedCursor& after, std::string_view bytes) {
        read = true;
        BatchHead head;
        const auto decoded = read_batch(
            bytes, head,
            [&](const Click& click) {
              if (wants(webhook_, click)) clicks.push_back(click);
            },
            [](const LandingView&) {});
        if (!decoded) {
          log_error("{}: {}", webhook_.id.text(), decoded.error().line());
          clicks.clear();
          ++deps_.undecodable;
        }
        auto events = deps_.to_events(webhook_, clicks);
        if (!events) {
          told = std::unexpected(std::move(events).error());
          return false;
        }
        reads_.push_back({after, 0});
        queue(clicks, std::move(*events), first_read_ + reads_.size() - 1);
        return true;
      },
      1));
  TRY(told);
  read_to_ = std::max(read_to_, reader_->cursor());
  move_place();
  return read;
}

void Lane::queue(std::span<const Click> clicks, std::vector<std::string> events,
                 std::uint64_t read) {
  CHECK(events.size() == clicks.size());
  for (std::size_t from = 0; from < clicks.size();) {
    const auto texts =
        std::span(events).subspan(from, fitting(webhook_, std::span(events).subspan(from)));
    const auto some = clicks.subspan(from, texts.size());
    from += some.size();
    auto parcel = std::make_shared<Parcel>();
    const std::string first = sequence_of(some.front().key);
    // A batch is cut where the log's batches end, so that it is the same one after a crash.
    parcel->id = event_id(webhook_.id, webhook_.mode == WebhookMode::single
                                           ? first
                                           : "batch " + first + " " + sequence_of(some.back().key) +
                                                 " " + std::to_string(some.size()));
    parcel->body = std::make_shared<const std::string>(
        parcel_body(webhook_, parcel->id, some.back().time, texts));
    if (some.size() == 1) parcel->subject = {some.front().link, some.front().visitor, 0};
    parcel->events = static_cast<std::uint32_t>(some.size());
    parcel->first_event_at = some.front().time;
    parcel->last_event_at = some.back().time;
    parcel->read = read;
    queue_.push_back(std::move(parcel));
    ++reads_.back().left;
  }
}

// In turns, where both wait.
std::shared_ptr<Parcel> Lane::next() {
  table_next_ = !table_next_;
  const bool from_table = !due_.empty() && (queue_.empty() || table_next_);
  auto& from = from_table ? due_ : queue_;
  if (from.empty()) return nullptr;
  auto parcel = std::move(from.front());
  from.pop_front();
  return parcel;
}

Result<std::vector<std::shared_ptr<Parcel>>> Lane::take(UnixMillis now) {
  std::vector<std::shared_ptr<Parcel>> out;
  const bool down = standing_.state == WebhookState::down;
  // The clock was set back.
  standing_.failing_since = std::min(standing_.failing_since, now);
  if (down && standing_.next_probe - now > longest_delay(probes())) standing_.next_probe = now;
  if (verdict_ != WebhookOff::none || (down && now < standing_.next_probe)) return out;
  std::optional<Error> unread;
  int reads = 0;
  while (running_ < most_running()) {
    while (queue_.empty() && !unread && (!down || due_.empty()) && reads < kReadsAtOnce) {
      ++reads;
      auto read = read_one();
      if (!read) unread = std::move(read).error();
      if (!read || !*read) break;
    }
    auto parcel = next();
    if (!parcel) break;
    parcel->version = webhook_.version;
    parcel->forgets = forgets_;
    ++running_;
    out.push_back(std::move(parcel));
  }
  if (unread && out.empty()) return std::unexpected(std::move(*unread));
  return out;
}

void Lane::settle(const Parcel& parcel, const ParcelAnswer& answer, UnixMillis now) {
  --running_;
  if (answer.stopped) {
    auto again = std::make_shared<Parcel>(parcel);
    (parcel.row ? due_ : queue_).push_front(std::move(again));
    return;
  }
  if (!parcel.row || parcel.forgets == forgets_) log(parcel, answer, now);
  if (!answer.ok()) {
    fail(parcel, answer, now);
  } else {
    standing_.state = WebhookState::ok;
    standing_.failures_in_row = 0;
    standing_.failing_since = 0;
    standing_.next_probe = 0;
    standing_.last_success_at = now;
    standing_.last_error.clear();
    if (parcel.row) step_.done.push_back({webhook_.id, parcel.id});
  }
  finish(parcel);
}

WebhookEvent Lane::row_of(const Parcel& parcel) const {
  WebhookEvent out;
  out.id = parcel.row;
  out.webhook = webhook_.id;
  out.event_id = parcel.id;
  out.event = parcel.event;
  out.events = parcel.events;
  out.body = *parcel.body;
  out.first_event_at = parcel.first_event_at;
  out.time = parcel.last_event_at;
  out.subject = parcel.subject;
  out.last_error = standing_.last_error;
  return out;
}

void Lane::fail(const Parcel& parcel, const ParcelAnswer& answer, UnixMillis now) {
  standing_.last_error =
      answer.error.empty() ? "answered " + std::to_string(answer.status) : answer.error;
  WebhookEvent event = row_of(parcel);
  event.attempts = parcel.attempts + 1;
  event.last_status = answer.status;
  const auto delay =
      retry_delay(event.attempts, deps_.random, read_retry_after(answer.retry_after, now));
  if (delay)
    event.next_try = now + *delay;
  else
    event.state = WebhookEventState::dead;
  step_.events.push_back(std::move(event));
  if (answer.status == kGone && parcel.version == webhook_.version) verdict_ = WebhookOff::gone;
  count_failure(now);
}

std::uint32_t Lane::probes() const {
  const std::uint32_t failures = std::max(standing_.failures_in_row, kDownAfter);
  return std::min(failures - kDownAfter + 1, kDeliveryAttempts - 1);
}

// What was under way when the webhook went down says nothing more than that it did.
void Lane::count_failure(UnixMillis now) {
  if (standing_.state == WebhookState::down && now < standing_.next_probe) return;
  if (standing_.failing_since == 0) standing_.failing_since = now;
  if (++standing_.failures_in_row < kDownAfter) return;
  standing_.state = WebhookState::down;
  standing_.next_probe = now + *retry_delay(probes(), deps_.random);
  if (now - standing_.failing_since >= kGiveUpAfter) verdict_ = WebhookOff::failing;
}

void Lane::finish(const Parcel& parcel) {
  if (parcel.row) {
    settled_.push_back(parcel.id);
    return;
  }
  if (kPlaceFirst) return;
  --reads_[parcel.read - first_read_].left;
  move_place();
}

void Lane::move_place() {
  while (!reads_.empty() && (kPlaceFirst || reads_.front().left == 0)) {
    const EnrichedCursor& after = reads_.front().after;
    standing_.clicks = {after.epoch, after.n};
    reads_.pop_front();
    ++first_read_;
  }
}

void Lane::log(const Parcel& parcel, const ParcelAnswer& answer, UnixMillis now) {
  if (answer.ok() && ++logged_successes_ > kSuccessesLogged) return;
  WebhookDelivery row;
  row.webhook = webhook_.id;
  row.event_id = parcel.id;
  row.event = parcel.event;
  row.events = parcel.events;
  row.first_event_at = parcel.first_event_at;
  row.last_event_at = parcel.last_event_at;
  row.subject = parcel.subject;
  row.attempt = parcel.attempts + 1;
  row.time = now - answer.took_ms;
  row.took_ms = static_cast<std::uint32_t>(answer.took_ms);
  row.status = answer.status;
  row.error = answer.error;
  row.request = excerpt(*parcel.body, kMaxWebhookExcerpt);
  row.response = excerpt(answer.body, kMaxWebhookExcerpt);
  step_.deliveries.push_back(std::move(row));
}

Result<bool> Lane::pass(const EnrichedCursor& until, UnixMillis now) {
  if (place() >= until) return false;
  const std::size_t before = step_.events.size();
  for (int reads = 0; reads < kReadsAtOnce && step_.events.size() - before < kPassAtOnce; ++reads) {
    for (const auto& parcel : queue_) {
      WebhookEvent event = row_of(*parcel);
      event.next_try = now;
      step_.events.push_back(std::move(event));
      finish(*parcel);
    }
    queue_.clear();
    if (read_to_ >= until) return false;
    TRY_ASSIGN(const bool read, read_one());
    if (!read) return false;
  }
  return true;
}

bool Lane::has_news() const {
  return standing_ != noted_ || !step_.events.empty() || !step_.done.empty() ||
         !step_.deliveries.empty();
}

void Lane::put(WebhookStep& step) const {
  step.places.push_back({webhook_.id, webhook_.version, standing_});
  const auto append = [](auto& to, const auto& from) {
    to.insert(to.end(), from.begin(), from.end());
  };
  append(step.events, step_.events);
  append(step.done, step_.done);
  append(step.deliveries, step_.deliveries);
}

void Lane::noted() {
  noted_ = standing_;
  step_ = {};
  logged_successes_ = 0;
  // Until now the table had them as they were.
  for (const std::string& id : settled_) known_.erase(id);
  settled_.clear();
  pin_->release_before(place());
}

}  // namespace tally
