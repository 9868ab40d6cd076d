// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_outbox.h"

namespace tally {
namespace {

Result<std::optional<std::int64_t>> cursor_of(Database& db, std::string_view reader) {
  return db.number("SELECT through FROM outbox_readers WHERE name = ?", reader);
}

// The highest number that was ever given out.
Result<std::int64_t> last_event(Database& db) {
  TRY_ASSIGN(const auto last, db.number("SELECT seq FROM sqlite_sequence WHERE name = 'outbox'"));
  return last.value_or(0);
}

Result<std::vector<OutboxEvent>> events_after(Database& db, std::int64_t cursor,
                                              std::size_t limit) {
  TRY_ASSIGN(Statement row,
             db.query("SELECT id, workspace, time, event, about, data FROM outbox WHERE id > ? "
                      "ORDER BY id LIMIT ?",
                      cursor, static_cast<std::int64_t>(limit)));
  std::vector<OutboxEvent> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    out.push_back({EventId{row.unsigned_number(0)}, WorkspaceId{row.unsigned_number(1)},
                   row.number(2), row.text(3), row.unsigned_number(4), row.text(5)});
  }
}

}  // namespace

Result<std::vector<OutboxEvent>> SqliteOutbox::next(std::string_view reader, std::size_t limit) {
  bool known = true;
  auto found = db_.read([&](Database& db) -> Result<std::vector<OutboxEvent>> {
    TRY_ASSIGN(const auto cursor, cursor_of(db, reader));
    known = cursor.has_value();
    if (!known) return std::vector<OutboxEvent>();
    return events_after(db, *cursor, limit);
  });
  if (!found || known) return found;
  return db_.write([&](Database& db) -> Result<std::vector<OutboxEvent>> {
    TRY_ASSIGN(const std::int64_t last, last_event(db));
    TRY(db.run("INSERT INTO outbox_readers (name, through) VALUES (?, ?) ON CONFLICT DO NOTHING",
               reader, last));
    return std::vector<OutboxEvent>();
  });
}

Result<void> SqliteOutbox::done(std::string_view reader, EventId through) {
  return db_.write([&](Database& db) {
    return db.run(
        "INSERT INTO outbox_readers (name, through) VALUES (?, ?) ON CONFLICT (name) DO UPDATE "
        "SET through = max(through, excluded.through)",
        reader, through.value);
  });
}

Result<std::size_t> SqliteOutbox::forget(UnixMillis now) {
  return db_.write([&](Database& db) -> Result<std::size_t> {
    TRY(
        db.run("DELETE FROM outbox WHERE time < ? OR (time < ? AND id <= "
               "(SELECT coalesce(min(through), 0) FROM outbox_readers))",
               now - kOutboxKeepUnread, now - kOutboxKeep));
    return static_cast<std::size_t>(db.changed_rows());
  });
}

}  // namespace tally
