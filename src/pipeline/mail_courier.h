// SPDX-License-Identifier: Apache-2.0
//
// The outbox's reader that writes mail: each event of an alert becomes one message to each of its
// recipients.
//
// At least once: the cursor moves when every recipient's server has said yes or a final no. Until
// then the event is tried again, at pauses that grow to a quarter of an hour and for kMailPatience;
// when the server answers "later" for a recipient, for kMailboxPatience, so that a full mailbox
// does not keep others waiting for long. Who was served already is remembered, but not over a
// restart, and whoever then gets a message twice gets it under the same Message-ID. One server
// takes all mail, so what waits for it waits in order.
//
// Without a mail server events are passed by: nobody wants last month's alarms from the day that
// one is set up.
#pragma once

#include <atomic>
#include <functional>
#include <set>

#include "base/worker.h"
#include "links/alert_store.h"
#include "links/link_store.h"
#include "links/outbox.h"
#include "mail/smtp_client.h"
#include "pipeline/alert_mail.h"

namespace tally {

inline constexpr UnixMillis kMailPatience = 2 * kMillisPerDay;      // with a silent server
inline constexpr UnixMillis kMailboxPatience = 1 * kMillisPerHour;  // with "later" for a recipient

// Names of the links that a rule is about, as far as they are still there.
Result<std::map<std::string, std::string>> alert_labels(LinkStore& links, const AlertRule& rule);

class MailCourier {
 public:
  struct Deps {
    const Clock& clock;
    Outbox& outbox;
    AlertStore& alerts;
    LinkStore& links;
    std::function<Result<TimeZone>(WorkspaceId)> zone;  // that it reports in
    std::string console_url;                            // without a '/' at its end
    // None: no mail is sent.
    std::function<Result<SmtpAnswer>(const Mail&)> send;
  };

  explicit MailCourier(Deps deps) : deps_(std::move(deps)) {}

  // Events that are told of from now on are delivered.
  Result<void> start();
  void stop() { worker_.stop(); }
  // There is a new event.
  void wake() { worker_.wake(); }

  // Delivers what waits; `unavailable` with what the server said when some of it has to be tried
  // again. For tests; start() calls it.
  Result<void> deliver();

  // Since the start.
  std::uint64_t sent() const { return sent_; }
  std::uint64_t lost() const { return lost_; }  // messages that were given up
  bool waits() const { return waits_; }         // for the server, by the last try

 private:
  bool is_mine(const OutboxEvent& event) const;
  Result<void> deliver(const OutboxEvent& event);
  Result<Mail> write(const ToldAlert& told);
  Result<void> forget();
  void run();

  Deps deps_;
  EventId at_;                          // the event that `served_` is about
  std::set<std::string> served_;        // its recipients that need no further try
  std::optional<UnixMillis> answered_;  // when the server first spoke of one of them
  UnixMillis forgot_ = 0;
  std::atomic<std::uint64_t> sent_ = 0, lost_ = 0;
  std::atomic<bool> waits_ = false;
  Worker worker_;
};

}  // namespace tally
