// SPDX-License-Identifier: Apache-2.0
#include "pipeline/mail_courier.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/checksum.h"
#include "base/log.h"

namespace tally {
namespace {

constexpr std::string_view kReader = "mail";
constexpr std::size_t kAtOnce = 50;
constexpr std::chrono::milliseconds kIdle{60'000}, kFirstRetry{2'000}, kLongestRetry{900'000};

}  // namespace

Result<std::map<std::string, std::string>> alert_labels(LinkStore& links, const AlertRule& rule) {
  std::vector<LinkId> ids;
  for (const Filter& filter : rule.filters) {
    if (filter.by != Dimension::link) continue;
    for (const std::string& value : filter.values)
      if (const auto id = LinkId::parse(value)) ids.push_back(*id);
  }
  std::map<std::string, std::string> out;
  if (ids.empty()) return out;
  TRY_ASSIGN(const auto found, links.find(rule.workspace, ids));
  for (const Link& link : found) out[link.id.text()] = short_path(link);
  return out;
}

Result<void> MailCourier::start() {
  TRY(deps_.outbox.next(kReader, 1));
  worker_.start("mail", [this] { run(); });
  return {};
}

void MailCourier::run() {
  std::chrono::milliseconds wait{0}, retry = kFirstRetry;
  std::string said;  // of a trouble that may last: once
  while (worker_.pause(wait)) {
    const auto done = deliver();
    if (worker_.stopping()) return;
    if (const auto forgotten = forget(); !forgotten)
      log_warn("events that are over stay: {}", forgotten.error().line());
    waits_ = !done;
    if (done) {
      said.clear();
      wait = kIdle;
      retry = kFirstRetry;
      continue;
    }
    if (done.error().line() != said) log_warn("mail waits: {}", done.error().line());
    said = done.error().line();
    wait = retry;
    retry = std::min(retry * 2, kLongestRetry);
  }
}

Result<void> MailCourier::deliver() {
  while (!worker_.stopping()) {
    TRY_ASSIGN(const auto events, deps_.outbox.next(kReader, kAtOnce));
    if (events.empty()) return {};
    EventId passed;  // those that are others' are passed by together
    for (const OutboxEvent& event : events) {
      passed = event.id;
      if (!is_mine(event)) continue;
      TRY(deliver(event));
      TRY(deps_.outbox.done(kReader, event.id));
      passed = {};
      if (worker_.stopping()) break;
    }
    if (passed) TRY(deps_.outbox.done(kReader, passed));
  }
  return {};
}

bool MailCourier::is_mine(const OutboxEvent& event) const {
  return deps_.send && (event.event == kAlertFired || event.event == kAlertResolved);
}

Result<Mail> MailCourier::write(const ToldAlert& told) {
  TRY_ASSIGN(const TimeZone zone, deps_.zone(told.alert.workspace));
  TRY_ASSIGN(auto labels, alert_labels(deps_.links, told.alert));
  return alert_mail(told.alert, told.change, {zone, deps_.console_url, std::move(labels)});
}

Result<void> MailCourier::deliver(const OutboxEvent& event) {
  TRY_ASSIGN(const auto told, deps_.alerts.told(AlertChangeId{event.about}));
  if (!told) return {};
  TRY_ASSIGN(Mail mail, write(*told));
  if (at_ != event.id) {
    served_.clear();
    answered_.reset();
  }
  at_ = event.id;
  std::optional<Error> trouble;  // with one recipient: the others are served all the same
  for (const std::string& recipient : told->alert.recipients) {
    if (served_.contains(recipient)) continue;
    if (worker_.stopping()) return fail(ErrorCode::unavailable, "the server stops");
    mail.to = recipient;
    mail.id = fmt::format("evt-{}-{}-{:08x}", event.id.value, event.time,
                          record_checksum(event.id.value, 0, recipient));
    const auto answer = deps_.send(mail);
    const UnixMillis now = deps_.clock.now_ms();
    const bool of_message = answer && answer->of_message;
    if (of_message && !answered_) answered_ = now;
    if (answer && answer->accepted) {
      ++sent_;
    } else if ((answer ? answer->is_refusal() : answer.error().code == ErrorCode::invalid) ||
               (of_message && now - *answered_ > kMailboxPatience) ||
               now - event.time > kMailPatience) {
      ++lost_;
      log_error("{} was not told of {}: {}", recipient, event.id.text(),
                answer ? fmt::format("{} {}", answer->code, answer->text) : answer.error().line());
    } else {
      trouble = answer
                    ? Error{ErrorCode::unavailable,
                            fmt::format("the mail server said {} {}", answer->code, answer->text),
                            {},
                            {},
                            {}}
                    : answer.error();
      // A server that does not answer, or not let us in, would not for the next one either.
      if (!of_message) break;
      continue;
    }
    served_.insert(recipient);
  }
  if (trouble) return std::unexpected(std::move(*trouble));
  return {};
}

Result<void> MailCourier::forget() {
  const UnixMillis now = deps_.clock.now_ms();
  if (now - forgot_ < kMillisPerHour) return {};
  forgot_ = now;
  TRY(deps_.outbox.forget(now));
  return {};
}

}  // namespace tally
