// SPDX-License-Identifier: Apache-2.0
#include "clicks/conditions.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "clicks/schema.h"
#include "clicks/sql_text.h"
#include "model/click_filter.h"

namespace tally {
namespace {

constexpr std::string_view kUnknown = "Unknown";

// How a dimension is stored.
enum class Shape : std::uint8_t {
  text,        // a text column; "" means that there is none
  known_text,  // a text column of a fact that always exists; "" means that nobody could tell
  flag,        // 0 or 1
  link,        // a link's number
  // Facts of a click or of its view, whichever has them.
  screen,  // two numbers, 0 when unknown
  screen_source,
  dpr,  // a number, 0 when unknown
  not_stored,
};

struct StoredDimension {
  Shape shape;
  std::string_view column;
};

StoredDimension stored(Dimension by) {
  switch (by) {
    case Dimension::link:
      return {Shape::link, "link_id"};
    case Dimension::tag:
      return {Shape::not_stored, ""};
    case Dimension::referrer:
      return {Shape::text, "referrer_host"};
    case Dimension::screen:
      return {Shape::screen, ""};
    case Dimension::screen_source:
      return {Shape::screen_source, ""};
    case Dimension::dpr:
      return {Shape::dpr, "dpr"};
    case Dimension::in_app:
    case Dimension::first:
    case Dimension::imported:
      return {Shape::flag, to_text(by)};
    default:
      return {is_always_told(by) ? Shape::known_text : Shape::text, to_text(by)};
  }
}

template <class Names, class Keep>
std::string names_list(const Names& names, Keep keep) {
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < names.size(); ++i)
    if (keep(i)) kept.emplace_back(names[i]);
  return sql_quote_list(kept);
}

std::unexpected<Error> bad_value(Dimension by, std::string_view value, std::string_view expected) {
  return fail_field(
      std::string(to_text(by)), "bad_value",
      "'" + make_utf8(cut_utf8(value, 64)) + "' cannot be a value: " + std::string(expected));
}

Result<std::string> link_list(const Filter& filter) {
  std::string list;
  for (const std::string& value : filter.values) {
    const auto id = LinkId::parse(value);
    if (!id) return bad_value(filter.by, value, "a link is named like lnk_7");
    list += (list.empty() ? "(" : ",") + std::to_string(id->value);
  }
  return list + ")";
}

// One condition that is true for rows with any of the values.
Result<std::string> any_of(const Filter& filter) {
  const auto [shape, column] = stored(filter.by);
  std::vector<std::string> values = filter.values;
  switch (shape) {
    case Shape::link: {
      TRY_ASSIGN(const std::string list, link_list(filter));
      return "link_id IN " + list;
    }
    case Shape::flag:
      for (const std::string& value : values)
        if (value != "true" && value != "false")
          return bad_value(filter.by, value, "use true or false");
      break;
    case Shape::known_text:
      if (std::ranges::find(values, kUnknown) != values.end()) values.emplace_back();
      return std::string(column) + " IN " + sql_quote_list(values);
    case Shape::text:
      return std::string(column) + " IN " + sql_quote_list(values);
    default:
      break;
  }
  TRY_ASSIGN(const std::string expression, dimension_sql(filter.by));
  return expression + " IN " + sql_quote_list(values);
}

bool is_about_screens(Dimension by) {
  const Shape shape = stored(by).shape;
  return shape == Shape::screen || shape == Shape::screen_source || shape == Shape::dpr;
}

std::string times_sql(TimeRange range) {
  return "time >= " + std::to_string(range.from) + " AND time < " + std::to_string(range.to);
}

std::string workspace_sql(WorkspaceId workspace) {
  return "workspace_id = " + std::to_string(workspace.value);
}

std::string range_sql(WorkspaceId workspace, std::span<const TimeRange> ranges) {
  std::string sql = workspace_sql(workspace) + " AND ";
  if (ranges.size() == 1) return sql + times_sql(ranges.front());
  for (const TimeRange& range : ranges)
    sql += (&range == &ranges.front() ? "(" : " OR ") + times_sql(range);
  return sql + ")";
}

bool is_about_screens(const StatsQuery& query, std::optional<Dimension> by) {
  return (by && is_about_screens(*by)) ||
         std::ranges::any_of(query.filters,
                             [](const Filter& filter) { return is_about_screens(filter.by); });
}

// The rows of a table, joined to the views that `where` and the links asked for leave.
Result<std::string> with_views(std::string_view table, std::string where, const StatsQuery& query) {
  for (const Filter& filter : query.filters) {
    if (filter.by != Dimension::link) continue;
    TRY_ASSIGN(const std::string condition, filter_sql(filter));
    where += " AND " + condition;
  }
  return std::string(table) +
         " ANY LEFT JOIN (SELECT click_node AS node, click_epoch AS epoch, click_shard AS shard, "
         "click_n AS n, screen_w AS view_w, screen_h AS view_h, dpr AS view_dpr FROM " +
         std::string(kViewTable) + " WHERE " + where + ") AS views USING (node, epoch, shard, n)";
}

}  // namespace

