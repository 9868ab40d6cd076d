// SPDX-License-Identifier: Apache-2.0
//
// Events that others are to be told of, in the order they happened. Each is written in the same
// transaction as the change that it tells of, so that a crash loses neither or both. Events of
// links and conversions are for webhooks only, and are written while one asks for them.
//
// Readers (the mail, webhooks) have a name and a cursor, the number of the last event that they are
// done with. One moves its cursor after it has told, so everybody hears of everything at least
// once. Numbers only grow, and an event is there before one with a higher number: the database has
// one writer. A reader's first look begins it at the end.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "model/ids.h"
#include "model/webhook.h"

namespace tally {

using EventId = Id<struct EventTag>;
struct EventTag {
  static constexpr std::string_view kPrefix = "evt_";
};

inline constexpr std::string_view kAlertFired = to_text(EventKind::alert_fired);
inline constexpr std::string_view kAlertResolved = to_text(EventKind::alert_resolved);
inline constexpr std::string_view kExportReady = to_text(EventKind::export_ready);

// Events stay so long after they happened; while a reader has not passed them, so much longer.
inline constexpr UnixMillis kOutboxKeep = 7 * kMillisPerDay;
inline constexpr UnixMillis kOutboxKeepUnread = 30 * kMillisPerDay;

struct OutboxEvent {
  EventId id;
  WorkspaceId workspace;
  UnixMillis time = 0;
  std::string event;        // a name of kEventKindNames
  std::uint64_t about = 0;  // AlertChangeId, ExportRunId, LinkId, ConversionId
  std::string data;         // a JSON object
  friend bool operator==(const OutboxEvent&, const OutboxEvent&) = default;
};

// The event in its envelope, as docs/reference/semantics.md has it under "Webhook".
std::string event_body(const OutboxEvent& event);

class Outbox {
 public:
  virtual ~Outbox() = default;

  // At most `limit` events that `reader` is not done with, oldest first.
  virtual Result<std::vector<OutboxEvent>> next(std::string_view reader, std::size_t limit) = 0;
  // `reader` is done with all up to `through`. A cursor never goes back.
  virtual Result<void> done(std::string_view reader, EventId through) = 0;
  // Deletes what need not be kept any more at that time; how many.
  virtual Result<std::size_t> forget(UnixMillis now) = 0;
};

}  // namespace tally
