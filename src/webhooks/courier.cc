// SPDX-License-Identifier: Apache-2.0
#include "webhooks/courier.h"

#include <algorithm>
#include <future>
#include <set>

#include "base/log.h"
#include "base/text.h"
#include "webhooks/event_body.h"
#include "webhooks/event_filter.h"
#include "webhooks/signing.h"
#include "webhooks/tool_request.h"

namespace tally {
namespace {

constexpr std::string_view kReader = "webhooks";
constexpr std::chrono::milliseconds kBusyPause{10}, kIdlePause{1'000}, kAfterTrouble{1'000};
constexpr UnixMillis kReadEvery = 5'000, kExpiryEvery = 5'000, kOutboxEvery = 200, kDueEvery = 100,
                     kNoteEvery = 1'000;
constexpr UnixMillis kNoteFailuresEvery = 200;
constexpr UnixMillis kDestinationFor = 2'000;
constexpr std::size_t kMostDestinations = 100'000;
constexpr std::size_t kOutboxAtOnce = 200;
constexpr std::size_t kDueOfOne = 64, kDueAtOnce = 4'096;
constexpr std::chrono::seconds kTestWait{20}, kChangeWait{5};

// Of a tool.
void hide_key(const Webhook& webhook, OutgoingAnswer& answer) {
  answer.body = without_key(webhook, std::move(answer.body));
  answer.error = without_key(webhook, std::move(answer.error));
}

}  // namespace

Courier::Courier(Deps deps, OutgoingOptions options)
    : deps_(std::move(deps)), outgoing_(std::make_unique<Outgoing>(std::move(options))) {}

Result<void> Courier::start() {
  TRY(deps_.outbox.next(kReader, 1));
  TRY(read_webhooks());
  TRY(note());
  worker_.start("webhooks", [this] { run(); });
  return {};
}

// What is under way is not waited for: the next start sends it again.
void Courier::stop() {
  if (!outgoing_) return;
  worker_.stop();
  outgoing_->stop();
  take_answers();
  if (const auto noted = note(); !noted) log_warn("webhooks: {}", noted.error().line());
  outgoing_.reset();
}

void Courier::webhooks_changed() {
  std::unique_lock lock(mutex_);
  const std::uint64_t mine = ++asked_;
  worker_.wake();
  read_.wait_for(lock, kChangeWait, [&] { return reads_ >= mine; });
}

void Courier::pass_before(const EnrichedCursor& cursor) {
  const std::lock_guard lock(mutex_);
  pass_before_ = std::max(pass_before_, cursor);
}

Result<void> Courier::forget_rows(const std::function<Result<void>()>& erase) {
  const std::lock_guard lock(writing_);
  TRY(erase());
  forget_rows_ = true;
  return {};
}

void Courier::forget_if_asked() {
  if (std::exchange(forget_rows_, false))
    for (const auto& [id, lane] : lanes_) lane->forget_rows();
}

void Courier::run() {
  std::string said;
  std::chrono::milliseconds pause{0};
  while (worker_.pause(pause)) {
    const auto done = step();
    pause = lanes_.empty() ? kIdlePause : kBusyPause;
    if (done) {
      said.clear();
      continue;
    }
    if (said != done.error().line()) log_error("webhooks: {}", done.error().line());
    said = done.error().line();
    pause = kAfterTrouble;
  }
}

bool Courier::due(UnixMillis& last, UnixMillis every) const {
  const UnixMillis now = deps_.clock.now_ms();
  if (now >= last && now - last < every) return false;
  last = now;
  return true;
}

Result<void> Courier::step() {
  take_answers();
  TRY(read_if_asked());
  if (due(expiry_at_, kExpiryEvery)) TRY(deps_.links.expire_due(deps_.clock.now_ms()));
  if (due(outbox_at_, kOutboxEvery)) TRY(take_outbox());
  if (lanes_.empty()) return {};
  {
    const std::lock_guard lock(writing_);
    forget_if_asked();
  }
  if (due(due_at_, kDueEvery)) TRY(take_due());
  TRY(send());
  TRY(pass());
  const bool failures =
      std::ranges::any_of(lanes_, [](const auto& one) { return one.second->has_failures(); });
  if (due(noted_at_, failures ? kNoteFailuresEvery : kNoteEvery)) {
    TRY(note());
    TRY(judge());
  }
  return {};
}

void Courier::take_answers() {
  std::vector<Answer> answers;
  {
    const std::lock_guard lock(mutex_);
    answers.swap(answers_);
  }
  const UnixMillis now = deps_.clock.now_ms();
  for (const Answer& one : answers) {
    if (!one.answer.stopped) ++(one.answer.ok() ? counters_.delivered : counters_.failed);
    if (const auto lane = one.lane.lock()) lane->settle(*one.parcel, one.answer, now);
  }
}

Result<void> Courier::read_if_asked() {
  std::uint64_t asked = 0;
  {
    const std::lock_guard lock(mutex_);
    asked = asked_;
    if (asked == reads_ && !due(read_at_, kReadEvery)) return {};
  }
  TRY(read_webhooks());
  TRY(note());  // where those that are new begin
  due_at_ = 0;
  const std::lock_guard lock(mutex_);
  reads_ = asked;
  read_.notify_all();
  return {};
}

Result<void> Courier::read_webhooks() {
  TRY_ASSIGN(std::vector<Webhook> enabled, deps_.webhooks.enabled());
  std::set<WebhookId> on;
  for (Webhook& webhook : enabled) {
    on.insert(webhook.id);
    const auto lane = lanes_.find(webhook.id);
    if (lane != lanes_.end()) {
      lane->second->change(std::move(webhook));
      continue;
    }
    const WebhookId id = webhook.id;
    lanes_.emplace(id, std::make_shared<Lane>(
                           Lane::Deps{deps_.log, deps_.random,
                                      [this](const Webhook& of, std::span<const Click> clicks) {
                                        return to_events(of, clicks);
                                      },
                                      counters_.undecodable},
                           std::move(webhook)));
  }
  const auto is_off = [&](const auto& one) { return !on.contains(one.first); };
  if (std::ranges::any_of(lanes_, is_off)) TRY(note());
  std::erase_if(lanes_, is_off);
  std::erase_if(said_, is_off);
  counters_.webhooks = lanes_.size();
  counters_.down = static_cast<std::size_t>(std::ranges::count_if(
      lanes_, [](const auto& one) { return one.second->standing().state == WebhookState::down; }));
  return {};
}

// Into the retry table, so that each webhook hears of it whatever becomes of the others.
Result<void> Courier::take_outbox() {
  TRY_ASSIGN(const auto any, deps_.outbox.next(kReader, 1));
  if (any.empty()) return {};
  TRY(read_webhooks());  // one that is younger than what it knows of may be asking
  const std::lock_guard lock(writing_);
  TRY_ASSIGN(const auto events, deps_.outbox.next(kReader, kOutboxAtOnce));
  if (events.empty()) return {};  // erased just now
  WebhookStep step;
  for (const OutboxEvent& event : events) {
    const auto kind = parse_kind<EventKind>(kEventKindNames, event.event);
    if (!kind) continue;
    for (const auto& [id, lane] : lanes_) {
      const Webhook& webhook = lane->webhook();
      if (event.time < webhook.created_at || !wants(webhook, event)) continue;
      WebhookEvent waiting;
      waiting.webhook = id;
      waiting.event = *kind;
      const std::string body = outbox_event(webhook, event);
      const std::string_view batch = webhook.mode == WebhookMode::batch ? "batch " : "";
      waiting.event_id = event_id(id, std::string(batch) + event.id.text());
      waiting.body = parcel_body(webhook, waiting.event_id, event.time, std::span(&body, 1));
      waiting.first_event_at = waiting.time = event.time;
      waiting.subject.about = event.about;
      waiting.next_try = deps_.clock.now_ms();
      step.events.push_back(std::move(waiting));
    }
  }
  TRY(deps_.webhooks.note(step));
  due_at_ = 0;
  outbox_at_ = events.size() == kOutboxAtOnce ? 0 : outbox_at_;
  return deps_.outbox.done(kReader, events.back().id);
}

Result<void> Courier::take_due() {
  const UnixMillis now = deps_.clock.now_ms();
  if (now < seen_at_) {
    TRY(note());  // so that what failed just before is in the table
    TRY(deps_.webhooks.end_long_waits(now));
  }
  seen_at_ = now;
  TRY_ASSIGN(auto events, deps_.webhooks.due(now, kDueOfOne, kDueAtOnce));
  for (WebhookEvent& event : events) {
    const auto lane = lanes_.find(event.webhook);
    if (lane != lanes_.end()) lane->second->offer(std::move(event));
  }
  return {};
}

Result<void> Courier::send() {
  for (const auto& [id, lane] : lanes_) {
    const auto parcels = lane->take(deps_.clock.now_ms());
    std::string& said = said_[id];
    if (!parcels) {
      if (said != parcels.error().line()) log_error("{}: {}", id.text(), parcels.error().line());
      said = parcels.error().line();
      continue;
    }
    said.clear();
    for (const auto& parcel : *parcels) post(lane, parcel);
  }
  return {};
}

OutgoingRequest Courier::request_of(const Webhook& webhook, const Parcel& parcel) const {
  OutgoingRequest request;
  request.url = webhook.url;
  request.body = parcel.body;
  if (webhook.is_for_tool())
    address_to_tool(webhook, request);
  else
    request.headers = signed_headers(webhook, parcel.id, event_name(*parcel.body), *parcel.body,
                                     deps_.clock.now_ms());
  request.headers.emplace_back("User-Agent", deps_.user_agent);
  return request;
}

void Courier::post(const std::shared_ptr<Lane>& lane, const std::shared_ptr<Parcel>& parcel) {
  std::weak_ptr<Lane> of = lane;
  const Webhook& webhook = lane->webhook();
  const auto tool = webhook.is_for_tool() ? std::make_shared<const Webhook>(webhook) : nullptr;
  outgoing_->send(request_of(webhook, *parcel), [this, of, parcel, tool](OutgoingAnswer answer) {
    if (tool) hide_key(*tool, answer);
    ParcelAnswer out{answer.status,          std::move(answer.error),
                     std::move(answer.body), std::string(answer.header("retry-after")),
                     answer.stopped,         answer.took.count()};
    {
      const std::lock_guard lock(mutex_);
      answers_.push_back({of, parcel, std::move(out)});
    }
    worker_.wake();
  });
}

Result<void> Courier::note() {
  const std::lock_guard lock(writing_);
  forget_if_asked();
  WebhookStep step;
  std::vector<Lane*> told;
  for (const auto& [id, lane] : lanes_) {
    if (!lane->has_news()) continue;
    lane->put(step);
    told.push_back(lane.get());
  }
  if (told.empty()) return {};
  TRY(deps_.webhooks.note(step));
  for (Lane* const lane : told) lane->noted();
  for (const WebhookEvent& event : step.events)
    if (event.state == WebhookEventState::dead) ++counters_.dead;
  return {};
}

Result<void> Courier::judge() {
  for (const auto& [id, lane] : lanes_) {
    const WebhookOff why = lane->verdict();
    if (why == WebhookOff::none) continue;
    // What the log holds for it becomes dead letters with the rest.
    TRY_ASSIGN(const bool more, lane->pass(deps_.log.watermark().end, deps_.clock.now_ms()));
    if (more || lane->has_news()) {
      noted_at_ = 0;
      continue;
    }
    TRY_ASSIGN(const bool off, deps_.webhooks.switch_off(lane->webhook(), why));
    if (off) log_warn("{} is switched off: {}", id.text(), lane->standing().last_error);
    read_at_ = 0;
  }
  return {};
}

Result<void> Courier::pass() {
  EnrichedCursor until;
  {
    const std::lock_guard lock(mutex_);
    until = pass_before_;
  }
  if (deps_.log.wants_room()) until = std::max(until, deps_.log.watermark().end);
  for (const auto& [id, lane] : lanes_) {
    TRY_ASSIGN(const bool more, lane->pass(until, deps_.clock.now_ms()));
    if (more) noted_at_ = 0;
  }
  return {};
}

Result<std::vector<std::string>> Courier::to_events(const Webhook& webhook,
                                                    std::span<const Click> clicks) {
  std::vector<std::string> out;
  if (clicks.empty()) return out;
  TRY(read_destinations(webhook.workspace, clicks));
  out.reserve(clicks.size());
  const auto to_event = webhook.is_for_tool() ? tool_click : click_event;
  for (const Click& click : clicks)
    out.push_back(to_event(webhook, click,
                           {deps_.click_ids, deps_.links_base_url, destinations_[click.link].url}));
  return out;
}

// A link that is changed is told of as it was for up to kDestinationFor.
Result<void> Courier::read_destinations(WorkspaceId workspace, std::span<const Click> clicks) {
  const UnixMillis now = deps_.clock.now_ms();
  if (destinations_.size() > kMostDestinations) destinations_.clear();
  std::set<LinkId> missing;
  for (const Click& click : clicks) {
    const auto known = destinations_.find(click.link);
    if (known == destinations_.end() || now < known->second.read_at ||
        now - known->second.read_at > kDestinationFor)
      missing.insert(click.link);
  }
  if (missing.empty()) return {};
  TRY_ASSIGN(const auto links, deps_.links.find(workspace, {missing.begin(), missing.end()}));
  for (const LinkId id : missing) destinations_[id] = {"", now};
  for (const Link& link : links) destinations_[link.id].url = link.destination;
  return {};
}

Result<WebhookDelivery> Courier::test(const Webhook& webhook) {
  const UnixMillis now = deps_.clock.now_ms();
  Parcel parcel;
  parcel.id = event_id(webhook.id, "test " + std::to_string(now));
  const std::string body =
      webhook.is_for_tool() ? tool_test(webhook, now) : test_event(webhook, parcel.id, now);
  parcel.body = std::make_shared<const std::string>(
      parcel_body(webhook, parcel.id, now, std::span(&body, 1)));
  const auto promise = std::make_shared<std::promise<OutgoingAnswer>>();
  auto future = promise->get_future();
  outgoing_->send(request_of(webhook, parcel),
                  [promise](OutgoingAnswer answer) { promise->set_value(std::move(answer)); });
  if (future.wait_for(kTestWait) != std::future_status::ready)
    return fail(ErrorCode::unavailable, "the receiver took too long");
  OutgoingAnswer answer = future.get();
  if (webhook.is_for_tool()) hide_key(webhook, answer);
  WebhookDelivery out;
  out.webhook = webhook.id;
  out.event_id = parcel.id;
  out.first_event_at = out.last_event_at = out.time = now;
  out.took_ms = static_cast<std::uint32_t>(answer.took.count());
  out.status = answer.status;
  out.error = answer.error;
  out.request = excerpt(*parcel.body, kMaxWebhookExcerpt);
  out.response = excerpt(answer.body, kMaxWebhookExcerpt);
  return out;
}

}  // namespace tally
