// SPDX-License-Identifier: Apache-2.0
//
// A StatsQuery in SQL: which rows it means, and what a dimension's value is.
//
// The value of a dimension is an SQL expression that spells it as answers and filters do
// ("Unknown", "1080x2340", "true"), so that a row of a breakdown can be handed back as a filter and
// means the same rows. `link` is grouped by its number, which is in the sorting key, and spelled in
// our code.
//
// A click's screen may have been told after the click was stored, by a landing view. Questions
// about screens, and no others, therefore join the views of their range to the clicks: rows_sql()
// says what to select from, and dimension_sql() reads what the join adds.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"
#include "clicks/click_store.h"
#include "model/stats_query.h"

namespace tally {

// SQL conditions about outcome and traffic.
std::string headline_sql();                    // outcome is a headline one
std::string bot_sql();                         // traffic is a bot's
std::string asked_sql(TrafficFilter traffic);  // traffic is asked for; never HEAD or prefetch

// The expression whose value a breakdown groups by; `invalid` for `tag`.
Result<std::string> dimension_sql(Dimension by);
// How a result of that expression is spelled: "lnk_7" for a link's number.
std::string spell_value(Dimension by, std::string value);
ValueKind value_kind(Dimension by, std::string_view value);
// What rows are quickest grouped by: the same, but for '' in place of 'Unknown' where value_kind()
// knows that. Texts stay in their dictionary.
Result<std::string> group_sql(Dimension by);
// The column that holds it; "" where it is not one.
std::string_view stored_column(Dimension by);

// What `query`, grouped by `by`, is to be selected from: the clicks, with their views if it is
// about screens.
Result<std::string> rows_sql(const StatsQuery& query, std::optional<Dimension> by = std::nullopt);
// The clicks with their views in any case.
Result<std::string> viewed_rows_sql(const StatsQuery& query);
// The conversions, likewise, whenever their clicks were.
Result<std::string> conversion_rows_sql(const StatsQuery& query,
                                        std::optional<Dimension> by = std::nullopt);

// One condition; true for all rows or for none when it has no values.
Result<std::string> filter_sql(const Filter& filter);
// " AND …" for each filter.
Result<std::string> filters_sql(const StatsQuery& query);
// "(node,epoch,shard,n)" as a value.
std::string key_sql(const ClickKey& key);

// Workspace, time and filters: everything of a query but its traffic. `invalid` names the dimension
// whose value cannot be one.
Result<std::string> where_sql(const StatsQuery& query);
// The same for some stretches of its range, of which there is at least one.
Result<std::string> where_sql(const StatsQuery& query, std::span<const TimeRange> ranges);

}  // namespace tally
