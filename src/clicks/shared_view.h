// SPDX-License-Identifier: Apache-2.0
//
// What people read with other tools: the view `stats.clicks` of the stored clicks.
//
// The tables are ours and change with us. The view is a promise: columns by the names of the stored
// click (docs/reference/api.md), values spelled as breakdowns spell them, and three flags that add
// up to what the dashboard shows: sum(is_click), sum(first), sum(is_bot). What only serves us is
// not in it: a hit's key, and the visitor's number.
//
// `time` is told in the one way, of those that keep the milliseconds, of which the server knows
// that it rises with the number: a range of time reads the parts of that range only.
//
// It is made anew at each start, so that it fits the program that reads it, and reads the table
// with the rights of whoever made it: who may read the view needs no right to the table.
#pragma once

#include <string>

#include "base/result.h"
#include "clicks/clickhouse.h"

namespace tally {

inline constexpr std::string_view kSharedView = "stats.clicks";

// "CREATE OR REPLACE VIEW …", for servers that have derived columns.
std::string shared_view_sql();

// Makes the view; on servers of the modern dialect only.
Result<void> share_clicks(ClickHouse& server);

}  // namespace tally
