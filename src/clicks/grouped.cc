// SPDX-License-Identifier: Apache-2.0
#include "clicks/grouped.h"

#include <cstdint>

#include "clicks/conditions.h"

namespace tally {
namespace {

std::string number(std::size_t place) { return std::to_string(place); }

// `value`, or "Unknown" for what group_sql() leaves empty where that can be.
std::string spelled_sql(const Grouped& grouped, const std::string& value) {
  std::string places;
  for (const std::size_t place : grouped.places)
    if (value_kind(grouped.by[place - 1], "Unknown") == ValueKind::unknown)
      places += (places.empty() ? "" : ", ") + number(place);
  if (places.empty()) return value;
  return "if(d IN (" + places + ") AND " + value + " = '', 'Unknown', " + value + ")";
}

std::string owner_and_comma(const Grouped& grouped) {
  return grouped.owner.empty() ? "" : std::string(grouped.owner) + ", ";
}

// A group's key is that of its dimension; in its row the keys of the others are empty.
Result<std::string> in_one_pass(const Grouped& grouped) {
  std::string columns, keys, sets, values, masks, places;
  const std::uint64_t all = (std::uint64_t{1} << grouped.places.size()) - 1;
  for (std::size_t i = 0; i < grouped.places.size(); ++i) {
    const std::size_t place = grouped.places[i];
    const Dimension by = grouped.by[place - 1];
    const std::string key = "g" + number(place), comma = i == 0 ? "" : ", ";
    TRY_ASSIGN(const std::string column, group_sql(by));
    columns += column + " AS " + key + ", ";
    keys += comma + key;
    sets += comma + "(" + owner_and_comma(grouped) + key + ")";
    values +=
        ", " +
        (by == Dimension::link ? "if(d = " + number(place) + ", toString(" + key + "), '')" : key);
    // GROUPING() has a 0 for the one key that is grouped by; the first key is its highest bit.
    masks += comma + std::to_string(all - (std::uint64_t{1} << (grouped.places.size() - 1 - i)));
    places += comma + number(place);
  }
  return "SELECT " + owner_and_comma(grouped) + "toUInt16(transform(s, [" + masks + "], [" +
         places + "], 0)) AS d, " + spelled_sql(grouped, "concat(''" + values + ")") + " AS v, " +
         std::string(grouped.names) + " FROM (SELECT " + owner_and_comma(grouped) + columns +
         std::string(grouped.sums) + ", GROUPING(" + keys + ") AS s FROM " +
         std::string(grouped.from) + " GROUP BY GROUPING SETS (" + sets + "))";
}

// Grouped by the dictionary of a column, which is faster than by its texts.
Result<std::string> one_by_one(const Grouped& grouped) {
  std::string out;
  for (const std::size_t place : grouped.places) {
    TRY_ASSIGN(const std::string column, group_sql(grouped.by[place - 1]));
    out += (out.empty() ? "SELECT " : " UNION ALL SELECT ") + owner_and_comma(grouped) +
           "toUInt16(" + number(place) + ") AS d, " + spelled_sql(grouped, "CAST(g AS String)") +
           " AS v, " + std::string(grouped.names) + " FROM (SELECT " + owner_and_comma(grouped) +
           column + " AS g, " + std::string(grouped.sums) + " FROM " + std::string(grouped.from) +
           " GROUP BY " + owner_and_comma(grouped) + "g)";
  }
  return out;
}

}  // namespace

Result<std::string> grouped_sql(const Grouped& grouped, Dialect dialect) {
  const bool in_sets = dialect == Dialect::modern && grouped.places.size() > 1;
  return in_sets ? in_one_pass(grouped) : one_by_one(grouped);
}

}  // namespace tally