std::string headline_sql() {
  return "outcome IN " + names_list(kOutcomeNames, [](std::size_t i) {
           return is_headline(static_cast<Outcome>(i));
         });
}

std::string bot_sql() {
  return "traffic IN " +
         names_list(kTrafficNames, [](std::size_t i) { return is_bot(static_cast<Traffic>(i)); });
}

std::string asked_sql(TrafficFilter traffic) {
  switch (traffic) {
    case TrafficFilter::human:
      return "traffic = 'human'";
    case TrafficFilter::bot:
      return bot_sql();
    case TrafficFilter::all:
      break;
  }
  return "traffic IN " + names_list(kTrafficNames, [](std::size_t i) {
           return !is_other_hit(static_cast<Traffic>(i));
         });
}

Result<std::string> dimension_sql(Dimension by) {
  const auto [shape, column] = stored(by);
  const std::string name(column);
  switch (shape) {
    case Shape::link:
    case Shape::text:
      return name;
    case Shape::known_text:
      return "if(" + name + " = '', 'Unknown', toString(" + name + "))";
    case Shape::flag:
      return "if(" + name + " = 1, 'true', 'false')";
    case Shape::screen:
      return std::string(
          "multiIf(view_w != 0, concat(toString(view_w), 'x', toString(view_h)), "
          "screen_w = 0 OR screen_h = 0, 'Unknown', "
          "concat(toString(screen_w), 'x', toString(screen_h)))");
    case Shape::screen_source:
      return std::string("if(view_w != 0, 'beacon', toString(screen_source))");
    case Shape::dpr:
      return std::string(
          "multiIf(view_w != 0, toString(view_dpr), dpr = 0, 'Unknown', toString(dpr))");
    case Shape::not_stored:
      break;
  }
  return fail_field("by", "not_stored", "the click store does not know a click's tags");
}

Result<std::string> group_sql(Dimension by) {
  if (const auto [shape, column] = stored(by); shape == Shape::known_text)
    return std::string(column);
  return dimension_sql(by);
}

std::string_view stored_column(Dimension by) { return stored(by).column; }

std::string spell_value(Dimension by, std::string value) {
  if (by != Dimension::link) return value;
  return LinkId{parse_number<std::uint64_t>(value).value_or(0)}.text();
}

ValueKind value_kind(Dimension by, std::string_view value) {
  const Shape shape = stored(by).shape;
  const bool can_be_unknown =
      shape == Shape::known_text || shape == Shape::screen || shape == Shape::dpr;
  return can_be_unknown && value == kUnknown ? ValueKind::unknown : ValueKind::value;
}

Result<std::string> rows_sql(const StatsQuery& query, std::optional<Dimension> by) {
  if (!is_about_screens(query, by)) return std::string(kClickTable);
  return viewed_rows_sql(query);
}

Result<std::string> viewed_rows_sql(const StatsQuery& query) {
  // A view carries its click's time and link, so the same range holds both.
  return with_views(kClickTable, range_sql(query.workspace, std::span(&query.range, 1)), query);
}

Result<std::string> conversion_rows_sql(const StatsQuery& query, std::optional<Dimension> by) {
  if (!is_about_screens(query, by)) return std::string(kConversionTable);
  return with_views(kConversionTable, workspace_sql(query.workspace), query);
}

Result<std::string> filter_sql(const Filter& filter) {
  // Any of nothing is never, none of nothing is always.
  if (filter.values.empty()) return std::string(filter.none_of ? "1" : "0");
  TRY_ASSIGN(const std::string condition, any_of(filter));
  return filter.none_of ? "NOT (" + condition + ")" : "(" + condition + ")";
}

Result<std::string> filters_sql(const StatsQuery& query) {
  std::string sql;
  for (const Filter& filter : query.filters) {
    TRY_ASSIGN(const std::string condition, filter_sql(filter));
    sql += " AND " + condition;
  }
  return sql;
}

std::string key_sql(const ClickKey& key) {
  return "(" + std::to_string(key.node) + "," + std::to_string(key.epoch) + "," +
         std::to_string(key.shard) + "," + std::to_string(key.n) + ")";
}

Result<std::string> where_sql(const StatsQuery& query) {
  return where_sql(query, std::span(&query.range, 1));
}

Result<std::string> where_sql(const StatsQuery& query, std::span<const TimeRange> ranges) {
  TRY_ASSIGN(const std::string filters, filters_sql(query));
  return range_sql(query.workspace, ranges) + filters;
}

}  // namespace tally
