// SPDX-License-Identifier: Apache-2.0
#include "links/sqlite/alert_rows.h"

#include "links/sqlite/filter_rows.h"
#include "links/sqlite/row_values.h"
#include "model/kinds.h"

namespace tally {
namespace {

constexpr FilterTable kFilters{"alert_filters", "alert"};

std::unexpected<Error> broken() {
  return fail(ErrorCode::corrupt, "link database: an alert holds what no alert does");
}

bool read_evidence(const Statement& row, int first, AlertEvidence& out) {
  out.range = {row.number(first), row.number(first + 1)};
  out.count = row.unsigned_number(first + 2);
  out.expected = row.optional_real(first + 3);
  out.p = row.optional_real(first + 4);
  out.share = row.optional_real(first + 5);
  out.platform = row.text(first + 6);
  return read_kind(row, first + 7, kAlertDoubtNames, out.doubt);
}

Statement& bind(Statement& row, const AlertEvidence& evidence) {
  return row.bind(evidence.range.from)
      .bind(evidence.range.to)
      .bind(evidence.count)
      .bind(evidence.expected)
      .bind(evidence.p)
      .bind(evidence.share)
      .bind(evidence.platform)
      .bind(static_cast<int>(evidence.doubt));
}

bool read_status(const Statement& row, int first, AlertStatus& out) {
  out.since = row.number(first + 1);
  out.judged_at = row.number(first + 2);
  out.judged_to = row.number(first + 3);
  out.is_open = row.number(first + 4) != 0;
  out.told_at = row.number(first + 5);
  return read_kind(row, first, kAlertStateNames, out.state) &&
         read_evidence(row, first + 6, out.evidence);
}

}  // namespace

Result<AlertRule> read_alert(Database& db, const Statement& row) {
  AlertRule out;
  out.id = AlertId{row.unsigned_number(0)};
  out.workspace = WorkspaceId{row.unsigned_number(1)};
  out.name = row.text(2);
  out.platform = row.text(5);
  out.amount = row.unsigned_number(8);
  out.recipients = split_lines(row.view(9));
  out.quiet_minutes = row.unsigned_number(10);
  out.enabled = row.number(11) != 0;
  out.created_at = row.number(12);
  out.updated_at = row.number(13);
  out.version = row.unsigned_number(14);
  if (!read_kind(row, 3, kAlertKindNames, out.kind) ||
      !read_kind(row, 4, kIntervalNames, out.interval) ||
      !read_kind(row, 6, kAlertMeasureNames, out.measure) ||
      !read_kind(row, 7, kAlertBoundNames, out.bound) || !read_status(row, 15, out.status))
    return broken();
  TRY_ASSIGN(out.filters, read_filters(db, kFilters, out.id.value));
  return out;
}

Result<AlertChange> read_alert_change(const Statement& row) {
  AlertChange out;
  out.id = AlertChangeId{row.unsigned_number(0)};
  out.alert = AlertId{row.unsigned_number(1)};
  out.time = row.number(2);
  out.told = row.number(4) != 0;
  if (!read_kind(row, 3, kAlertStateNames, out.state) || !read_evidence(row, 5, out.evidence))
    return broken();
  return out;
}

Result<AlertId> write_alert(Database& db, const AlertRule& rule) {
  // An update in place: to replace the row would take its history with it.
  TRY_ASSIGN(
      Statement row,
      db.query(
          "INSERT INTO alerts (id, workspace, name, kind, interval, platform, measure, bound, "
          "amount, recipients, quiet_minutes, enabled, created_at, updated_at, version, "
          "state, since, judged_at, judged_to, is_open, told_at, range_from, range_to, count, "
          "expected, p, share, fallen, doubt) VALUES (nullif(?, 0), ?, ?, ?, ?, ?, ?, ?, ?, ?, "
          "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE "
          "SET name = excluded.name, kind = excluded.kind, interval = excluded.interval, "
          "platform = excluded.platform, measure = excluded.measure, bound = excluded.bound, "
          "amount = excluded.amount, recipients = excluded.recipients, "
          "quiet_minutes = excluded.quiet_minutes, enabled = excluded.enabled, "
          "updated_at = excluded.updated_at, version = excluded.version, "
          "state = excluded.state, since = excluded.since, judged_at = excluded.judged_at, "
          "judged_to = excluded.judged_to, is_open = excluded.is_open, "
          "told_at = excluded.told_at, range_from = excluded.range_from, "
          "range_to = excluded.range_to, count = excluded.count, "
          "expected = excluded.expected, p = excluded.p, share = excluded.share, "
          "fallen = excluded.fallen, doubt = excluded.doubt",
          rule.id.value, rule.workspace.value, rule.name, static_cast<int>(rule.kind),
          static_cast<int>(rule.interval), rule.platform, static_cast<int>(rule.measure),
          static_cast<int>(rule.bound), rule.amount, join_lines(rule.recipients),
          rule.quiet_minutes, rule.enabled, rule.created_at, rule.updated_at, rule.version));
  const AlertStatus& status = rule.status;
  row.bind(static_cast<int>(status.state))
      .bind(status.since)
      .bind(status.judged_at)
      .bind(status.judged_to)
      .bind(status.is_open)
      .bind(status.told_at);
  TRY(bind(row, status.evidence).run());
  const AlertId id = rule.id ? rule.id : AlertId{static_cast<std::uint64_t>(db.last_id())};
  TRY(write_filters(db, kFilters, id.value, rule.filters));
  return id;
}

Result<AlertChangeId> add_alert_change(Database& db, const AlertChange& change) {
  TRY_ASSIGN(
      Statement row,
      db.query("INSERT INTO alert_changes (alert, time, state, told, range_from, range_to, "
               "count, expected, p, share, fallen, doubt) "
               "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
               change.alert.value, change.time, static_cast<int>(change.state), change.told));
  TRY(bind(row, change.evidence).run());
  return AlertChangeId{static_cast<std::uint64_t>(db.last_id())};
}

}  // namespace tally
