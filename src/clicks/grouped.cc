// SPDX-License-Identifier: Apache-2.0
#include "clicks/grouped.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "clicks/conditions.h"
#include "clicks/derived.h"

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

std::string sums_of(const Grouped& grouped) {
  std::string out;
  for (const GroupSum& sum : grouped.sums)
    out += (out.empty() ? "" : ", ") + sum.sql + " AS " + std::string(sum.name);
  return out;
}

// The sums of groups that are put together.
std::string sums_again(const Grouped& grouped) {
  std::string out;
  for (const GroupSum& sum : grouped.sums)
    out += (out.empty() ? "sum(i_" : ", sum(i_") + std::string(sum.name) + ") AS " +
           std::string(sum.name);
  return out;
}

// What rows are grouped by in one pass, and which places its values answer.
struct Key {
  std::string column;
  bool is_number = false;
  // Each with where its value stands in the column, from 1 on; 0: it is the whole column.
  std::vector<std::pair<std::size_t, std::size_t>> answers;
};

// A carrier is worth it from two of its dimensions on.
std::vector<Key> carried(const Grouped& grouped, std::vector<std::size_t>& left) {
  std::vector<Key> keys;
  for (const Carrier& carrier : carriers()) {
    Key key{std::string(carrier.column), false, {}};
    for (std::size_t field = 0; field < carrier.dimensions.size(); ++field)
      for (const std::size_t place : left)
        if (grouped.by[place - 1] == carrier.dimensions[field])
          key.answers.emplace_back(place, field + 1);
    if (key.answers.size() < 2) continue;
    for (const auto& [place, field] : key.answers) std::erase(left, place);
    keys.push_back(std::move(key));
  }
  return keys;
}

Result<std::vector<Key>> keys_of(const Grouped& grouped) {
  std::vector<std::size_t> left(grouped.places.begin(), grouped.places.end());
  std::vector<Key> keys = carried(grouped, left);
  for (const std::size_t place : left) {
    const Dimension by = grouped.by[place - 1];
    TRY_ASSIGN(std::string column, group_sql(by));
    keys.push_back({std::move(column), by == Dimension::link, {{place, 0}}});
  }
  return keys;
}

// A group's key is one of the keys; in its row the others are empty.
Result<std::string> in_one_pass(const Grouped& grouped) {
  TRY_ASSIGN(const std::vector<Key> keys, keys_of(grouped));
  std::string columns, names, sets, texts, answers;
  const std::uint64_t all = (std::uint64_t{1} << keys.size()) - 1;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const std::string name = "g" + number(i), comma = i == 0 ? "" : ", ";
    columns += keys[i].column + " AS " + name + ", ";
    names += comma + name;
    sets += comma + "(" + owner_and_comma(grouped) + name + ")";
    // GROUPING() has a 0 for the one key that is grouped by; the first key is its highest bit.
    const std::string mask = number(all - (std::uint64_t{1} << (keys.size() - 1 - i)));
    texts +=
        comma + (keys[i].is_number ? "if(s = " + mask + ", toString(" + name + "), '')" : name);
    std::string places;
    for (const auto& [place, field] : keys[i].answers)
      places += (places.empty() ? "[(toUInt16(" : ", (toUInt16(") + number(place) + "), " +
                number(field) + ")";
    answers += (i + 1 < keys.size() ? "s = " + mask + ", " : "") + places + "]" +
               (i + 1 < keys.size() ? ", " : "");
  }
  const std::string inner = "SELECT " + owner_and_comma(grouped) + columns + sums_of(grouped) +
                            ", GROUPING(" + names + ") AS s FROM " + std::string(grouped.from) +
                            " GROUP BY GROUPING SETS (" + sets + ")";
  std::string raw;
  for (const GroupSum& sum : grouped.sums)
    raw += ", " + std::string(sum.name) + " AS i_" + std::string(sum.name);
  const std::string taken_apart = "SELECT " + owner_and_comma(grouped) + "concat('', " + texts +
                                  ") AS t, arrayJoin(" +
                                  (keys.size() > 1 ? "multiIf(" + answers + ")" : answers) +
                                  ") AS a, a.1 AS d, if(a.2 = 0, t, " + carried_sql("t", "a.2") +
                                  ") AS w" + raw + " FROM (" + inner + ")";
  return "SELECT " + owner_and_comma(grouped) + "d, " + spelled_sql(grouped, "w") + " AS v, " +
         sums_again(grouped) + " FROM (" + taken_apart + ") GROUP BY " + owner_and_comma(grouped) +
         "d, v";
}

// Grouped by the dictionary of a column, which is faster than by its texts.
Result<std::string> one_by_one(const Grouped& grouped) {
  std::string names, out;
  for (const GroupSum& sum : grouped.sums)
    names += (names.empty() ? "" : ", ") + std::string(sum.name);
  for (const std::size_t place : grouped.places) {
    TRY_ASSIGN(const std::string column, group_sql(grouped.by[place - 1]));
    out += (out.empty() ? "SELECT " : " UNION ALL SELECT ") + owner_and_comma(grouped) +
           "toUInt16(" + number(place) + ") AS d, " + spelled_sql(grouped, "CAST(g AS String)") +
           " AS v, " + names + " FROM (SELECT " + owner_and_comma(grouped) + column + " AS g, " +
           sums_of(grouped) + " FROM " + std::string(grouped.from) + " GROUP BY " +
           owner_and_comma(grouped) + "g)";
  }
  return out;
}

}  // namespace

Result<std::string> grouped_sql(const Grouped& grouped, Dialect dialect) {
  const bool in_sets = dialect == Dialect::modern && grouped.places.size() > 1;
  return in_sets ? in_one_pass(grouped) : one_by_one(grouped);
}

}  // namespace tally
