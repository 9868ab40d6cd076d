// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/sqlite_alert_store.h"

#include <limits>

#include "links/alert_json.h"
#include "links/sqlite/alert_rows.h"
#include "links/sqlite/outbox_rows.h"

namespace tally {
namespace {

constexpr std::uint64_t kLast = std::numeric_limits<std::int64_t>::max();
// A history keeps so much of what it was.
constexpr UnixMillis kHistoryKeep = 400 * kMillisPerDay;

std::unexpected<Error> no_such_alert() {
  return fail(ErrorCode::not_found, "there is no such alert");
}

Result<std::optional<AlertRule>> find_alert(Database& db, AlertId id) {
  TRY_ASSIGN(Statement row, db.query(std::string(kSelectAlert) + "WHERE id = ?", id.value));
  TRY_ASSIGN(const bool found, row.step());
  if (!found) return std::nullopt;
  TRY_ASSIGN(AlertRule rule, read_alert(db, row));
  return rule;
}

Result<AlertRule> find_alert(Database& db, WorkspaceId workspace, AlertId id) {
  TRY_ASSIGN(auto found, find_alert(db, id));
  if (!found || found->workspace != workspace) return no_such_alert();
  return std::move(*found);
}

Result<std::vector<AlertRule>> read_alerts(Database& db, Statement row) {
  std::vector<AlertRule> out;
  for (;;) {
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return out;
    TRY_ASSIGN(AlertRule rule, read_alert(db, row));
    out.push_back(std::move(rule));
  }
}

AlertStatus fresh_status(UnixMillis now) {
  AlertStatus out;
  out.since = now;
  return out;
}

Result<void> tell(Database& db, const AlertRule& rule, const AlertChange& change) {
  const std::string_view event = change.state == AlertState::firing ? kAlertFired : kAlertResolved;
  return add_event(db, {{},
                        rule.workspace,
                        change.time,
                        std::string(event),
                        change.id.value,
                        alert_event_data(rule, change)});
}

}  // namespace

Result<AlertRule> SqliteAlertStore::create(const AlertRule& rule) {
  return db_.write([&](Database& db) -> Result<AlertRule> {
    AlertRule made = rule;
    made.id = {};
    made.created_at = made.updated_at = clock_.now_ms();
    made.version = 1;
    made.status = fresh_status(made.created_at);
    TRY_ASSIGN(const AlertId id, write_alert(db, made));
    return find_alert(db, rule.workspace, id);
  });
}

Result<AlertRule> SqliteAlertStore::get(WorkspaceId workspace, AlertId id) {
  return db_.read([&](Database& db) { return find_alert(db, workspace, id); });
}

Result<std::vector<AlertRule>> SqliteAlertStore::list(const AlertListing& listing) {
  return db_.read([&](Database& db) -> Result<std::vector<AlertRule>> {
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectAlert) +
                            "WHERE workspace = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        listing.workspace.value, listing.after.value_or(AlertId{kLast}).value,
                        static_cast<std::int64_t>(listing.limit)));
    return read_alerts(db, std::move(row));
  });
}

Result<AlertRule> SqliteAlertStore::update(const AlertRule& rule) {
  return db_.write([&](Database& db) -> Result<AlertRule> {
    TRY_ASSIGN(const AlertRule before, find_alert(db, rule.workspace, rule.id));
    AlertRule after = rule;
    after.updated_at = clock_.now_ms();
    after.version = before.version + 1;
    after.status = rule.asks_as(before) ? before.status : fresh_status(after.updated_at);
    TRY(write_alert(db, after));
    return find_alert(db, rule.workspace, rule.id);
  });
}

Result<void> SqliteAlertStore::remove(WorkspaceId workspace, AlertId id) {
  return db_.write([&](Database& db) -> Result<void> {
    TRY(db.run("DELETE FROM alerts WHERE id = ? AND workspace = ?", id.value, workspace.value));
    if (db.changed_rows() == 0) return no_such_alert();
    return {};
  });
}

Result<std::vector<AlertChange>> SqliteAlertStore::history(const AlertHistoryListing& listing) {
  return db_.read([&](Database& db) -> Result<std::vector<AlertChange>> {
    TRY(find_alert(db, listing.workspace, listing.alert));
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectAlertChange) +
                            "WHERE alert = ? AND id < ? ORDER BY id DESC LIMIT ?",
                        listing.alert.value, listing.after.value_or(AlertChangeId{kLast}).value,
                        static_cast<std::int64_t>(listing.limit)));
    std::vector<AlertChange> out;
    for (;;) {
      TRY_ASSIGN(const bool found, row.step());
      if (!found) return out;
      TRY_ASSIGN(AlertChange change, read_alert_change(row));
      out.push_back(std::move(change));
    }
  });
}

Result<std::vector<AlertRule>> SqliteAlertStore::enabled() {
  return db_.read([&](Database& db) -> Result<std::vector<AlertRule>> {
    TRY_ASSIGN(Statement row,
               db.query(std::string(kSelectAlert) + "WHERE enabled <> 0 ORDER BY id"));
    return read_alerts(db, std::move(row));
  });
}

Result<bool> SqliteAlertStore::record(const AlertRule& rule, const AlertStep& step,
                                      UnixMillis time) {
  return db_.write([&](Database& db) -> Result<bool> {
    TRY_ASSIGN(const auto now, find_alert(db, rule.id));
    if (!now || now->version != rule.version || now->status.judged_to != rule.status.judged_to)
      return false;
    AlertRule after = rule;
    after.status = step.status;
    TRY(write_alert(db, after));
    if (!step.changed && !step.told) return true;
    AlertChange change{{}, rule.id, time, step.status.state, step.told, step.status.evidence};
    TRY_ASSIGN(change.id, add_alert_change(db, change));
    TRY(db.run("DELETE FROM alert_changes WHERE alert = ? AND time < ?", rule.id.value,
               time - kHistoryKeep));
    if (step.told) TRY(tell(db, rule, change));
    return true;
  });
}

Result<std::optional<ToldAlert>> SqliteAlertStore::told(AlertChangeId id) {
  return db_.read([&](Database& db) -> Result<std::optional<ToldAlert>> {
    TRY_ASSIGN(Statement row, db.query(std::string(kSelectAlertChange) + "WHERE id = ?", id.value));
    TRY_ASSIGN(const bool found, row.step());
    if (!found) return std::nullopt;
    TRY_ASSIGN(AlertChange change, read_alert_change(row));
    TRY_ASSIGN(auto rule, find_alert(db, change.alert));
    if (!rule) return std::nullopt;
    return ToldAlert{std::move(*rule), std::move(change)};
  });
}

}  // namespace tally
