// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/link_events.h"

#include <vector>

#include "links/link_event_json.h"
#include "links/sqlite/link_history.h"
#include "links/sqlite/link_rows.h"
#include "links/sqlite/outbox_rows.h"

namespace tally {
namespace {

// With the time of the look.
constexpr std::string_view kExpired =
    "WHERE expires_at > (SELECT told_to FROM link_expiry) AND expires_at <= ? ";

// Clocks are set by less than that all the time.
constexpr UnixMillis kAhead = kMillisPerMinute;

Result<void> add_link_event(Database& db, EventKind kind, const Link& link, UnixMillis now) {
  return add_event(
      db,
      {{}, link.workspace, now, std::string(to_text(kind)), link.id.value, link_event_data(link)});
}

Result<void> note_expired(Database& db, const Link& link, UnixMillis now) {
  TRY(note_edit(db, link, {{}, *link.expires_at, LinkEditKind::expired, {}, "[]"}));
  return tell_of_links(db, EventKind::link_expired, {&link, 1}, now);
}

}  // namespace

Result<void> tell_of_links(Database& db, EventKind kind, std::span<const Link> links,
                           UnixMillis now) {
  if (links.empty()) return {};
  TRY_ASSIGN(const bool asked, is_asked_for(db, links.front().workspace, kind));
  if (!asked) return {};
  for (const Link& link : links) TRY(add_link_event(db, kind, link, now));
  return {};
}

Result<void> tell_if_past(Database& db, const Link& link, UnixMillis now) {
  if (!link.expires_at || *link.expires_at > now) return {};
  TRY_ASSIGN(const auto told_to, db.number("SELECT told_to FROM link_expiry"));
  if (*link.expires_at > told_to.value_or(0)) return {};
  return note_expired(db, link, now);
}

Result<bool> any_expired(Database& db, UnixMillis now) {
  TRY_ASSIGN(const auto found,
             db.number("SELECT 1 FROM links " + std::string(kExpired) +
                           "UNION ALL SELECT 1 FROM link_expiry WHERE told_to > ? LIMIT 1",
                       now, now + kAhead));
  return found.has_value();
}

Result<std::size_t> tell_expired(Database& db, UnixMillis now, std::size_t most) {
  TRY(db.run("UPDATE link_expiry SET told_to = ? WHERE told_to > ?", now, now + kAhead));
  TRY_ASSIGN(Statement row,
             db.query(select_links(std::string(kExpired) + "ORDER BY expires_at, id"), now));
  UnixMillis told_to = now;
  UnixMillis last = 0;
  std::size_t told = 0;
  for (;; ++told) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) break;
    TRY_ASSIGN(const Link link, read_link(row));
    if (told >= most && *link.expires_at > last) {
      told_to = last;
      break;
    }
    last = *link.expires_at;
    TRY(note_expired(db, link, now));
  }
  TRY(db.run("UPDATE link_expiry SET told_to = max(told_to, ?)", told_to));
  return told;
}

}  // namespace tally
