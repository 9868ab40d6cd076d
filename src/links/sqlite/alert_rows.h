// SPDX-License-Identifier: Apache-2.0
//
// Rows of alerts and of their history, in and out.
#pragma once

#include "links/sqlite/database.h"
#include "model/alert.h"

namespace tally {

// What the readers below expect of a row.
inline constexpr std::string_view kSelectAlert =
    "SELECT id, workspace, name, kind, interval, platform, measure, bound, amount, recipients, "
    "quiet_minutes, enabled, created_at, updated_at, version, state, since, judged_at, judged_to, "
    "is_open, told_at, range_from, range_to, count, expected, p, share, fallen, doubt FROM alerts ";
inline constexpr std::string_view kSelectAlertChange =
    "SELECT id, alert, time, state, told, range_from, range_to, count, expected, p, share, fallen, "
    "doubt FROM alert_changes ";

// The row that was stepped to; `corrupt` when it holds what nobody writes.
Result<AlertRule> read_alert(Database& db, const Statement& row);
Result<AlertChange> read_alert_change(const Statement& row);

// The rule with its status, as row `rule.id`; 0 takes a new one, whose number it gives.
Result<AlertId> write_alert(Database& db, const AlertRule& rule);
Result<AlertChangeId> add_alert_change(Database& db, const AlertChange& change);

}  // namespace tally
